"""What those may see whom the answer of the command that runs is for."""

from __future__ import annotations

import click

from modulkarta.cli.options import asked_audience, language
from modulkarta.findings import message
from modulkarta.levels import HIGHEST
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said


def seen(whole: Snapshot, *, silently: bool = False) -> Snapshot:
    """What the audience of the command that runs may see, and a word to who asks when that is not all."""
    audience = asked_audience()
    if audience == HIGHEST:
        return whole
    from modulkarta.audience import narrowed

    read = narrowed(whole, audience)
    if not silently:
        tell_what_is_left_out(whole, read)
    return read


def tell_what_is_left_out(whole: Snapshot, read: Snapshot) -> None:
    """A word to who asks, where not all of a catalogue is shown to whom it is shown."""
    if read.catalogue is not whole.catalogue:
        words = message("Det som --audience {audience} inte får se är inte med.", audience=asked_audience())
        click.echo(said(words, language(click.get_current_context().params.get("lang"), read)), err=True)

"""Options that many commands share, and what the command that runs was asked for by them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from modulkarta.cli.completing import Revision
from modulkarta.levels import HIGHEST, LEVELS, Level
from modulkarta.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from modulkarta.snapshot import Snapshot

F = TypeVar("F", bound=Callable[..., Any])
_AUDIENCE = "modulkarta.audience"
_REVISION = "modulkarta.revision"
_OVERLAY = "modulkarta.overlay"

catalogue_option = click.option(
    "--catalogue",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Katalogens mapp. Annars närmaste catalogue/.",
)
schemas_option = click.option(
    "--schemas",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Schemanas mapp. Annars schemas/ bredvid katalogen.",
)
language_option = click.option("--lang", type=click.Choice(LANGUAGES), help="Språk. Annars katalogens.")


def format_option(*formats: str) -> Callable[[F], F]:
    """How an answer is written; the first format is the default."""
    chosen = click.Choice(formats)
    return click.option(
        "--format", "format_", type=chosen, default=formats[0], show_default=True, help="Hur det skrivs."
    )


class Day(click.ParamType[date]):
    """A day written 2027-03-31, or `nu`/`now`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from modulkarta import dates  # most commands are given no day

        if value in dates.NOW:
            return today()
        when = dates.parse(value)
        if when is None or not when.exact:
            self.fail(f"”{value}” är inte en dag; skriv den som 2027-03-31", param, ctx)
        return when.earliest


date_option = click.option("--date", "on", type=Day(), metavar="DATUM", help="Planen den dagen. Annars i dag.")


def audience_option(default: Level) -> Callable[[F], F]:
    """Who is to see the answer. `opened` heeds it by itself, so that no command can forget to."""
    return click.option(
        "--audience", type=click.Choice(LEVELS), default=default, show_default=True, expose_value=False,
        callback=lambda ctx, _, audience: ctx.meta.update({_AUDIENCE: audience}),
        help="Visa inget som färre får se: public är alla, internal de egna, secret de som får se allt.",
    )  # fmt: skip


revision_option = click.option(
    "--rev", type=Revision(), metavar="REV", expose_value=False,
    callback=lambda ctx, _, revision: ctx.meta.update({_REVISION: revision}),
    help="Katalogen som den var då i git: en tagg, en gren, en commit. Annars filerna här.",
)  # fmt: skip
"""Which version of the catalogue answers. `opened` heeds it by itself, so that every command has it alike."""


overlay_option = click.option(
    "--overlay", type=click.Path(path_type=Path), metavar="DIR", expose_value=False,
    envvar="MODULKARTA_OVERLAY", show_envvar=True,
    callback=lambda ctx, _, place: ctx.meta.update({_OVERLAY: place}),
    help="Mapp utanför git med det som inte får ligga där: fler poster, och mer om dem som finns.",
)  # fmt: skip
"""What is laid over the files as they lie here. `opened` heeds it by itself, so that no command can forget to."""


def place_options(function: F) -> F:
    """The options of a command for those who write the catalogue: it knows all that the files say."""
    return catalogue_option(schemas_option(language_option(function)))


def reading_options(function: F) -> F:
    """The options of a command that answers from the catalogue, as it is here or was in a revision."""
    return revision_option(showing_options(function))


def showing_options(function: F) -> F:
    """The options of a command that shows the catalogue, to those who work with it if nothing else is said."""
    return overlay_option(place_options(audience_option("internal")(function)))


def open_to_all_unless_asked() -> None:
    """Let the command that runs show what is for all, unless somebody has said to whom it is to show what."""
    ctx = click.get_current_context()
    if ctx.get_parameter_source("audience") is ParameterSource.DEFAULT:
        ctx.meta[_AUDIENCE] = LEVELS[0]


def today() -> date:
    return datetime.now().astimezone().date()


def asked_revision() -> str | None:
    """The revision that the command that runs is asked to answer from; None for the files as they lie here."""
    revision: str | None = click.get_current_context().meta.get(_REVISION)
    return revision


def asked_overlay() -> Path | None:
    """The folder that the command that runs is asked to lay over the catalogue; None for nothing."""
    place: Path | None = click.get_current_context().meta.get(_OVERLAY)
    return place


def language(lang: Language | None, read: Snapshot) -> Language:
    """The asked language, else the catalogue's."""
    return lang or read.catalogue.settings.language


def asked_audience() -> Level:
    """The audience of the command that runs; those who may see all, where a command does not ask."""
    audience: Level = click.get_current_context().meta.get(_AUDIENCE, HIGHEST)
    return audience

"""A kind as somebody writes it: by its name, its address or what it is called."""

from __future__ import annotations

import click

from modulkarta import unknown
from modulkarta.findings import Message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue
from modulkarta.wording import sentence


def kind_of(catalogue: Catalogue, written: str) -> Kind:
    """The kind that is meant; one clear sentence, with the nearest, when there is none."""
    found = unknown.kind_of(written, catalogue.metamodel)
    if isinstance(found, Message):
        raise click.UsageError(sentence(found))
    return found

"""What to say of a thing or a kind that is not there: that it is not, and which was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.model import Catalogue
from modulkarta.nearest import meaning, nearest, nearest_meaning, shown
from modulkarta.placement import likely_id


def nothing_called(catalogue: Catalogue, id_: str, known: Iterable[str] | None = None) -> Message:
    """That no thing has an id; what it was renamed to, else which of those known (all there are) is most like it."""
    return _guessed(catalogue, id_, known, message("det finns ingenting som heter ”{id}”", id=shown(id_)))


def none_of_kind(catalogue: Catalogue, id_: str, kind: Kind) -> Message:
    """The same where it was to be of a kind."""
    known = [entity.id for entity in catalogue.of_kind[kind.name]]
    what = message("”{id}” finns inte bland {kinds}", id=shown(id_), kinds=kind.plural)
    return _guessed(catalogue, id_, known, what)


def kind_of(word: str, metamodel: Metamodel) -> Kind | Message:
    """The kind somebody means by its name, its label, its folder or its address; else what to say."""
    names = {kind.name: _names(kind) for kind in metamodel.kinds.values()}
    plain = word.strip().casefold()
    found = [name for name, others in names.items() if plain in (name, *(other.casefold() for other in others))]
    return metamodel.kinds[found[0]] if found else _no_kind(word, names)


def no_kind_at(slug: str, metamodel: Metamodel) -> Message:
    """That an address is of no kind, and whose was probably meant."""
    return _no_kind(slug, {kind.slug: (kind.name, *_names(kind)) for kind in metamodel.kinds.values()})


def _guessed(catalogue: Catalogue, id_: str, known: Iterable[str] | None, what: Message) -> Message:
    there = catalogue.entities if known is None else known
    meant = catalogue.former.get(id_) or nearest(likely_id(id_), there)
    return meaning(what, meant) if meant else what


def _no_kind(word: str, names: Mapping[str, Iterable[str]]) -> Message:
    if meant := nearest_meaning(word, names):
        return meaning(message("det finns ingen sort ”{word}”", word=shown(word)), meant.word)
    return message("det finns ingen sort ”{word}”. Sorterna är {kinds}.", word=shown(word), kinds=", ".join(names))


def _names(kind: Kind) -> tuple[str, ...]:
    return (kind.label.sv, kind.label.en, kind.plural.sv, kind.plural.en, kind.folder, kind.slug)

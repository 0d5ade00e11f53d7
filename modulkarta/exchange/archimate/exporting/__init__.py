"""The whole catalogue as an ArchiMate model in the Open Group's exchange format 3.1."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.exchange.archimate.exporting.content import Model, Properties
from modulkarta.exchange.archimate.exporting.elements import Counting, Definitions, stated, used
from modulkarta.exchange.archimate.exporting.folders import folders
from modulkarta.exchange.archimate.exporting.kept import again
from modulkarta.exchange.archimate.exporting.notes import notes
from modulkarta.exchange.archimate.exporting.plateaus import plan
from modulkarta.exchange.archimate.exporting.text import text_of
from modulkarta.exchange.archimate.exporting.views import views
from modulkarta.exchange.archimate.names import MODEL
from modulkarta.exchange.outward import Asked, Exported
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot

_SAID = ("title", "organisation", "language", "about")
"""The settings that say what catalogue this is; the others are about how it is checked and shown."""


def exported(read: Snapshot, asked: Asked) -> Exported:
    """The catalogue as one file; elements, relationships and views are in an order that no file's place decides."""
    catalogue = read.catalogue
    several = sorted(
        (one for one in catalogue.entities.values() if not asked.kinds or one.kind.name in asked.kinds),
        key=lambda one: (one.kind.order, one.kind.name, one.id),
    )
    there = {entity.id: entity for entity in several}
    model = _model(catalogue, there, asked.counting)
    before = again(read.kept, there, model)
    model = before.into(model)
    text, signs = text_of(model)
    settings = catalogue.settings.document
    unsaid = settings.tree.keys() - {*_SAID} if settings else ()
    made_up = sum(one.truth() == "illustrative" for one in several)
    return Exported(
        files={"modell.xml": text.encode()},
        notes=(*notes(catalogue, model, signs, len(unsaid), made_up), *before.notes()),
    )


def _model(catalogue: Catalogue, there: Mapping[str, Entity], counting: Counting) -> Model:
    settings, definitions = catalogue.settings, Definitions()
    properties = _settings(catalogue, definitions)
    elements, relationships = stated(there, settings.language, definitions, counting)
    planned = plan(catalogue, there, definitions)
    relationships = (*relationships, *planned.relationships)
    seen = tuple(views(catalogue, there, planned, relationships))
    return Model(
        id=MODEL,
        names={settings.language: settings.title or "Modulkarta"},
        documentation={settings.language: settings.about} if settings.about else {},
        properties=properties,
        definitions=used(definitions),
        elements=(*elements, *planned.elements.values()),
        relationships=relationships,
        folders=tuple(folders(catalogue.metamodel, there, planned, relationships, seen)),
        views=seen,
    )


def _settings(catalogue: Catalogue, definitions: Definitions) -> Properties:
    known = catalogue.metamodel.settings.properties
    values = ((name, getattr(catalogue.settings, name)) for name in _SAID)
    return tuple((definitions.of(name, known.get(name)), value) for name, value in values if value)

"""Who an id is, who names it, and another id for it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import Location as Target
from lsprotocol.types import Position, PrepareRenamePlaceholder, Range, WorkspaceEdit

from modulkarta.findings import Location, Message
from modulkarta.lsp.answers.changing import changed
from modulkarta.lsp.desk import SHOWN, Desk
from modulkarta.lsp.spot import Spot, spot_in
from modulkarta.placement import Placed, placed


def definition(spot: Spot) -> Target | None:
    """Where the thing at the cursor is described."""
    return _described(spot.desk, spot.named) if spot.named else None


def references(spot: Spot, *, itself: bool) -> list[Target]:
    """Every place that names the thing at the cursor; with `itself` also where it is described."""
    if spot.named is None:
        return []
    own = _described(spot.desk, spot.named) if itself else None
    others = sorted(_named(spot.desk, spot.named), key=lambda t: (t.uri, t.range.start.line, t.range.start.character))
    return [own, *others] if own else others


def renameable(spot: Spot) -> PrepareRenamePlaceholder | None:
    """The id at the cursor that may be given another; None where there is none."""
    token = spot.token
    if token is None or spot.named is None or spot.named not in spot.catalogue.known:
        return None
    quoted = (token.end - token.start - len(token.word)) // 2
    span = spot.sheet.stretch(token.line, token.start + quoted, token.end - quoted)
    return PrepareRenamePlaceholder(range=span, placeholder=spot.named)


def renamed(spot: Spot, new: str) -> WorkspaceEdit | Message | None:
    """The thing at the cursor under another id, in all files; or why that cannot be."""
    return _renamed(spot.desk, spot.named, new.strip(), moving=True) if spot.named else None


def moved(desk: Desk, path: str, to: str) -> WorkspaceEdit | None:
    """What else must change when a file gets another name; None when that does not mean another id."""
    old, new = (placed(one, f"{SHOWN}/{one}", desk.metamodel) for one in (path, to))
    if not isinstance(old, Placed) or not isinstance(new, Placed) or old.kind != new.kind:
        return None
    made = _renamed(desk, old.id, new.id, moving=False)
    return None if isinstance(made, Message) else made


def _renamed(desk: Desk, old: str, new: str, *, moving: bool) -> WorkspaceEdit | Message:
    from modulkarta.editing.rename import renaming

    reading = desk.reading()
    made = renaming(reading.files, reading.now, old, new)
    return made if isinstance(made, Message) else changed(desk, made.changes, moving=moving)


def _described(desk: Desk, id_: str) -> Target | None:
    catalogue = desk.reading().steady.catalogue
    entity = catalogue.get(id_) or catalogue.set_aside.get(id_)
    if entity:
        return _target(desk, entity.document.place(("name",)))
    kind = catalogue.metamodel.kinds.get(catalogue.known.get(id_, ""))
    if kind is None:
        return None
    start = Position(line=0, character=0)
    uri = (desk.root / kind.layer / kind.folder / f"{id_}.yaml").as_uri()
    return Target(uri=uri, range=Range(start=start, end=start))


def _named(desk: Desk, id_: str) -> Iterator[Target]:
    """Where an id is named, by its former ids too: in files that are being written, as they stand."""
    reading = desk.reading()
    catalogue = reading.steady.catalogue
    ids = {id_, *(old for old, today in catalogue.former.items() if today == id_)}
    for entity in catalogue.described:
        if entity.file not in reading.unsteady:
            paths = (r.path for r in entity.references if r.target in ids)
            yield from (_target(desk, entity.document.place(path)) for path in paths)
    for file in sorted(reading.unsteady):
        if spot := spot_in(desk, file.removeprefix(f"{SHOWN}/")):
            tokens = (t for t in spot.references() if t.word in ids)
            yield from (Target(uri=spot.sheet.uri, range=spot.sheet.stretch(t.line, t.start, t.end)) for t in tokens)
    document = catalogue.settings.document
    if document and document.file not in reading.unsteady:
        yield from (_target(desk, document.place(path)) for path in catalogue.settings.waived(ids))


def _target(desk: Desk, at: Location) -> Target:
    sheet = desk.sheet(at.file)
    return Target(uri=sheet.uri, range=sheet.range(at))

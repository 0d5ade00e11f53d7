"""The id that a thing had: remembered in its own file, and nothing else in it touched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modulkarta.editing.edits import applied
from modulkarta.findings import Edit, Location
from modulkarta.model import Entity
from modulkarta.source.lines import line_break, lines_of
from modulkarta.source.text import Document, parse

KEY = "former_ids"
_ITEM = re.compile(r"([ ]*)-[ ]+")


def remembered(entity: Entity, old: str, new: str) -> Edit | None:
    """The edit that puts an id among the former ones of a thing, in place of the one it takes back if there is one.

    None where nothing is to be done, or where it cannot be done without touching something else.
    """
    ids = former_ids(entity.document)
    if old in ids:
        return None
    if new in ids:
        at = unquoted(entity.document, entity.document.place((KEY, ids.index(new))), new)
        return Edit(location=at, text=old) if at else None
    wanted = [*ids, old]
    return next((e for e in _ways(entity, ids, old) if _tells(entity.document, e, wanted)), None)


def former_ids(document: Document) -> list[str]:
    """The former ids as the file lists them, whatever else is wrong with it."""
    several = document.tree.get(KEY)
    return [one for one in several if isinstance(one, str)] if isinstance(several, list) else []


def unquoted(document: Document, at: Location, word: str) -> Location | None:
    """Where the word itself stands, inside its quotes if it has them; None where it is written in another way."""
    if not document.spells(at, word):
        return None
    quote = (at.end_column - at.column - len(word)) // 2
    return Location(file=at.file, line=at.line, column=at.column + quote, end_line=at.line,
                    end_column=at.end_column - quote)  # fmt: skip


def _ways(entity: Entity, ids: list[str], old: str) -> Iterator[Edit]:
    """Edits that may do it, the best first."""
    document = entity.document
    written = lines_of(document.text)
    if ids:
        last = document.place((KEY, len(ids) - 1))
        if found := _ITEM.match(written[last.line - 1]):
            yield _line_after(document, last.line, f"{found[1]}- {old}")
        yield _at(document, last.end_line, last.end_column, f", {old}")
    elif document.tree.get(KEY, "") is None:
        key = document.place((KEY,), key=True)
        yield _at(document, key.end_line, key.end_column + 1, f" [{old}]")
    elif KEY in document.tree:
        yield Edit(location=document.place((KEY,)), text=f"[{old}]")
    else:
        for line in _places(entity, written):
            yield _line_after(document, line, f"{KEY}:", f"  - {old}")


def _places(entity: Entity, written: list[str]) -> Iterator[int]:
    """The lines after which the key may stand: where the schema has it, before what is said of the next key."""
    document = entity.document
    order = list(entity.kind.properties)
    before = set(order[: order.index(KEY)]) if KEY in order else set(order)
    keys = [key for key in document.tree if key in before]
    later = list(document.tree)[list(document.tree).index(keys[-1]) + 1 :] if keys else list(document.tree)
    end = document.place((later[0],), key=True).line - 1 if later else _last_line(written)
    about_the_next = end
    while about_the_next and (not written[about_the_next - 1].strip() or written[about_the_next - 1].startswith("#")):
        about_the_next -= 1
    yield about_the_next
    yield end


def _last_line(written: list[str]) -> int:
    return len(written) if written[-1] else len(written) - 1


def _line_after(document: Document, line: int, *new: str) -> Edit:
    """New lines after a line (0: before the first), ended as the others are."""
    written, end = lines_of(document.text), line_break(document.text)
    if line < len(written):
        return _at(document, line + 1, 1, "".join(f"{one}{end}" for one in new))
    return _at(document, line, len(written[line - 1]) + 1, "".join(f"{end}{one}" for one in new))


def _at(document: Document, line: int, column: int, text: str) -> Edit:
    at = Location(file=document.file, line=line, column=column, end_line=line, end_column=column)
    return Edit(location=at, text=text)


def _tells(document: Document, edit: Edit, wanted: list[str]) -> bool:
    """Whether the file says what it said, and the former ids that are wanted."""
    after = parse(document.file, applied(document.text, [edit]).encode())
    return isinstance(after, Document) and after.tree == {**document.tree, KEY: wanted}

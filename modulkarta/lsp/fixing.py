"""What can be mended with a click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit

from modulkarta.editing.fixes import mended, safe
from modulkarta.findings import Edit, Finding, Message, counted, message
from modulkarta.lsp.changing import changed, differences, edited
from modulkarta.lsp.diagnostics import diagnostic, place
from modulkarta.lsp.spot import Spot
from modulkarta.source.text import Document, parse
from modulkarta.wording import said

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.modulkarta"
_SHOWN = 40


def actions(spot: Spot, span: Range, only: Sequence[str] | None) -> Iterator[CodeAction]:
    """The fixes of what is wrong in a range, and all safe ones of the file; of the kinds in `only` if given."""
    if _asked(CodeActionKind.QuickFix.value, only):
        yield from _quick(spot, span)
    if _asked(FIX_ALL, only):
        yield from _all_safe(spot)


def formatted(spot: Spot) -> Iterable[TextEdit]:
    """What `fmt` would change; nothing in a file that cannot be read."""
    from modulkarta.editing import fmt

    read = parse(spot.file, spot.sheet.data)
    text = fmt.formatted(read, spot.kind) if isinstance(read, Document) else None
    return differences(spot.sheet, text) if text is not None else ()


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


def _quick(spot: Spot, span: Range) -> Iterator[CodeAction]:
    for finding in spot.desk.reading().findings.get(spot.file, ()):
        at = place(finding, spot.sheet)
        if at.start <= span.end and span.start <= at.end and _can_be_made(spot, finding):
            yield CodeAction(
                title=said(_title(spot, finding), spot.language),
                kind=CodeActionKind.QuickFix,
                diagnostics=[diagnostic(finding, spot.desk)],
                is_preferred=finding.safe,
                edit=edited(spot.desk, finding.fix),
            )


def _can_be_made(spot: Spot, finding: Finding) -> bool:
    """Whether the edits are of the texts as they stand."""
    unsteady = spot.desk.reading().unsteady
    return bool(finding.fix) and (spot.file in unsteady or not any(e.location.file in unsteady for e in finding.fix))


def _title(spot: Spot, finding: Finding) -> Message:
    if len(finding.fix) > 1:
        return message("Rätta: {what}", what=finding.message)
    old, new = _replaced(spot, finding.fix[0]), finding.fix[0].text.strip()
    if not old:
        return message("Lägg till ”{new}”", new=_short(new))
    return message("Byt ”{old}” mot ”{new}”", old=old, new=_short(new)) if new else message("Ta bort ”{old}”", old=old)


def _replaced(spot: Spot, edit: Edit) -> str:
    at, lines = edit.location, spot.desk.sheet(edit.location.file).lines
    if at.line == at.end_line:
        return _short(lines[at.line - 1][at.column - 1 : at.end_column - 1].strip())
    return _short(" ".join([lines[at.line - 1][at.column - 1 :].strip(), *lines[at.line : at.end_line - 1]]).strip())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _all_safe(spot: Spot) -> Iterator[CodeAction]:
    """What `check --fix` would do to the file."""
    reading = spot.desk.reading()
    n = len(safe(reading.of(spot.file), spot.file.__eq__))
    if n == 0:
        return
    made = mended(reading.files, spot.desk.metamodel, spot.desk.today(), spot.file.__eq__)
    title = counted(
        "Rätta {n} sak som bara kan ha menats på ett sätt", "Rätta {n} saker som bara kan ha menats på ett sätt", n
    )
    yield CodeAction(title=said(title, spot.language), kind=FIX_ALL, edit=changed(spot.desk, made.changes))

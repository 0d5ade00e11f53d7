"""What people read last: how many of what, and where the errors are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from modulkarta.cli.formats.checked import Checked
from modulkarta.findings import Message, counted, message
from modulkarta.wording import one_line

_MOST_NAMES = 3
_COUNTED = (
    ("error", "{n} fel", "{n} fel"),
    ("warning", "{n} varning", "{n} varningar"),
    ("info", "{n} upplysning", "{n} upplysningar"),
)


def summary(checked: Checked, mark: str = "") -> Iterator[str]:
    """How many of what, with the files that have errors by name, and what is older than the change.

    `mark` is how the format marks what --fix mends, and is explained where it was used.
    """
    yield one_line(", ".join(checked.said(part) for part in _parts(checked)))
    if safe := sum(finding.safe for finding in (*checked.findings, *checked.older)):
        mends = counted("{n} sak rättas av modulkarta check --fix", "{n} saker rättas av modulkarta check --fix", safe)
        yield f"{mark} {checked.said(mends)}".lstrip()
    if checked.remark:
        yield one_line(checked.said(checked.remark))
    if checked.since and checked.since.older:
        older = [f.severity for f in checked.since.older]
        counts = [counted(one, many, older.count(kind)) for kind, one, many in _COUNTED if kind in older]
        what = ", ".join(checked.said(part) for part in counts)
        yield checked.said(message("Fanns redan före ändringen och räknas inte: {what}.", what=what))


def _parts(checked: Checked) -> Iterator[Message]:
    yield counted("{n} fil", "{n} filer", checked.read.files)
    for severity, one, many in _COUNTED:
        how_many = counted(one, many, checked.count(severity))
        named = _named(checked) if severity == "error" else None
        yield message("{how_many} ({files})", how_many=how_many, files=named) if named else how_many
    if checked.read.waived:
        yield counted("{n} undantag", "{n} undantag", len(checked.read.waived))
    if checked.read.knock_on:
        yield counted(
            "{n} sak kan inte kontrolleras förrän felen är rättade",
            "{n} saker kan inte kontrolleras förrän felen är rättade",
            checked.read.knock_on,
        )


def _named(checked: Checked) -> Message | None:
    """The files with errors, by name: the first of them, and how many more."""
    files = list(dict.fromkeys(f.location.file for f in checked.findings if f.severity == "error"))
    shown = files if len(files) <= _MOST_NAMES + 1 else files[:_MOST_NAMES]
    names = ", ".join(PurePosixPath(file).name for file in shown)
    if len(files) > len(shown):
        return message("{files} och {n} till", files=names, n=len(files) - len(shown))
    return message("{files}", files=names) if files else None

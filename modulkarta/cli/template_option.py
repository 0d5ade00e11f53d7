"""The Word template that a report is written into: read and tried before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from modulkarta.figures.unmade import CannotMake


class Template(click.Path):
    """A .docx or .dotx: its bytes. One sentence and exit code 2 where it cannot be a template."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=False, readable=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, bytes):
            return value
        path = super().convert(value, param, ctx)
        if not Path(str(path)).is_file():
            self.fail(f"{value} är ingen vanlig fil.", param, ctx)
        try:
            data = Path(str(path)).read_bytes()
        except OSError as error:
            self.fail(f"{value} går inte att läsa: {error.strerror}", param, ctx)
        if reason := _refusal(data):
            self.fail(f"{value}: {reason}", param, ctx)
        return data


def _refusal(data: bytes) -> str | None:
    from modulkarta.report.docx.archive import BadTemplate
    from modulkarta.report.docx.template import opened

    try:
        opened(data, "sv-SE")
    except BadTemplate as reason:
        return str(reason)
    except CannotMake:
        return None  # the Word document says so by itself when it is to be written
    return None

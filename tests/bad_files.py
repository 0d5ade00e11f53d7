"""Bad files that git keeps badly: each is made in a copy of its mended catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from modulkarta.source.text import MAX_DEPTH, MAX_VALUES

_NAME = "name: Prehospital journal\n"


def _link_out(file: Path) -> None:
    outside = file.parents[4] / "outside.yaml"
    outside.write_text(_NAME)
    file.unlink()
    file.symlink_to(outside)


BUILDERS: Mapping[str, Callable[[Path], object]] = {
    "MK101": _link_out,
    "MK102": lambda file: file.write_bytes("name: Journal i vården\n".encode("latin-1")),
    "MK103": lambda file: file.write_text(_NAME + "description: " + "x" * 300_000),
    "MK104": lambda file: file.write_text(_NAME.replace("\n", "\0\n")),
    "MK106": lambda file: file.write_text(f"{_NAME}tags: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}\n"),
    "MK107": lambda file: file.write_text(f"{_NAME}tags: [{'a,' * MAX_VALUES}]\n"),
}
"""By code, what makes `applications/modules/prehospital-journal.yaml` bad."""

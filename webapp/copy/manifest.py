"""What a copy holds, as programs read it: each file with its size and sum, so that only what changes need be sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from posixpath import splitext
from typing import Any

from webapp.copy.crawling import File

NAME = "manifest.json"
SCHEMA = "modulkarta/copy/1"
_SORTS: Mapping[str, str] = {
    ".html": "page", ".md": "markdown", ".txt": "markdown", ".svg": "picture", ".png": "picture", ".csv": "table",
    ".xlsx": "report", ".docx": "report", ".pdf": "report", ".zip": "report",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Entry:
    """A file of the copy: where it lies, how many bytes it has and their SHA-256; what sort of file it is."""

    path: str
    bytes: int
    sha256: str
    sort: str
    lang: str = ""


def entry(file: File) -> Entry:
    """What the manifest says of a file."""
    digest = sha256(file.data).hexdigest()
    return Entry(path=file.path, bytes=len(file.data), sha256=digest, sort=_sort(file), lang=file.lang)


def manifest(entries: Iterable[Entry], about: Mapping[str, Any]) -> bytes:
    """The manifest of files: itself it does not name, and nothing in it tells when it was made."""
    several = sorted(entries)
    files: list[dict[str, object]] = [{"path": one.path, "bytes": one.bytes, "sha256": one.sha256} for one in several]
    totals = {"files": len(several), "bytes": sum(one.bytes for one in several), "sorts": sorts(several)}
    whole = {"schema": SCHEMA, **about, "totals": totals, "files": files}
    return (json.dumps({**whole, "files": []}, indent=1, ensure_ascii=False)[:-3] + _lines(files) + "]\n}\n").encode()


def _lines(files: list[dict[str, object]]) -> str:
    """A file a line."""
    return ",".join(f"\n  {json.dumps(one, ensure_ascii=False)}" for one in files) + "\n "


def sorts(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """How many files there are of each sort, and their bytes."""
    found: dict[str, dict[str, int]] = {}
    for one in sorted(entries, key=lambda one: one.sort):
        count = found.setdefault(one.sort, {"files": 0, "bytes": 0})
        count["files"] += 1
        count["bytes"] += one.bytes
    return found


def listed(text: str | bytes) -> set[str]:
    """The files that a manifest names, also one of before sizes were in it; ValueError if it is none."""
    try:
        files = json.loads(text)["files"]
        named = [one["path"] if isinstance(one, dict) else one for one in files]
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from None
    return {one for one in named if _inside(one)}


def _inside(path: object) -> bool:
    """Whether a path stays in the copy's folder, whatever system reads it."""
    return (
        isinstance(path, str) and not path.startswith("/") and not {"..", ""} & {*path.split("/")} and "\\" not in path
    )


def _sort(file: File) -> str:
    if file.path.startswith("static/"):
        return "static"
    if file.path.endswith("sok-index.js"):
        return "search"
    sort = _SORTS.get(splitext(file.path)[1], "other")
    return "dated-page" if sort == "page" and file.day else sort

"""Pages taken apart and packed tight: what of each is shown, which scripts it wants, many together compressed."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_TOGETHER = 400_000
"""Characters in a bundle: many alike press each other, and the reader still waits for none."""
_PAGE = re.compile(r"<title>(.*?)</title>.*?<body>(.*)</body>", re.DOTALL)
_SCRIPT = re.compile(r'<script src="([^"]*)"[^>]*></script>\s*')
_HASHED = re.compile(r"^static/(.*)\.[0-9a-f]+\.js$")
_PICTURE = re.compile(r'(<img\b[^>]*?\s)src="(?!data:)')
_DEAD = re.compile(r"<(li|p)\b[^>]*>\s*<a\b(?![^>]*\shref=)[^>]*>[^<]*</a>\s*</\1>\s*")
"""A paragraph, or a row of a list, that is nothing but a link to what is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a page is called, the names of its scripts in their order, and what its reader sees."""

    title: str
    scripts: tuple[str, ...]
    body: str


def page(text: str) -> Page:
    """A page of the viewer, taken apart; its pictures wait for who shows it."""
    found = _PAGE.search(text)
    assert found, "every page of the viewer has a title and a body"
    scripts = dict.fromkeys(script(name) for name in _SCRIPT.findall(text))
    body = _PICTURE.sub(r'\1data-src="', _SCRIPT.sub("", found[2]))
    return Page(title=found[1], scripts=tuple(scripts), body=_DEAD.sub("", body))


def script(file: str) -> str:
    """The name of a script by its file in a copy, which also has a sum of what is in it."""
    hashed = _HASHED.match(file)
    return f"{hashed[1]}.js" if hashed else file


def bundled(entries: Mapping[str, object]) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """What is to be found by name, many together, each bundle compressed (zlib) as base64; and where each lies."""
    bundles: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    for few in _together(sorted(entries.items())):
        places.update({name: (len(bundles), at) for at, (name, _) in enumerate(few)})
        bundles.append(_packed([json.loads(text) for _, text in few]))
    return bundles, places


def _together(entries: Iterable[tuple[str, object]]) -> Iterator[list[tuple[str, str]]]:
    few: list[tuple[str, str]] = []
    size = 0
    for name, entry in entries:
        text = _written(entry)
        few.append((name, text))
        size += len(text)
        if size > _TOGETHER:
            yield few
            few, size = [], 0
    if few:
        yield few


def _packed(several: list[object]) -> str:
    return b64encode(zlib.compress(_written(several).encode(), 9)).decode()


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

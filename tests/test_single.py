"""The viewer as one file: all its pages, nothing from anywhere else, and nothing that its readers may not see."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import given
import pytest

from modulkarta.audience import narrowed
from modulkarta.exchange.outward import Asked
from modulkarta.snapshot import Snapshot
from webapp.copy import single

ASKED = Asked(language="sv", on=date(2026, 11, 21))
SMALL = {
    "systems/s": "name: Systemet\nformer_ids: [gamla-systemet]\ntranslations: {en: {name: The system}}\n",
    "systems/o": 'name: "</script><b>\\"Öppna\\""\nsummary: "[x](https://example.org/)"\n',
    "functions/f": "name: Funktionen\n",
}  # fmt: skip


def text_of(read: Snapshot, asked: Asked = ASKED) -> str:
    return single.exported(read, asked).files[single.FILE].decode()


def opened(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The register of a file, and all that is packed in it by its name."""
    register = json.loads(
        re.findall(r'<script type="application/json" id="register">(.*?)</script>', text, re.DOTALL)[0]
    )
    packed = re.findall(r'<script type="text/plain" data-bundle>([A-Za-z0-9+/=]*)</script>', text)
    bundles = [json.loads(zlib.decompress(base64.b64decode(one))) for one in packed]
    return register, {name: bundles[bundle][at] for name, (bundle, at) in register["places"].items()}


@pytest.fixture(scope="module")
def small() -> str:
    return text_of(given.read(SMALL))


def test_every_link_leads_to_a_page_of_the_file(small: str) -> None:
    register, entries = opened(small)
    pages = {name: entry for name, entry in entries.items() if isinstance(entry, list)}
    assert {"", "karta", "system", "system/s", "relationer/o", "fardplan", "rapport", "sok", "a-o"} <= pages.keys()
    assert register["moved"]["system/gamla-systemet"] == "system/s"
    wanted = {
        unescape(link)
        for _, _, body in pages.values()
        for link in re.findall(r'<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]*)"', body)
    }
    ours = {link for link in wanted if not re.match(r"[a-z]+:", link)}
    assert {link for link in ours if not link.startswith("#/")} == {"#innehall"}
    led = [re.fullmatch(r"#/([^?#]*)(?:\?[^#]*)?(?:#(.*))?", link) for link in ours]
    known = pages.keys() | register["moved"].keys()
    assert not [link[0] for link in led if link and link[1] not in known]
    places = {(link[1], link[2]) for link in led if link and link[2]}
    assert not [(page, place) for page, place in places if f'id="{place}"' not in pages[page][2]]


def test_nothing_is_asked_of_anything_else_and_only_its_own_script_runs(small: str) -> None:
    _, entries = opened(small)
    shown = [entry[2] for entry in entries.values() if isinstance(entry, list)]
    head, _, rest = small.partition("</head>")
    for text in (head, rest, *shown):
        assert not re.findall(r"<(?:link|script|img|iframe|source|image)\b[^>]*\s(?:src|href)=\"(?!data:)", text)
        assert not re.findall(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", text)
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', head)[0])
    (style,) = re.findall(r"<style>(.*?)</style>", head, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", rest, re.DOTALL)
    for one in (style, script):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert policy.startswith("default-src 'none'")


def test_the_start_page_and_a_list_of_all_are_there_without_a_script(small: str) -> None:
    said, listed = re.findall(r"<noscript>(.*?)</noscript>", small, re.DOTALL)
    assert "behövs JavaScript" in said
    assert "<li>Systemet</li>" in listed
    assert "&lt;/script&gt;&lt;b&gt;" in listed
    assert small.index("<h1>") < small.index(listed)


def test_it_is_the_same_each_time(small: str) -> None:
    assert text_of(given.read(SMALL)) == small


def test_all_is_in_the_language_asked_for_and_nothing_that_its_readers_may_not_see() -> None:
    files = {
        "systems/s": "name: Systemet\nsecrecy: {level: public}\nfunctions: [hemlig]\n"
        "translations: {en: {name: The system}}\n",
        "functions/hemlig": "name: Kanariefågeln\nsecrecy: {level: secret}\n",
    }
    text = text_of(narrowed(given.read(files), "public"), replace(ASKED, language="en"))
    assert '<html lang="en">' in text
    _, entries = opened(text)
    assert entries["system/s"][0].startswith("The system")
    assert "Läget" not in entries[""][2]
    everything = text + json.dumps(entries, ensure_ascii=False)
    assert "Kanarie" not in everything
    assert "hemlig" not in everything

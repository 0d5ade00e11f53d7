"""Whatever the files of a catalogue say, or whichever of them are missing: pages, whole and harmless."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import given as catalogues
import yaml
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modulkarta import snapshot
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder
from modulkarta.source.folder import Files
from webapp import create_app

LONGEST = {"name": 120, "short_name": 24, "summary": 200, "title": 120, "label": 60}
NAME = "=1<script>alert(1)</script><img src=x onerror=alert(1)>\"'[x](javascript:alert(1))|`{{7*7}} {n} %s "
TEXT = (
    "\n\n| a |\n|---|\n\n[x](javascript:alert(1)) ![y](//evil.example/y.png) [z](//evil.example) <http://ok.example> "
    "<script>alert(1)</script><svg onload=alert(1)> \u200b👩‍👩‍👧‍👦 "
)
OVERVIEWS = (
    "/", "/karta?jamfor=2028-01-01", "/karta?vy=lista&lang=en", "/lager", "/ersattning", "/fardplan?lang=en",
    "/rapport", "/standardisering", "/uppfoljning", "/integrationer", "/information", "/kvalitet", "/om", "/hjalp",
    "/sok?q=journal", "/maskiner", "/llms.txt", "/openapi.json", "/fardplan.ics", "/api/v1/export.json",
    "/api/v1/glapp", "/index.md", "/kvalitet.md", "/rapport/malbild-och-fardplan.html", "/moduler", "/begrepp",
)  # fmt: skip
LEADS = ("href", "src", "action", "xlink:href")


@cache
def files() -> dict[str, bytes]:
    return dict(folder.read(catalogues.GOOD, "catalogue").contents)


def read(contents: dict[str, bytes]) -> Snapshot:
    return snapshot.build(Files(root="catalogue", contents=contents), catalogues.metamodel(), catalogues.TODAY)


def reader(found: Snapshot) -> FlaskClient:
    """A reader to whom no fault of the viewer is hidden."""
    app = create_app(found, today=lambda: catalogues.TODAY)
    app.testing = True
    return app.test_client()


def pages(found: Snapshot, most: int) -> list[str]:
    """The overviews, and of each kind the pages of its first things; pictures only of modules, since they take long."""
    several: list[str] = []
    for kind in found.catalogue.metamodel.kinds.values():
        for one in found.catalogue.of_kind[kind.name][:most]:
            several.append(f"/{kind.slug}/{one.id}")
            several += [f"/ersattning/{one.id}"] * (kind.name == "system")
            several += [f"/krav/{one.id}", f"/relationer/{one.id}"] * (kind.name == "module")
    return [*OVERVIEWS, *several]


def hostile(value: Any, key: str = "") -> Any:
    """The same with hostile words before each text that is not an id, a date or a choice, as far as there is room."""
    if isinstance(value, dict):
        return {name: hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, key) for one in value]
    if not isinstance(value, str) or (key not in LONGEST and " " not in value) or re.fullmatch(r"[\d:. -]+", value):
        return value
    return ((NAME if key in LONGEST else TEXT) + value)[: LONGEST.get(key)].strip()


def harmful(page: str) -> list[str]:
    """What on a page runs, or leads to what does."""
    found = []
    for element in BeautifulSoup(page, "html.parser").find_all(True):
        found += [str(element)] * (element.name == "script" and not element.get("src"))
        for name, value in element.attrs.items():
            leads = name in LEADS and re.match(r"\s*(javascript:|data:|//|\\)", str(value), re.IGNORECASE)
            found += [str(element)] if leads or name.startswith("on") or name == "style" else []
        found += [str(element)] * (
            element.name == "img" and not str(element["src"]).startswith(("/rapport/", "figurer/"))
        )
    return [one[:200] for one in found]


def test_any_words_are_only_words() -> None:
    contents = {
        name: yaml.safe_dump(hostile(yaml.safe_load(data)), allow_unicode=True, sort_keys=False).encode()
        for name, data in files().items()
    }
    found = read(contents)
    assert found.left_out < 3, "almost all of it is shown"
    asking = reader(found)
    for address in pages(found, 1):
        answer = asking.get(address)
        assert answer.status_code == 200, address
        assert answer.mimetype != "text/html" or harmful(answer.text) == [], address
        assert not address.endswith(".md") or not re.search(r"(?<!\\)\]\((javascript:|//)", answer.text), address


@settings(max_examples=4)
@given(st.sets(st.sampled_from(sorted(set(files()) - {"catalogue.yaml"})), min_size=1), st.booleans(), st.randoms())
@example(set(files()) - {"catalogue.yaml"}, False, None)
def test_any_files_may_be_missing(missing: set[str], broken: bool, random: Any) -> None:
    """Missing, or there and of no use: what names them is shown, and says that they are not there."""
    left = {name: data for name, data in files().items() if name not in missing}
    found = read(left | dict.fromkeys(missing, b"nme: x\n") if broken else left)
    asking, several = reader(found), pages(found, 3)
    for address in random.sample(several, min(15, len(several))) if random else several:
        assert asking.get(address).status_code == 200, address

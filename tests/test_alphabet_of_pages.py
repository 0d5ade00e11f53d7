"""Lists of things stand in the order of their names as they are shown: å ä ö last in Swedish."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from test_webapp import OVERVIEWS, client_of

from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, in_order

ROW = re.compile(r'<tr[^>]* id="rad-[^"]*"[^>]*><th scope="row"[^>]*>(<a.*?</a>)')
LIST = re.compile(
    r"<ul>((?:<li><a [^>]*>[^<]*(?:<span[^>]*>[^<]*</span>)?</a>(?: <span class=\"mark\">[^<]*</span>)?</li>)+)</ul>"
)
TERM = re.compile(r"<dt[^>]*>(<a .*?</a>)")
LINK = re.compile(r"<a .*?</a>")


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_things_of_a_kind_stand_by_name(client: FlaskClient, good: Snapshot, language: str) -> None:
    letters = set()
    for kind in good.catalogue.metamodel.kinds.values():
        page = client.get(f"/{kind.slug}?lang={language}").text
        names = shown((TERM if kind.name == "term" else ROW).findall(page))
        assert names == in_order(names, key=str), kind.name
        assert len(names) == len(good.catalogue.of_kind[kind.name]), kind.name
        letters |= {name[0] for name in names}
    assert set("ÅÄÖ") <= letters or language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_things_in_the_overviews_stand_by_name(client: FlaskClient, good: Snapshot, language: str) -> None:
    longest = 0
    for address in (*OVERVIEWS, *(f"/krav/{module.id}" for module in good.catalogue.of_kind["module"])):
        page = client.get(f"{address}?lang={language}").text
        for names in map(shown, map(LINK.findall, LIST.findall(page))):
            assert names == in_order(names, key=str), (address, names)
            longest = max(longest, len(names))
    assert longest > 2


def test_the_matrix_of_standards_stands_by_the_name_that_is_shown(client: FlaskClient) -> None:
    swedish, english = (shown(ROW.findall(client.get(f"/standardisering?lang={one}").text)) for one in LANGUAGES)
    assert swedish == in_order(swedish, key=str) and english == in_order(english, key=str)
    assert [name[0] for name in swedish[-3:]] == ["Å", "Ä", "Ö"] and english[0] == "Alarm panel"


def shown(links: list[str]) -> list[str]:
    return [unescape(re.sub("<[^>]*>", "", link)) for link in links]

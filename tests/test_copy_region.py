"""The static copy of Region Exempel: whole, with every link alive."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit

import given
import pytest
from copies import MARK, built, contents, read_links

from modulkarta.snapshot import Snapshot
from webapp.copy import Links, markdown
from webapp.copy.rewriting import links

pytestmark = pytest.mark.usefixtures("few_days")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, few_days: None) -> dict[str, bytes]:
    """The copy of Region Exempel, file by file."""
    output = tmp_path_factory.mktemp("kopia")
    assert built(given.GOOD, output, "--audience", "secret") == 0
    return contents(output)


def test_every_thing_has_its_page_in_both_languages(region: dict[str, bytes], good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        for folder in ("", "en/"):
            page = region[f"{folder}{entity.kind.slug}/{entity.id}/index.html"].decode()
            assert f'<html lang="{folder[:2] or "sv"}">' in page
    for path in ("index.html", "karta/index.html", "2027-01-01/karta/index.html", "en/2027-01-01/karta/index.html"):
        assert path in region


def test_every_link_leads_to_a_file_without_a_server(region: dict[str, bytes]) -> None:
    known = Links()
    for path, data in region.items():
        known.add(path, data)
        if path.endswith(".html") and path != "404.html":
            for link in links(data.decode()):
                parts = urlsplit(link)
                assert parts.scheme or not link.startswith("/"), (path, link)
                assert parts.scheme or not parts.query or parts.query.startswith("q="), (path, link)
    assert known.dead() == []


def test_every_page_of_today_has_its_twin_and_leads_to_it(region: dict[str, bytes], good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        place = f"{entity.kind.slug}/{entity.id}"
        twin, page = region[f"{place}.md"].decode(), region[f"{place}/index.html"].decode()
        assert "\n# " in f"\n{twin}" and f"]({entity.id}/index.html)" in twin.rpartition("\n---\n")[2]
        assert f'<link rel="alternate" type="text/markdown" href="../{entity.id}.md">' in page
    for path, data in region.items():
        name = "index.md" if path == "index.html" else path.replace("/index.html", ".md")
        if path.endswith(".html") and name not in region:
            assert b'type="text/markdown"' not in data and "som Markdown</a>" not in data.decode(), path
    twins = {path for path in region if path.endswith(".md") and "rapport/" not in path}
    assert not any(path.startswith(("en/", "relationer", "2027-")) for path in twins)


def test_the_links_of_the_twins_are_those_that_are_read_in_them(region: dict[str, bytes]) -> None:
    """Each leads on without a server, as a reader of Markdown finds it."""
    for path, data in region.items():
        if path.endswith((".md", "llms.txt")) and "rapport/" not in path:
            found = list(markdown.links(data.decode()))
            assert [unquote(one) for one in found] == [unquote(one) for one in read_links(data.decode())], path
            assert not any(link.startswith("/") or ("?" in link and ":" not in link) for link in found), path


def test_no_page_asks_for_a_version_or_a_server(region: dict[str, bytes]) -> None:
    for path, data in region.items():
        if path.endswith(".html"):
            page = data.decode()
            assert "rev=" not in page and 'name="datum"' not in page and "kopia.invalid" not in page, path


def test_what_would_ask_a_server_is_not_offered(region: dict[str, bytes]) -> None:
    """Nothing looks like a link that leads nowhere, and a box among the layers leads to what it is of."""
    for path, data in region.items():
        if path.endswith(".html"):
            assert not re.search(r"<a\b(?![^>]*\shref=)", data.decode()), path
    assert 'href="../moduler/prehospital-journal/index.html"' in region["lager/index.html"].decode()


def test_few_files_say_which_version_it_is(region: dict[str, bytes]) -> None:
    """Else a change of one thing would make every file of the copy new."""
    version = json.loads(region[MARK])["version"].encode()
    telling = {path.removeprefix("en/") for path, data in region.items() if version in data}
    own = {path for path in telling if not path.startswith(("bild/", "rapport", "2027-", "2026-"))}
    assert own == {"om/index.html", "maskiner/index.html", "maskiner.md", "llms.txt", MARK}
    assert all("/bild/" in path for path in telling if path.startswith("202"))


def test_a_day_is_kept_where_its_pages_are_there(region: dict[str, bytes]) -> None:
    page = region["2027-01-01/karta/index.html"].decode()
    assert "Du ser planen som den är 2027-01-01" in re.sub(r"<[^>]*>", "", page)
    assert 'href="../moduler/prehospital-journal/index.html"' in page
    assert '<span aria-current="date">2027-01-01</span>' in page
    assert 'href="../../karta/index.html"' in page, "the way back to today"


def test_the_search_and_the_alphabet_have_everything(region: dict[str, bytes], good: Snapshot) -> None:
    for lang in ("", "en/"):
        data = json.loads(region[f"{lang}sok-index.js"].decode().removeprefix("window.searchIndex = ")[:-2])
        alphabet = region[f"{lang}a-o/index.html"].decode()
        assert [row[0] for row in data["entities"]] == [*good.catalogue.entities]
        for id_, kind, *_ in data["entities"]:
            address = f"{data['kinds'][kind]['slug']}/{id_}/index.html"
            assert f"{lang}{address}" in region
            assert f'href="../{address}"' in alphabet

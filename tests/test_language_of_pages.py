"""Pages in English: by the address, by what the browser prefers, and marked where only Swedish exists."""

from __future__ import annotations

import re

import polib
import pytest
from flask.testing import FlaskClient
from speaking_pages import words
from test_webapp import addresses, client_of
from test_wording import ENGLISH

from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot

SWEDISH = re.compile(
    r"\w*[åäöÅÄÖ]\w*|\b(?:och|inte|som|av|till|med|av|den|det|ett|finns|finnas|saknas|ingen|inget|inga|eller|kan|ska|har"
    r"|hur|vad|vem|vilka|exempel|uppgift|fakta|modul|moduler|funktion|funktioner|glapp|avtal|beslut|sidan|katalogen)\b",
    re.IGNORECASE,
)
ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|not|with|is|are|been|this|which|what|known)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


def test_an_english_page_says_nothing_in_swedish_that_it_does_not_mark(client: FlaskClient, good: Snapshot) -> None:
    names, english = own_words(good.catalogue), english_names(good.catalogue)
    for address in pages(good):
        page = client.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
        assert '<html lang="en">' in page, address
        loose = [
            one.text
            for one in words(page)
            if one.language == "en"
            and SWEDISH.search((names if one.names or address == "/rapport" else english).sub("", one.text))
        ]
        assert not loose, (address, loose)


def test_a_swedish_page_says_nothing_in_english(client: FlaskClient, good: Snapshot) -> None:
    names = own_words(good.catalogue)
    foreign = {text for entry in polib.pofile(str(ENGLISH)) for text in entry.msgstr.split(". ") if len(text) > 20}
    for address in pages(good):
        page = client.get(address).text
        assert '<html lang="sv">' in page, address
        for one in words(page):
            said = names.sub("", one.text)
            assert one.language != "sv" or one.text not in foreign, (address, one.text)
            assert one.language != "sv" or not ENGLISH_WORDS.search(said), (address, one.text)


def pages(read: Snapshot) -> list[str]:
    """One page of every sort, and all pages of some: the relations of one thing of a kind are as those of another."""
    seen: set[str] = set()
    chosen = []
    for address in addresses(read):
        sort = address.rpartition("/")[0] if address.startswith("/relationer") else address
        if not (sort in seen and address.startswith("/relationer")):
            chosen.append(address)
        seen.add(sort)
    more = ("/finns-inte", "/?datum=i-morgon", "/?rev=finns-inte", "/andringar", "/hjalp", "/tillganglighet")
    return [*chosen, *more, "/begrepp", "/lager", "/sok?q=larm", "/sok?q=qwxz"]


def own_words(catalogue: Catalogue) -> re.Pattern[str]:
    """What the catalogue calls things in the language that it is written in, the longest first."""
    several = catalogue.entities.values()
    found = {name for entity in several for name in (entity.name, entity.short_name, entity.name_in("en"))}
    return _any({catalogue.settings.title, catalogue.settings.organisation, *found})


def english_names(catalogue: Catalogue) -> re.Pattern[str]:
    """What things are called in English, which may hold their own name; a system is called the same everywhere."""
    proper = {catalogue.settings.organisation, *(system.name for system in catalogue.of_kind["system"])}
    return _any({*proper, *(entity.english("name") or "" for entity in catalogue.entities.values())} - {""})


def _any(names: set[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


@pytest.mark.parametrize(
    ("asked", "preferred", "language"),
    [
        ("", "", "sv"),
        ("?lang=en", "", "en"),
        ("", "en-GB,en;q=0.9,sv;q=0.2", "en"),
        ("", "de", "sv"),
        ("?lang=sv", "en", "sv"),
        ("?lang=de", "en", "en"),
        ("?lang=%00", "", "sv"),
    ],
)
def test_the_address_decides_then_the_browser_then_the_catalogue(
    client: FlaskClient, asked: str, preferred: str, language: str
) -> None:
    answer = client.get(f"/karta{asked}", headers={"Accept-Language": preferred} if preferred else {})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language
    assert ("Accept-Language" in answer.headers["Vary"]) == (asked not in ("?lang=en", "?lang=sv"))


def test_a_language_asked_for_is_kept_in_every_link_and_form(client: FlaskClient) -> None:
    page = client.get("/karta?lang=en").text
    assert 'href="/fardplan?lang=en"' in page and 'name="lang" value="en"' in page
    preferred = client.get("/karta", headers={"Accept-Language": "en"}).text
    assert set(re.findall(r"[?&;]lang=(..)", preferred)) == {"sv"}, "only the link to the other language"


def test_what_has_no_english_is_marked_as_swedish(client: FlaskClient, good: Snapshot) -> None:
    entity = good.catalogue.entities["slutrapport-exempel"]
    assert not entity.english("name")
    namer = good.catalogue.entities[good.catalogue.incoming[entity.id][0].source]
    page = client.get(f"/{namer.kind.slug}/{namer.id}?lang=en").text
    assert f'<span lang="sv">{entity.name}</span>' in page

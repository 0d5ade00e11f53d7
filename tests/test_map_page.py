"""The module map: one question at a time, in words; what is looked for, what changes between two days, and the list."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import given
import pytest
from flask.testing import FlaskClient
from hypothesis import given as law
from hypothesis import strategies as st
from markupsafe import Markup

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import colouring
from modulkarta.analysis.landscape.colouring import QUESTIONS
from modulkarta.figures.landscape import map_figure
from modulkarta.model import Catalogue
from modulkarta.snapshot import Snapshot
from modulkarta.wording import in_order, said
from webapp import create_app
from webapp.map.choices import SLUGS, STATUSES
from webapp.map.room import _lines, room
from webapp.rendering.line_breaks import broken, unbroken, unbroken_in

TODAY = date(2026, 11, 21)
DAYS = ("2024-01-01", "2026-11-21", "2027-06-01", "2028-12-31", "2032-01-01")
TILE = re.compile(r'<li class="(tile [^"]*)" id="ruta-([^"]*)">(.*?)</li>', re.DOTALL)
ROW = re.compile(r'<tr [^>]*id="rad-([^"]*)"[^>]*>(.*?)</tr>', re.DOTALL)
INLINE = re.compile(r"</?(?:span|i|a|strong|time)\b[^>]*>")
CHANGES = re.compile(r'<ul class="changes">(.*?)</ul>', re.DOTALL)
WORDS = st.text("abcdefgåäö –-\n", max_size=60)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return of(given.good())


def of(read: Snapshot) -> FlaskClient:
    return create_app(read, today=lambda: TODAY).test_client()


def plain(html: str) -> str:
    """What a page says: without tags, and without the words that only keep room."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", INLINE.sub("", html))).split())


def page(client: FlaskClient, **asked: str) -> str:
    answer = client.get("/karta", query_string=asked, headers={"Accept-Language": "sv"})
    assert answer.status_code == 200, asked
    return answer.text


def tiles(client: FlaskClient, **asked: str) -> dict[str, str]:
    """What each box says."""
    return {id_: plain(words) for _, id_, words in TILE.findall(page(client, **asked))}


def statuses(client: FlaskClient, day: str) -> dict[str, str]:
    found = TILE.findall(page(client, datum=day))
    return {id_: plain(re.findall(r'<span class="status">(.*?)</span>', words)[0]) for _, id_, words in found}


def outlined(client: FlaskClient, **asked: str) -> set[str]:
    return {id_ for classes, id_, _ in TILE.findall(page(client, **asked)) if " hit" in classes}


def listed(client: FlaskClient, **asked: str) -> list[str]:
    return [id_ for id_, _ in ROW.findall(page(client, vy="lista", **asked))]


def boxes(catalogue: Catalogue) -> list[str]:
    return [id_ for band in landscape.bands(catalogue) for group in band.groups for id_ in group.entities]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_box_answers_in_words_and_the_legend_counts_them(client: FlaskClient, good: Snapshot, slug: str) -> None:
    text = page(client, farg=slug)
    for id_, words in tiles(client, farg=slug).items():
        answer = colouring.answer(good.catalogue, SLUGS[slug], good.catalogue.entities[id_], TODAY).words
        assert (answer if isinstance(answer, str) else said(answer) if hasattr(answer, "text") else answer.sv) in words
    key = text.partition('<ul class="signs"')[2].partition("</ul>")[0]
    numbers = [int(n) for n in re.findall(r'<span class="number">(\d+)</span>', key)]
    entries = len(colouring.legend(good.catalogue, SLUGS[slug], ()))
    assert sum(numbers[:entries]) == len(boxes(good.catalogue))


def test_the_colour_is_told_by_the_words_of_the_legend(good: Snapshot) -> None:
    for question in QUESTIONS:
        answers = [
            colouring.answer(good.catalogue, question, good.catalogue.entities[i], TODAY) for i in boxes(good.catalogue)
        ]
        entries = {entry.group for entry in colouring.legend(good.catalogue, question, answers)}
        assert {answer.group for answer in answers} <= entries


def test_only_gaps_are_red(good: Snapshot) -> None:
    catalogue = good.catalogue
    red = [
        i
        for i in boxes(catalogue)
        if colouring.answer(catalogue, "replacement", catalogue.entities[i], TODAY).group == "gap"
    ]
    certain = [
        i for i in boxes(catalogue) if (g := landscape.tile(catalogue, catalogue.entities[i], TODAY).gap) and g.certain
    ]
    assert red == certain and red


@pytest.mark.parametrize("other", DAYS)
def test_the_list_of_changes_is_the_difference_between_the_days(client: FlaskClient, other: str) -> None:
    now, then = statuses(client, "2027-06-01"), statuses(client, other)
    text = page(client, datum="2027-06-01", jamfor=other)
    flagged = {id_ for _, id_, words in TILE.findall(text) if 'class="flag' in words}
    told = CHANGES.search(text)
    rows = re.findall(r'href="/[a-z]+/([^"?]*)', told[1]) if told else []
    assert {id_ for id_ in now if now[id_] != then[id_]} == flagged == set(rows) and len(rows) == len(set(rows))
    assert bool(rows) == (other != "2027-06-01") and (rows or "säger samma sak" in text)


def test_a_change_says_what_was_and_what_comes_whichever_day_is_asked_first(client: FlaskClient) -> None:
    both = [plain(CHANGES.findall(page(client, datum=a, jamfor=b))[0]) for a, b in (DAYS[::4], DAYS[::-4])]
    assert both[0] == both[1] and "Planerad → I drift" in both[0] and "Borttagen" in both[0]


def test_what_is_looked_for_is_outlined_and_counted(client: FlaskClient) -> None:
    found = outlined(client, q="journaler")
    assert "prehospital-journal" in found and "tidbok-och-kallelse" not in found
    assert f"{len(found)} rutor passar." in plain(page(client, q="journaler"))
    assert set(listed(client, q="journaler")) == found


@pytest.mark.parametrize("slug", STATUSES)
def test_the_map_and_the_list_agree_on_what_has_a_status(client: FlaskClient, slug: str) -> None:
    assert outlined(client, status=slug) == set(listed(client, status=slug))


def test_every_status_together_is_the_whole_map(client: FlaskClient, good: Snapshot) -> None:
    found = [id_ for slug, name in STATUSES.items() if name != "gap" for id_ in outlined(client, status=slug)]
    assert sorted(found) == sorted(boxes(good.catalogue))


def test_the_list_says_all_that_the_map_says(client: FlaskClient, good: Snapshot) -> None:
    rows = {id_: plain(words) for id_, words in ROW.findall(page(client, vy="lista"))}
    assert list(rows) == boxes(good.catalogue)
    for slug in SLUGS:
        for classes, id_, words in TILE.findall(page(client, farg=slug)):
            status = re.findall(r'<span class="status">(.*?)</span>', words)[0]
            assert plain(status).removesuffix("*") in rows[id_], (classes, slug)
            assert all(
                plain(gap).strip("!?* ") in rows[id_]
                for gap in re.findall(r'<span class="gap [a-z]*">(.*?)</span>', words)
            )


def test_the_list_is_ordered_by_what_is_asked(client: FlaskClient, good: Snapshot) -> None:
    entities = [good.catalogue.entities[id_] for id_ in boxes(good.catalogue)]
    assert listed(client, sortera="namn") == [e.id for e in in_order(entities, key=lambda e: e.name)]
    order = list(colouring.GROUP_WORDS["status"])
    groups = [
        colouring.answer(good.catalogue, "status", good.catalogue.entities[i], TODAY).group
        for i in listed(client, sortera="status")
    ]
    assert groups == sorted(groups, key=order.index)


def test_what_fits_nothing_says_so_and_how_to_come_back(client: FlaskClient) -> None:
    for view in ("", "lista"):
        text = page(client, q="xyzzyq", vy=view, datum="2027-06-01")
        assert "0 rutor passar." in plain(text) and 'href="/karta?' in text and "Rensa urvalet" in text
    assert "Inga moduler eller system passar" in text and "<table" not in text


@pytest.mark.parametrize("name", ["farg", "vy", "q", "status", "omrade", "sortera", "jamfor", "datum"])
@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "ö" * 500, "\x00", "2026-13-45", "nu"])
def test_anything_may_be_asked(client: FlaskClient, name: str, value: str) -> None:
    for view in ("lista", "karta"):
        answer = client.get("/karta", query_string={"vy": view, name: value})
        assert answer.status_code in ((200, 400) if name in ("jamfor", "datum") else (200,))
        assert "<script>alert" not in answer.text


def test_a_question_goes_along_to_another_day_and_another_question(client: FlaskClient) -> None:
    text = page(client, farg="ansvarig", q="journal", jamfor="2029-01-01", datum="2027-06-01")
    links = [unescape(href) for href in re.findall(r'href="(/karta\?[^"]*)"', text)]
    other = next(href for href in links if "farg=standarder" in href)
    assert all(part in other for part in ("q=journal", "jamfor=2029-01-01", "datum=2027-06-01"))
    assert (
        'type="hidden" name="farg" value="ansvarig"' in text and 'type="hidden" name="datum" value="2027-06-01"' in text
    )


def test_functions_that_no_module_takes_over_are_marked_in_their_frame(client: FlaskClient) -> None:
    frame = page(client).partition('id="grupp-bevara-handlingar"')[2].partition("</section>")[0]
    assert "Ingen modul att visa" in frame and "Ingen modul tar över: Läsa äldre insatser" in plain(frame)
    assert "2 glapp från 2027-04-01, minst ett utan slut" in plain(frame)


def test_a_plan_or_a_new_name_moves_no_box() -> None:
    systems = {
        "systems/a": "name: A\nfunctions: [f]\n",
        "systems/b": "name: B\nfunctions: [f]\n",
        "functions/f": "name: F\n",
    }
    before = boxes(given.read(systems).catalogue)
    plan = {"replacements/p": "name: P\nreplaces: b\nfunctions:\n  - function: f\n    disposition: kept\n"}
    assert boxes(given.read({**systems, **plan}).catalogue) == before
    assert boxes(given.read({**systems, "systems/a": "name: Ö\n"}).catalogue) == before


@pytest.mark.parametrize(
    ("truths", "said_", "marks"),
    [
        (("illustrative", "illustrative"), "Allt här är påhittade exempel", 0),
        (("illustrative", "fact"), "* Exempel: påhittat", 1),
        (("fact", "fact"), "", 0),
    ],
)
def test_what_is_made_up_is_said_once_and_marked_quietly(truths: tuple[str, ...], said_: str, marks: int) -> None:
    files = {f"modules/{id_}": f"name: {id_}\ntruth: {truth}\n" for id_, truth in zip("ab", truths, strict=True)}
    text = page(of(given.read(files)))
    assert text.count('class="made-up"') == marks == text.count("(exempel)")
    assert (
        said_ in plain(text)
        if said_
        else "xempel" not in plain(text).partition("Uppdatera")[2].partition("Visa planen")[0]
    )


def test_the_picture_says_the_same(client: FlaskClient, good: Snapshot) -> None:
    rows = {row[2]: row for row in map_figure(good.catalogue, TODAY).table.rows}
    for id_, words in tiles(client).items():
        *_, status, gap = rows[good.catalogue.name(id_)]
        assert status.removesuffix(" (exempel)") in words
        assert gap == "–" or gap.removesuffix(" (exempel)") in words


def test_the_map_speaks_english(client: FlaskClient) -> None:
    for slug in SLUGS:
        text = client.get("/karta", query_string={"lang": "en", "farg": slug, "jamfor": "2029-01-01"}).text
        assert "Each box is a module" in text and "saknas" not in plain(text) and "glapp" not in plain(text).lower()


@law(st.lists(WORDS, min_size=1, max_size=8))
def test_room_is_kept_for_the_longest_at_every_width(texts: list[str]) -> None:
    kept = room(texts)
    assert set(kept) <= set(texts)
    for at in range(len(_lines(""))):
        assert max(_lines(text)[at] for text in kept) == max(_lines(text)[at] for text in texts)


@law(st.text(max_size=60))
def test_a_word_that_may_be_broken_is_written_as_it_was(text: str) -> None:
    assert broken(given.good().catalogue, text).replace('<i class="shy"></i>', "") == Markup.escape(text)
    assert Markup(unbroken(text)).striptags() == Markup.escape(text).striptags()
    assert unbroken_in(Markup.escape(text)) == unbroken(text)


def test_long_words_are_broken_between_the_words_they_are_made_of(good: Snapshot) -> None:
    def shown(word: str) -> str:
        return broken(good.catalogue, word).replace('<i class="shy"></i>', "|")

    assert shown("Verksamhetsplanering") == "Verksamhets|planering"
    assert shown("Vårddokumentation") == "Vård|dokumentation"
    assert shown("Fältjournal") == "Fältjournal", "short enough"

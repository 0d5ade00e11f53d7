"""A star stands for `exempel` wherever a page says that something is made up, and each page says once what it means."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup
from test_webapp import client_of

from modulkarta.snapshot import Snapshot
from webapp.rendering.line_breaks import unbroken_in
from webapp.rendering.stars import explained, star, starred


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("page", ["/", "/karta", "/moduler", "/system", "/system/faltjournal", "/fardplan", "/om"])
def test_a_page_says_what_its_stars_mean_where_it_has_any(client: FlaskClient, page: str, lang: str) -> None:
    shown = client.get(f"{page}?lang={lang}").text
    assert shown.count('class="quiet stars"') == ('class="made-up"' in shown)


def test_the_meaning_stands_above_the_first_part_that_may_need_it(client: FlaskClient) -> None:
    with client.application.test_request_context():
        parts = Markup('<h1>A</h1><p class="lead">B</p><h2>C</h2>'), star(), Markup("<h2>D</h2>")
        said = explained(Markup().join(parts))
        assert said.index("B</p>") < said.index("quiet stars") < said.index("<h2>C") and said.count("quiet stars") == 1
        assert explained(Markup("<h1>A</h1>") + star()).startswith('<h1>A</h1><p class="quiet stars">')
        assert explained(said) == said and explained(parts[0]) == parts[0]


def test_the_word_is_there_for_those_who_do_not_see_the_star(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=sv"):
        assert star().striptags() == "(exempel)"
    assert "(exempel)" in client.get("/system/faltjournal.md").text


def test_a_date_is_whole_in_a_text_and_left_alone_in_a_tag() -> None:
    said = unbroken_in(Markup('<a href="/x?datum=2027-03-31">kv 1 2027</a> till 2027-03-31'))
    assert said == '<a href="/x?datum=2027-03-31"><time>kv 1 2027</time></a> till <time>2027-03-31</time>'


def test_a_word_in_brackets_becomes_a_star_and_nothing_else_does(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=sv"):
        assert starred("A & B (exempel), C") == Markup("A &amp; B") + star() + ", C"
        assert starred("exempel") == "exempel"

"""What a link of a page becomes in the static copy."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from webapp.copy import Links, Scope
from webapp.copy.rewriting import Rewriting
from webapp.copy.scope import Address, Left

SCOPE = Scope(
    today=date(2026, 11, 21), days={date(2027, 1, 1): "", date(2028, 6, 30): "m"}, language="sv",
    dated={"system", "moduler"}, kinds={"system", "moduler", "begrepp"},
)  # fmt: skip

PATHS = st.sampled_from(
    ["/", "/karta", "/system", "/system/s", "/begrepp/x", "/rapport", "/static/a.css", "/fardplan.ics"]
)
QUERIES = st.lists(
    st.sampled_from(["datum=2027-01-01", "datum=2026-11-21", "datum=2031-05-05", "lang=en", "lang=sv", "v=1", "sida=2",
                     "farg=agare", "q=%3Cb%3E", "rev=abc", "rev=nu"]),
    unique_by=lambda one: one.partition("=")[0], max_size=4,
)  # fmt: skip
PAGES = st.builds(
    Address, path=st.sampled_from(["/", "/karta", "/system/s"]), lang=st.sampled_from(["", "en"]),
    day=st.sampled_from(["", "2027-01-01", "2028-06-30"]),
)  # fmt: skip


@for_all(PATHS, QUERIES, PAGES)
def test_a_link_means_the_same_from_wherever_it_is_followed(path: str, query: list[str], at: Address) -> None:
    """What a page is asked as leads back to that page, and its file is reached by its relative link."""
    meant = SCOPE.meant(f"{path}?{'&'.join(query)}", at)
    if not isinstance(meant, Address):
        return
    assert SCOPE.meant(meant.asked, at) == meant or (meant.day == "" and at.day)
    way = Rewriting(SCOPE, lambda at: "").link(meant, at)
    known = Links()
    known.add(at.file, f'<a href="{way}">x</a>'.encode())
    known.add(meant.file, b"")
    assert known.dead() == []


ASKED = st.sets(st.sampled_from(["datum=2027-01-01", "farg=agare", "vy=lista", "sortera=namn", "bara=x", "q=x"]))


@for_all(ASKED, PAGES)
def test_the_other_parts_of_a_list_are_where_its_first_is(query: set[str], at: Address) -> None:
    first = SCOPE.meant(f"/karta?{'&'.join(query)}", at)
    second = SCOPE.meant(f"/karta?{'&'.join([*query, 'sida=2'])}", at)
    if not isinstance(first, Address):
        assert second == first
    else:
        assert second == replace(first, rest=tuple(sorted([*first.rest, ("sida", "2")])))


FILES = st.sampled_from(
    ["index.html", "karta/index.html", "system/s/index.html", "en/system/s/index.html", "-/-/a.svg"]
)
LINKS = st.sampled_from(
    ["../../karta/index.html", "../karta/", "../../../index.html#a", "index.html", "#a", "s/", "../-/a.svg", "../../",
     "../../../../karta/index.html", "/karta/index.html", "../../-/a.svg?b=c", "https://a.example/b", "../..//c",
     "../%2D/a.svg"]
)  # fmt: skip


@for_all(st.lists(st.tuples(FILES, LINKS), max_size=12))
def test_a_link_leads_where_it_would_if_no_other_had_been_read(several: list[tuple[str, str]]) -> None:
    def dead(links: list[tuple[str, str]]) -> set[str]:
        known = Links()
        for file, _ in several:
            known.add(file, b"")
        for file, link in links:
            known.add(file, f'<a href="{link}">x</a>'.encode())
        return {posixpath.normpath(f"{posixpath.dirname(one.file)}/{one.link}") for one in known.dead()}

    assert dead(several) == set().union(*(dead([one]) for one in several))


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("/karta?rev=rapport-2026-01", "version"),
        ("/karta?datum=2031-05-05", "day"),
        ("/sok?x=y", "question"),
        ("/karta?farg=%3Cscript%3E", "question"),
        ("/api/v1/moduler", "machine"),
        ("/moduler/m.md?lang=en", "machine"),
        ("/moduler/m.md?datum=2027-01-01", "machine"),
        ("/relationer/m.md", "machine"),
        ("/healthz", "machine"),
        ("https://example.org/karta", None),
        ("mailto:a@b.example", None),
        ("#innehall", None),
    ],
)
def test_what_is_not_in_a_copy(link: str, why: str | None) -> None:
    assert SCOPE.meant(link, Address(path="/")) == why


def test_what_leads_nowhere_is_no_link() -> None:
    page = (
        '<link rel="alternate" href="/karta?rev=x"><a class="x" href="/karta?rev=x">K</a><form class="compare"><input>'
        '</form><form class="search" action="/sok?datum=2027-01-01"></form><a title="a > b" href="/karta#a">L</a>'
        '<a href="/sok?q=%C3%A5&amp;typ=system">S</a>'
    )
    rewriting = Rewriting(SCOPE, lambda at: "")
    text, found = rewriting.page(page, Address(path="/moduler/m"))
    assert text == (
        '<a class="x">K</a><form class="search" action="../../sok/index.html"></form>'
        '<a title="a > b" href="../../karta/index.html#a">L</a>'
        '<a href="../../sok/index.html?q=%C3%A5&amp;typ=system">S</a>'
    )
    assert [one.path for one in found] == ["/sok", "/karta", "/sok"]
    assert rewriting.left == {"version": 2, "form": 1}


def test_what_a_link_from_the_top_means_is_worked_out_once_for_all_pages_of_a_day() -> None:
    asked: list[str] = []

    class Counting(Scope):
        def meant(self, link: str, at: Address, *, embedded: bool = False) -> Address | Left | None:
            asked.append(link)
            return SCOPE.meant(link, at, embedded=embedded)

    rewriting = Rewriting(Counting(today=SCOPE.today, days={}, language="sv", dated=(), kinds=()), lambda at: "")
    page = '<a href="#innehall">I</a><a href="/karta">K</a><a href="/karta?lang=en">E</a>'
    for number in range(10):
        text, _ = rewriting.page(page, Address(path=f"/moduler/{number}"))
    assert text == (
        '<a href="#innehall">I</a><a href="../../karta/index.html">K</a><a href="../../en/karta/index.html">E</a>'
    )
    assert asked == ["/karta", "/karta?lang=en"]

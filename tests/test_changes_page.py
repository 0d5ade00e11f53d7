"""The page of what has changed: every sentence of the year, each with a link that leads to the thing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import given
import pytest
import year
from flask.testing import FlaskClient
from repositories import committed, repository
from test_past_pages import links, text
from viewing import viewer


def main_of(page: str) -> str:
    return page[page.index("<h1") : page.index("</main>")]


def sentences(page: str) -> list[str]:
    """The headings and lines of the changes, without how many they are."""
    told = re.findall(
        r"<(?:h2(?: id[^>]*)?|summary)>(.*?)(?: <span.*?)?</(?:h2|summary)>|<li>(.*?)</li>",
        re.sub("<nav.*?</nav>", "", main_of(page)),
    )
    return [unescape(re.sub(r"<[^>]+>", "", heading or line)) for heading, line in told]


@pytest.mark.parametrize(("before", "after"), [*((m - 1, m) for m in range(2, 13)), (1, 12)])
def test_the_page_says_what_the_command_says(past: FlaskClient, before: int, after: int) -> None:
    page = past.get(f"/andringar?fran={year.tag(before)}&till={year.tag(after)}").text
    command = (given.GOLDEN / f"year/{before:02}-{after:02}.txt").read_text("utf-8").splitlines()
    said = sentences(page)
    for line in command[1:]:
        if line and line != "Inga ändringar i sak.":
            assert re.sub(r" \(\d+\)$", "", line).strip() in [re.sub(r" \(\d+\)$", "", one) for one in said], line
    assert ("Inga sakliga ändringar." in unescape(page)) == ("Inga ändringar i sak." in command)


def test_a_month_of_words_only_says_so_and_folds_them(past: FlaskClient) -> None:
    address = f"/andringar?fran={year.tag(6)}&till={year.tag(7)}"
    assert "Inga sakliga ändringar. 1 ändring gäller bara språk" in text(past, address)
    assert "<details><summary>Språkliga ändringar (1)" in past.get(address).text


def test_every_line_links_to_its_thing_as_it_was_on_the_side_that_has_it(past: FlaskClient) -> None:
    page = main_of(past.get(f"/andringar?fran={year.tag(1)}&till={year.tag(12)}").text)
    lines = re.findall(r"<ul class=\"changes\">(.*?)</ul>", page, re.S)
    hrefs = [unescape(href) for line in lines for href in re.findall(r'href="([^"]*)"', line)]
    assert len(hrefs) == sum(line.count("<li>") for line in lines) == 11
    assert "/risker/risk-pappersrutin?rev=rapport-2026-01" in hrefs
    assert "/standarder/ex-bokning-1?rev=rapport-2026-12" in hrefs
    for href in hrefs:
        assert past.get(href).status_code == 200, href


def test_the_last_report_is_compared_with_now(past: FlaskClient) -> None:
    assert "Från rapport-2026-12 (2026-12-28) till nu ." in text(past, "/andringar")
    assert "Inga sakliga ändringar." in text(past, "/andringar")


def test_a_version_is_compared_with_the_report_before_it(past: FlaskClient) -> None:
    page = text(past, "/andringar?rev=rapport-2026-09")
    assert "Från rapport-2026-08 (2026-08-28) till rapport-2026-09 (2026-09-28)" in page
    assert "Ingen rapport före den här versionen" in text(past, "/andringar?rev=rapport-2026-01")


def test_a_day_means_the_last_version_of_that_day(past: FlaskClient) -> None:
    page = text(past, "/andringar?fran=2026-01-31&till=2026-02-28")
    assert "Prehospital journal , livscykel: i drift: 2027-09-01 → 2027-12-01 (3 månader senare)" in page
    assert "Katalogen fanns inte 2025-01-01." in text(past, "/andringar?fran=2025-01-01", 404)


def test_a_day_of_the_plan_is_told_first(past: FlaskClient) -> None:
    page = past.get(f"/andringar?fran={year.tag(1)}&till={year.tag(12)}&datum=2027-10-01").text
    assert sentences(page)[:2] == ["Läget den 2027-10-01", "Prehospital journal: I drift → Införs"]


@pytest.mark.parametrize("name", ["--all", "main", "HEAD", "' or 1", "rapport-1999-01", "2026-02-30", "x\x00"])
@pytest.mark.parametrize("side", ["fran", "till"])
def test_what_names_no_version_is_a_clear_404(past: FlaskClient, side: str, name: str) -> None:
    answer = past.get("/andringar", query_string={side: name})
    assert answer.status_code == 404 and "Det finns ingen version" in answer.text


def test_odd_things_in_the_address_stay_out_of_the_links(past: FlaskClient) -> None:
    page = past.get("/andringar?_external=1&endpoint=x&slug=y&_anchor=z&datum=2027-10-01&rev=rapport-2026-02")
    assert page.status_code == 200
    assert not [link for link in links(page.text) if "_external" in link or "endpoint" in link]


def test_another_day_is_chosen_with_the_comparison_kept(past: FlaskClient) -> None:
    page = past.get(f"/andringar?fran={year.tag(1)}&till={year.tag(2)}&datum=2027-10-01").text
    assert f'<input type="hidden" name="fran" value="{year.tag(1)}">' in page
    assert f"/andringar?fran={year.tag(1)}&till={year.tag(2)}" in [*links(page)]


def test_without_reports_it_says_how_and_days_can_be_compared(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    given.written(repo, {"modules/m": "name: M\n"})
    committed(repo, day="2026-01-01")
    given.written(repo, {"modules/n": "name: N\n"})
    committed(repo, day="2026-02-01")
    client = viewer(repo)
    assert "modulkarta report --tag" in text(client, "/andringar")
    assert "Nya moduler 1 N" in text(client, "/andringar?fran=2026-01-15")


def test_without_git_it_says_why(tmp_path: Path) -> None:
    given.written(tmp_path, {"modules/m": "name: M\n"})
    page = text(viewer(tmp_path), "/andringar")
    assert "ligger inte i något git-arkiv" in page and "Jämför" not in page


def test_a_broken_side_is_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    given.written(repo, {"modules/m": "name: M\n", "modules/trasig": "nme: x\n"})
    committed(repo, day="2026-01-01")
    given.written(repo, {"modules/m": "name: M2\n"})
    committed(repo, day="2026-02-01")
    page = text(viewer(repo), "/andringar?fran=2026-01-15")
    assert "har 1 fel. Det som går att läsa jämförs." in page and "M heter nu M2" in page


def test_the_picture_has_an_address_of_its_own(past: FlaskClient) -> None:
    page = past.get(f"/andringar?fran={year.tag(1)}&till={year.tag(12)}").text
    (address,) = {link for link in links(page) if link.startswith("/andringar.svg")}
    picture = past.get(address)
    assert picture.status_code == 200 and picture.mimetype == "image/svg+xml"
    assert picture.text in page and "borttagen" in picture.text


def test_where_nothing_changed_there_is_no_picture(past: FlaskClient) -> None:
    asked = f"fran={year.tag(9)}&till={year.tag(10)}"
    assert "/andringar.svg" not in past.get(f"/andringar?{asked}").text
    assert past.get(f"/andringar.svg?{asked}").status_code == 404
    assert past.get("/andringar.svg?fran=finns-inte").status_code == 404

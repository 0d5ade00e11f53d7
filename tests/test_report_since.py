"""What the report says of the one before it: in words, in the table of milestones and in the roadmap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import drawn
import given
import pytest
import year
from commands import Run
from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st
from quick import without_slow_files
from repositories import git

from modulkarta.analysis import roadmap
from modulkarta.changes.between import changes
from modulkarta.dates import When
from modulkarta.figures.milestones import milestone_table, slip
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.report.blocks import text_of
from modulkarta.report.chapters import Ground
from modulkarta.report.chapters import changes as since_then
from modulkarta.report.markdown import markdown
from modulkarta.report.section import section
from modulkarta.report.since import Since

pytestmark = pytest.mark.usefixtures("built_once")

ON = date(2026, 11, 30)
MILESTONE = "name: Nord går över\ncertainty: forecast\n"


@pytest.fixture
def here(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(repo)
    without_slow_files(monkeypatch)
    yield repo
    git(repo, "checkout", "-q", "--", ".")


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 3), (3, 4), (4, 5), (6, 7), (7, 8), (9, 10), (1, 12)])
def test_every_sentence_since_the_last_report(run: Run, here: Path, tmp_path: Path, before: int, after: int) -> None:
    asked = ("--rev", year.tag(after), "--since", year.tag(before), "--date", f"2026-{after:02}-28")
    assert run("report", *asked, "-o", tmp_path).code == 0
    text = (tmp_path / "malbild-och-fardplan.md").read_text("utf-8")
    given.as_before(f"year/since-{before:02}-{after:02}.md", _compared(_unnamed(text)))
    html = (tmp_path / "malbild-och-fardplan.html").read_text("utf-8")
    assert all(title in html for title in re.findall("^##+ (.*)$", text, re.MULTILINE))


def _compared(text: str) -> str:
    """The parts of the report that tell of the one before it."""
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    told = [parts[name] for name in ("Sammanfattning", "Färdplan", "Förändringar sedan förra rapporten")]
    return "\n".join(f"## {part.strip()}\n" for part in told)


def _unnamed(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{12}\b", "VERSION", re.sub(r"\b[0-9a-f]{7}\b", "0000000", text))


def test_without_a_report_before_nothing_is_said_of_one(run: Run, here: Path, tmp_path: Path) -> None:
    run("report", "--since", "none", "-o", tmp_path)
    text = (tmp_path / "malbild-och-fardplan.md").read_text("utf-8")
    assert "Ingen tidigare rapport att jämföra med." in text and "Jämfört med" not in text


def test_what_is_not_committed_is_in_the_report(run: Run, here: Path, tmp_path: Path) -> None:
    file = "roadmap/milestones/nord-gar-over.yaml"
    year.replaced(file, "date: 2028-02-01", "date: 2028-05-01")(here / "catalogue")
    run("report", "--since", "HEAD", "-o", tmp_path)
    text = (tmp_path / "malbild-och-fardplan.md").read_text("utf-8")
    assert "| Nord går över | 2028-02-01 | 2028-05-01 | 3 månader senare |" in text


def test_the_history_of_git_is_not_for_all(run: Run, here: Path, tmp_path: Path) -> None:
    for audience, told in (("internal", True), ("public", False)):
        asked = ("--since", year.tag(11), "--date", "2026-12-31", "--audience", audience)
        assert run("report", *asked, "-o", tmp_path / audience).code == 0
        text = (tmp_path / audience / "malbild-och-fardplan.md").read_text("utf-8")
        assert ("flyttad 2 gånger, sammanlagt 5 månader senare" in text) == told


@pytest.mark.parametrize(("revision", "words"), [("rapport-2026-13", "menade du"), ("-x", "finns inte")])
def test_a_report_that_does_not_exist_is_one_sentence(
    run: Run, here: Path, tmp_path: Path, revision: str, words: str
) -> None:
    ended = run("report", "--since", revision, "-o", tmp_path / "ut")
    assert ended.code == 2 and words in ended.err and not (tmp_path / "ut").exists()


def test_a_report_before_the_catalogue_is_refused(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"modules/m": "name: M\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Tomt")
    ended = run("report", "--since", "HEAD", "-o", tmp_path / "ut", "--catalogue", folder)
    assert ended.code == 2 and "fanns ingen katalog" in ended.err


def test_the_same_catalogue_has_not_changed() -> None:
    since = compared({"milestones/m": MILESTONE}, {"milestones/m": MILESTONE})
    assert sentence(since) == "Inga sakliga ändringar sedan förra rapporten (rapport-2026-10, 0000000)."
    partly = sentence(replace(since, partly=True))
    assert partly == "Inga sakliga ändringar i det som visas här sedan förra rapporten (rapport-2026-10, 0000000)."


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        ("date: 2027-09-01\n", "date: 2028-02-01\n", ("2027-09-01", "2028-02-01", "5 månader senare")),
        ("date: 2027-09-01\n", "date: 2027-09-01\n", ("2027-09-01", "2027-09-01", "–")),
        ("date: 2026-09\n", "date: 2026-09\ndone: 2026-10-02\n", ("september 2026", "2026-10-02", "nu klar")),
        ("date: 2026-09\n", "date: 2026-10\ndone: 2026-10-02\n",
         ("september 2026", "2026-10-02", "1 månad senare, nu klar")),
        ("date: unknown\n", "date: 2027-09-01\n", ("Uppgift saknas", "2027-09-01", "ändrat")),
        ("", "date: 2027-09-01\n", ("Uppgift saknas", "2027-09-01", "ändrat")),
        ("date: 2028\n", "date: 2028-05-01\n", ("2028", "2028-05-01", "preciserat")),
        (None, "date: 2027-09-01\n", ("–", "2027-09-01", "ny")),
        ("date: hej\n", "date: 2027-09-01\n", ("–", "2027-09-01", "kan inte jämföras")),
    ],
)  # fmt: skip
def test_a_milestone_says_what_was_planned_and_what_is_expected(
    before: str | None, after: str, cells: tuple[str, ...]
) -> None:
    earlier = {} if before is None else {"milestones/m": MILESTONE + before}
    since = compared(earlier, {"milestones/m": MILESTONE + after})
    assert milestone_table(since.changes.after, ON, since.milestones).rows[0][1:4] == cells


def test_a_milestone_with_another_id_is_the_same() -> None:
    since = compared(
        {"milestones/gammal": f"{MILESTONE}date: 2027-09-01\n"},
        {"milestones/ny": f"{MILESTONE}date: 2027-10-01\nformer_ids: [gammal]\n"},
    )
    assert milestone_table(since.changes.after, ON, since.milestones).rows[0][3] == "1 månad senare"


@settings(max_examples=30, deadline=None)
@each(
    st.lists(
        st.tuples(st.dates(date(2025, 1, 1), date(2031, 12, 31)), st.dates(date(2025, 1, 1), date(2031, 12, 31))),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_every_slip_is_in_the_picture_and_no_words_leave_it(dates: list[tuple[date, date]]) -> None:
    old, new = (
        {f"milestones/m{n}": f"{MILESTONE}date: {pair[side]}\n" for n, pair in enumerate(dates)} for side in (0, 1)
    )
    since = compared(old, new)
    figure = roadmap_figure(since.changes.after, ON, since.milestones)
    told = [m for m in roadmap.milestones(since.changes.after) if slip(m, since.milestones)]
    assert len(told) == sum(before != after for before, after in dates)
    assert (f" {len(told)} har ett annat datum" in figure.alternative) == bool(told) and len(figure.alternative) <= 250
    shown = [label.words for label in drawn.labels(figure.svg) if re.search(", [+\N{MINUS SIGN}]", label.words)]
    assert len(shown) == len([m for m in told if _on_paper(m.shown)])
    assert not drawn.outside(figure.svg) and not list(drawn.touching(figure.svg))


def _on_paper(when: When | None) -> bool:
    return when is not None and date(2026, 4, 1) <= when.latest < date(2032, 4, 1)


def test_a_report_before_that_said_the_same_leaves_the_picture_as_it_is() -> None:
    read = given.good()
    since = Since(name="x", changes=changes(read, read))
    assert roadmap_figure(read.catalogue, ON, since.milestones).svg == roadmap_figure(read.catalogue, ON).svg


def test_of_many_changes_of_one_sort_some_are_told_and_the_rest_counted() -> None:
    since = compared({}, {f"modules/m{n:02}": f"name: M{n}\n" for n in range(25)})
    items = [text_of(item) for block in since_then.chapter(ground(since)) for item in getattr(block, "items", ())]
    assert len(items) == 21 and items[-1] == "… och 5 till"
    assert sentence(since) == "Detta har ändrats sedan förra rapporten: nya moduler (25)."


def test_what_is_most_delayed_is_told_first() -> None:
    days = {"a": "2027-02-01", "b": "2027-08-01", "c": "2026-12-01", "d": "2027-03-01"}
    since = compared(
        {f"milestones/{id_}": f"name: {id_}\ndate: 2027-01-01\n" for id_ in days},
        {f"milestones/{id_}": f"name: {id_}\ndate: {day}\n" for id_, day in days.items()},
    )
    assert [line.entity for line in since.told("sv")[0].lines] == ["b", "d", "a", "c"]
    assert sentence(since) == (
        "Sedan förra rapporten har ”b” flyttats från 1 januari 2027 till 1 augusti 2027, och tre milstolpar till har "
        "fått nya datum."
    )


def test_words_from_the_catalogue_stay_words() -> None:
    since = compared({}, {"modules/m": 'name: "<b>M</b> | [x](y)"\n'})
    text = markdown(section(since.changes.after, on=ON, version="v", since=since))
    assert r"- \<b\>M\</b\> \| \[x\](y)" in text


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> Since:
    return Since(name="rapport-2026-10, 0000000", changes=changes(given.read(before), given.read(after)))


def ground(since: Since) -> Ground:
    return Ground(catalogue=since.changes.after, on=ON, version="v", since=since, language="sv")


def sentence(since: Since) -> str:
    return since_then.said(ground(since))[0]


def test_a_notice_says_which_milestone_moved_though_it_has_few_words() -> None:
    name = "Den gemensamma plattformen för vårdinformation är i drift"
    older = {f"milestones/m{n}": f"name: {name}\ndate: 2027-Q3\n" for n in range(3)}
    since = compared(older, {key: text.replace("Q3", "Q4") for key, text in older.items()})
    (block,) = section(since.changes.after, on=ON, version="v", since=since, length="notis").blocks
    assert f"har ”{name}” flyttats" in "".join(run.text for item in getattr(block, "items", ()) for run in item)

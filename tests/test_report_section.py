"""What the section says: in three lengths and two languages, whatever the catalogue holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import get_args

import given
import pytest
from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta.analysis import coverage
from modulkarta.changes.between import changes
from modulkarta.report.blocks import LENGTHS, Bullets, Heading, Length, Paragraph, Section, Tabular, text_of
from modulkarta.report.chapters import Ground, notice, with_content
from modulkarta.report.chapters.notice import MOST_WORDS, fitted
from modulkarta.report.chapters.summary import key_figures
from modulkarta.report.html import page
from modulkarta.report.markdown import markdown
from modulkarta.report.numbers import numbers
from modulkarta.report.prose import no_text
from modulkarta.report.section import CHAPTERS, section
from modulkarta.report.since import Since
from modulkarta.report.spelling import number_word, number_words
from modulkarta.snapshot import Snapshot
from modulkarta.wording import LANGUAGES, Language, said

ON = date(2026, 11, 30)
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(["م" * 30, "e\u0301" * 20, "\u202eabc", "ord " * 2500, "å" * 10_000, "{{glapp.antal}}", "{day}"]),
)


def made(read: Snapshot, length: Length, language: Language = "sv", since: Since | None = None) -> Section:
    return section(read.catalogue, on=ON, version=read.version, since=since, length=length, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", LENGTHS)
def test_each_length_in_each_language_is_as_it_was_agreed(good: Snapshot, length: Length, language: Language) -> None:
    text = markdown(made(good, length, language)).replace(good.version, "VERSION")
    given.as_before(f"report/{length}-{language}.md", text)


def test_the_same_chapters_stand_in_the_same_order_but_the_picture_that_fills_a_page() -> None:
    whole = list(CHAPTERS["bilaga"])
    text = [name for name in CHAPTERS["avsnitt"] if name != "fardplan"]
    assert text == [name for name in whole if name in text] and list(CHAPTERS["avsnitt"])[-1] == "fardplan"
    assert set(CHAPTERS) == set(get_args(Length))


def test_the_page_long_one_fits_a_page(good: Snapshot) -> None:
    report = made(good, "avsnitt")
    assert 150 < sum(len(words.split()) for words in prose(report)) < 500
    assert [picture.figure.name for picture in report.pictures] == ["fardplan"]


def catalogue(names: list[str], days: list[str]) -> Snapshot:
    """A catalogue of everything the notice tells of, by the names given."""
    one, two, three = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    files = {f"milestones/m{n}": f'name: "{one}"\ndate: {day}\n' for n, day in enumerate(days)}
    files |= {
        "decisions/d": f'name: "{two}"\nstate: needed\nlatest: {days[0]}\n',
        "systems/s": f'name: "{three}"\nfunctions: [f]\nlifecycle:\n  retired: 2027-01-01\n',
        "functions/f": "name: F\n",
        "replacements/r": "name: R\nreplaces: s\nfunctions:\n  - function: f\n    disposition: unresolved\n",
    }
    return given.read(files)


@settings(max_examples=40, deadline=None)
@each(
    st.lists(HOSTILE, min_size=3, max_size=3),
    st.lists(st.sampled_from(["2026-03", "2027-Q1", "2027-03-30", "2027-Q1..2028-06-30", "..2030", "unknown"]),
             min_size=1, max_size=4),
    st.sampled_from(LANGUAGES), st.booleans(),
)  # fmt: skip
def test_a_notice_is_whole_sentences_of_at_most_eighty_words(
    names: list[str], days: list[str], language: Language, compared: bool
) -> None:
    read = catalogue(names, days)
    since = Since(name="rapport-2026-10", changes=changes(given.read({}), read)) if compared else None
    (words,) = prose(made(read, "notis", language, since))
    assert len(words.split()) <= MOST_WORDS
    assert words.endswith(".") and len(re.findall(r"[.?](?= |$)", words)) >= 3
    assert len(words) < 1500


@each(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=3), min_size=1, max_size=5))
def test_what_is_longest_is_shortened_first(lengths: list[list[int]]) -> None:
    told = [tuple("ord " * n for n in sorted(ways, reverse=True)) for ways in lengths]
    found = [len(words.split()) for words in fitted(told, MOST_WORDS)]
    shortest, longest = sum(min(ways) for ways in lengths), sum(max(ways) for ways in lengths)
    assert sum(found) <= max(MOST_WORDS, shortest)
    assert longest > MOST_WORDS or sum(found) == longest


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", LENGTHS)
def test_an_empty_catalogue_gives_a_good_document(length: Length, language: Language) -> None:
    report = made(given.read({}), length, language)
    assert prose(report) and no_heading_is_empty(report)
    assert not [one for one in report.remarks if one != no_text("2026-11")]
    assert all(tabular.table.rows for tabular in report.tables)


@settings(max_examples=15, deadline=None)
@each(st.lists(HOSTILE, min_size=3, max_size=3), st.sampled_from(LANGUAGES))
def test_whatever_a_catalogue_holds_gives_a_good_document(names: list[str], language: Language) -> None:
    read = catalogue(names, ["2027-03", "unknown"])
    for length in LENGTHS:
        report = made(read, length, language)
        assert no_heading_is_empty(report) and all(tabular.table.rows for tabular in report.tables)
        assert [t.number for t in report.tables] == list(range(1, len(report.tables) + 1))
        assert "<h1" in page(report) and markdown(report).count("\n# ") == 0


def test_a_thousand_milestones_are_told_in_a_bounded_table_and_counted() -> None:
    read = given.read({f"milestones/m{n:04}": f"name: M{n}\ndate: 2027-{n % 12 + 1:02}\n" for n in range(1000)})
    report = made(read, "bilaga")
    first = next(t for t in report.tables if t.table.heading[0] == "Milstolpe")
    assert len(first.table.rows) == 40 and "960 milstolpar till står i bilaga B." in prose(report)
    assert max(len(t.whole.rows) for t in report.tables) == 1000
    assert "noll av 1\N{NO-BREAK SPACE}000" not in " ".join(prose(report))
    assert any("och 992 till" in said(remark) for remark in report.remarks)


def test_no_heading_stands_without_content(good: Snapshot) -> None:
    for read in (good, given.read({"systems/s": "name: S\n"}), given.read({"modules/m": "name: M\n"})):
        for length in LENGTHS:
            assert no_heading_is_empty(made(read, length))
    empty = [Heading(text="A", level=2), Heading(text="B", level=3), Heading(text="C", level=2), Bullets(items=())]
    assert list(with_content(empty)) == []


def no_heading_is_empty(report: Section) -> bool:
    """Also that headings step one level at a time."""
    levels = [block.level if isinstance(block, Heading) else 9 for block in report.blocks]
    steps = all(b == 9 or b <= a + 1 for a, b in pairwise([1, *(level for level in levels if level < 9)]))
    return steps and levels[-1:] in ([9], []) and all(a == 9 or b > a for a, b in pairwise(levels))


@each(st.lists(st.integers(0, 20), min_size=1, max_size=5), st.sampled_from(LANGUAGES))
def test_numbers_beside_each_other_are_all_words_or_all_figures(several: list[int], language: Language) -> None:
    assert len({told.isdecimal() for told in number_words(several, language)}) == 1


def test_text_and_tables_have_the_same_numbers(good: Snapshot) -> None:
    """Every number in the running text is one of the numbers, or a part of a day or of a name."""
    for language in LANGUAGES:
        for length in LENGTHS:
            report = made(good, length, language)
            known = {one.words for one in numbers(good.catalogue, ON, None, language).values()}
            known |= {one.neuter for one in numbers(good.catalogue, ON, None, language).values()}
            known |= {str(one.value) for one in numbers(good.catalogue, ON, None, language).values()}
            target = Ground(catalogue=good.catalogue, on=ON, version="v", since=None, language=language).target
            assert target
            known |= {one.words for one in numbers(good.catalogue, target, None, language).values()}
            known |= set(_of_systems(good, language))
            for words in map(text_of, _computed(report)):
                plain = re.sub(r"[”\"][^”\"]*[”\"]|\d+ \w+ \d{4}|\b20\d\d(-\d\d)*\b", "", words)
                assert set(_NUMBER[language].findall(plain)) <= known, words


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("on", [date(2026, 1, 31), ON, date(2027, 10, 31), date(2031, 1, 1)])
def test_a_number_in_the_text_is_the_one_of_its_token(good: Snapshot, length: Length, on: date) -> None:
    report = section(good.catalogue, on=on, version="v", length=length)
    found = numbers(good.catalogue, on)
    told = 0
    for pattern, tokens in _SAYS.items():
        for match in (match for words in prose(report) for match in re.finditer(pattern, words, re.IGNORECASE)):
            for word, token in zip(match.groups(), tokens, strict=True):
                assert word.lower() in (found[token].words, found[token].neuter)
            told += 1
    assert told >= 2
    labels = {one.label: one for one in found.values()}
    for row in (row for t in report.tables if t.table.caption == "Nyckeltal" for row in t.table.rows):
        assert row[1].split(" av ")[0] == str(labels[row[0]].value)


_SAYS = {
    r"är (\w+) av (\w+) milstolpar": ("milstolpar.klara", "milstolpar.antal"),
    r"ingen av de (\w+) milstolparna": ("milstolpar.antal",),
    r"planerna har (\w+) glapp": ("glapp.antal",),
    r"^(\w+) beslut behövs": ("beslut.behovs",),
    r"(?<=\. )(\w+) beslut behövs": ("beslut.behovs",),
    r"^(\w+) milstolpar är klara": ("milstolpar.klara",),
    r"^(\w+) av (\w+) moduler är i drift": ("moduler.i_drift", "moduler.antal"),
    r"^(\w+) risker är inlagda": ("risker.antal",),
    r"bygger på (\w+) uppgifter": ("uppgifter.antal",),
}
"""How a sentence says a number, and which."""
_NUMBER = {
    language: re.compile(rf"\b(?:\d+|{'|'.join(number_word(n, language) for n in range(2, 13))})\b")
    for language in LANGUAGES
}


def _of_systems(read: Snapshot, language: Language) -> Iterator[str]:
    """What is counted of one system or one area, from the same rows as its tables."""
    for system in read.catalogue.of_kind["system"]:
        rows = coverage.of_system(read.catalogue, system.id)
        for several in (
            rows,
            *([row for row in rows if row.area == area] for area in dict.fromkeys(row.area for row in rows)),
        ):
            unjudged = [row for row in several if row.outcome == "not-judged"]
            yield from (number_word(n, language) for n in (len(unjudged), sum(row.gap is not None for row in several)))
        functions = dict.fromkeys(row.function for row in rows)
        yield from (number_word(n, language) for n in range(len(functions) + 1))


def _computed(report: Section) -> Iterator[tuple]:  # type: ignore[type-arg]
    """The paragraphs and lists that are put together here: not what the vision, the goals and the principles say."""
    own = False
    for block in report.blocks:
        if isinstance(block, Heading):
            own = block.text in ("Målbild", "Vision", "Delmål och nytta", "Goals and benefits", "Vägledande principer",
                                 "Guiding principles")  # fmt: skip
        elif isinstance(block, Paragraph) and not own and block.tone == "plain":
            yield block.words
        elif isinstance(block, Bullets) and not own:
            yield from block.items


def test_a_table_of_examples_says_so_once() -> None:
    example = "name: M\ndate: 2027-03\ntruth: illustrative\n"
    report = made(given.read({"milestones/a": example, "milestones/b": example}), "bilaga")
    (told,) = [t for t in report.tables if t.table.caption.startswith("Milstolpar framför oss")]
    assert told.table.caption == "Milstolpar framför oss (exempel)"
    assert "exempel" not in str(told.table.rows)


def test_key_figures_say_what_the_report_before_said(good: Snapshot) -> None:
    earlier = given.read({"modules/m": "name: M\n"})
    since = Since(name="x", changes=changes(earlier, good))
    ground = Ground(catalogue=good.catalogue, on=ON, version="v", since=since, language="sv")
    table = key_figures(ground, ("moduler.i_drift", "beslut.behovs", "uppdrag.pagar")).table
    assert table.heading == ("Nyckeltal", "Nu", "Förra rapporten", "Ändring")
    assert [row[1:] for row in table.rows[:2]] == [("1 av 7", "0 av 1", "+1"), ("2", "0", "+2")]
    same = replace(ground, since=Since(name="x", changes=changes(good, good)))
    assert {row[3] for row in key_figures(same, tuple(same.numbers)).table.rows} == {"oförändrat"}


def test_what_is_missing_is_remarked_on_with_names() -> None:
    read = given.read(
        {
            "milestones/m": "name: Provet\n",
            "systems/s": "name: Gamla\ncontracts: [c]\n",
            "contracts/c": "name: Avtal\nends: unknown\n",
            "decisions/d": "name: Vägval\nstate: needed\n",
            "risks/r": "name: Fara\n",
        }
    )
    told = [said(remark) for remark in made(read, "notis").remarks]
    assert told == [
        "1 milstolpe som inte är klar saknar ansvarig: Provet",
        "1 milstolpe saknar datum: Provet",
        "1 system saknar slutdatum: Gamla",
        "1 system saknar plan för hur det ska ersättas: Gamla",
        "1 beslut som behövs saknar senaste dag: Vägval",
        "1 beslut som behövs saknar beslutsfattare: Vägval",
        "1 risk är inte bedömd: Fara",
        "1 risk saknar ansvarig: Fara",
    ]


def test_an_english_report_says_what_is_translated_and_the_rest_as_it_is() -> None:
    texts = {
        "visions/v": ("name: M\nstatements: [Så1]\n", "statements: [So1]"),
        "goals/g": ("name: G\nmeasure: Så2\n", "measure: So2"),
        "principles/p": ("name: P\nstatement: Så3\ntruth: assumption\n", "statement: So3"),
        "decisions/d": (
            "name: D\nstate: needed\nquestion: Så4\noptions: [Så5]\nrecommended: Så6\n",
            "question: So4, options: [So5], recommended: So6",
        ),
        "risks/r": ("name: R\ncause: Så7\naction: Så8\n", "cause: So7, action: So8"),
    }
    both = given.read({id_: f"{own}translations: {{en: {{{other}}}}}\n" for id_, (own, other) in texts.items()})
    only = given.read({id_: own for id_, (own, _) in texts.items()})
    swedish, english = ({f"{word}{n}" for n in range(1, 9)} for word in ("Så", "So"))
    for read, language, told in ((both, "en", english), (both, "sv", swedish), (only, "en", swedish)):
        assert set(re.findall(r"\bS[åo]\d", markdown(made(read, "bilaga", language)))) == told


def test_what_stands_in_swedish_in_an_english_report_is_counted(good: Snapshot) -> None:
    told = [said(remark, "en") for remark in made(good, "bilaga", "en").remarks]
    assert any("have not been translated" in words for words in told)
    assert not any("översatta" in said(remark) for remark in made(good, "bilaga").remarks)


def test_systems_that_say_the_same_share_a_row() -> None:
    bare = {f"systems/s{n}": f"name: S{n}\ncontracts: [c]\n" for n in range(30)}
    report = made(given.read({**bare, "contracts/c": "name: Avtal\nends: unknown\n"}), "bilaga")
    (systems,) = [t for t in report.tables if t.table.caption == "Befintliga system"]
    (row,) = systems.table.rows
    assert row[0].startswith("S0, S1, ") and row[0].endswith("och 18 till (30 system)")
    assert row[1:3] == ("Uppgift saknas", "Ingen plan inlagd") and "0 av" not in " ".join(row)


def prose(report: Section) -> list[str]:
    """The running text, a paragraph or an item each."""
    told = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            told.append(text_of(block.words))
        elif isinstance(block, Bullets):
            told += map(text_of, block.items)
        assert not isinstance(block, Tabular) or block.number
    return told


def test_the_lead_of_a_notice_counts_too(good: Snapshot) -> None:
    (block,) = made(good, "notis").blocks
    assert isinstance(block, Bullets) and block.items[0][0].strong
    assert notice.count(text_of(block.items[0])) <= MOST_WORDS

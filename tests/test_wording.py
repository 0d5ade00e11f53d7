"""What is said in English, and in which order words stand."""

from __future__ import annotations

import ast
import os
import random
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import given
import polib
import pytest
import replacing
from commands import Ended, Run
from hypothesis import given as drawn
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from modulkarta import dates
from modulkarta.analysis.lifecycle import PHASE_WORDS, Phase
from modulkarta.cli.formats import FORMATS
from modulkarta.findings import counted, message
from modulkarta.rules import manual
from modulkarta.wording import Label, in_order, said, translated

CODE = given.ROOT / "modulkarta"
ENGLISH = CODE / "wording" / "en.po"
SWEDISH = re.compile("[åäöÅÄÖ”]")
TEMPLATES = given.ROOT / "webapp" / "templates"
SPEAKS = re.compile("[åäöÅÄÖ]|^[A-Z][a-z]")
READ_ALOUD = r'(?:aria-label|title|alt|placeholder|content)="(?!width=)([^"]*)"'


# Every text of the code


@dataclass(frozen=True)
class Text:
    """A sentence of the source language, its plural if it has one, and where it is used."""

    text: str
    where: str
    plural: str = ""


class Texts:
    """The texts of one file: what `message`, `counted`, `said` and `translated` are called with.

    A name stands for what it is given in the file, in an assignment or a `for` over a written list.
    """

    def __init__(self, file: Path) -> None:
        self.file = file.relative_to(given.ROOT).as_posix()
        self.tree = ast.parse(file.read_text("utf-8"))
        self.given: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                self._give(node.targets[0], [node.value])
            elif isinstance(node, ast.For | ast.comprehension):
                self._give(node.target, [one for several in self._meant(node.iter) for one in _members(several)])

    def __iter__(self) -> Iterator[Text | str]:
        """The texts; as plain words the places where a text is not written out."""
        for node in ast.walk(self.tree):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if isinstance(node, ast.Call) and called in ("message", "counted", "said", "translated"):
                where = f"{self.file}:{node.lineno}"
                several = self._texts(node.args[0])
                plurals = self._texts(node.args[1]) if called == "counted" else [""] * len(several)
                if called in ("message", "counted") and (not several or len(several) != len(plurals)):
                    yield where
                for text, plural in zip(several, plurals, strict=False):
                    yield Text(text, where, plural)

    def _texts(self, node: ast.expr) -> list[str]:
        return [n.value for n in self._meant(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]

    def _meant(self, node: ast.expr) -> list[ast.expr]:
        """What an expression may stand for."""
        if isinstance(node, ast.IfExp):
            return [*self._meant(node.body), *self._meant(node.orelse)]
        if isinstance(node, ast.Name):
            return [meant for value in self.given.get(node.id, []) for meant in self._meant(value)]
        return [node]

    def _give(self, target: ast.expr, values: list[ast.expr]) -> None:
        if isinstance(target, ast.Name):
            self.given.setdefault(target.id, []).extend(v for v in values if not isinstance(v, ast.Name))
        elif isinstance(target, ast.Tuple):
            for index, part in enumerate(target.elts):
                self._give(part, [v.elts[index] for v in values if isinstance(v, ast.Tuple)])


def _members(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else []


@cache
def in_code() -> tuple[Text | str, ...]:
    files = sorted([*CODE.rglob("*.py"), *TEMPLATES.parent.rglob("*.py")])
    return tuple(text for file in files for text in Texts(file))


def in_manual() -> Iterator[Text]:
    for code in manual.CODES:
        page = manual.page(code)
        assert page
        yield Text(page.title, code)
        yield Text(page.why, code)


def lowered() -> Iterator[Text]:
    """The phases as they stand after a comma: `I drift, kanske avvecklas`."""
    for words in PHASE_WORDS.values():
        yield Text(words.text[0].lower() + words.text[1:], "modulkarta/analysis/lifecycle/__init__.py")


def in_templates() -> Iterator[Text | str]:
    """What the pages call `_` and `_n` with; as plain words the places where a text is not written out."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        for call in parsed(file).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("_", "_n"):
                texts = [one.value for one in call.args[: 2 if call.node.name == "_n" else 1] if hasattr(one, "value")]
                where = f"{file.name}:{call.lineno}"
                yield Text(texts[0], where, "".join(texts[1:])) if texts else where


def unsaid(node: nodes.Node) -> Iterator[str]:
    """Words in expressions that are not given to `_` or `_n`."""
    for child in node.iter_child_nodes():
        said_ = isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name in ("_", "_n")
        if isinstance(child, nodes.Const) and isinstance(child.value, str) and SPEAKS.search(child.value):
            yield child.value
        elif not said_:
            yield from unsaid(child)


@cache
def parsed(file: Path) -> nodes.Template:
    return Environment().parse(file.read_text("utf-8"))


@cache
def used() -> list[Text]:
    return [text for text in (*in_code(), *in_templates(), *in_manual(), *lowered()) if isinstance(text, Text)]


# en.po


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(ENGLISH), check_for_duplicates=True)


def test_every_text_is_written_out_where_it_is_used() -> None:
    unclear = [where.rpartition(":")[0] for where in in_code() if isinstance(where, str)]
    assert unclear == ["modulkarta/analysis/lifecycle/__init__.py"], "only the lowered phases are made of other texts"


def test_every_word_of_a_page_is_a_text() -> None:
    """No page says anything that it could not say in English, in its words or in what is read aloud."""
    assert not [where for where in in_templates() if isinstance(where, str)]
    for file in sorted(TEMPLATES.rglob("*.html")):
        written = "".join(one.data for one in parsed(file).find_all(nodes.TemplateData))
        words = [*re.sub(r"<[^>]*>|&\w+;", " ", written).split(), *re.findall(READ_ALOUD, written)]
        loose = [word for word in words if re.search("[A-Za-zÅÄÖåäö]{2}", word)] + list(unsaid(parsed(file)))
        assert not loose, (file.name, loose)


def test_every_text_has_its_english(english: polib.POFile) -> None:
    there = {(entry.msgid, entry.msgid_plural) for entry in english}
    assert not [text for text in used() if (text.text, text.plural) not in there]
    assert not [entry.msgid for entry in english if not all(_english(entry)) or entry.fuzzy or entry.obsolete]


def test_no_english_is_left_over(english: polib.POFile) -> None:
    said_ = {(text.text, text.plural) for text in used()}
    assert not [entry.msgid for entry in english if (entry.msgid, entry.msgid_plural) not in said_]


def test_english_has_the_same_places_for_values(english: polib.POFile) -> None:
    pages = {text.text for text in in_manual()}
    different = [
        entry.msgid
        for entry in english
        if entry.msgid not in pages
        for text in _english(entry)
        if _places(text) != _places(entry.msgid) or _places(entry.msgid_plural or text) != _places(text)
    ]
    assert not different


def test_english_is_not_swedish(english: polib.POFile) -> None:
    assert not [text for entry in english for text in _english(entry) if SWEDISH.search(text)]


def test_english_is_in_order(english: polib.POFile) -> None:
    texts = [entry.msgid for entry in english]
    assert texts == sorted(texts)


def _english(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr_plural[0], entry.msgstr_plural[1]] if entry.msgid_plural else [entry.msgstr]


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


# said


def test_a_sentence_is_said_in_both_languages() -> None:
    words = message("okänd referens ”{id}”", id="x")
    assert (said(words), said(words, "en")) == ("okänd referens ”x”", 'unknown reference "x"')


@pytest.mark.parametrize(
    ("n", "swedish", "english"), [(0, "0 dagar", "0 days"), (1, "1 dag", "1 day"), (2, "2 dagar", "2 days")]
)
def test_a_number_chooses_its_form(n: int, swedish: str, english: str) -> None:
    words = counted("{n} dag", "{n} dagar", n)
    assert (said(words), said(words, "en")) == (swedish, english)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_number_chooses_its_form_where_swedish_has_only_one(n: int) -> None:
    words = counted("{n} fel", "{n} fel", n)
    assert (said(words), said(words, "en")) == (f"{n} fel", "1 error" if n == 1 else f"{n} errors")


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("2027", "2027"), ("2027-Q3", "Q3 2027"), ("2027-H1", "first half of 2027"), ("2027-03", "March 2027"),
        ("2027-03-31", "2027-03-31"), ("..2027-Q1", "by Q1 2027"), ("2027-05..", "not before May 2027"),
        ("2027-H2..2028-01", "between second half of 2027 and January 2028"), ("unknown", "not known"),
    ],
)  # fmt: skip
def test_a_date_in_english(written: str, english: str) -> None:
    assert said(dates.phrase(dates.parse(written)), "en") == english


def test_values_are_said_in_the_language_of_the_sentence() -> None:
    phase = Phase(name="live", perhaps="retiring").said()
    assert (said(phase), said(phase, "en")) == ("I drift, kanske avvecklas", "Live, perhaps being retired")
    kinds = message("”{id}” finns bland {kinds}, inte bland {expected}", id="x",
                    kinds=Label(sv="moduler", en="modules"),
                    expected=[Label(sv="källor", en="sources"), Label(sv="begrepp", en="terms")])  # fmt: skip
    assert said(kinds, "en") == '"x" is one of the modules, not one of the sources / terms'


def test_plain_text_stays_and_an_unknown_sentence_is_said_in_swedish() -> None:
    assert said("fel", "en") == "fel"
    assert said(message("en ny {sak}", sak="x"), "en") == "en ny x" and translated("en ny", "en") == "en ny"


# The commands


FAULTY: Mapping[str, str] = {
    **replacing.BASE,
    "replacements/r": replacing.plan(
        "{function: f, disposition: split, by: [{module: m, live: 2026}]}, {function: g, disposition: replaced},"
        " {function: g, disposition: kept}",
        "waves: [{area: nord}]\n",
    ),
    "replacements/r2": "name: R2\nreplaces: s\n",
    "systems/s": "name: S\nfunctions: [f]\ncontracts: [c]\nareas: [nord, syd]\n",
    "systems/t": "name: T\n",
    "systems/u": "name: U\ncontracts: [c2]\n",
    "contracts/c2": "name: C2\nends: unknown\n",
    "functions/g": "name: G\ntruth: fact\n",
    "modules/n": "name: N\ndepends_on: [o]\n",
    "modules/o": "name: O\ndepends_on: [n, nn, f]\nformer_ids: [m]\ntruth_of: {lifecykle: fact}\n",
    "modules/p": "nme: P\ntags: akut\ntruth: fakta\nowner: P Q\nlifecycle: {live: soon}\nsummary: ''\n",
    "modules/q": "name: Q\nname: R\n",
    "modules/t": "name: T\n",
    "modules/Bad Name": "name: [\n",
    "modules/v": "name: &a V\n",
    "modules/w": "name: W: x\n",
    "applications/system/x.yaml": "name: X\n",
    "applications/systems/x.yml": "name: X\n",
}
"""A tiny catalogue with most things wrong, all of it in ASCII."""
FAULTS = 22


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = given.written(tmp_path, FAULTY)
    monkeypatch.chdir(root.parent)
    return root


@pytest.mark.parametrize("style", [*FORMATS])
def test_check_speaks_english(run: Run, faulty: Path, style: str) -> None:
    ended = run("check", "--lang", "en", "--format", style)
    assert ended.code == 1 and "unknown key" in ended.out and " warnings, " in ended.err
    out = re.sub(
        '"(?:text|markdown)": "(?=.*(?:```|Wrong:)).*', "", ended.out
    )  # an example is what a catalogue may say
    assert not _swedish(Ended(ended.code, out, ended.err))


def test_the_faulty_catalogue_has_most_faults(run: Run, faulty: Path) -> None:
    codes = set(re.findall(r"\[(MK\d+)\]", run("check", "--format", "concise").out))
    assert len(codes) >= FAULTS, sorted(codes)


def test_check_speaks_as_a_compiler(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/a": "name: A\ndepends_on: [bb]\n", "modules/bbb": "name: B\n"})
    ended = run("check", "--lang", "en", "--format", "concise", "--catalogue", root)
    assert 'a.yaml:2:14: error[MK301] unknown reference "bb" (did you mean "bbb"?)' in ended.out
    assert ended.err == "3 files, 1 error (a.yaml), 0 warnings, 0 info\n"


def test_gaps_speak_english(run: Run, tmp_path: Path) -> None:
    more = {"systems/u": "name: U\ncontracts: [c2]\n", "contracts/c2": "name: C2\nends: unknown\n"}
    root = given.written(tmp_path, {**replacing.BASE, **more})
    ended = run("gaps", "--lang", "en", "--catalogue", root)
    heading, unknown, gap = ended.out.splitlines()
    assert re.split("  +", heading) == ["System", "Function", "Area", "The old one ends", "Replacement live", "Outcome"]
    assert unknown.endswith("cannot be judged") and gap.endswith("2027-04-01–2027-08-31 (153 days)")
    assert ended.err == "gaps: 1, cannot be judged: 1\n" and not _swedish(ended)


def test_gaps_of_a_faulty_catalogue_speak_english(run: Run, faulty: Path) -> None:
    ended = run("gaps", "--lang", "en")
    assert "The catalogue has errors" in ended.err and not _swedish(ended)


def test_coverage_speaks_english(run: Run, tmp_path: Path) -> None:
    ended = run("coverage", "s", "--lang", "en", "--catalogue", given.written(tmp_path, replacing.BASE))
    assert "Replacement live" in ended.out and not _swedish(ended)


def test_rules_speak_english(run: Run) -> None:
    ended = run("rules", "--lang", "en")
    assert "MK301  An id that does not exist\n" in ended.out and not _swedish(ended)


def test_explain_speaks_english(run: Run) -> None:
    ended = run("explain", "MK301", "--lang", "en")
    assert ended.out.startswith("MK301 An id that does not exist\n\nThe file refers to")
    assert "\nWrong:\n" in ended.out and "\nRight:\n" in ended.out and not _swedish(ended)


def test_swedish_is_spoken_where_nothing_else_is_said(run: Run, tmp_path: Path) -> None:
    root = given.written(tmp_path, replacing.BASE)
    assert "varning[MK510]" in run("check", "--catalogue", root).out
    assert run("gaps", "--catalogue", root).err == "1 glapp, 0 kan inte bedömas\n"
    assert "Ett id som inte finns" in run("rules").out and "\nRätt:\n" in run("explain", "MK301").out


def test_a_catalogue_may_speak_english_itself(run: Run, tmp_path: Path) -> None:
    files = {**replacing.BASE, "catalogue.yaml": "title: Trial\nlanguage: en\n"}
    root = given.written(tmp_path, files)
    assert "warning[MK510]" in run("check", "--catalogue", root).out
    assert run("gaps", "--catalogue", root).err == "gaps: 1, cannot be judged: 0\n"
    assert "varning[MK510]" in run("check", "--lang", "sv", "--catalogue", root).out


LOADED = """
import sys
from modulkarta.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("polib" in sys.modules)
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["check"], False), (["gaps"], False), (["rules"], False), (["explain", "MK301"], False), (["--help"], False),
        (["check", "--lang", "en"], True),
    ],
)  # fmt: skip
def test_only_english_reads_the_translations(faulty: Path, arguments: list[str], loaded: bool) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], cwd=faulty.parent, capture_output=True, text=True, timeout=60,
        encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[-1] == str(loaded)


def _swedish(ended: Ended) -> list[str]:
    return [line for line in (ended.out + ended.err).splitlines() if SWEDISH.search(line)]


# in_order

WORDS = st.lists(st.text(alphabet="aAbzZåÅäÄöÖéüæø -1"))


def _same(word: str) -> str:
    return word


def test_words_stand_as_in_a_swedish_dictionary() -> None:
    words = ["Östra", "ädel", "åtta", "Zebra", "ål", "Ängel", "idé", "id", "Anna", "ö", "idéer", "alfa", "zon"]
    expected = ["alfa", "Anna", "id", "idé", "idéer", "Zebra", "zon", "ål", "åtta", "ädel", "Ängel", "ö", "Östra"]
    assert in_order(words, _same) == expected


@drawn(st.lists(st.sampled_from("abcxyzåäö"), unique=True))
def test_letters_stand_as_in_the_alphabet_in_either_case(letters: list[str]) -> None:
    alphabet = "abcxyzåäö"
    assert in_order(letters, _same) == sorted(letters, key=alphabet.index)
    assert in_order(letters, str.upper) == sorted(letters, key=alphabet.index)


@drawn(WORDS, st.randoms(use_true_random=False))
def test_the_order_is_the_same_whatever_the_order_before(words: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(words, len(words))
    ordered = in_order(words, _same)
    assert in_order(shuffled, _same) == ordered == in_order(ordered, _same)
    assert sorted(ordered) == sorted(words)


@drawn(st.lists(st.tuples(st.sampled_from(["a", "A", "å", "Å", "z"]), st.integers())))
def test_things_with_the_same_word_keep_their_order(things: list[tuple[str, int]]) -> None:
    ordered = in_order(things, lambda thing: thing[0])
    for word in {thing[0] for thing in things}:
        assert [t for t in ordered if t[0] == word] == [t for t in things if t[0] == word]


@drawn(st.text(alphabet="aåzö"), st.text(alphabet="aåzö"), st.text(alphabet="aåzö"))
def test_any_two_words_have_an_order_and_any_three_agree(a: str, b: str, c: str) -> None:
    def before(one: str, other: str) -> bool:
        return in_order([other, one], _same)[0] == one

    assert before(a, b) or before(b, a)
    assert a == b or not (before(a, b) and before(b, a))
    assert not (before(a, b) and before(b, c)) or before(a, c)

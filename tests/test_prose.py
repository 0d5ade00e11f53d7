"""What people write by hand for a report: where it stands, what is put into it, and that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import given
import pytest
from commands import Run as Command
from hypothesis import given as each
from hypothesis import strategies as st
from repositories import committed, git, repository

from modulkarta import snapshot
from modulkarta.audience import as_closed_as, narrowed
from modulkarta.prose import Part, Prose, prose
from modulkarta.prose.markdown import odd, passages
from modulkarta.prose.numbers import NAMES
from modulkarta.prose.slots import NO_TEXT, SLOTS, SPELT, slot_of
from modulkarta.prose.tokens import FORMS
from modulkarta.report.blocks import LENGTHS, Block, Bullets, Heading, Length, Paragraph, Run, text_of
from modulkarta.report.draft import draft
from modulkarta.report.markdown import markdown
from modulkarta.report.numbers import numbers
from modulkarta.report.prose import texts
from modulkarta.report.section import places, section
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.wording import Language, said

ON = date(2026, 11, 30)
GAP = {
    "areas/nord": "name: Nord\n",
    "functions/f": "name: F\n",
    "modules/m": "name: M\nlifecycle: {live: 2027-09-01}\n",
    "systems/s": "name: S\nfunctions: [f]\nlifecycle: {retired: 2027-03-31}\n",
    "replacements/r": "name: R\nreplaces: s\nfunctions:\n"
    "  - {function: f, disposition: replaced, by: [{module: m}]}\nwaves:\n  - area: nord\n    cutover: 2027-09-01\n",
}


def read(text: str, files: Mapping[str, str] = {}, name: str = "2026-11.md") -> Snapshot:
    contents = {path: one.encode() for path, one in given.whole_paths(files).items()}
    reports = {f"reports/{name}": text.encode()}
    return snapshot.build(Files(root="catalogue", contents=contents, reports=reports), given.metamodel(), given.TODAY)


def shown(
    text: str, slot: str = "risker", files: Mapping[str, str] = {}, language: Language = "sv"
) -> tuple[Block, ...]:
    name = "2026-11.en.md" if language == "en" else "2026-11.md"
    catalogue = read(text, files, name).catalogue
    return texts(catalogue, ON, language).blocks(slot, numbers(catalogue, ON, None, language))


def words(blocks: tuple[Block, ...]) -> list[str]:
    several = [b.items if isinstance(b, Bullets) else (b.words,) for b in blocks if isinstance(b, Bullets | Paragraph)]
    return [text_of(item) for items in several for item in items]


def remarks(text: str, files: Mapping[str, str] = {}) -> list[str]:
    return [said(one) for one in texts(read(text, files).catalogue, ON, "sv").remarks(list(SLOTS))]


def test_text_stands_in_its_place_with_its_looks() -> None:
    (one, several, last) = shown("## Risker\n\nHej **du *där***, [läs](https://e.se)\nmer.\n\n- a\n- b\n\n2. två\n")
    assert isinstance(one, Paragraph) and one.words == (
        Run(text="Hej "), Run(text="du ", strong=True), Run(text="där", strong=True, emphasis=True), Run(text=", "),
        Run(text="läs", address="https://e.se"), Run(text=" mer."),
    )  # fmt: skip
    assert isinstance(several, Bullets) and words((several,)) == ["a", "b"]
    assert words((last,)) == ["2. två"]


@each(st.sampled_from([*SLOTS]), st.sampled_from([str.upper, str.lower, str.capitalize]))
def test_a_place_is_known_however_it_is_spelt(slot: str, case: object) -> None:
    assert callable(case)
    assert slot_of(case(slot)) == slot_of(f" {case(SPELT.get(slot, slot))} ") == slot


@pytest.mark.parametrize(
    ("token", "said_"),
    [
        ("{{glapp.antal}}", "1"), ("{{ glapp.antal }}", "1"), ("{{glapp.antal:ord}}", "En"),
        ("{{glapp.antal:ett}}", "Ett"), ("Det är {{glapp.antal:ett}}", "Det är ett"),
        ("{{glapp.antal:förra}}", "Uppgift saknas"), ("{{glapp.antal:andring}}", "Uppgift saknas"),
        ("Nu. {{glapp.antal:ett}}", "Nu. Ett"), ("**{{glapp.antal}}**", "1"),
    ],
)  # fmt: skip
def test_a_number_is_put_in_as_it_is_asked_for(token: str, said_: str) -> None:
    assert words(shown(f"## risker\n{token}\n", files=GAP)) == [said_]


def test_numbers_that_are_all_examples_are_marked_at_the_end_of_their_sentence() -> None:
    made_up = {path: f"{one}truth: illustrative\n" for path, one in GAP.items()}
    text = "## risker\nPlanen har {{glapp.antal}} glapp. Det är {{moduler.antal}} modul, och inget mer.\n"
    assert words(shown(text, files=made_up)) == [
        "Planen har 1 glapp (exempel). Det är 1 modul, och inget mer (exempel)."
    ]
    assert words(shown(text, files=GAP)) == ["Planen har 1 glapp. Det är 1 modul, och inget mer."]
    some = {**made_up, "modules/n": "name: N\ntruth: fact\n"}
    assert words(shown("## risker\n{{moduler.antal}} moduler\n", files=some)) == ["2 moduler"]


def test_every_name_and_every_form_can_be_written() -> None:
    for form in FORMS:
        text = "## risker\n" + "".join(f"- {{{{{name}:{form}}}}}\n" for name in NAMES).replace(":}}", "}}")
        assert not read(text).findings
        assert all("{{" not in one for one in words(shown(text)))


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("{{glap.antal}}", "talet ”glap.antal” finns inte; menade du ”{{glapp.antal}}”?"),
        ("{{glapp.antal:orrd}}", "ett tal sägs inte som ”orrd”; menade du ”{{glapp.antal:ord}}”?"),
        ("{{x}}", "talet ”x” finns inte; alla namn står i filen som modulkarta new report skriver"),
    ],
)
def test_an_unknown_number_stays_and_is_told_with_its_place(token: str, told: str) -> None:
    text = f"## risker\n\nPlanen har {token} glapp.\n"
    assert words(shown(text)) == [f"Planen har {token} glapp."]
    assert f"catalogue/reports/2026-11.md:3:12: {told}" in remarks(text)


def test_a_missing_text_is_seen_and_told_unless_there_is_to_be_none() -> None:
    text = f"## risker\n\n{NO_TEXT}\n\n## målbild\n<!-- senare -->\n## beslut\nJa.\n"
    assert shown(text) == () and words(shown(text, "beslut")) == ["Ja."]
    for slot in ("malbild", "standarder"):
        (one,) = shown(text, slot)
        assert isinstance(one, Paragraph) and one.tone == "missing"
        assert text_of(one.words) == f"[Här saknas text: {SPELT.get(slot, slot)}. Den skrivs i reports/2026-11.md.]"
    (told,) = remarks(text)
    assert "sammanfattning, målbild, nuläge" in told and "risker" not in told and "beslut" not in told


def test_without_a_file_nothing_is_missed_but_it_is_told() -> None:
    catalogue = given.read({}).catalogue
    found = texts(catalogue, ON, "sv")
    assert found.blocks("risker", numbers(catalogue, ON)) == ()
    assert ["modulkarta new report 2026-11" in said(one) for one in found.remarks(list(SLOTS))] == [True]


def test_a_language_has_its_own_file() -> None:
    assert words(shown("## risker\nNo.\n", language="en")) == ["No."]
    assert texts(read("## risker\nNej.\n").catalogue, ON, "en").written is None


@pytest.mark.parametrize("name", ["2026-13.md", "november.md", "2026-11.sv.md", "2026-11-30.md"])
def test_a_file_of_no_month_is_told(name: str) -> None:
    assert [found.code for found in read("## risker\nNej.\n", name=name).findings] == ["MK805"]


@pytest.mark.parametrize(("data", "code"), [(b"\xff", "MK102"), (b"a\x01", "MK104"), (b"a" * 300_000, "MK103")])
def test_a_file_that_cannot_be_read_is_told_and_only_itself_is_gone(data: bytes, code: str) -> None:
    contents = {"catalogue.yaml": b"title: Prov\n"}
    reports = {"reports/2026-10.md": data, "reports/2026-11.md": b"## risker\n"}
    made = snapshot.build(Files(root="catalogue", contents=contents, reports=reports), given.metamodel(), given.TODAY)
    assert [found.code for found in made.findings] == [code]
    assert [one.month for one in made.catalogue.prose] == ["2026-11"]


ODD = ["| a | b |\n|---|---|\n| c | d |", "![bild](a.png)", "<b>fet</b>", "> citat", "```\nkod\n```", "    kod",
       "### Rubrik", "rubrik\n---", "***", "[fil](b.docx)", "<!-- aldrig slut"]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_what_has_no_form_is_shown_as_it_is_written_and_told(text: str) -> None:
    found = read(f"## risker\n\n{text}\n").findings
    assert {one.code for one in found} == {"MK804"} and {one.location.line for one in found} == {3}
    told = " ".join(words(shown(f"## risker\n\n{text}\n")))
    assert re.findall(r"\w+", told) == re.findall(r"\w+", text)


TEXTS = st.lists(
    st.sampled_from(
        [*"abcå12", "\n", "\n\n", " ", "    ", "- ", "1. ", "* ", "**", "*", "_", "`", "```", "#", "### ", "## ",
         "## risker",
         "> ", "|", "|---|", "<", ">", "<b>", "<!--", "-->", "![", "[", "]", "](", ")", "https://e.se", "[x]: ", "\\",
         "---", "===", "&", "&amp;", "{{", "}}", "{{glapp.antal}}", "\t", "{{ingen text}}", "~~~", "<div>", "\"t\""]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@each(TEXTS)
def test_whatever_is_written_no_word_is_lost_silently(text: str) -> None:
    """Each line with words is shown, or it belongs to something that the findings tell of; comments are for nobody."""
    text = f"## risker\n{text}"
    made = prose("catalogue/reports/2026-11.md", text)
    outside = [part for part in made.parts if part.slot is None]
    told = {found.location.line for found in read(text).findings if found.code in ("MK801", "MK802")}
    for part in outside:
        assert part.empty or part.line in told or part.heading is None
    for part in made.parts:
        if part.slot:
            written = " ".join(_plain(part))
            assert _letters(part.body) <= _letters(written), (part.body, written)


def _plain(part: Part) -> list[str]:
    return ["".join(f"{piece.text} {piece.address} " for piece in item) for one in passages(part) for item in one.items]


def _letters(text: str) -> dict[str, int] | _Bag:
    return _Bag(re.findall(r"[abcå12]", re.sub("&amp;", "&", text)))


class _Bag:
    """How many there are of each."""

    def __init__(self, signs: list[str]) -> None:
        self.of = {sign: signs.count(sign) for sign in signs}

    def __le__(self, other: object) -> bool:
        assert isinstance(other, _Bag)
        return all(other.of.get(sign, 0) >= n for sign, n in self.of.items())


@each(TEXTS)
def test_what_is_passed_over_holds_nothing_odd(text: str) -> None:
    for part in prose("catalogue/reports/2026-11.md", f"## risker\n{text}").parts:
        from modulkarta.prose.markdown import _Reading

        reading = _Reading(part)
        reading.passages()
        assert odd(part) == tuple(reading.odd)


@each(TEXTS)
def test_every_line_is_in_one_part(text: str) -> None:
    made = prose("catalogue/reports/2026-11.md", text)
    headings = [part.line for part in made.parts if part.heading is not None]
    assert sum(len(part.lines) for part in made.parts) + len(headings) == text.count("\n") + 1


LEVELS = "---\nsecrecy: {level}\n---\n## risker\nKanarie.\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("## risker\nKanarie.\n", ["internal", "secret"]),
        (LEVELS.format(level="public"), ["public", "internal", "secret"]),
        (LEVELS.format(level="internal"), ["internal", "secret"]),
        (LEVELS.format(level="secret"), ["secret"]),
        (LEVELS.format(level="publik"), ["secret"]),
    ],
)
def test_a_text_is_seen_by_those_it_is_for(text: str, seen: list[str]) -> None:
    for audience in ("public", "internal", "secret"):
        part = narrowed(read(text), audience)  # type: ignore[arg-type]
        found = texts(part.catalogue, ON, "sv")
        told = words(found.blocks("risker", numbers(part.catalogue, ON)))
        assert (told == ["Kanarie."]) == (audience in seen)
        assert ("Kanarie" in f"{part.texts} {part.catalogue.prose}") == (audience in seen)


def test_a_text_that_names_what_may_not_be_seen_is_withheld_and_that_is_told() -> None:
    hidden = {"modules/m": "name: Projekt Safir\nsecrecy: {level: secret}\n"}
    text = "---\nsecrecy: public\n---\n<!-- Safir -->\n## risker\nProjekt Safir dröjer.\n## beslut\nInga.\n"
    part = narrowed(read(text, hidden), "internal")
    assert "Safir" not in f"{part.texts} {part.catalogue.prose}"
    found = texts(part.catalogue, ON, "sv")
    assert found.blocks("risker", numbers(part.catalogue, ON)) == ()
    assert any("texten under risker är inte med" in said(one) for one in found.remarks(["risker", "beslut"]))
    assert words(found.blocks("beslut", numbers(part.catalogue, ON))) == ["Inga."]


def test_what_was_open_once_and_is_not_now_is_not_told_of_then() -> None:
    once, now = read(LEVELS.format(level="public")), read(LEVELS.format(level="internal"))
    assert not narrowed(as_closed_as(once, now), "public").catalogue.prose
    assert as_closed_as(once, once) is once


def test_the_text_is_part_of_what_the_version_names() -> None:
    assert len({read("## risker\nA\n").digest, read("## risker\nB\n").digest, given.read({}).digest}) == 3
    seen = [narrowed(read(LEVELS.format(level=level)), "public").digest for level in ("secret", "internal")]
    assert seen[0] == seen[1] != narrowed(read(LEVELS.format(level="public")), "public").digest


def test_disk_and_git_give_the_same_texts(tmp_path: Path) -> None:
    several = {"2026-11.md": "## risker\nHej.\n", "README.md": "Så gör vi.\n", "mer/anteckning.md": "## x\n"}
    root = given.written(tmp_path, {f"reports/{name}": text for name, text in several.items()})
    repository(tmp_path)
    commit = committed(tmp_path)
    here = snapshot.load(root, given.SCHEMAS, given.TODAY)
    there = snapshot.load_at(root, commit, given.SCHEMAS, given.TODAY)
    assert there and [(one.file, one.text) for one in here.catalogue.prose] == [
        (one.file, one.text) for one in there.catalogue.prose
    ] == [("catalogue/reports/2026-11.md", "## risker\nHej.\n")]
    assert here.digest == there.digest and not here.findings
    assert git(tmp_path, "status", "--porcelain") == ""


def test_a_new_file_is_sound_and_says_what_there_is(run: Command, tmp_path: Path) -> None:
    root = given.written(tmp_path, {"modules/m": "name: M\n"})
    ended = run("new", "report", "2026-11", "--catalogue", root)
    assert ended.code == 0 and "modulkarta report --month 2026-11" in ended.err
    text = (root / "reports/2026-11.md").read_text("utf-8")
    assert all(f"{{{{{name}}}}}" in text for name in NAMES)
    assert run("check", root, "--format", "json").data["findings"] == []
    made = snapshot.load(root, given.SCHEMAS, given.TODAY).catalogue.prose[0]
    assert [part.slot for part in made.parts[1:]] == [*SLOTS] and all(part.empty for part in made.parts)
    again = run("new", "report", "2026-11", "--catalogue", root)
    assert again.code == 2 and (root / "reports/2026-11.md").read_text("utf-8") == text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_file_is_in_its_language(language: Language) -> None:
    text = draft("2026-11", numbers(given.good().catalogue, ON, None, language), language)
    assert prose("x/2026-11.md", text).level == "internal"
    assert ("Who may read?" in text) == (language == "en")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("2026-1x",), "är inte en månad"), (("2026-11", "--name", "x"), "inga fält")],
)
def test_a_new_file_of_no_month_is_refused(run: Command, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    ended = run("new", "report", *arguments, "--catalogue", given.written(tmp_path, {}))
    assert ended.code == 2 and told in ended.err and not (tmp_path / "catalogue/reports").exists()


def test_prose_is_a_value() -> None:
    made = prose("catalogue/reports/2026-11.md", "---\nsecrecy: public\n---\r\n## risker\r\nHej\r\n")
    assert isinstance(made, Prose) and made.level == "public" and made.of_slot["risker"][0].body == "Hej\n"


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_written_stands_right_below_its_heading(length: Length) -> None:
    catalogue = read("".join(f"## {slot}\n\nKanarie {slot}.\n\n" for slot in SLOTS), GAP).catalogue
    made = section(catalogue, on=ON, version="v", length=length)
    found = [at for at, block in enumerate(made.blocks) if words((block,))[:1] and "Kanarie" in words((block,))[0]]
    assert [text_of(one.words) for at in found if isinstance(one := made.blocks[at], Paragraph)] == [
        f"Kanarie {slot}." for slot in places(length) if slot in SLOTS
    ]
    assert all(isinstance(block := made.blocks[at - 1], Heading) and block.level == 2 for at in found)
    assert "[Här saknas" not in markdown(made) and not [one for one in made.remarks if "text" in said(one)]


def test_what_is_missing_is_seen_in_the_section_and_told() -> None:
    made = section(read("## risker\nInga.\n", GAP).catalogue, on=ON, version="v")
    assert markdown(made).count("Här saknas text") == len(SLOTS) - 1
    assert any("text saknas under sammanfattning" in said(one) for one in made.remarks)


def test_another_month_and_a_notice_have_nothing_written_by_hand() -> None:
    catalogue = read("## risker\nKanarie.\n", GAP).catalogue
    other = section(catalogue, on=date(2026, 10, 31), version="v")
    assert "Kanarie" not in markdown(other) and "Här saknas" not in markdown(other)
    assert any("ingen text är skriven för 2026-10" in said(one) for one in other.remarks)
    notice = section(catalogue, on=ON, version="v", length="notis")
    assert "Kanarie" not in markdown(notice) and not any("text" in said(one) for one in notice.remarks)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_who_writes_is_told_that_the_text_is_not_for_the_audience(run: Command, tmp_path: Path, audience: str) -> None:
    root = given.written(tmp_path, {"modules/m": "name: M\n", "reports/2026-11.md": "## risker\nKanarie.\n"})
    asked = ("--month", "2026-11", "--only", "md", "--audience", audience, "--catalogue", root)
    ended = run("report", *asked, "-o", tmp_path / "ut")
    assert ("Kanarie" in (tmp_path / "ut/malbild-och-fardplan.md").read_text("utf-8")) == (audience == "internal")
    assert ("reports/2026-11.md är inte med, för den är inte till för public" in ended.err) == (audience == "public")


@pytest.mark.parametrize(
    "head",
    ["---\nsecrecy: secret\n", "\n---\nsecrecy: secret\n---\n", "---\nSecrecy: secret\n---\n", "secrecy: secret\n",
     "---\nsecrecy\n---\n", "<!-- secrecy: secret -->\n"],
)  # fmt: skip
def test_who_has_tried_to_say_who_may_see_a_text_has_hidden_it(head: str) -> None:
    for audience in ("internal", "public"):
        assert narrowed(read(f"{head}## risker\nHemligt\n"), audience).catalogue.prose == ()
    assert len(narrowed(read("Om.\n## risker\nSekretess råder.\n"), "internal").catalogue.prose) == 1


def test_a_text_in_a_folder_of_its_own_is_told_of(tmp_path: Path) -> None:
    read_ = given.catalogue_in(tmp_path, {"reports/2026/2026-11.md": "## risker\nText\n"})
    assert [(f.code, f.location.file) for f in read_.findings] == [("MK805", "catalogue/reports/2026/2026-11.md")]
    assert texts(read_.catalogue, ON, "sv").written is None

"""Discouraged words: found wherever they are meant, nowhere else, and mended without touching anything else."""

from __future__ import annotations

import given
import pytest
import yaml
from hypothesis import assume
from hypothesis import given as law
from hypothesis import strategies as st

from modulkarta import audience
from modulkarta.analysis.language import vocabulary
from modulkarta.analysis.language.mentions import Reader
from modulkarta.analysis.language.sieve import suspects
from modulkarta.analysis.language.sought import sought
from modulkarta.editing import fixes
from modulkarta.editing.edits import applied
from modulkarta.findings import Finding
from modulkarta.rules import language
from modulkarta.source.folder import Files
from modulkarta.source.text import Document, parse
from modulkarta.wording import said

TERMS = {
    "terms/vardinformationsmiljo": "name: vårdinformationsmiljö\n"
    "discouraged: {sv: [vårdinformativsmiljö, vårdinformativmiljö]}\n",
    "terms/ekg": "name: ekg\ndiscouraged: {sv: [EKG]}\n",
    "terms/granssnitt": "name: gränssnitt\npreferred: {sv: gränssnitt, en: interface}\n"
    "discouraged: {sv: [API], en: [hookup]}\n",
    "terms/fardplan": "name: färdplan\npreferred: {sv: färdplan, en: roadmap}\ndiscouraged: {sv: [roadmap, go-live]}\n",
    "terms/karnsystem": "name: kärnsystem\nallowed: {sv: [fartygssystem]}\ndiscouraged: {sv: [storsystem]}\n",
    "terms/stolpe": "name: milstolpe\ndiscouraged: {sv: [hörnstolpe, kurva]}\n",
    "terms/glapp": "name: glapp\nallowed: {sv: [gapande hål]}\ndiscouraged: {sv: [gap]}\n",
    "terms/journal": "name: patientjournal\ndiscouraged: {sv: [journal]}\n",
    "terms/natet": "name: nätet\nallowed: {sv: [internet]}\ndiscouraged: {sv: [Internet]}\n",
    "terms/distans": "name: telemedicin\ndiscouraged: {sv: [vård på håll]}\n",
    "terms/enhet": "name: vårdenhet\ndiscouraged: {sv: [enhet, handling, region, klinik]}\n",
}
BAD = ["vårdinformativmiljö", "Vårdinformativsmiljön", "EKG", "API:et", "roadmapen", "go-live", "storsystemets", "gap"]
GOOD = ["vårdinformationsmiljö", "ekg", "gränssnitt", "färdplan", "kärnsystem", "fartygssystem", "glapp", "gapande hål",
        "patientjournal", "internet", "telemedicin"]  # fmt: skip
ENDINGS = ["", "s", "n", "en", "et", "ens", "er", "erna", "na"]
FILE = "catalogue/applications/modules/x.yaml"
FILLERS = ["och", "Vi", "har", "en", "på", "håll", "(se", "ovan)", "Anders'", '12"', "–", "a`b", "[ny]", "1,5"]


def found(text: str, field: str = "description", **more: str) -> list[Finding]:
    """What is found in one text of a module."""
    read = given.read({**TERMS, "modules/x": yaml.dump({"name": "X", field: text}, allow_unicode=True), **more})
    assert {f.code for f in read.findings if f.severity != "info"} <= {"MK701"}, read.findings
    return [f for f in read.findings if f.code == "MK701"]


def told(text: str) -> list[str]:
    """The words found in a text, each with what would stand there: ~ where it is safe, ? where no form is certain."""
    several = []
    for one in found(text):
        word = one.message.values.get("written") or one.message.values["word"]
        hint = one.hint.values["word"] if one.hint and one.fix else "?"
        several.append(f"{word} {'~' if one.safe else '>'} {hint}")
    return several


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En vårdinformativmiljö.", ["vårdinformativmiljö ~ vårdinformationsmiljö"]),
        ("Vårdinformativsmiljöns", ["Vårdinformativsmiljöns ~ Vårdinformationsmiljöns"]),
        ("VÅRDINFORMATIVMILJÖER", ["VÅRDINFORMATIVMILJÖER ~ VÅRDINFORMATIONSMILJÖER"]),
        ("vårdinformativmiljöarbetet", ["vårdinformativmiljöarbetet ~ vårdinformationsmiljöarbetet"]),
        ("delvårdinformativmiljön", ["delvårdinformativmiljön ~ delvårdinformationsmiljön"]),
        ("ny-vårdinformativmiljö", ["ny-vårdinformativmiljö ~ ny-vårdinformationsmiljö"]),
        ("EKG tas. Ta EKG.", ["EKG ~ Ekg", "EKG ~ ekg"]),
        ("Ett Ekg tas på EKG-apparat, t.ex. EKG", ["EKG-apparat ~ ekg-apparat", "EKG ~ ekg"]),
        ("Ett API, API:et, apiet", ["API > gränssnitt", "API:et > gränssnittet", "apiet > gränssnittet"]),
        ("API-et. API:er. API-flytt.", ["API-et > ?", "API:er > ?", "API-flytt > ?"]),
        ("Roadmap! roadmapens", ["Roadmap > Färdplan", "roadmapens > färdplanens"]),
        ("roadmaps roadmaparbete", ["roadmaps > ?", "roadmaparbete > ?"]),
        ("ambulansroadmap", ["ambulansroadmap > ambulansfärdplan"]),
        ("storsystemen, storsystembyte", ["storsystemen > kärnsystemen", "storsystembyte > kärnsystembyte"]),
        ("hörnstolpar, hörnstolpen", ["hörnstolpar > milstolpar", "hörnstolpen > milstolpen"]),
        ("kurvor, kurvan, kurva", ["kurvor > ?", "kurvan > milstolpen", "kurva > milstolpe"]),
        ("ett gap, Gap, gapet", ["gap > glapp", "Gap > Glapp", "gapet > glappet"]),
        ("go‑live, Go-live", ["go‑live > färdplan", "Go-live > Färdplan"]),
        ("vård  på\nhåll", ["vård på håll > telemedicin"]),
        ("Vi har Internet.", ["Internet > nätet"]),
        ("ordet vårdinformativmiljö", ["vårdinformativmiljö > vårdinformationsmiljö"]),
        ("vårdinformativ\u00admiljö", ["vårdinformativ\u00admiljö > vårdinformationsmiljö"]),
        ("va\u030ardinformativmiljo\u0308n", ["va\u030ardinformativmiljo\u0308n ~ vårdinformationsmiljön"]),
        ("_roadmap_ **roadmap** (roadmap)", ["roadmap > färdplan"] * 3),
        ("storvårdinformativmiljöarbete", ["storvårdinformativmiljöarbete ~ storvårdinformationsmiljöarbete"]),
        ("klinikchef, regionråd", ["klinikchef > ?", "regionråd > ?"]),
        ("API's, API’er", ["API's > ?", "API’er > ?"]),
        ("[roadmap](https://a.se/roadmap)", ["roadmap > färdplan"]),
        ("en kliniks handlingar", ["kliniks > ?", "handlingar > ?"]),
    ],
)
def test_a_word_is_found_as_it_stands(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "vårdinformationsmiljön", "Ekg", "fartygssystem", "ett gapande hål", "ambulansjournal", "patientjournalen",
        "e-journal", "journalist", "Journalistik", "gapa", "stjärngap", "GAP", "2gap", "gap2", "gap_ends",
        "broadmapping", "apitest",
        "Internet är bra.", "internet", "golive", "benägenhet", "enhetlig", "helhet", "förhandling", "Upphandlingen",
        "regionalt", "läkemedelsbehandling", "regionala", "regionerade",
        "poliklinik", "kurvig", "go live", "håll på vård", "api-modul",
        "”roadmap”", "“en roadmap”", '"roadmap"', "’roadmap’", "'en roadmap'", "»roadmap»", "«roadmap»", "`roadmap`",
        "``a ` roadmap``", "```\nroadmap\n```", "~~~\nroadmap", "> en roadmap\nroadmap\n", "[x](/roadmap)",
        "<roadmap@a.se>", "https://a.se/roadmap?roadmap#roadmap", "www.roadmap.se", "a.roadmap@a.se", "roadmap.md",
        "docs/roadmap.yaml",
        "/api/v1", "--gap", "#roadmap", "[x]: roadmap", "<div class=gap>", "mailto:roadmap", "a=gap", r"c:\roadmap",
        "Regionens roadmap 2030", "Se Regionens\nroadmap 2030.", "Modulen API Pro", "hookup",
    ],
)  # fmt: skip
def test_what_is_another_word_or_not_the_writers_is_let_be(text: str) -> None:
    more = {
        "modules/api-modul": "name: M\n",
        "sources/s": "name: Regionens roadmap 2030\n",
        "systems/s2": "name: API Pro\n",
    }
    assert not found(text, **more)


def test_a_mended_catalogue_may_say_the_word_in_the_other_language() -> None:
    text = "name: X\ntranslations:\n  en:\n    summary: On the roadmap, hookups are planned. A hookup.\n"
    several = [f for f in given.read({**TERMS, "modules/x": text}).findings if f.code == "MK701"]
    assert [str(f.message.values["word"]) for f in several] == ["hookups", "hookup"]
    assert [edit.text for f in several for edit in f.fix] == ["interface"]


def test_an_english_catalogue_is_read_as_english() -> None:
    files = {"catalogue.yaml": "title: T\nlanguage: en\n", "modules/x": "name: A hookup\nsummary: Ett API.\n"}
    several = [f for f in given.read({**TERMS, **files}).findings if f.code == "MK701"]
    assert [edit.text for f in several for edit in f.fix] == ["interface"]


def test_the_settings_may_list_spellings_and_are_read_too() -> None:
    settings = "title: Om mail\nabout: Mailen.\nspellings:\n  mail: mejl\n  och/eller: eller\n"
    files = {"catalogue.yaml": settings, "modules/x": "name: Mail och/eller brev\n"}
    several = [f for f in given.read(files).findings if f.code == "MK701"]
    assert [(f.location.line, [edit.text for edit in f.fix]) for f in several] == [
        (1, ["Mejl"]), (1, ["eller"]), (1, ["mejl"]), (2, ["Mejlen"]),
    ]  # fmt: skip
    assert [f.related[0].location.line for f in several] == [4, 5, 4, 4]


def test_a_word_given_up_for_another_term_is_answered_with_that() -> None:
    files = {
        "terms/gammal": "name: Utryckning\nsummary: En utryckning.\nrenamed_to: ny\ndiscouraged: {sv: [brandresa]}\n",
        "terms/ny": "name: insats\ndiscouraged: {sv: [utryckning]}\n",
        "modules/x": "name: Brandresa och utryckning\n",
    }
    several = [f for f in given.read(files).findings if f.code == "MK701"]
    assert [(f.entity, f.fix[0].text) for f in several] == [("x", "Insats"), ("x", "insats")]


def test_two_who_advise_differently_are_both_heard() -> None:
    files = {
        "terms/a": "name: alfa\ndiscouraged: {sv: [roadmap]}\n",
        "terms/b": "name: beta\ndiscouraged: {sv: [roadmap]}\n",
    }
    (one,) = (f for f in given.read({**files, "modules/x": "name: Roadmap\n"}).findings if f.code == "MK701")
    assert not one.fix and one.hint and said(one.hint) == "använd ”alfa / beta”"
    assert len(one.related) == 2


def test_a_term_may_speak_of_what_it_advises_against_without_being_mended() -> None:
    files = {"terms/a": "name: vårdplan\nsummary: Inte vårdplann.\ndiscouraged: {sv: [vårdplann]}\n"}
    (one,) = given.read(files).findings
    assert one.code == "MK701" and one.fix and not one.safe


def test_a_fix_that_would_not_fit_is_not_offered() -> None:
    fits = found("Vårdinformativmiljön", field="short_name")
    assert fits[0].safe
    (one,) = found("Vårdinformativmiljöområd"[:24], field="short_name")
    assert not one.fix and not one.safe


def test_a_good_word_that_could_mean_something_in_yaml_is_told_but_not_put_in() -> None:
    files = {"terms/a": 'name: "plan: [a] #1"\ndiscouraged: {sv: [plam]}\n', "modules/x": "name: En plam\n"}
    (one,) = given.read(files).findings
    assert not one.fix and one.hint and "plan: [a] #1" in said(one.hint)


def test_who_advises_against_what_others_recommend_is_told_so_and_no_text_is_blamed() -> None:
    files = {
        "terms/a": "name: färdplan\ndiscouraged: {sv: [plan]}\n",
        "terms/b": "name: Handlingsplan\nallowed: {sv: [plan]}\n",
        "modules/x": "name: En plan\n",
    }
    (one,) = given.read(files).findings
    assert one.code == "MK702" and one.entity == "a" and one.related[0].location.file.endswith("b.yaml")


def test_one_who_sees_no_comments_sees_the_words_that_the_rest_holds() -> None:
    public = "secrecy: {level: public}\n"
    files = {
        "terms/a": f"name: färdplan\ndiscouraged: {{sv: [roadmap]}}\n{public}",
        "modules/x": f"name: En roadmap # hemligt\n{public}",
    }
    seen = audience.narrowed(given.read(files), "public")
    assert [(f.code, f.fix) for f in seen.findings if f.code == "MK701"] == [("MK701", ())]


def test_whose_text_is_kept_back_is_suspected_by_what_it_says() -> None:
    public = "secrecy: {level: public}\n"
    files = {f"modules/m{n}": f"name: M{n}\nsummary: En plan.\n{public}" for n in range(20)}
    words = {"terms/a": f"name: färdplan\ndiscouraged: {{sv: [roadmap]}}\n{public}"}
    seen = audience.narrowed(given.read({**files, **words, "modules/x": f"name: En roadmap\n{public}"}), "public")
    assert [one.id for one in language._suspects(seen.catalogue)] == ["x"]


ODD = "aeno' &-:#\\\"[{1ÅäIİß\u0301\u00ad"
STYLES = [None, "'", '"', "|", ">"]
WORDS = st.lists(st.sampled_from([*BAD, *GOOD, *FILLERS]), min_size=1, max_size=12)
FREE = st.text(st.sampled_from("abdegiklmnoprstvåäö EKGAPI-’'\"”`\n.:/"), max_size=80)


def catalogue_of(text: str, style: str | None, width: int, *, escaped: bool) -> dict[str, str]:
    module = yaml.dump({"description": text, "name": "X"}, default_style=style, width=width, allow_unicode=not escaped)
    return {**TERMS, "modules/x": module}


def findings_of(files: dict[str, str]) -> list[Finding]:
    return [f for f in given.read(files).findings if f.code == "MK701"]


@law(words=WORDS, style=st.sampled_from(STYLES), width=st.integers(10, 60), escaped=st.booleans())
def test_a_fix_takes_its_finding_away_and_changes_nothing_else(words, style, width, escaped) -> None:
    files = catalogue_of(" ".join(words), style, width, escaped=escaped)
    before = findings_of(files)
    edits = [edit for one in before for edit in one.fix]
    text = applied(files["modules/x"], edits)
    after = parse(FILE, text.encode())
    assert isinstance(after, Document)
    assert [f.message for f in findings_of({**files, "modules/x": text})] == [f.message for f in before if not f.fix]
    pairs = zip(" ".join(words).split(), after.tree["description"].split(), strict=True)
    assert all(old == new or old in BAD for old, new in pairs)


@law(words=WORDS, style=st.sampled_from(STYLES), width=st.integers(10, 60))
def test_each_bad_word_is_found_once_at_its_place(words, style, width) -> None:
    files = catalogue_of(" ".join(words), style, width, escaped=False)
    quoted = "Anders'" in words or '12"' in words or "a`b" in words
    several = findings_of(files)
    if not quoted:
        assert len(several) == sum(word in BAD for word in words)
    lines = files["modules/x"].splitlines()
    for one in several:
        at = one.location
        assert lines[at.line - 1][at.column - 1 : at.end_column - 1].replace("''", "'") == one.message.values["word"]


@law(
    text=FREE,
    quotes=st.sampled_from(["””", "“”", '""', "’’", "‘’", "''", "»»", "«»", "„“", "``"]),
    bad=st.sampled_from(BAD),
)
def test_a_text_in_quotes_never_gives_a_finding(text, quotes, bad) -> None:
    inner = f"x{text} {bad} {text}x".translate(dict.fromkeys(map(ord, "\n’'\"”`")))
    assert not findings_of(catalogue_of(f"{quotes[0]}{inner}{quotes[1]}", None, 80, escaped=False))


@law(word=st.sampled_from(GOOD), ending=st.sampled_from(ENDINGS), before=FREE, capital=st.booleans())
def test_a_recommended_word_never_trips(word, ending, before, capital) -> None:
    word = word.capitalize() if capital and word != "internet" else word
    files = catalogue_of(f"{before} {word}{ending}", None, 80, escaped=False)
    places = [f.message.values["word"] for f in findings_of(files)]
    assert f"{word}{ending}" not in places


@law(texts=st.lists(st.tuples(WORDS, FREE, st.sampled_from(STYLES), st.booleans()), max_size=6))
def test_the_sieve_lets_no_word_slip(texts) -> None:
    read = given.read(TERMS)
    words = vocabulary.discouraged(read.catalogue)
    reader = Reader(words=sought(words))
    values = [f"{' '.join(some)} {free}" for some, free, _, _ in texts]
    files = [
        yaml.dump({"a": value}, default_style=style, width=20, allow_unicode=not escaped)
        for value, (_, _, style, escaped) in zip(values, texts, strict=True)
    ]
    guilty = {index for index, value in enumerate(values) if reader.mentions(value, "sv")}
    assert guilty <= set(suspects(files, [word for several in words.values() for word in several]))


@law(
    bad=st.lists(st.text(ODD, min_size=1, max_size=8), min_size=1, max_size=4),
    good=st.text(ODD, min_size=1, max_size=12),
    text=st.text(ODD + "\n", min_size=1, max_size=60),
    style=st.sampled_from(STYLES),
)
def test_whatever_the_words_are_a_mended_file_says_what_it_said_but_for_them(bad, good, text, style) -> None:
    term = yaml.dump({"name": good, "discouraged": {"sv": bad}}, allow_unicode=True)
    files = {**catalogue_of(text, style, 20, escaped=False), "terms/any": term}
    read = given.read(files)
    assume(not [f for f in read.findings if f.code < "MK3"])
    edits = [edit for f in read.findings if f.entity == "x" and f.code == "MK701" for edit in f.fix]
    after = parse(FILE, applied(files["modules/x"], edits).encode())
    assert isinstance(after, Document) and after.tree["name"] == "X"
    if not edits:
        assert after.tree["description"] == text


@law(words=WORDS, style=st.sampled_from(STYLES))
def test_what_is_safe_is_mended_in_one_go(words, style) -> None:
    files = given.whole_paths(catalogue_of(" ".join(words), style, 30, escaped=False))
    contents = {path: text.encode() for path, text in files.items()}
    mended = fixes.mended(Files(root="catalogue", contents=contents), given.metamodel(), given.TODAY)
    assert not [f for f in mended.read.findings if f.code == "MK701" and f.safe]
    assert {change.path for change in mended.changes} <= {"applications/modules/x.yaml"}

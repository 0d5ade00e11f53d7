"""`new`: a file that is valid from the start, says what may stand in it, and claims nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import given
import pytest
import yaml
from commands import Run
from hypothesis import given as drawn
from hypothesis import strategies as st
from new_kind import with_new_kind

from modulkarta import snapshot
from modulkarta.editing.fmt import formatted
from modulkarta.editing.new import Refused, Wanted, made
from modulkarta.editing.template import template
from modulkarta.entities import entity
from modulkarta.shape import broken
from modulkarta.source import folder

KINDS = sorted(given.metamodel().kinds)
NEEDED = {
    "capability": ("band=core",), "decision": ("state=needed",), "replacement": ("replaces=forradet",),
    "element": ("type=BusinessEvent",), "relationship": ("type=Serving", "source=forradet", "target=forradet"),
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = given.written(tmp_path, {"systems/forradet": "name: Förrådet\n", "systems/ny-gammal": "name: G\n"})
    monkeypatch.chdir(tmp_path)
    return root


def file_of(root: Path, kind: str, id_: str) -> Path:
    found = given.metamodel().kinds[kind]
    return root / found.layer / found.folder / f"{id_}.yaml"


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_of_any_kind_has_no_errors_and_the_form_of_fmt(run: Run, place: Path, kind: str, lang: str) -> None:
    values = [word for value in NEEDED.get(kind, ()) for word in ("--set", value)]
    ended = run("new", kind, "helt-ny", *values, "--lang", lang)
    assert ended.code == 0, ended.err
    file = file_of(place, kind, "helt-ny")
    assert ended.out.strip() == f"catalogue/{file.relative_to(place)}"
    read = snapshot.load(place, given.SCHEMAS, given.TODAY)
    assert not read.count("error") and read.catalogue.entities["helt-ny"].kind.name == kind
    assert formatted(read.catalogue.entities["helt-ny"].document, read.catalogue.entities["helt-ny"].kind) == (
        file.read_text("utf-8")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_that_is_put_in_use_is_right_but_for_its_value(kind: str) -> None:
    """Without the # each line is the key the schema has there: only … is wrong."""
    known = given.metamodel().kinds[kind]
    text = template(known, {"name": "N"}, "sv")
    used = re.sub(r"^# ((?: +(?:- )?)?[a-z_…]+:|  +- )", r"\1", text, flags=re.MULTILINE)
    document = given.document(used)
    wrong = broken(document, entity("x", known, document).fields, known, None)
    assert set(document.tree) >= set(known.properties) - {
        "short_name", "truth_of", "reviewed", "former_ids", "external_ids", "translations", "tags",
    }  # fmt: skip
    assert not [f for f in wrong if f.code in ("MK201", "MK202", "MK208")], wrong
    assert not re.search("^#  ", used, re.MULTILINE)


def test_what_is_said_becomes_the_file_and_nothing_else_does(run: Run, place: Path) -> None:
    options = ("--name", "Fråga: läkare", "--set", "functions=a,b", "--set", "role=core")
    run("new", "function", "a"), run("new", "function", "b")
    ended = run("new", "modul", *options)
    assert ended.code == 0 and "den är märkt som exempel; ändra truth" in ended.err
    said = yaml.load(file_of(place, "module", "fraga-lakare").read_text("utf-8"), yaml.BaseLoader)
    assert said == {
        "name": "Fråga: läkare", "role": "core", "functions": ["a", "b"], "truth": "illustrative",
    }  # fmt: skip


def test_an_id_says_what_is_replaced_and_a_source_is_not_made_up(run: Run, place: Path) -> None:
    run("new", "ersättning", "ersattning-ny-gammal"), run("new", "källa", "protokoll-7")
    read = snapshot.load(place, given.SCHEMAS, given.TODAY).catalogue
    replacement = read.entities["ersattning-ny-gammal"]
    assert replacement.fields["replaces"] == "ny-gammal" and replacement.name == "Ersättning G"
    assert "truth" not in read.entities["protokoll-7"].fields


def test_the_comments_are_in_the_language_asked_for(run: Run, place: Path) -> None:
    run("new", "module", "m"), run("new", "module", "n", "--lang", "en")
    swedish, english = (file_of(place, "module", id_).read_text("utf-8") for id_ in "mn")
    assert "# Modul. En utbytbar del" in swedish and "Skriv id för organisation." in swedish
    assert "# Module. A replaceable part" in english and "å" not in english


@pytest.mark.parametrize(("words", "sentence"), [
    ("modull x", "Det finns ingen sort ”modull”. Menade du ”module”?"),
    ("zzz x", "Det finns ingen sort ”zzz”. Sorterna är capability,"),
    ("module Fråga", "Menade du ”fraga”?"),
    ("module", "Ange ett id, eller --name så görs id:t av namnet."),
    ("module --name !", "Ange ett id, eller --name"),
    ("module forradet", "”forradet” är redan id för något annat."),
    ("capability x", "”band” måste anges: --set band=…, där … är management ("),
    ("capability x --set band=coree", "Fel: band: ”coree” finns inte att välja på"),
    ("replacement x", "”replaces” måste anges: --set replaces=…, där … är id för befintligt system."),
    ("replacement x --set replaces=forradett", "replaces: okänd referens ”forradett”"),
    ("module x --set rolle=core", "”rolle” är inte ett fält för modul. Menade du ”role”?"),
    ("module x --set zzz=core", "”zzz” är inte ett fält för modul."),
    ("module x --set role", "Skriv --set så här: FÄLT=VÄRDE, inte ”role”."),
    ("module x --set lifecycle=2027", "”lifecycle” har flera delar; fyll i det i filen."),
    ("module x --set truth=fact", "truth: fakta utan källa"),
    ("module x --set name=", "name: "),
])  # fmt: skip
def test_what_cannot_be_made_is_refused_in_one_sentence(run: Run, place: Path, words: str, sentence: str) -> None:
    before = sorted(place.rglob("*"))
    ended = run("new", *words.split())
    assert ended.code == 2 and sentence in ended.err, ended.err
    assert sorted(place.rglob("*")) == before and not ended.out


def test_a_name_that_differs_in_capitals_only_is_refused(run: Run, place: Path) -> None:
    (place / "applications/modules").mkdir()
    (place / "applications/modules/Remiss.yaml").write_text("name: R\n")
    assert "applications/modules/Remiss.yaml finns redan" in run("new", "module", "remiss").err


def test_a_dry_run_shows_the_file_and_writes_nothing(run: Run, place: Path) -> None:
    before = sorted(place.rglob("*"))
    ended = run("new", "module", "remisser", "--dry-run")
    assert ended.code == 0 and sorted(place.rglob("*")) == before
    assert (
        "--- /dev/null\n+++ catalogue/applications/modules/remisser.yaml\n" in ended.out
        and "+name: Remisser" in ended.out
    )


def test_on_a_terminal_what_is_needed_is_asked_for(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulkarta.cli.drafting._asks", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("Ta emot larm\nfel\ncore\n"))
    ended = run("new", "förmåga")
    assert ended.code == 0 and "Namn" in ended.err and "Del av kartan (management (Ledning och styrning)" in ended.err
    said = yaml.load(file_of(place, "capability", "ta-emot-larm").read_text("utf-8"), yaml.BaseLoader)
    assert said == {"name": "Ta emot larm", "band": "core", "truth": "illustrative"}


def test_on_a_terminal_a_wrong_answer_is_explained_and_asked_again(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modulkarta.cli.drafting._asks", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("\nzzz\nForradett\nforradet\n"))
    ended = run("new", "ersättning", "e")
    assert ended.code == 0, ended.err
    assert "Det finns ingenting som heter ”zzz”." in ended.err and "Menade du ”forradet”?" in ended.err
    monkeypatch.setattr("sys.stdin", io.StringIO("\nkanske\nbehövs\n"))
    ended = run("new", "beslut", "b")
    assert ended.code == 0 and "”kanske” finns inte att välja på." in ended.err
    assert "\nstate: needed\n" in file_of(place, "decision", "b").read_text("utf-8")


def test_on_a_terminal_the_likely_name_is_offered(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulkarta.cli.drafting._asks", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert "Namn [Prehospital journal]" in run("new", "module", "prehospital-journal").err


def test_a_kind_that_is_a_schema_only_is_made_too(tmp_path: Path, run: Run) -> None:
    root = with_new_kind(tmp_path)
    ended = run("new", "vårdavdelning", "avdelning-8", "--set", "beds=8", "--catalogue", root)
    assert ended.code == 0, ended.err
    read = snapshot.load(root, tmp_path / "schemas", given.TODAY)
    assert read.catalogue.entities["avdelning-8"].fields["beds"] == 8


@drawn(st.text(min_size=1, max_size=120), st.sampled_from(KINDS))
def test_a_file_says_the_name_it_was_given_or_is_not_made(name: str, kind: str) -> None:
    known = given.metamodel().kinds[kind]
    files = folder.read(given.GOOD, "catalogue")
    values = {"name": name, **dict(value.split("=") for value in NEEDED.get(kind, ()))}
    values = {key: "faltjournal" if value == "forradet" else value for key, value in values.items()}
    change = made(files, given.good(), Wanted(kind=known, id="ny", values=values), "sv", given.TODAY)
    if isinstance(change, Refused):
        assert not name.strip() or not name.isprintable(), change
    else:
        assert yaml.load(change.after or b"", yaml.BaseLoader)["name"] == name

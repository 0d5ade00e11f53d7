"""What is laid over the catalogue tells nobody else that it is there."""

from __future__ import annotations

from pathlib import Path

import given
import pytest
from commands import Run
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from overlays import NARROWER, OPEN, SECRET, TODAY, laid, told, written
from repositories import repository
from viewing import app

from modulkarta.audience import as_closed_as, narrowed
from modulkarta.levels import Level


@pytest.mark.parametrize("audience", NARROWER)
def test_those_who_may_not_see_it_get_what_they_would_without_it(audience: Level) -> None:
    whole, alone = laid(OPEN, SECRET), laid(OPEN, None)
    assert told(narrowed(whole, audience)) == told(narrowed(alone, audience))
    assert told(whole.under(audience)) == told(alone), "what is left out is counted from here"


WORDS = ("Sjukan", "Safir", "hemlig", "Modulen brister", "x", "safir")
LEVELS = ("", "secrecy: {level: secret}\n", "secrecy: {level: secret, fields: {summary: internal}}\n")
FIELDS = (
    "summary: Brister.\n", "name: Sjukan\n", "name: Safir\n", "contracts: [safir]\n", "former_ids: [m, a, gammal]\n",
    "lifecycle: {retired: 2027}\n", "lifecycle: {live: 2027}\n", "nonsens: 1\n", "truth: assumption\n",
    "translations: {en: {summary: Faults.}}\n", "depends_on: [a, m, finns-inte]\n", "{", "\t", "contracts: [a]\n",
)  # fmt: skip
PATHS = ("systems/s", "modules/m", "modules/s", "modules/safir", "contracts/safir", "catalogue.yaml", "x/y/z.yaml",
         "applications/systems/S S.yaml")  # fmt: skip
OVERLAYS = st.dictionaries(
    st.sampled_from(PATHS),
    st.tuples(st.sets(st.sampled_from(FIELDS), max_size=4), st.sampled_from(LEVELS)).map(
        lambda parts: "".join(sorted(parts[0])) + parts[1]
    ),
    max_size=4,
)
"""Whole and broken files, for the fewest or for nobody knows whom."""


@settings(max_examples=60)
@for_all(over=OVERLAYS, audience=st.sampled_from(NARROWER))
def test_whatever_is_laid_over_for_the_fewest_changes_nothing_for_others_but_what_names_it(
    over: dict[str, str], audience: Level
) -> None:
    read = laid(OPEN, over)
    with_, without = narrowed(read, audience), narrowed(laid(OPEN, None), audience)
    if told(with_) == told(without):
        return
    names = {name for one in read.closed for name in (one.id, one.fields.get("name"), *one.ids("former_ids"))}
    assert names & {"Sjukan", "m", "a", "gammal", "s"}, "only what has the name of something open hides anything"
    for id_, entity in with_.catalogue.entities.items():
        assert entity.fields.items() <= {**without.catalogue.entities[id_].fields, **entity.fields}.items()
        assert set(entity.fields) <= set(without.catalogue.entities[id_].fields)
    assert "overlay" not in str(told(with_)) and "Brister" not in str(told(with_))


@pytest.mark.parametrize("command", [["check"], ["list"], ["gaps"], ["stats"]])
def test_a_command_tells_others_what_it_tells_without_it(run: Run, tmp_path: Path, command: list[str]) -> None:
    root, over = written(tmp_path, SECRET)
    for audience in NARROWER:
        asked = (*command, "--format", "json", "--catalogue", root, "--audience", audience)
        with_, without = run(*asked, "--overlay", over), run(*asked)
        assert (with_.code, with_.out) == (without.code, without.out)
    whole = (*command, "--format", "json", "--catalogue", root, "--audience", "secret")
    assert run(*whole, "--overlay", over).out != run(*whole).out


ASKED = (
    "/", "/karta", "/system/s", "/avtal/safir", "/moduler/n", "/relationer/s", "/kvalitet", "/sok?q=safir",
    "/fardplan", "/api/v1/export.json", "/finns-inte",
)  # fmt: skip


@pytest.mark.parametrize("audience", NARROWER)
def test_a_page_is_byte_for_byte_what_it_would_be_without_it(tmp_path: Path, audience: Level) -> None:
    root, over = written(tmp_path, SECRET)
    with_, without = (app(root.parent, audience, TODAY, overlay=one).test_client() for one in (over, None))
    for address in ASKED:
        one, other = with_.get(address), without.get(address)
        assert (one.status_code, one.data, [*one.headers]) == (other.status_code, other.data, [*other.headers]), address
    whole = app(root.parent, "secret", TODAY, overlay=over).test_client()
    assert "Har brister." in whole.get("/system/s").text and whole.get("/avtal/safir").status_code == 200


def test_what_was_moved_there_is_not_told_of_the_past(tmp_path: Path) -> None:
    """A field, a row and a thing that lay in git: those who may not see them now do not see them as they were."""
    was = {**OPEN, "contracts/safir": "name: Avtal Safir\nends: 2026-01-01\nsecrecy: {level: public}\n"}
    was["systems/s"] += "description: Har brister.\n"
    was["systems/s"] = was["systems/s"].replace("contracts: [a]", "contracts: [safir, a]")
    then, now = given.read(was), laid(OPEN, {**SECRET, "systems/s": "description: Har brister.\ncontracts: [safir]\n"})
    for audience in NARROWER:
        seen = narrowed(as_closed_as(then, now), audience).catalogue
        assert "safir" not in seen.entities and "description" not in seen.entities["s"].fields
        assert seen.entities["s"].ids("contracts") == ["a"]
    assert told(narrowed(as_closed_as(given.read(OPEN), now), "internal")) == told(
        narrowed(given.read(OPEN), "internal")
    )


def test_it_is_not_compared_with_a_revision(tmp_path: Path) -> None:
    root, over = written(tmp_path, SECRET)
    repository(tmp_path)
    page = app(root.parent, "secret", TODAY, overlay=over).test_client().get("/andringar?fran=HEAD&till=nu").text
    assert "Safir" not in page.partition("<main")[2] and "Har brister" not in page


def test_the_name_of_something_open_hides_it_and_check_says_so() -> None:
    read = laid(OPEN, {"contracts/safir": "name: Sjukan\nends: 2027\n"})
    assert "s" not in narrowed(read, "internal").catalogue.entities
    assert [f.location.file for f in read.findings if f.code == "MK610"] == ["catalogue/applications/systems/s.yaml"]


@settings(max_examples=40)
@for_all(over=OVERLAYS, level_=st.sampled_from(["internal", "public"]))
def test_nobody_sees_what_is_for_more_than_those_there(over: dict[str, str], level_: Level) -> None:
    """Files that say for whom they are, each with a word of its own."""
    marked = {path: f"{text.partition('secrecy')[0]}technical_state: Kanarie.\n" for path, text in over.items()}
    said = {path: f"{text}secrecy: {{level: {level_}, fields: {{summary: secret}}}}\n" for path, text in marked.items()}
    read = laid(OPEN, said)
    for audience in NARROWER:
        seen = str(told(narrowed(read, audience)))
        assert "Brister" not in seen
        assert "Kanarie" not in seen or (level_ == "public" or audience == "internal")
    whole = [*narrowed(read, "internal").catalogue.entities]
    assert set(narrowed(read, "public").catalogue.entities) <= {*whole}


def test_what_says_that_more_may_see_it_is_seen_by_them() -> None:
    over = {"systems/s": "technical_state: Gammal.\nsecrecy: {level: internal}\n",
            "modules/m": "description: Gammal.\nsecrecy: {level: public}\n",
            "modules/o": "name: Öppen\nsecrecy: {level: public}\n"}  # fmt: skip
    read = laid(OPEN, over)
    internal, public = (narrowed(read, audience).catalogue.entities for audience in ("internal", "public"))
    assert internal["s"].fields["technical_state"] == internal["m"].fields["description"] == "Gammal."
    assert "technical_state" not in public["s"].fields and "m" not in public and "o" in public

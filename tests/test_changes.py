"""What changed between two catalogues: who is who, what their files say differently, what follows for the plan."""

from __future__ import annotations

from collections.abc import Mapping

import given
import pytest
from given import Given
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from modulkarta import dates, snapshot
from modulkarta.changes.between import Changes, changes
from modulkarta.changes.sections import sections
from modulkarta.changes.shifts import shift
from modulkarta.snapshot import Snapshot
from modulkarta.source import folder
from modulkarta.source.folder import Files
from modulkarta.wording import said

MODULE = "name: {name}\nsummary: {name} gör det som {name} ska.\nlifecycle: {{live: {live}}}\n"
PLAN: Mapping[str, str] = {
    "functions/larma": "name: Larma\ncriticality: [patient-safety]\n",
    "functions/journal": "name: Journal\ncriticality: [patient-safety]\n",
    "contracts/avtal": "name: Avtal\nends: 2027-12-31\n",
    "systems/gammalt": "name: Gammalt\nfunctions: [larma, journal]\ncontracts: [avtal]\n",
    "modules/nytt": MODULE.format(name="Nytt", live="2027-06"),
    "modules/annat": MODULE.format(name="Annat", live="2027-06"),
    "replacements/byte": (
        "name: Byte\nreplaces: gammalt\nfunctions:\n"
        "  - {function: larma, disposition: replaced, by: [{module: nytt}], coverage: full}\n"
        "  - {function: journal, disposition: replaced, by: [{module: nytt}], coverage: full}\n"
    ),
}


def changed(before: Given, after: Given) -> Changes:
    return changes(_sound(before), _sound(after))


def told(found: Changes) -> dict[str, list[str]]:
    return {section.title: [line.words for line in section.lines] for section in sections(found, "sv")}


def test_a_date_that_moves_opens_a_gap_and_says_how_far() -> None:
    found = changed(PLAN, {**PLAN, "modules/nytt": MODULE.format(name="Nytt", live="2028-02")})
    assert told(found) == {
        "Nya glapp": ["Gammalt, 2028-01-01–2028-02-28 (minst 31, högst 59 dagar): Larma, Journal"],
        "Datum som flyttas": ["Nytt, livscykel: i drift: juni 2027 → februari 2028 (8 månader senare)"],
    }
    assert [finding.code for finding in found.found] == ["MK510"] and not found.mended


def test_a_gap_that_closes_is_told_the_other_way_round() -> None:
    found = changed({**PLAN, "modules/nytt": MODULE.format(name="Nytt", live="2028-02")}, PLAN)
    assert list(told(found)) == ["Glapp som försvinner", "Datum som flyttas"]
    assert "(8 månader tidigare)" in told(found)["Datum som flyttas"][0]
    assert [finding.code for finding in found.mended] == ["MK510"] and not found.found


def test_what_cannot_be_judged_is_told_when_it_comes_and_when_it_can_be_but_not_when_it_goes() -> None:
    unknown = {**PLAN, "contracts/avtal": "name: Avtal\nends: unknown\n"}
    without = {name: text for name, text in PLAN.items() if name.split("/")[0] in ("functions", "modules")}
    cannot = {"Kan inte bedömas": ["Gammalt, slutet är okänt: Larma, Journal"]}
    assert (
        cannot.items() <= told(changed(PLAN, unknown)).items()
        and cannot.items() <= told(changed(without, unknown)).items()
    )
    assert "Kan nu bedömas, inget glapp" in told(changed(unknown, PLAN))
    assert "Borttagna befintliga system" in told(changed(unknown, without))
    assert not changed(unknown, without).gaps


def test_a_function_that_loses_its_successor_is_told_once() -> None:
    plan = PLAN["replacements/byte"].replace(
        "{function: larma, disposition: replaced, by: [{module: nytt}], coverage: full}",
        "{function: larma, disposition: unresolved}",
    )
    found = changed(PLAN, {**PLAN, "replacements/byte": plan})
    assert told(found) == {
        "Nya glapp": ["Gammalt, från 2028-01-01, inget slut i planen: Larma"],
        "Funktioner som blir utan ersättare": ["Larma, i dag i Gammalt: Nytt → inte avgjort"],
    }


def test_another_successor_is_told_by_name() -> None:
    plan = PLAN["replacements/byte"].replace(
        "{function: journal, disposition: replaced, by: [{module: nytt}]",
        "{function: journal, disposition: replaced, by: [{module: annat}]",
    )
    found = changed(PLAN, {**PLAN, "replacements/byte": plan})
    assert told(found) == {"Funktioner som får en annan ersättare": ["Journal, i dag i Gammalt: Nytt → Annat"]}


@pytest.mark.parametrize(
    ("new", "guessed"),
    [("former_ids: [nytt]\n", False), ("", True)],
)  # fmt: skip
def test_a_renamed_thing_is_the_same_thing(new: str, guessed: bool) -> None:
    after = {key: text.replace("module: nytt", "module: nyare") for key, text in PLAN.items() if key != "modules/nytt"}
    found = changed(PLAN, {**after, "modules/nyare": PLAN["modules/nytt"] + new})
    (renamed,) = found.pairs.renamed
    assert (renamed.before, renamed.after, renamed.guessed) == ("nytt", "nyare", guessed)
    assert not found.meant and not found.gaps and not found.handovers and not found.pairs.created


def test_a_new_thing_is_not_taken_for_what_is_gone_when_they_say_different_things() -> None:
    after = {key: text for key, text in PLAN.items() if key != "modules/annat"}
    found = changed(PLAN, {**after, "modules/tredje": "name: Tredje\nsummary: Något helt annat.\n"})
    assert found.pairs.removed == ("annat",) and found.pairs.created == ("tredje",)
    assert list(told(found)) == ["Nya moduler", "Borttagna moduler"]


def test_rows_are_known_by_what_they_are_about_and_not_by_where_they_stand() -> None:
    functions = PLAN["replacements/byte"].split("  - ")
    turned = functions[0] + "  - " + functions[2] + "  - " + functions[1]
    found = changed(PLAN, {**PLAN, "replacements/byte": turned})
    assert not found.meant and [one.sort for one in found.worded] == ["text"] and found.nothing


def test_what_is_only_worded_otherwise_is_folded_and_means_nothing() -> None:
    after = {**PLAN, "modules/nytt": PLAN["modules/nytt"].replace("gör det", "sköter det") + "tags: [a]\n"}
    found = changed(PLAN, after)
    assert found.nothing and {section.folded for section in sections(found, "sv")} == {True}
    assert list(told(found)) == ["Språkliga ändringar", "Källor, granskning och översättning"]


def test_references_are_told_as_what_they_mean() -> None:
    before = {**PLAN, "modules/annat": PLAN["modules/annat"] + "depends_on: [nytt]\n"}
    assert told(changed(before, PLAN))["Samband"] == ["Borttaget: Annat beror på Nytt"]
    assert told(changed(PLAN, before))["Samband"] == ["Nytt: Annat beror på Nytt"]


def test_standards_that_come_and_go_stand_by_themselves() -> None:
    after = {
        **PLAN, "standards/fhir": "name: FHIR\nsubject: [data]\n",
        "modules/nytt": PLAN["modules/nytt"] + "standards: [{standard: fhir, state: planned}]\n",
    }  # fmt: skip
    found = told(changed(PLAN, after))
    assert found["Nya standarder"] == ["FHIR"]
    assert found["Standarder"] == ["Nytt: Nytt följer FHIR"]


def test_what_cannot_be_read_on_one_side_is_not_called_removed_and_changes_no_gap() -> None:
    for broken in ("modules/nytt", "contracts/avtal", "systems/gammalt", "replacements/byte"):
        after = given.read({**PLAN, broken: "name: Trasig\nokand: 1\n"})
        found = changes(_sound(PLAN), after)
        id_ = broken.split("/")[1]
        assert found.pairs.unread == (id_,) and not found.pairs.removed and not found.gaps and not found.handovers
        assert told(found) == {"Går inte att jämföra, för filen har fel": [f"{id_}: i det nya"]}
        back = changes(after, _sound(PLAN))
        assert told(back) == {"Går inte att jämföra, för filen har fel": [f"{id_}: i det som jämförs med"]}


def test_an_accepted_gap_says_so() -> None:
    late = {**PLAN, "modules/nytt": MODULE.format(name="Nytt", live="2028-02")}
    decision = {"decisions/ja": "name: Ja\nstate: taken\ndate: 2026-01-01\n"}
    accepted = late["replacements/byte"] + "accepted_gaps: [{decision: ja}]\n"
    found = changed({**late, **decision}, {**late, **decision, "replacements/byte": accepted})
    assert {change.turn for change in found.gaps} == {"accepted"}
    assert next(iter(told(found))) == "Glapp som godtas"


@pytest.mark.parametrize(
    ("before", "after", "words_"),
    [
        ("2027-06", "2027-11", "5 månader senare"),
        ("2027-Q1", "2028-Q1", "1 år senare"),
        ("2027-06-30", "2027-05-30", "1 månad tidigare"),
        ("2026-09-30", "2027-03-31", "6 månader senare"),
        ("2027-06-30", "2027-07-02", "2 dagar senare"),
        ("2027-Q3", "2027-08-15", "preciserat"),
        ("2027-08-15", "2027-Q3", "mindre precist"),
        ("2027-Q1", "2027-07-01", "92–181 dagar senare"),
        ("2027-H1", "2027-Q2", "högst 90 dagar senare"),
    ],
)
def test_how_far_a_date_moved(before: str, after: str, words_: str) -> None:
    moved = shift(dates.parse(before), dates.parse(after))
    assert moved and said(moved.said()) == words_


@pytest.mark.parametrize(("before", "after"), [("unknown", "2027"), ("2027..", "2028"), ("2027", "2027")])
def test_without_both_ends_nobody_knows_how_far(before: str, after: str) -> None:
    assert shift(dates.parse(before), dates.parse(after)) is None


FILES = folder.read(given.GOOD, "catalogue").contents
EDITS = st.dictionaries(
    st.sampled_from(sorted(FILES.keys() - {"catalogue.yaml"})),
    st.sampled_from(("gone", "renamed", "later", "worded")),
    max_size=4,
)


def edited(edits: Mapping[str, str]) -> Snapshot:
    """The good catalogue with some files gone, some under another id, and some dates and words otherwise."""
    return snapshot.build(_edited(edits), given.metamodel(), given.TODAY)


def _edited(edits: Mapping[str, str]) -> Files:
    contents = dict(FILES)
    for path, edit in edits.items():
        text = contents.pop(path).decode()
        match edit:
            case "renamed":
                contents[path.replace(".yaml", "-ny.yaml")] = text.encode()
            case "later":
                contents[path] = text.replace("2027", "2028").encode()
            case "worded":
                contents[path] = text.replace("summary: ", "summary: Kort sagt: ").encode()
    return Files(root="catalogue", contents=dict(sorted(contents.items())))


@settings(max_examples=40, deadline=None)
@drawn(edits=EDITS)
def test_the_way_back_mirrors_the_way_there(edits: Mapping[str, str]) -> None:
    other = edited(edits)
    there, back = changes(given.good(), other), changes(other, given.good())
    assert there.pairs.created == back.pairs.removed and there.pairs.removed == back.pairs.created
    assert {(one.before, one.after) for one in there.pairs.renamed} == {
        (one.after, one.before) for one in back.pairs.renamed
    }
    mirrored = {"opened": "closed", "longer": "shorter", "accepted": "no-longer-accepted", "judged": "unjudged"}
    mirrored |= {turn: other for other, turn in mirrored.items()}
    turns = sorted(_turns(there))
    assert turns == sorted(mirrored.get(turn, turn) for turn in _turns(back))
    assert len(there.differences) == len(back.differences) and len(there.handovers) == len(back.handovers)


def _turns(found: Changes) -> list[str]:
    """How gaps changed, but for what is new and cannot be judged: when such a thing goes there is nothing to judge."""
    return [one.turn for one in found.gaps if one.before or one.turn != "unjudged"]


@settings(max_examples=25, deadline=None)
@drawn(edits=EDITS)
def test_what_is_taken_over_from_another_snapshot_is_as_if_read_anew(edits: Mapping[str, str]) -> None:
    anew = edited(edits)
    like = snapshot.build(_edited(edits), given.metamodel(), given.TODAY, like=given.good())
    assert like.findings == anew.findings and like.texts == anew.texts and like.digest == anew.digest
    assert {id_: e.fields for id_, e in like.catalogue.entities.items()} == {
        id_: e.fields for id_, e in anew.catalogue.entities.items()
    }
    assert changes(anew, like).nothing and not changes(anew, like).worded


def test_a_catalogue_is_not_changed_against_itself() -> None:
    found = changes(given.good(), given.good())
    assert found.nothing and not found.differences and not found.found and not sections(found, "sv")


def _sound(files: Given) -> Snapshot:
    read = given.read(files)
    assert not read.count("error"), read.findings
    return read

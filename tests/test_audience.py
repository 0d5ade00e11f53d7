"""The laws of what an audience sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import given
import levels
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from levels import built, leaves, levelled

from modulkarta import rules
from modulkarta.analysis import coverage
from modulkarta.analysis.capabilities import supports
from modulkarta.analysis.followup import recommendations
from modulkarta.analysis.integrations import interfaces
from modulkarta.analysis.roadmap.timeline import undated
from modulkarta.analysis.secrecy import above, level, level_at, named, untold
from modulkarta.analysis.structure import orphans
from modulkarta.analysis.structure.single_points import single_points
from modulkarta.audience import narrowed
from modulkarta.snapshot import Snapshot

audiences = st.sampled_from(["internal", "public"])
few = settings(max_examples=25)


def everything(read: Snapshot) -> object:
    """All that a snapshot tells, but for its generation and the schemas."""
    catalogue = read.catalogue
    entities = {e.id: (e.file, e.document.tree, e.document.text) for e in catalogue.entities.values()}
    known, untold = dict(catalogue.known), sorted(map(str, catalogue.untold))
    found = [repr(f) for f in (*read.findings, *read.waived)]
    return (
        entities,
        repr(replace(catalogue.settings, gap_ends=frozenset())),
        known,
        untold,
        found,
        read.texts,
        read.files,
    )


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from strings(one)


@few
@drawn(levelled(), audiences)
def test_narrowing_twice_is_narrowing_once(read, audience):
    once = narrowed(read, audience)
    assert narrowed(once, audience) is once
    assert everything(narrowed(replace(once, audience="secret"), audience)) == everything(once)


@few
@drawn(levelled())
def test_the_public_sees_the_same_whoever_hides_for_it(read):
    straight, by_way = narrowed(read, "public"), narrowed(narrowed(read, "internal"), "public")
    assert everything(straight) == everything(by_way)
    assert straight.digest == by_way.digest


@few
@drawn(levelled())
def test_the_widest_audience_sees_everything(read):
    assert narrowed(read, "secret") is read


@few
@drawn(levelled())
def test_a_wider_audience_sees_all_that_a_narrower_does(read):
    wider = read
    for audience in ("internal", "public"):
        narrower = narrowed(read, audience)
        for id_, entity in narrower.catalogue.entities.items():
            own, whole = entity.fields, wider.catalogue.entities[id_].fields
            for field, value in entity.document.tree.items():
                if field not in ("secrecy", "truth_of"):
                    assert Counter(leaves(value)) <= Counter(leaves(wider.catalogue.entities[id_].document.tree[field]))
            assert (own.get("secrecy") or {}).get("level") == (whole.get("secrecy") or {}).get("level")
        assert {f.message.text for f in narrower.findings} <= {f.message.text for f in wider.findings}
        assert len(narrower.findings) <= len(wider.findings)
        assert narrower.texts.items() <= wider.texts.items()
        wider = narrower


@few
@drawn(levelled(), audiences)
def test_what_is_classified_is_named_nowhere(read, audience):
    hidden = [e for e in read.catalogue.entities.values() if "secrecy" in e.fields and above(level(e), audience)]
    names = named(hidden)
    shown = narrowed(read, audience)
    assert all(entity.id not in shown.catalogue.known for entity in hidden)
    assert names is None or [text for text in strings(everything(shown)) if names.in_text(text)] == []


@few
@drawn(levelled(), audiences)
def test_what_is_seen_is_a_sound_catalogue_of_its_own(read, audience):
    assert not read.count("error")
    again = built(levels.said(narrowed(read, audience)))
    assert [f for f in again.findings if f.code < "MK4" or f.code == "MK602"] == []
    assert all(r.target in again.catalogue.known for e in again.catalogue.entities.values() for r in e.references)


@few
@drawn(levelled(), audiences)
def test_no_gap_is_told_that_is_not_there(read, audience):
    right = {row.question: row for row in coverage.rows(read.catalogue)}
    for row in coverage.rows(narrowed(read, audience).catalogue):
        if row.outcome != "not-judged":
            same = right[row.question]
            assert (row.outcome, row.gap, row.by, row.truth) == (same.outcome, same.gap, same.by, same.truth)


@few
@drawn(levelled(), audiences)
def test_nothing_else_is_told_that_is_not_so(read, audience):
    shown = narrowed(read, audience).catalogue
    for ask in (interfaces, single_points, recommendations, orphans, undated):
        assert set(map(repr, ask(shown))) <= set(map(repr, ask(read.catalogue))), ask
    right = {one.capability: (one.modules, one.periods) for one in supports(read.catalogue)}
    assert all((one.modules, one.periods) == right[one.capability] for one in supports(shown))


@few
@drawn(levelled(), audiences)
def test_a_finding_is_told_only_if_the_part_shows_it(read, audience):
    shown = narrowed(read, audience)
    seen = [(f.code, f.entity, f.message) for f in rules.judged(shown.catalogue, given.TODAY).findings]
    assert all((f.code, f.entity, f.message) in seen for f in shown.findings)
    assert {(f.code, f.entity) for f in shown.findings} <= {(f.code, f.entity) for f in read.findings}


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_where_nothing_is_hidden_but_comments_nothing_is_asked_twice(audience, monkeypatch):
    files = {f"modules/m{n}": f"name: M{n} # en kommentar\nsecrecy: {{level: public}}\n" for n in range(3)}
    read = given.read({**files, "systems/s": "name: S\nlifecycle: {retired: 2027}\nsecrecy: {level: public}\n"})
    with monkeypatch.context() as patch:
        patch.setattr(untold, "_others", None)
        part = narrowed(read, audience)
    monkeypatch.setattr(untold, "_say_the_same", lambda whole, part: False)
    assert narrowed(read, audience).catalogue.untold == part.catalogue.untold == frozenset()
    assert [one.fields for one in part.catalogue.entities.values()] == [
        one.fields for one in read.catalogue.entities.values()
    ]


def test_what_is_hidden_in_one_language_is_hidden_in_all():
    text = (
        "name: A\nstate: needed\nsummary: Hemligt\nquestion: Hemligt\noptions: [Hemligt, Annat]\n"
        "translations: {en: {name: A, summary: Kept secret, question: Kept secret, options: [Kept secret, Other]}}\n"
        "secrecy: {level: public, reason: x, fields: {summary: internal, question: secret, options.0: secret}}\n"
    )
    seen = narrowed(given.read({"decisions/a": text}), "public").catalogue.entities["a"]
    assert seen.fields["translations"] == {"en": {"name": "A"}} and seen.fields["options"] == ["Annat"]
    assert level_at(seen, ("translations", "en", "question")) == "public"
    whole = given.read({"decisions/a": text}).catalogue.entities["a"]
    assert level_at(whole, ("translations", "en", "question")) == "secret"
    assert level_at(whole, ("translations", "en", "name")) == "public"


@pytest.mark.parametrize("files", [
    {"systems/s": "name: S\nsecrecy: {level: secret}\n", "replacements/e": "name: Lärkan\nreplaces: s\n"},
    {"systems/s": "name: S\nsecrecy: {level: secret}\n", "systems/e": "name: Lärkan\nunknown: x\n"},
    {"systems/e": "name: E\nshort_name: Lärkan\n"},
], ids=["falls with it", "set aside", "part of it is for fewer"])  # fmt: skip
def test_what_is_gone_for_another_reason_first_is_still_named_nowhere(files):
    """What cannot be without something more secret goes a level before its own; its name is as hidden then."""
    *others, last = files.items()
    fewer = ", fields: {short_name: secret}" if "short_name" in last[1] else ""
    open_ = "name: Öppen\nsummary: Lärkan kommer\nsecrecy: {level: public}\n"
    hidden = {**dict(others), last[0]: f"{last[1]}secrecy: {{level: internal{fewer}}}\n"}
    seen = narrowed(given.read({**hidden, "systems/o": open_}), "public").catalogue.entities
    assert seen.keys() == {"o"} and "summary" not in seen["o"].fields

"""The catalogue as one JSON file, and in again: what its schema says, and what is said of what is something else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import given
import jsonschema_rs
import pytest
from hypothesis import given as of
from hypothesis import settings
from levels import Trees, built
from random_catalogues import equal, faultless, trees

from modulkarta import snapshot
from modulkarta.exchange.graphs import described, importing, loading, whole
from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.merging import merged
from modulkarta.exchange.outward import Asked
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.wording import said

ASKED = Asked(language="sv", on=given.TODAY)
WISH = Wish(language="sv")
EMPTY = Files(root="catalogue", contents={"catalogue.yaml": b"title: Tom\n"})


@lru_cache(maxsize=1)
def validator() -> Any:
    return jsonschema_rs.validator_for(described.schema(given.metamodel()), validate_formats=True)


def written(read: Snapshot, *kinds: str) -> bytes:
    asked = Asked(language="sv", on=given.TODAY, kinds=frozenset(kinds))
    return whole.exported(read, asked).files[whole.FILE]


def content(read: Snapshot, *kinds: str) -> Any:
    return json.loads(written(read, *kinds))


def proposal(data: bytes, read: Snapshot) -> Proposal:
    found = importing.proposed((Source(name="fil.json", data=data),), read, WISH)
    assert isinstance(found, Proposal), found
    return found


def refusal(data: bytes | str, *more: bytes) -> Finding:
    first = data.encode() if isinstance(data, str) else data
    sources = tuple(Source(name=f"fil{n}.json", data=one) for n, one in enumerate((first, *more)))
    found = importing.proposed(sources, given.read({}), WISH)
    assert isinstance(found, tuple) and len(found) == 1, found
    return found[0]


def minimal(**more: Any) -> str:
    return json.dumps({"schema": "modulkarta/export/1", "things": [], **more}, ensure_ascii=False)


def test_the_real_catalogues_are_what_the_schema_says(good: Snapshot) -> None:
    real = snapshot.build(given.real(), given.metamodel(), given.TODAY)
    for read in (good, real):
        assert not [*validator().iter_errors(content(read))]
        assert len(content(read)["things"]) == len(read.catalogue.entities)


@settings(max_examples=20)
@of(trees())
def test_every_export_is_what_the_schema_says_and_the_same_again(several: Trees) -> None:
    read = built(several)
    errors = [*validator().iter_errors(content(read))]
    assert not errors, errors
    assert written(read) == written(built(dict(reversed(list(several.items())))))


def test_the_schema_refuses_what_is_no_export(good: Snapshot) -> None:
    sound = json.dumps(content(good, "system", "replacement"))

    def refused(change: Any) -> bool:
        whole_ = json.loads(sound)
        change(whole_, whole_["things"][0])
        return not validator().is_valid(whole_)

    assert not refused(lambda all_, one: None)
    assert refused(lambda all_, one: one["fields"].update(namn="x"))
    assert refused(lambda all_, one: one["fields"].pop("name"))
    assert refused(lambda all_, one: one["fields"].update(name=12))
    assert refused(lambda all_, one: one.update(kind="sytem"))
    assert refused(lambda all_, one: one.update(kind="term"))
    assert refused(lambda all_, one: one.update(truth="sant"))
    assert refused(lambda all_, one: one.update(more=1))
    assert refused(lambda all_, one: all_.update(schema="modulkarta/export/2"))
    assert refused(lambda all_, one: all_.pop("things"))
    assert refused(lambda all_, one: all_["relations"][0].pop("target"))


def test_only_the_kinds_asked_for_are_there_and_what_is_not_is_counted(good: Snapshot) -> None:
    some = content(good, "system")
    systems = [id_ for id_, one in good.catalogue.entities.items() if one.kind.name == "system"]
    assert [one["id"] for one in some["things"]] == sorted(systems)
    assert [kind["kind"] for kind in some["kinds"]] == ["system"]
    assert {one["source"] for one in some["relations"]} <= set(systems) and some["relations"]
    asked = Asked(language="sv", on=given.TODAY, kinds=frozenset({"system"}))
    notes = " ".join(said(note, "sv") for note in whole.exported(good, asked).notes)
    away = sum(relation["target"] not in systems for relation in some["relations"])
    assert f"{away} hänvisningar leder till något som inte är med" in notes
    assert "8 inställningar" in notes and "1 månads handskrivna text" in notes


@settings(max_examples=25)
@of(faultless())
def test_out_and_in_again_gives_an_equal_catalogue(several: Trees) -> None:
    read = built(several)
    empty = snapshot.build(EMPTY, given.metamodel(), given.TODAY)
    found = merged(EMPTY, empty, proposal(written(read), empty), given.TODAY)
    assert equal(read.catalogue, found.after.catalogue) == []
    assert not found.findings
    things = [item for item in found.items if item.origin.sort in given.metamodel().kinds]
    assert len(things) == len(read.catalogue.entities) and {item.outcome for item in things} == {"new"}


def test_in_again_where_it_came_from_changes_nothing(good: Snapshot) -> None:
    files = Files(root="catalogue", contents={path: text.encode() for path, text in _texts(good).items()})
    found = merged(files, good, proposal(written(good), good), given.TODAY)
    assert found.changes == () and {item.outcome for item in found.items} == {"same"}
    assert len(found.items) == len(good.catalogue.entities) + 3


def _texts(read: Snapshot) -> Mapping[str, str]:
    """What the files of a snapshot say, by their paths in the catalogue."""
    return {path.split("catalogue/", 1)[1]: text for path, text in read.texts.items()}


def test_every_item_is_told_of_once() -> None:
    several: list[Any] = [
        {"id": "a", "kind": "system", "fields": {"name": "A", "namn": "A", "summary": None, "tags": ["x", None]}},
        {"id": "b", "kind": "sytem", "fields": {"name": "B"}},
        {"id": "c", "kind": "system"},
        {"kind": "system", "fields": {"name": "D"}},
        7,
    ]
    data = minimal(things=several, title="En annan", about="")
    found = proposal(data.encode(), given.read({}))
    (one,) = found.proposed
    assert one.fields == {"name": "A", "summary": None, "tags": ["x"]}
    assert [said(reason, "sv") for reason in one.reasons] == ["fältet ”namn” finns inte"]
    why = [said(item.reasons[0], "sv") for item in found.items]
    assert why == [
        "catalogue.yaml ändras inte av en import", "sorten ”sytem” finns inte", "posten har inga fält",
        "posten har inget id", "posten har inget id",
    ]  # fmt: skip
    assert len(found.items) + len(found.proposed) == len(several) + 1


def test_a_thing_is_said_to_stand_on_its_line(good: Snapshot) -> None:
    data = written(good)
    rows = data.decode().splitlines()
    for one in proposal(data, good).proposed:
        assert f'"id": "{one.id}"' in rows[one.origins[0].at.line - 1]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ("", "MK901", "filen är tom"),
        ("\0\0\0", "MK901", "filen är tom"),
        ('{"schema": "modulkarta/export/1", "things": [', "MK901", "filen slutar mitt i"),
        ("schema: x", "MK901", "det är inte JSON"),
        ("[]", "MK901", "överst ska ett objekt stå"),
        ("{}", "MK902", "modulkarta/export/1"),
        ('{"resourceType": "CapabilityStatement"}', "MK902", "FHIR CapabilityStatement"),
        ('{"schema": "modulkarta/gaps/1"}', "MK902", "modulkarta/gaps/1"),
        ('{"schema": "modulkarta/export/2"}', "MK903", "version 2; det som läses är 1"),
        ('{"schema": "modulkarta/export/1"}', "MK901", "listan ”things” saknas"),
        (minimal(version=float("nan")), "MK901", "NaN är inget tal"),
        ('{"schema": 1, "schema": 2}', "MK901", "nyckeln ”schema” står två gånger"),
        (minimal(things=[{"id": "a"}, {"id": "a"}]), "MK904", "id ”a” står två gånger"),
        ("[" * 5000 + "]" * 5000, "MK906", "för djupt"),
        ("[" + "[]," * 1_100_000 + "[]]", "MK906", "fler än 2000000 värden"),
        (minimal().encode("utf-16"), "MK907", "UTF-8"),
        (minimal(title="Vård").encode("latin-1"), "MK907", "UTF-8"),
        (minimal(title="VÃ¥rd"), "MK907", "UTF-8"),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else "",
)
def test_what_is_something_else_is_said_to_be(data: bytes | str, code: str, words: str) -> None:
    found = refusal(data)
    assert found.code == code and words in said(found.message, "sv"), found


def test_the_place_of_what_is_wrong_is_told() -> None:
    assert refusal('{\n"schema": x').location.line == 2
    assert refusal(minimal(title="x").replace(", ", ",\n").encode() + b"\n\xe5").location.line == 4
    twice = refusal(minimal(things=[{"id": "a"}]), minimal(things=[{"id": "a"}]).encode())
    assert twice.code == "MK904" and twice.location.file == "fil1.json"
    assert twice.related[0].location.file == "fil0.json"


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGEST", 1000)
    assert refusal(minimal(title="x" * 1000)).code == "MK905"


def test_a_mark_of_byte_order_and_numbers_as_they_are_written_are_read() -> None:
    data = '\ufeff{"schema": "modulkarta/export/1", "things": [{"id": "a", "kind": "goal", "fields": %s}]}'
    found = proposal((data % '{"name": "A", "order": 007}'.replace("007", "7")).encode(), given.read({}))
    assert found.proposed[0].fields == {"name": "A", "order": "7"}
    huge = proposal((data % ('{"name": "A", "order": ' + "9" * 10_000 + "}")).encode(), given.read({}))
    assert huge.proposed[0].fields["order"] == "9" * 10_000

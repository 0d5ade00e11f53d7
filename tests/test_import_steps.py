"""No import takes more steps for each thing of a file because there are many: counted, and not timed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import given
import pytest
from steps import steps

from modulkarta.cli.exchanging import INWARD
from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.tables.guesses import MOST
from modulkarta.wording import said

_FEW, _MANY = 150, 600


def _table(n: int) -> bytes:
    return "".join(["id;name;owner\n", *(f"s-{i};Namn {i};okand-{i}\n" for i in range(n))]).encode()


def _inner(n: int) -> bytes:
    return "".join(["id;rad;name\n", *(f"okand-{i};1;Namn {i}\n" for i in range(n))]).encode()


def _json(n: int) -> bytes:
    things = [{"id": f"s-{i}", "kind": "system", "fields": {"name": "Samma", "owner": f"x-{i}"}} for i in range(n)]
    return json.dumps({"schema": "modulkarta/export/1", "things": things}).encode()


def _statement(n: int) -> bytes:
    used = [{"type": "Patient", "profile": f"http://example.org/{i}/StructureDefinition/p"} for i in range(n)]
    return json.dumps({
        "resourceType": "CapabilityStatement", "url": "http://example.org/s", "name": "S", "fhirVersion": "4.0.1",
        "rest": [{"mode": "server", "resource": used}],
        "implementationGuide": [f"http://example.org/{i}/ImplementationGuide/g|1.0" for i in range(n)],
    }).encode()  # fmt: skip


def _statements(n: int) -> bytes:
    several = [
        {"resource": {"resourceType": "CapabilityStatement", "url": f"http://example.org/{i}", "name": "Samma",
                      "fhirVersion": "4.0.1", "implementationGuide": [f"http://example.org/g/{i}"]}}
        for i in range(n)
    ]  # fmt: skip
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": several}).encode()


def _terms(n: int) -> bytes:
    begun = "@prefix s: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <http://example.org/> .\n"
    each = (f'e:{i} a s:Concept ; s:prefLabel "Samma"@sv ; s:broader e:{i + 1}, e:saknas-{i} .\n' for i in range(n))
    return "".join([begun, *each]).encode()


def _model(n: int) -> bytes:
    space = "http://www.opengroup.org/xsd/archimate/3.0/"
    types = "http://www.w3.org/2001/XMLSchema-instance"
    things = "".join(
        f'<element identifier="e{i}" xsi:type="ApplicationComponent"><name>Samma</name></element>' for i in range(n)
    )
    lines = "".join(
        f'<relationship identifier="r{i}" source="e{i}" target="{"e0" if i % 2 else f"x{i}"}" xsi:type="Serving"/>'
        for i in range(n)
    )
    return (
        f'<model xmlns="{space}" xmlns:xsi="{types}" identifier="m"><name>M</name>'
        f"<elements>{things}</elements><relationships>{lines}</relationships></model>"
    ).encode()


FILES: Mapping[str, tuple[str, str, Callable[[int], bytes]]] = {
    "unknown in a cell": ("csv", "System.csv", _table),
    "rows of what is unknown": ("csv", "process.steps.csv", _inner),
    "json": ("json", "a.json", _json),
    "guides and profiles of one": ("fhir", "a.json", _statement),
    "many that are called the same": ("fhir", "a.json", _statements),
    "terms": ("skos", "a.ttl", _terms),
    "model": ("archimate", "a.xml", _model),
}


def _steps(of: str, name: str, data: bytes) -> int:
    """How many calls, of Python and of C, an import makes before anything is laid over the catalogue."""
    found: list[object] = []
    source = Source(name=name, data=data)
    calls = steps(lambda: found.append(INWARD[of].proposed((source,), given.good(), Wish(language="sv"))))
    assert isinstance(found[0], Proposal), found
    return calls


@pytest.mark.parametrize("case", FILES)
def test_four_times_as_much_takes_no_more_than_four_times_the_steps(case: str) -> None:
    of, name, written = FILES[case]
    _steps(of, name, written(2))
    assert _steps(of, name, written(_MANY)) < 5 * _steps(of, name, written(_FEW))


def test_what_was_meant_is_guessed_for_the_first_of_many_only() -> None:
    """Each guess goes through all there is to refer to, in one step of C that is not counted above."""
    owner = next(one.id for one in given.good().catalogue.of_kind["organisation"])
    rows = (f"s-{i};Namn {i};{owner}{i % 7}\n" for i in range(MOST + 50))
    data = "".join(["id;name;owner\n", *rows]).encode()
    wish = Wish(language="sv")
    found = INWARD["csv"].proposed((Source(name="System.csv", data=data),), given.good(), wish)
    assert isinstance(found, Proposal)
    told = [said(reason, "sv") for one in found.proposed for reason in one.reasons]
    assert len(told) == MOST + 50 and sum("Menade du" in one for one in told) == MOST

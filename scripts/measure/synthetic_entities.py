"""What the entities of a made-up catalogue say.

Every reference leads somewhere and nothing needs itself in a ring: a thing only needs what stands before it in its
own list, or what is of a kind further down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Fields = dict[str, Any]

_FIRST = (
    "Ambulans", "Läkemedels", "Vård", "Patient", "Remiss", "Röntgen", "Åtgärds", "Överlämnings", "Jour", "Mödravårds",
    "Blodprovs", "Öppenvårds", "Rehabiliterings", "Smärt", "Kallelse", "Ärende", "Hjälpmedels", "Triage",
)  # fmt: skip
_LAST = (
    "översikt", "bedömning", "åtgärd", "planering", "bokning", "överlämning", "uppföljning", "ordination", "händelse",
    "begäran", "kö", "anteckning", "återkoppling", "sammanfattning", "registrering", "lista", "prövning",
)  # fmt: skip
_SENTENCES = (
    "Används dygnet runt på akutmottagningar och i ambulanser.",
    "Uppgifterna följer patienten mellan öppenvård, slutenvård och kommun.",
    "I dag görs en del av arbetet på papper, och uppgifterna skrivs in i efterhand.",
    "Läkare och sjuksköterskor behöver se samma sak vid överlämning.",
    "Det ska gå att arbeta även när nätet är nere.",
    "Vårdenheten bestämmer själv i vilken ordning stegen görs.",
    "Åtkomst ges efter behov och loggas enligt patientdatalagen.",
    "Övergången sker område för område, med en kort tid då båda finns.",
    "Kostnaden är uppskattad och ska följas upp varje halvår.",
)
_QUARTERS = ("2026-Q4", "2027-Q1", "2027-Q2", "2027-06-30", "2027-H2", "2028", "2028-Q1", "2028-03", "2028-Q3")
_AFTERWARDS = ("2028-Q4", "2028-12-31", "2029", "2029-Q2", "2029-H2", "2030", "2030-06", "2030-12-31")
_ENDS = ("2027-12-31", "2028-06-30", "2028-12-31", "2029-03-31", "2029-12-31", "2030", "2030-06-30", "2031-Q2")
_CERTAINTY = ("decided", "forecast", "idea")


class Making:
    """The names of all entities, and what each of them says.

    Only `Random.random` is asked: it gives the same numbers in every version of Python.
    """

    def __init__(self, shares: Mapping[str, int], seed: int) -> None:
        self.chance = Random(seed).random
        self.names: dict[str, list[str]] = {}
        self.ids: dict[str, list[str]] = {}
        number = 0
        for kind, count in shares.items():
            names = [f"{self.one(_FIRST)}{self.one(_LAST)} {number + n}" for n in range(count)]
            self.names[kind], number = names, number + count
            self.ids[kind] = [_slug(name) for name in self.names[kind]]

    def entity(self, kind: str, index: int) -> Fields:
        """Every field of an entity, those it leaves out left out."""
        owner = self.any("organisation") if self.chance() < 0.3 and kind != "organisation" else None
        source = {"source": self.any("source"), "where": f"avsnitt {index % 9 + 1}"}
        sourced = self.chance() < 0.4 and kind != "source"
        fields: Fields = {
            "name": self.names[kind][index],
            "summary": self.one(_SENTENCES),
            "description": " ".join(self.one(_SENTENCES) for _ in range(4)),
            "owner": owner,
            **_OWN[kind](self, index),
            "truth": "assumption" if sourced else "illustrative",
            "sources": [source] if sourced else None,
            "reviewed": f"2026-{index % 12 + 1:02d}-{index % 28 + 1:02d}",
            "tags": ["exempel", f"omgang-{index % 5}"],
            "secrecy": {"level": "public"},
        }
        return {key: value for key, value in fields.items() if value not in (None, [], {})}

    def one(self, several: tuple[str, ...]) -> str:
        return several[int(self.chance() * len(several))]

    def any(self, kind: str) -> str:
        return self.some(kind, 1)[0]

    def in_turn(self, kind: str, index: int, several: tuple[str, ...]) -> str:
        """One of several, so that the first of a kind get the first: what comes later may need what comes before."""
        return several[index * len(several) // len(self.ids[kind])]

    def some(self, kind: str, count: int, below: int | None = None) -> list[str]:
        """So many ids of a kind (fewer if there are not so many), the first of the list more often than the last."""
        ids = self.ids[kind][:below]
        return list(dict.fromkeys(ids[int(self.chance() ** 1.5 * len(ids))] for _ in range(count))) if ids else []

    def own(self, kind: str, index: int, of: str) -> list[str]:
        """The ones of a kind that go with a place in the list of another: each goes with one."""
        return self.ids[kind][index :: len(self.ids[of])]

    def provided(self, rank: int) -> list[str]:
        """The interfaces that the provider with a rank provides: each interface has one provider."""
        return self.ids["interface"][self._interfaces(rank) : self._interfaces(rank + 1)]

    def required(self, rank: int, count: int) -> list[str]:
        """Interfaces whose provider comes before a rank."""
        return self.some("interface", count, self._interfaces(rank))

    def _interfaces(self, rank: int) -> int:
        providers = len(self.ids["system"]) + len(self.ids["module"])
        return rank * len(self.ids["interface"]) // providers


def _system(m: Making, index: int) -> Fields:
    return {
        "functions": _functions_of_system(m, index), "areas": _areas_of_system(m, index),
        "contracts": m.own("contract", index, "system"), "supplier": m.any("organisation"),
        "provides": m.provided(index), "requires": m.required(index, 1), "writes": m.some("information-object", 1),
        "platforms": m.some("platform", 1), "used_by": m.some("user-group", 1),
        "technical_state": m.one(_SENTENCES),
        "lifecycle": {"live": f"{2004 + index % 15}", "retired": "2032", "certainty": m.one(_CERTAINTY)},
    }  # fmt: skip


def _functions_of_system(m: Making, index: int) -> list[str]:
    functions = m.ids["function"]
    return list(dict.fromkeys(functions[(index * 4 + n) % len(functions)] for n in range(5)))


def _areas_of_system(m: Making, index: int) -> list[str]:
    areas = m.ids["area"]
    return list(dict.fromkeys((areas[index % len(areas)], areas[(index + 1) % len(areas)])))


def _module(m: Making, index: int) -> Fields:
    rank = len(m.ids["system"]) + index
    return {
        "role": m.one(("platform", "core", "specialist", "support")), "capabilities": m.some("capability", 1),
        "functions": m.some("function", 3), "provides": m.provided(rank), "requires": m.required(rank, 1),
        "reads": m.some("information-object", 1), "masters": m.own("information-object", index, "module"),
        "platforms": m.some("platform", 1), "depends_on": m.some("module", 1, index),
        "standards": [{"standard": m.any("standard"), "version": "2.0.0", "state": "planned"}],
        "used_by": m.some("user-group", 1), "procurement": {"state": "preparing"},
        "lifecycle": {
            "introducing": "2026-Q3", "live": m.in_turn("module", index, _QUARTERS), "certainty": m.one(_CERTAINTY),
        },
    }  # fmt: skip


def _replacement(m: Making, index: int) -> Fields:
    return {
        "replaces": m.ids["system"][index],
        "functions": [_replaced(m, function) for function in _functions_of_system(m, index)],
        "waves": [
            {"area": area, "cutover": m.one(_QUARTERS), "parallel_until": "2029-12-31"}
            for area in _areas_of_system(m, index)
        ],
        "information": [{"information": m.any("information-object"), "action": "migrate", "to": m.any("module")}],
        "closing": [{"step": "Stoppa nya ärenden"}, {"step": "Avsluta avtalet"}],
    }


def _replaced(m: Making, function: str) -> Fields:
    if m.chance() < 0.05:
        return {"function": function, "disposition": "unresolved", "interim": "Pappersrutin vid behov"}
    by = [{"module": m.any("module"), "live": "2028-12-01"}]
    return {"function": function, "disposition": "replaced", "by": by, "coverage": "full"}


def _process(m: Making, index: int) -> Fields:
    steps = [
        {"name": f"Steg {n}", "who": m.some("user-group", 1), "functions": m.some("function", 1)} for n in (1, 2, 3)
    ]
    return {"capabilities": m.some("capability", 1), "steps": steps, "areas": m.some("area", 1)}


def _term(m: Making, index: int) -> Fields:
    name = m.names["term"][index].lower()
    return {
        "preferred": {"sv": name, "en": f"term {index}"}, "discouraged": {"sv": [f"{name} enligt äldre bruk"]},
        "definition": m.one(_SENTENCES), "status": "proposed",
        "mappings": [{"scheme": "snomed-ct", "code": str(100_000_000 + index), "match": "close"}],
        "broader": m.some("term", 1, index), "related": m.some("term", 1, index),
    }  # fmt: skip


def _information(m: Making, index: int) -> Fields:
    parent = m.ids["information-object"][index // 2] if index else None
    return {"terms": m.some("term", 1), "standards": m.some("standard", 1), "parent": parent}


def _milestone(m: Making, index: int) -> Fields:
    return {
        "date": m.in_turn("milestone", index, _AFTERWARDS), "certainty": m.one(_CERTAINTY),
        "depends_on": m.some("milestone", 1, index) + m.some("module", 1),
        "delivers": m.some("function", 1), "goal": m.any("goal"),
    }  # fmt: skip


def _contract(m: Making, index: int) -> Fields:
    ends = "unknown" if m.chance() < 0.02 else m.one(_ENDS)
    return {
        "supplier": m.any("organisation"), "ends": ends,
        "options": [{"until": "2032-12-31", "notice_by": "2027-06-30", "used": "no"}], "notice": "6m", "lead": "12m",
    }  # fmt: skip


_OWN: Mapping[str, Callable[[Making, int], Fields]] = {
    "system": _system,
    "module": _module,
    "replacement": _replacement,
    "process": _process,
    "term": _term,
    "milestone": _milestone,
    "contract": _contract,
    "information-object": _information,
    "capability": lambda m, i: {"band": ("management", "core", "support")[i % 3], "order": str(i % 1000)},
    "function": lambda m, i: {
        "capabilities": m.some("capability", 1), "processes": m.some("process", 1),
        "information": m.some("information-object", 1), "criticality": ["normal"],
    },
    "interface": lambda m, i: {
        "standards": m.some("standard", 1), "information": m.some("information-object", 1), "version": f"1.{i % 9}.0",
        "temporary": "false",
    },
    "user-group": lambda m, i: {"needs": [m.one(_SENTENCES)], "areas": m.some("area", 1)},
    "platform": lambda m, i: {"platform_type": "hosting", "depends_on": m.some("platform", 1, i)},
    "vision": lambda m, i: {"horizon": "2032", "statements": [m.one(_SENTENCES)]},
    "goal": lambda m, i: {"vision": m.any("vision"), "date": m.one(_QUARTERS), "modules": m.some("module", 2)},
    "principle": lambda m, i: {"statement": m.one(_SENTENCES), "followed_by": m.some("module", 3)},
    "decision": lambda m, i: {
        "state": "needed", "latest": "2026-Q4", "waiting": m.some("milestone", 1),
        "concerns": m.own("contract", i, "decision"),
    },
    "assignment": lambda m, i: {
        "status": "running", "as_of": "2026-10", "given_by": m.any("organisation"),
        "delivers": m.some("module", 1),
    },
    "risk": lambda m, i: {"cause": m.one(_SENTENCES), "likelihood": "medium", "affects": m.some("module", 2)},
    "recommendation": lambda m, i: {"taken_care_by": m.any("assignment"), "status": "open"},
    "lesson": lambda m, i: {"perspective": "staff", "informs": m.some("module", 1)},
    "standard": lambda m, i: {"version": "4.0.1", "status": "current", "steward": m.any("organisation")},
    "regulation": lambda m, i: {"concerns": m.some("module", 2)},
    "organisation": lambda m, i: {"url": f"https://exempel.se/{i}"},
    "area": lambda m, i: {"organisation": m.any("organisation"), "units": [f"Vårdcentralen Ängen {i}"]},
    "source": lambda m, i: {"publisher": "Region Exempel", "date": f"2025-{i % 12 + 1:02d}", "read_as": "full"},
}  # fmt: skip


def _slug(name: str) -> str:
    """An id: `Öppenvårdskö 7` is `oppenvardsko-7`."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return letters.replace(" ", "-")

"""6xx: what catalogue.yaml lets pass, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from modulkarta import dates
from modulkarta.dates import When, phrase
from modulkarta.findings import Edit, Finding, Location, Message, Path, message
from modulkarta.model import Catalogue, Settings
from modulkarta.nearest import nearest


def waived(found: Iterable[Finding], settings: Settings, today: date) -> tuple[list[Finding], tuple[Finding, ...]]:
    """Findings without those that have a waiver today, and those that have one."""
    if not settings.waivers:
        return list(found), ()
    passed = {(w["rule"], w["entity"]) for w in settings.waivers if _holds(_until(w), today)}
    kept: list[Finding] = []
    let_pass: list[Finding] = []
    for finding in found:
        (let_pass if (finding.code, finding.entity) in passed else kept).append(finding)
    return kept, tuple(let_pass)


def passing(settings: Settings, rule: str, today: date) -> frozenset[str]:
    """The ids that may break a rule today."""
    return frozenset(w["entity"] for w in settings.waivers if w["rule"] == rule and _holds(_until(w), today))


def waiver_over(catalogue: Catalogue, today: date) -> Iterator[Finding]:
    """Ett undantag har gått ut.

    Ett undantag gäller till och med en viss dag. När dagen har passerat visas det som undantaget gällde igen. Rätta
    det, eller bestäm en ny dag. Ett undantag utan slut gäller inte.

    Fel:
        waivers:
          - {rule: MK524, entity: tillfallig-brygga, reason: Byggs om under våren, until: 2020-06-30}
    Rätt:
        waivers:
          - {rule: MK524, entity: tillfallig-brygga, reason: Byggs om under våren, until: 2099-06-30}
    """
    for index, waiver in enumerate(catalogue.settings.waivers):
        until = _until(waiver)
        if not _holds(until, today):
            what = message("undantaget från {rule} för ”{entity}” gick ut {day}", **_named(waiver), day=phrase(until))
            if _endless(until):
                what = message("undantaget från {rule} för ”{entity}” har inget slut", **_named(waiver))
            yield _about(catalogue, "MK606", ("waivers", index, "until"), what)


def without_effect(
    catalogue: Catalogue, today: date, codes: Iterable[str], waived: Iterable[Finding]
) -> Iterator[Finding]:
    """En inställning gör ingenting.

    Ett undantag eller ett allvar i catalogue.yaml gäller en regel som inte finns, en post som inte finns, eller något
    som inte längre bryter mot regeln. Ta bort raden, så att den inte döljer något i framtiden.

    Fel:
        waivers:
          - {rule: MK524, entity: tilfallig-brygga, reason: Byggs om under våren, until: 2099-06-30}
    Rätt:
        waivers:
          - {rule: MK524, entity: tillfallig-brygga, reason: Byggs om under våren, until: 2099-06-30}
    """
    rules = set(codes)
    hit = {(finding.code, finding.entity) for finding in waived}
    for code in catalogue.settings.severities:
        if code not in rules:
            what = message("regeln {rule} finns inte", rule=code)
            yield _about(catalogue, "MK607", ("severities", code), what, nearest(code, rules), key=True)
    for index, waiver in enumerate(catalogue.settings.waivers):
        rule, entity = waiver["rule"], waiver["entity"]
        if rule not in rules:
            what = message("regeln {rule} finns inte", rule=rule)
            yield _about(catalogue, "MK607", ("waivers", index, "rule"), what, nearest(rule, rules))
        elif entity not in catalogue.known:
            what = message("det finns ingenting som heter ”{entity}”", entity=entity)
            yield _about(catalogue, "MK607", ("waivers", index, "entity"), what, nearest(entity, catalogue.known))
        elif _holds(_until(waiver), today) and (rule, entity) not in hit:
            what = message("”{entity}” bryter inte mot {rule}; undantaget behövs inte", **_named(waiver))
            yield _about(catalogue, "MK607", ("waivers", index, "rule"), what)


def _until(waiver: Mapping[str, str]) -> When:
    until = dates.parse(waiver["until"])
    assert until is not None, "the schema has seen to it"
    return until


def _holds(until: When, today: date) -> bool:
    return not _endless(until) and today <= until.latest


def _endless(until: When) -> bool:
    return until.unknown or until.latest == dates.DISTANT_FUTURE


def _named(waiver: Mapping[str, str]) -> dict[str, Any]:
    return {"rule": waiver["rule"], "entity": waiver["entity"]}


def _about(
    catalogue: Catalogue, code: str, path: Path, what: Message, meant: str | None = None, *, key: bool = False
) -> Finding:
    document = catalogue.settings.document
    at = document.place(path, key=key) if document else Location(file="catalogue.yaml")
    return Finding(
        code=code, severity="warning", location=at, path=path, message=what,
        hint=message("menade du ”{word}”?", word=meant) if meant else None,
        fix=(Edit(location=at, text=meant),) if meant else (),
    )  # fmt: skip

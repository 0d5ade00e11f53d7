"""The answer of `impact` in words."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis.lifecycle import Phase
from modulkarta.analysis.structure import criticality
from modulkarta.analysis.structure.impact import LIKELIHOODS, Hit, Impact, Likelihood
from modulkarta.cli.words.naming import chained
from modulkarta.dates import Answer
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.wording import Language, in_order, said

_UNSAID = (Phase(name="live"), Phase(name="unknown"))
"""Phases that say nothing more than that the thing is in use, or may be."""

_LIKELIHOOD: dict[Likelihood, Message] = {
    "direct": message("Direkt"),
    "likely": message("Troligen, genom något annat"),
    "possible": message("Möjligen, längre bort"),
}
_STOPS: dict[Answer, Message] = {
    "yes": message("Stannar, eller står utan något som behövs"),
    "possibly": message("Stannar kanske, för datumen är inte exakta"),
    "no": message("Finns också någon annanstans; pröva om samma personal når det"),
}


def lines(catalogue: Catalogue, found: Impact, language: Language) -> Iterator[str]:
    """What is hit, or needed: in groups, each with its chain; last how many, and what was left out and why."""
    yield said(_heading(found, catalogue.name(found.entity)), language)
    if found.in_use == "possibly":
        yield said(message("Den är kanske inte i bruk den dagen; svaret gäller om den är det."), language)
    for heading, several in _groups(found):
        yield from ("", f"{said(heading, language)} ({len(several)})")
        yield from (f"  {_line(catalogue, hit, language)}" for hit in _by_name(catalogue, several))
    if found.hits:
        yield from ("", said(_counts(found), language))
    yield from (said(words, language) for words in _left_out(found))


def _heading(found: Impact, name: str) -> Message:
    day = found.on.isoformat() if found.on else ""
    if found.direction == "upstream":
        if not found.hits:
            return message("{name} behöver inget.", name=name)
        return message("{name} behöver {day}:", name=name, day=day) if day else message("{name} behöver:", name=name)
    if found.on is None:
        heading = message("Om {name} försvinner träffas:", name=name)
        return heading if found.hits else message("Ingenting i katalogen behöver {name}.", name=name)
    if found.in_use == "no":
        return message("{name} är inte i bruk {day}, så ingenting stannar om den är borta.", name=name, day=day)
    if found.hits:
        return message("Om {name} är borta {day}:", name=name, day=day)
    return message("Ingenting stannar om {name} är borta {day}.", name=name, day=day)


def _groups(found: Impact) -> Iterator[tuple[Message, list[Hit]]]:
    """By what stops where a day is asked about, else by how likely."""
    by_likelihood = ((_LIKELIHOOD[one], [h for h in found.hits if h.likelihood == one]) for one in LIKELIHOODS)
    by_stopping = ((words, [h for h in found.hits if h.stops == answer]) for answer, words in _STOPS.items())
    groups = by_stopping if found.on and found.direction == "downstream" else by_likelihood
    yield from ((words, several) for words, several in groups if several)


def _by_name(catalogue: Catalogue, hits: list[Hit]) -> list[Hit]:
    """What matters most first, then the nearest, then in the order of the alphabet."""
    named = in_order(hits, lambda hit: catalogue.name(hit.entity))
    return sorted(named, key=lambda hit: (criticality.rank(hit.criticality), hit.distance))


def _line(catalogue: Catalogue, hit: Hit, language: Language) -> str:
    chain = f"{chained(catalogue, hit.chain[:-1])} → {catalogue.name(hit.entity)}"
    names = ", ".join(map(catalogue.name, hit.saved_by))
    perhaps = hit.stops == "possibly"
    kept = message("kvar: {names}", names=message("kanske {names}", names=names) if perhaps else names)
    details = ", ".join(_details(catalogue, hit, language))
    return f"{chain} ({details}{f'; {said(kept, language)}' if hit.saved_by else ''})"


def _details(catalogue: Catalogue, hit: Hit, language: Language) -> Iterator[str]:
    yield catalogue.entities[hit.entity].kind.label.in_(language)
    if hit.phase and hit.phase not in _UNSAID:
        yield said(hit.phase.said(), language).lower()
    if hit.criticality and hit.criticality != "normal":
        yield criticality.words(catalogue, hit.criticality).in_(language)
    if hit.truth == "illustrative":
        yield said(message("exempel"), language)


def _counts(found: Impact) -> Message:
    if found.on and found.direction == "downstream":
        stopping = [hit.stops for hit in found.hits]
        return message(
            "{yes} stannar, {possibly} stannar kanske, {no} finns också någon annanstans. "
            "Områden räknas inte var för sig.",
            yes=stopping.count("yes"), possibly=stopping.count("possibly"), no=stopping.count("no"),
        )  # fmt: skip
    near = [hit.likelihood for hit in found.hits]
    return message(
        "{n} i allt: {direct} direkt, {likely} troligen, {possible} möjligen.", n=len(near),
        direct=near.count("direct"), likely=near.count("likely"), possible=near.count("possible"),
    )  # fmt: skip


def _left_out(found: Impact) -> Iterator[Message]:
    unused, plans, behind = (len(found.left_out[reason]) for reason in ("not_in_use", "plan", "behind"))
    if unused:
        yield counted("Inte med: {n} är inte i bruk den dagen.", "Inte med: {n} är inte i bruk den dagen.", unused)
    if plans:
        yield counted(
            "Inte med: {n} är en plan eller ett underlag och kan inte stanna.",
            "Inte med: {n} är planer eller underlag och kan inte stanna.", plans,
        )  # fmt: skip
    if behind:
        yield counted(
            "Inte med: {n} nås bara genom sådant som inte är i bruk eller inte stannar.",
            "Inte med: {n} nås bara genom sådant som inte är i bruk eller inte stannar.", behind,
        )  # fmt: skip

"""What the writer of the report must know before it is sent: what is missing, counted and named."""

from __future__ import annotations

from collections.abc import Iterator

from modulkarta.analysis.replacement import replacing
from modulkarta.analysis.risks import risks
from modulkarta.analysis.roadmap import deadlines
from modulkarta.dates import UNKNOWN
from modulkarta.findings import Message, counted, message
from modulkarta.report import omitted
from modulkarta.report.chapters import Ground

_MOST_NAMES = 8


def remarks(ground: Ground) -> Iterator[Message]:
    """Milestones, systems, decisions and risks that lack something; figures that were not drawn."""
    yield from _milestones(ground)
    yield from _systems(ground)
    yield from _decisions(ground)
    yield from _risks(ground)
    yield from _figures(ground)
    if untranslated := list(ground.untranslated):
        yield counted("{n} sak har texter som inte är översatta: {names}",
                      "{n} saker har texter som inte är översatta: {names}", len(untranslated),
                      names=_names(ground, untranslated))  # fmt: skip


def _milestones(ground: Ground) -> Iterator[Message]:
    stands = ground.outlook
    left = [one.entity for one in (*stands.passed, *stands.ahead, *stands.undated)]
    if without := [id_ for id_ in left if not ground.catalogue.entities[id_].fields.get("owner")]:
        yield counted("{n} milstolpe som inte är klar saknar ansvarig: {names}",
                      "{n} milstolpar som inte är klara saknar ansvarig: {names}", len(without),
                      names=_names(ground, without))  # fmt: skip
    if undated := [one.entity for one in stands.undated]:
        yield counted("{n} milstolpe saknar datum: {names}", "{n} milstolpar saknar datum: {names}", len(undated),
                      names=_names(ground, undated))  # fmt: skip
    if passed := [one.entity for one in stands.passed]:
        yield counted(
            "{n} milstolpe har ett datum som har eller kan ha passerat, utan uppgift om att den är klar: {names}",
            "{n} milstolpar har ett datum som har eller kan ha passerat, utan uppgift om att de är klara: {names}",
            len(passed), names=_names(ground, passed),
        )  # fmt: skip


def _systems(ground: Ground) -> Iterator[Message]:
    several, left_out = replacing.all_systems(ground.catalogue), omitted.plans(ground.catalogue)
    unknown = [one.summary.system for one in several if one.end_unknown]
    if unknown := [id_ for id_ in unknown if not ground.catalogue.veils("end", id_)]:
        yield counted("{n} system saknar slutdatum: {names}", "{n} system saknar slutdatum: {names}", len(unknown),
                      names=_names(ground, unknown))  # fmt: skip
    if planless := [
        one.summary.system for one in several if not one.summary.plan and one.summary.system not in left_out
    ]:
        yield counted("{n} system saknar plan för hur det ska ersättas: {names}",
                      "{n} system saknar plan för hur de ska ersättas: {names}", len(planless),
                      names=_names(ground, planless))  # fmt: skip


def _decisions(ground: Ground) -> Iterator[Message]:
    needed = deadlines.needed(ground.catalogue)
    if undated := [one.id for one in needed if (one.when("latest") or UNKNOWN).unknown]:
        yield counted("{n} beslut som behövs saknar senaste dag: {names}",
                      "{n} beslut som behövs saknar senaste dag: {names}", len(undated),
                      names=_names(ground, undated))  # fmt: skip
    if nobody := [one.id for one in needed if not one.fields.get("by")]:
        yield counted("{n} beslut som behövs saknar beslutsfattare: {names}",
                      "{n} beslut som behövs saknar beslutsfattare: {names}", len(nobody),
                      names=_names(ground, nobody))  # fmt: skip


def _risks(ground: Ground) -> Iterator[Message]:
    found = risks(ground.catalogue)
    if unassessed := [one.risk for one in found if one.gravity == "unassessed"]:
        yield counted("{n} risk är inte bedömd: {names}", "{n} risker är inte bedömda: {names}", len(unassessed),
                      names=_names(ground, unassessed))  # fmt: skip
    if nobody := [one.risk for one in found if not ground.catalogue.entities[one.risk].fields.get("owner")]:
        yield counted("{n} risk saknar ansvarig: {names}", "{n} risker saknar ansvarig: {names}", len(nobody),
                      names=_names(ground, nobody))  # fmt: skip


def _figures(ground: Ground) -> Iterator[Message]:
    for figure in ground.undrawn:
        if figure.why:
            yield message("{figure} ritas inte: {why}", figure=figure.title, why=figure.why)


def _names(ground: Ground, ids: list[str]) -> str:
    return ground.listed([ground.name(id_) for id_ in ids], _MOST_NAMES)

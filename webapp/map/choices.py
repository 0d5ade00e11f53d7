"""What somebody has asked the module map for: which colours, which boxes, which other day, map or list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import request, url_for

from modulkarta.analysis import landscape
from modulkarta.analysis.landscape import Group, colouring
from modulkarta.analysis.landscape.colouring import Question
from modulkarta.analysis.lifecycle import PHASE_WORDS
from modulkarta.figures import bounds
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Entity
from webapp import asked
from webapp.map.boxes import matching

SLUGS: Mapping[str, Question] = {
    "status": "status",
    "ersattning": "replacement",
    "ansvarig": "owner",
    "standarder": "standards",
    "datakvalitet": "knowledge",
}
"""The questions as addresses write them, the first when nothing is asked."""
STATUSES: Mapping[str, str] = {
    "planerad": "planned",
    "infors": "introducing",
    "i-drift": "live",
    "avvecklas": "retiring",
    "avvecklad": "retired",
    "uppgift-saknas": "unknown",
    "glapp": "gap",
}
STATUS_WORDS: Mapping[str, Message] = {
    slug: PHASE_WORDS.get(name, message("Har glapp"))  # type: ignore[call-overload]
    for slug, name in STATUSES.items()
}
SORTED_BY = ("plats", "namn", *SLUGS)
_LONGEST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What is asked; anything that means nothing counts as not asked."""

    question: Question
    slug: str
    boxes: int
    """How many the whole map has."""
    size: int
    """How many the part that is asked for has."""
    listed: bool
    too_many: bool
    """Whether it is listed because there are too many boxes for a map."""
    words: str
    status: str
    area: str
    sort: str
    other_day: date | None

    @property
    def alone(self) -> bool:
        """Whether the part asked for is all that is drawn."""
        return bool(self.area) and not self.listed and self.boxes > bounds.MOST_BOXES

    @property
    def narrowed(self) -> bool:
        """Whether only some of the boxes are asked for."""
        return bool(self.words or self.status or (self.area and not self.alone))


def choices(catalogue: Catalogue) -> Choices:
    """What this request asks for."""
    slug = _one_of("farg", tuple(SLUGS)) or "status"
    sizes = {group.id: len(group.entities) for band in landscape.bands(catalogue) for group in band.groups}
    boxes, area = sum(sizes.values()), _one_of("omrade", tuple(sizes))
    size = sizes.get(area, boxes)
    too_many = size > bounds.MOST_BOXES
    return Choices(
        question=SLUGS[slug],
        slug=slug,
        boxes=boxes,
        size=size,
        listed=too_many or request.args.get("vy") == "lista",
        too_many=too_many,
        words=" ".join(request.args.get("q", "")[:_LONGEST].split()),
        status=_one_of("status", tuple(STATUSES)),
        area=area,
        sort=_one_of("sortera", SORTED_BY) or SORTED_BY[0],
        other_day=asked.compared(),
    )


def hits(catalogue: Catalogue, chosen: Choices, on: date) -> frozenset[str]:
    """The boxes that are asked for; none where nothing narrows."""
    if not chosen.narrowed:
        return frozenset()
    groups = [group for band in landscape.bands(catalogue) for group in band.groups]
    found = frozenset(id_ for group in groups if chosen.area in ("", group.id) for id_ in group.entities)
    if chosen.words:
        found &= matching(catalogue, chosen.words)
    return frozenset(id_ for id_ in found if _stands(catalogue, id_, chosen.status, on))


def drawn(catalogue: Catalogue, chosen: Choices) -> list[landscape.Band]:
    """The map, or the part of it that is drawn alone."""
    if not chosen.alone:
        return list(landscape.bands(catalogue))
    parts = (replace(band, groups=_of_area(band, chosen.area)) for band in landscape.bands(catalogue))
    return [band for band in parts if band.groups]


def crowded(catalogue: Catalogue) -> frozenset[str]:
    """The parts of a map that has too many boxes to be drawn whole; none of a map that has not."""
    groups = [group for _, several in groups_with_boxes(catalogue) for group in several]
    too_many = sum(len(group.entities) for group in groups) > bounds.MOST_BOXES
    return frozenset(group.id for group in groups) if too_many else frozenset()


def on_the_map(catalogue: Catalogue, module: Entity) -> str:
    """The address of a module's box: on the map of its part where the whole is too crowded; "" where it has none."""
    part = landscape.home(catalogue, module)
    if not part:
        return ""
    crowd = crowded(catalogue)
    groups = [group for band in landscape.bands(catalogue) for group in band.groups if group.id == part]
    listed = bool(crowd) and sum(len(group.entities) for group in groups) > bounds.MOST_BOXES
    return url_for("map.karta", omrade=part if crowd else None, _anchor=None if listed else f"ruta-{module.id}")


def groups_with_boxes(catalogue: Catalogue) -> list[tuple[landscape.Band, list[Group]]]:
    """The frames that hold something, band by band."""
    found = ((band, [group for group in band.groups if group.entities]) for band in landscape.bands(catalogue))
    return [(band, groups) for band, groups in found if groups]


def _of_area(band: landscape.Band, area: str) -> tuple[Group, ...]:
    return tuple(group for group in band.groups if group.id == area)


def _stands(catalogue: Catalogue, id_: str, status: str, on: date) -> bool:
    if not status:
        return True
    entity = catalogue.entities[id_]
    if status == "glapp":
        return landscape.tile(catalogue, entity, on).gap is not None
    return colouring.answer(catalogue, "status", entity, on).group == STATUSES[status]


def _one_of(name: str, known: tuple[str, ...]) -> str:
    written = request.args.get(name, "")
    return written if written in known else ""

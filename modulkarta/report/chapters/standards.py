"""Standards and interfaces: what is new, what has changed, what deviates and what is not settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.analysis import followup, standards
from modulkarta.analysis.standardisation import CONCERN_WORDS, doubts
from modulkarta.analysis.standards import Use
from modulkarta.findings import counted, message
from modulkarta.model import Truth, weakest
from modulkarta.report.blocks import Block, Heading, paragraph
from modulkarta.report.chapters import Ground

_KINDS = ("standard", "interface")
_MOST_USERS = 6
Row = tuple[Sequence[str], Truth]


def chapter(ground: Ground) -> Iterator[Block]:
    yield Heading(text=ground.words(message("Standarder och gränssnitt")), level=2)
    rows = [*_new(ground), *_changed(ground), *_deviating(ground), *_breaking(ground), *_doubtful(ground)]
    number = ground.number("standarder.antal")
    told = counted(
        "{number} standard används av moduler, gränssnitt eller information i planen",
        "{number} standarder används av moduler, gränssnitt eller information i planen", number.value,
        number=number.words,
    )  # fmt: skip
    nobody = message("inga standarder används ännu i planen")
    said_ = ground.say(told, example=number.all_made_up) if number.value else ground.none(nobody, "module")
    yield paragraph(said_)
    if not rows:
        nothing = message("inget är nytt eller ändrat, och inga avvikelser är inlagda")
        yield paragraph(ground.none(nothing, "module") if ground.hides("module") else ground.say(nothing))
    heading = (message("Standard eller gränssnitt"), message("Vad"), message("Gäller"), message("Beslut"))
    yield ground.table(message("Nytt, ändrat och avvikelser"), heading, rows)


def _new(ground: Ground) -> Iterator[Row]:
    if ground.since is None:
        return
    for id_ in ground.since.changes.pairs.created:
        entity = ground.catalogue.get(id_)
        if entity and entity.kind.name in _KINDS:
            cells = (ground.name(id_), ground.words(message("Ny")), ground.text(entity, "summary") or "–", "–")
            yield cells, entity.truth()


def _changed(ground: Ground) -> Iterator[Row]:
    """What follows another standard than before, in the words of the changes."""
    if ground.since is None:
        return
    created = ground.since.changes.pairs.created
    for section in ground.since.told(ground.language):
        for line in section.lines:
            entity = ground.catalogue.get(line.entity)
            own = entity and entity.kind.name in _KINDS and entity.id not in created
            if own or section.title == ground.words(message("Standarder")):
                yield (ground.name(line.entity), ground.words(message("Ändrad")), line.words, "–"), "fact"


def _deviating(ground: Ground) -> Iterator[Row]:
    """Modules that say they deviate from a standard."""
    for use in standards.uses(ground.catalogue):
        if use.state == "deviates":
            decision = ground.name(use.decision) if use.decision else ground.words(message("Inget beslut inlagt"))
            cells = (ground.name(use.standard), ground.words(message("Avvikelse")), ground.name(use.user), decision)
            yield cells, use.truth


def _breaking(ground: Ground) -> Iterator[Row]:
    """Modules that a principle says deviate from it."""
    for principle in followup.principles(ground.catalogue):
        for one in (*principle.of("deviates"), *principle.of("deviates-decided")):
            decision = ground.name(one.decision) if one.decision else ground.words(message("Inget beslut inlagt"))
            what = message("Avvikelse från principen {name}", name=ground.quoted(principle.principle))
            about = ground.as_written(one.reason) if one.reason else ground.name(one.module)
            yield (ground.name(one.module), ground.words(what), about, decision), one.truth


def _doubtful(ground: Ground) -> Iterator[Row]:
    """Standards in use that are drafts or on their way out, once each."""
    found: dict[tuple[str, str], list[Use]] = {}
    for doubt in doubts(ground.catalogue):
        found.setdefault((doubt.use.standard, doubt.concern), []).append(doubt.use)
    for (standard, concern), uses in found.items():
        words = ground.words(CONCERN_WORDS[concern])  # type: ignore[index]
        users = ground.listed(list(dict.fromkeys(ground.name(use.user) for use in uses)), _MOST_USERS)
        cells = (ground.name(standard), words[:1].upper() + words[1:], users, "–")
        yield cells, weakest(use.truth for use in uses)

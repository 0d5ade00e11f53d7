"""Where things stand in three sentences, the key figures, and the decisions that are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modulkarta.findings import message
from modulkarta.model import Truth
from modulkarta.report.blocks import Block, Heading, Paragraph, Tabular, paragraph
from modulkarta.report.chapters import Ground, changes, led, sentences
from modulkarta.report.numbers import Number
from modulkarta.report.spelling import signed

_KEY = (
    "moduler.i_drift", "moduler.infors", "moduler.planerade", "system.med_plan", "system.utan_kant_slut",
    "funktioner.med_ersattare", "funktioner.utan_ersattare", "glapp.antal", "glapp.utan_slut",
    "glapp.kan_inte_bedomas", "milstolpar.klara", "milstolpar.passerade", "beslut.behovs", "risker.allvarliga",
)  # fmt: skip
_KEY_SHORT = ("moduler.i_drift", "funktioner.med_ersattare", "glapp.antal", "milstolpar.klara")
_OF = {
    "moduler.i_drift": "moduler.antal",
    "moduler.infors": "moduler.antal",
    "moduler.planerade": "moduler.antal",
    "system.med_plan": "system.antal",
    "system.utan_kant_slut": "system.antal",
    "funktioner.med_ersattare": "funktioner.antal",
    "funktioner.utan_ersattare": "funktioner.antal",
    "glapp.utan_slut": "glapp.antal",
    "milstolpar.klara": "milstolpar.antal",
    "milstolpar.passerade": "milstolpar.antal",
}
"""What a number is a part of, so that it is told as `11 av 23`."""


def chapter(ground: Ground) -> Iterator[Block]:
    yield from _stands(ground)
    also = (sentences.modules(ground)[0], sentences.unknown_ends(ground), changes.said(ground)[0])
    yield paragraph(" ".join(filter(None, also)))
    yield key_figures(ground, _KEY)
    yield _decisions(ground)


def short(ground: Ground) -> Iterator[Block]:
    yield from _stands(ground)
    yield key_figures(ground, _KEY_SHORT)


def _stands(ground: Ground) -> Iterator[Block]:
    """Where things stand in three sentences."""
    yield Heading(text=ground.words(message("Sammanfattning")), level=2)
    yield paragraph(" ".join((sentences.milestones(ground)[0], sentences.replacement(ground)[0],
                              sentences.following(ground)[0])))  # fmt: skip


def _decisions(ground: Ground) -> Paragraph:
    return Paragraph(words=led(ground.words(message("Beslut som behövs:")), sentences.decisions(ground)[0]))


def key_figures(ground: Ground, tokens: Sequence[str]) -> Tabular:
    """The key figures now, and as the report before had them."""
    heading = [message("Nyckeltal"), message("Nu, utan exempel") if ground.catalogue.omitted else message("Nu")]
    if ground.since is None:
        return ground.table(message("Nyckeltal"), heading, (_row(ground, token) for token in tokens))
    heading += [message("Förra rapporten"), message("Ändring")]
    return ground.table(message("Nyckeltal nu och i förra rapporten"), heading, (_row(ground, t) for t in tokens))


def _row(ground: Ground, token: str) -> tuple[tuple[str, ...], Truth]:
    one, whole = ground.number(token), ground.numbers.get(_OF.get(token, ""))
    cells = (one.label, _share(ground, one.value, whole.value if whole else None))
    if ground.since is None:
        return cells, "fact"
    before = "–" if one.before is None else _share(ground, one.before, whole.before if whole else None)
    return (*cells, before, _change(ground, one)), "fact"


def _share(ground: Ground, part: int, whole: int | None) -> str:
    return ground.words(message("{part} av {all}", part=part, all=whole)) if whole else str(part)


def _change(ground: Ground, one: Number) -> str:
    if not one.change:
        return ground.words(message("oförändrat")) if one.change == 0 else "–"
    return signed(one.change)

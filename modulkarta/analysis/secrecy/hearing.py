"""What an audience may hear of the settings, and of what people have written by hand for the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from modulkarta.analysis.secrecy.masking import Veil
from modulkarta.model import Settings
from modulkarta.prose import Prose
from modulkarta.source.text import Document

_FOR_ALL = frozenset({"contact"})
"""What the settings say of the forge that is meant for every reader."""


def prose_heard(prose: Prose, veil: Veil) -> Prose:
    """A text written by hand without the parts that tell; its comments have no level, so the public does not see them.

    A part that is withheld keeps its place, so that nobody is told to write what is written already.
    """
    parts = tuple(
        replace(part, heading=part.slot, lines=(), withheld=True)
        if veil.tells(part.body) or veil.tells(part.heading or "") else part
        for part in prose.parts
    )  # fmt: skip
    quiet = veil.audience == "public" or veil.tells(prose.text)
    return replace(prose, parts=parts, text="" if quiet else prose.text)


def settings_heard(whole: Settings, veil: Veil) -> Settings:
    """The settings, one by one: a new one is hidden until somebody has thought of who may see it."""
    public = veil.audience == "public"
    waivers = () if public else tuple(w for w in whole.waivers if not _told(w, veil))
    document = whole.document
    if document and (public or veil.tells(document.text) or waivers != whole.waivers):
        document = Document(document.file, "", {})
    return Settings(
        title=Settings().title if veil.tells(whole.title) else whole.title,
        organisation="" if veil.tells(whole.organisation) else whole.organisation,
        about="" if veil.tells(whole.about) else whole.about,
        language=whole.language,
        layers=whole.layers,
        kinds=whole.kinds,
        gap_ends=whole.gap_ends,
        severities=whole.severities,
        review_after=whole.review_after,
        classified=whole.classified,
        ceiling=Settings().ceiling if public else whole.ceiling,
        most_public_relations=Settings().most_public_relations if public else whole.most_public_relations,
        forge={key: to for key, to in whole.forge.items() if not veil.tells(to) and (not public or key in _FOR_ALL)},
        spellings={word: to for word, to in whole.spellings.items() if not veil.tells(word) and not veil.tells(to)},
        waivers=waivers,
        document=document,
    )


def _told(waiver: Mapping[str, str], veil: Veil) -> bool:
    return waiver["entity"] in veil.gone or veil.tells(waiver["entity"]) or veil.tells(waiver["reason"])

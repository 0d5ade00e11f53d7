"""A question as it is heeded: its words, and which of them matter."""

from __future__ import annotations

from dataclasses import dataclass

from modulkarta.search import letters

LONGEST = 200
MOST_WORDS = 12
FILLING = frozenset(
    letters.listed(
        "och eller i på av för till från med om hos vid under över en ett den det de som är var att vad vem vilka"
        " vilken vilket vi ni jag man hur när varför finns har ska kan får måste vill behöver behövs inte istället"
        " stället ny nytt nya betyder heter händer gäller blir kommer ut in upp ner bort kvar länge här där då så"
        " min mitt mina vår vårt våra sig"
        " the a an of and or in on for to with is are what which who how when where why do does it we our must happens"
    )
)
"""Words that say little: heeded, but what has none of them is found as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """`text` is what was asked, with single spaces and no control characters, no longer than is heeded."""

    text: str
    words: tuple[str, ...]
    shortened: bool

    def needs(self, word: str) -> bool:
        """Whether what is found must have a word."""
        heavy = [one for one in self.words if len(one) > 1 and one not in FILLING]
        return word in heavy or not heavy


def question(query: str) -> Question:
    """A question of any text."""
    text = letters.clean(query[: LONGEST * 50])
    kept = text[:LONGEST].rstrip()
    words = tuple(dict.fromkeys(letters.words(kept)))
    shortened = len(text) > LONGEST or len(words) > MOST_WORDS or len(query) > LONGEST * 50
    return Question(text=kept, words=words[:MOST_WORDS], shortened=shortened)

"""How a word may stand in a text, inflected or in a compound, and how another takes its place there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from modulkarta.wording import capital

Part = Literal["whole", "first", "last"]
"""What a word is of what is written together with it: all of it (inflected or not), or a part of a compound."""


def _words(*written: str) -> frozenset[str]:
    return frozenset(word for words in written for word in words.split())


_BARE = frozenset({""})
_ENGLISH = _BARE | _words("s es")
_OF_VOWEL_STEM = _words("ar ars or ors er ers arna arnas orna ornas erna ernas")
"""What a word in -a or -e has in place of that vowel: stolpar, kurvor."""
_OF_SHORT = _BARE | _words("s en ens et ets")
_ENDINGS = _OF_SHORT | _OF_VOWEL_STEM
_AFTER_VOWEL = _words("n ns t ts na nas")
_AFTER_E = _words("r rs rna rnas")
_AFTER_LIQUID = _words("n ns na nas")
"""Of words in -er, -el, -or: systern, nyckeln."""
_OF_ADJECTIVE = _words("t a as e es are ast aste")
_ADJECTIVE = re.compile(r"(?:al|iv|är|isk|lig|ell|bar|sam|ös|ad|ig)\Z")
_DEFINITE = _words("en ens n ns et ets t ts")
_TAILS = r"(?:s|t|ts|a|as|e|es|e?ns?|ets?|ers?|ernas?|ars?|arnas?|nas?)?"
_DERIVING = re.compile(
    r"(?:er(?:a|ad|at|ade|ande|bar|ing)|isk|ism|ist|istik|iser(?:a|ad|ing)|is?ation|ator|al|alitet|ell|ik|iker|iv|är|ös"
    r"|itet|s?lig|s?lighet|s?het|ig|ighet|are|bar|barhet|sam|samhet|ant|ent|a?nde|ade?|at|ning|skap)" + _TAILS + r"\Z"
)
"""What makes another word of one, not a compound: journalist, enhetlig, regionalt."""
_PREFIXED = re.compile(
    r"(?:(?:\A|s)(?:an|av|be|bi|bort|di|efter|ent|fort|fram|från|för|före|genom|hop|ihop|in|inter|kon|kring|med|mellan|miss|mot"
    r"|ned|ner|om|para|per|poli|pre|pro|på|re|runt|sam|sub|sär|till|tele|trans|under|upp|ut|van|vid|vidare|åter|över)"
    r"|be|för|miss|åter)\Z"
)
"""What begins other words than compounds: förhandling, division, föreskrift."""
_APART = ":'’"
"""What an ending may be put on with: SMS:et."""
_VOWELS = "aeiouyåäöéü"
_ONE_LETTER = re.compile(r"(?:\A|-)[^\W\d_]-\Z")
"""What makes a word of its own with what follows: e-post, x-led."""
_SHORTEST_FIRST = 5
_SHORTEST_LAST = 6
_SHORTEST_INFLECTED = 4
_SHORTEST_OTHER_PART = 3
_SAME_TAIL = 4
_ALIKE = 0.75
"""How much of two spellings of a word is the same, from both ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a word stands in a text: as what part, and what is written after it up to the next hyphen."""

    part: Part
    ending: str


def standing(word: str, language: str, before: str, after: str) -> Standing | None:
    """How a word stands between what is written together with it; None where it is not that word.

    All are in small letters; `before` and `after` have whole hyphened parts with their hyphens.
    """
    left, right = before.rpartition("-")[2], after.partition("-")[0]
    if _ONE_LETTER.search(before):
        return None
    if not left and _inflects(word, right, language):
        part: Part = "first" if "-" in after else "last" if "-" in before else "whole"
        return Standing(part=part, ending=right)
    if language != "sv" or " " in word or len(word) < (_SHORTEST_LAST if left else _SHORTEST_FIRST):
        return None
    ends, goes_on = _inflects(word, right, "sv"), _is_part(right) and not _DERIVING.match(right)
    if not (ends or goes_on) or (left and (not _is_part(left) or _PREFIXED.search(left))):
        return None
    return Standing(part="last" if ends and left else "first", ending=right)


def may_come_last(word: str) -> bool:
    """Whether a word is long enough to be told from the end of another."""
    return len(word) >= _SHORTEST_LAST and " " not in word


def standing_on_stem(after: str) -> Standing | None:
    """As `standing`, for a word in -a or -e that has lost it: stolp-ar."""
    return Standing(part="whole", ending=after) if after in _OF_VOWEL_STEM else None


def inflected(word: str, at: Standing, language: str) -> str | None:
    """A word with the ending that another of a different sort has; None where that cannot be known."""
    ending = at.ending.lstrip(_APART)
    if at.part == "first" or (ending and " " in word):
        return None
    if not ending:
        return word
    if language == "sv" and ending in _DEFINITE:
        return word + (ending.removeprefix("e") if word[-1] in _VOWELS else f"e{ending.removeprefix('e')}")
    return None


def same_way(one: str, other: str) -> bool:
    """Whether two words are inflected and joined alike, because they end in the same word: kärnsystem, storsystem."""
    one, other = _plain(one), _plain(other)
    return one == other or (len(one) >= _SAME_TAIL <= len(other) and one[-_SAME_TAIL:] == other[-_SAME_TAIL:])


def spelling(one: str, other: str) -> bool:
    """Whether two are the same word spelled in two ways, so that one can be put for the other wherever it stands."""
    one, other = _plain(one), _plain(other)
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    first = _same(one, other)
    same = first + min(shortest - first, _same(one[::-1], other[::-1]))
    return one == other or (same_way(one, other) and one[0] == other[0] and same >= _ALIKE * longest)


def in_place_of(found: str, word: str, other: str, *, begins: bool) -> str:
    """A word with the capitals of the one it replaces.

    `found` is how `word` is written in the text; `begins` says whether a sentence begins with it.
    """
    if found.isupper() and not word.isupper() and len(found) > 1:
        return other.upper()
    if found[:1].isupper() and (begins or not word[:1].isupper()):
        return capital(other)
    return other


def stem(word: str, language: str) -> str:
    """What all forms of a word begin with."""
    long = language == "sv" and len(word) > _SHORTEST_INFLECTED
    return word[:-1] if long and word[-1:] in "ae" else word


def _inflects(word: str, ending: str, language: str) -> bool:
    """Whether letters after a word, or after its stem, make a form of it."""
    if language == "en":
        return ending.lstrip(_APART) in _ENGLISH
    if ending.startswith(tuple(_APART)):
        return ending.lstrip(_APART) in _ENDINGS | _AFTER_VOWEL
    if len(word) < _SHORTEST_INFLECTED:
        return ending in _OF_SHORT
    return (
        ending in _ENDINGS
        or (word[-1] in _VOWELS and ending in _AFTER_VOWEL)
        or (word[-1] == "e" and ending in _AFTER_E)
        or (word[-2:] in ("er", "el", "or") and ending in _AFTER_LIQUID)
        or (word[-1] in "mn" and ending[:1] == word[-1] and ending[1:] in _ENDINGS - {"", "s"})
        or (_ADJECTIVE.search(word) is not None and ending in _OF_ADJECTIVE)
    )


def _is_part(letters: str) -> bool:
    return len(letters) >= _SHORTEST_OTHER_PART and letters.isalpha() and not set(_VOWELS).isdisjoint(letters)


def _plain(word: str) -> str:
    return re.sub(r"[\W_]", "", word.casefold())


def _same(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

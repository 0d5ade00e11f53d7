"""Swedish words as they are searched for: without regard to case, accents and inflection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, normalize

from modulkarta.analysis.language.lettering import lettering

_WORD = re.compile(r"[^\W_]+")
_WITH_HYPHENS = re.compile(r"(?<![^\W_])[^\W_]+(?:-[^\W_]+)+")
_UNSEEN = {"Cf": ""}
"""What is put in place of characters that cannot be seen, by their category: those that only format leave no space."""
_VOWELS = frozenset("aeiouy")
LETTERS_OF_THEIR_OWN = {"ø": "o", "æ": "a", "đ": "d", "ł": "l", "ß": "s"}


def listed(written: str) -> tuple[str, ...]:
    """The words of a list that is written with spaces."""
    return tuple(written.split())


ENDINGS = frozenset({""}) | frozenset(
    listed(
        "s a as ar ars arna arnas e es en ens er ers erna ernas et ets n ns na nas or ors orna ornas r rs rna rnas t ts"
        " ad ade at"
    )
)
"""What may follow a word, or what is left of it, and it is still that word."""
DERIVING = listed("ningarna ningar ningen ning ingarna ingar ingen ing andet ande else elser ationer ation era")
"""What makes a noun of a verb, the longest first: bokning, överlämnande, dokumentation."""
VERBAL = frozenset(listed("a ar ad ade at as era eras erar na nar nas ning ningar ing ande else"))
"""What the verb or another noun has in its place."""
QUALITY = listed("heternas heterna heters heter hetens heten hets het")
"""What makes a noun of an adjective, the longest first: säkerhet."""
ADJECTIVAL = frozenset(("", *listed("t a are ast")))
"""What the adjective has in its place."""
SHORTEST_LEFT = 3
LENGTHS_OF_SLIPS = (4, 8, 13)
"""How long a word must be for one letter, two and three to be wrong."""
PLURAL_STEMS = (("bok", "bock"), ("fot", "fott"), ("rot", "rott"), ("mus", "moss"), ("lus", "loss"))
"""What words that change more than a mark in the plural begin with in the singular and the plural: bok, böcker."""


def small(text: str) -> str:
    """A text in small letters, as many as it had."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[0] for c in text)


def folded(word: str) -> str:
    """Small letters without their marks, as many as there were: läkemedel, lakemedel."""
    return word if word.isascii() else word.translate(_FOLDS)


def words(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    return _WORD.findall(small(lettering(text).letters))


def joined(text: str) -> Iterator[str]:
    """Words with hyphens as they would be written without: e-arkiv, earkiv."""
    for found in _WITH_HYPHENS.findall(small(text)) if "-" in text else ():
        yield found.replace("-", "")


def whole(text: str) -> str:
    """A whole name as it is compared with others: one space between words, no marks, small letters."""
    return folded(spaced(text))


def spaced(text: str) -> str:
    """The same with its marks."""
    return small(clean(text))


def clean(text: str) -> str:
    """A text on one line, without what cannot be seen; each letter is one character."""
    letters = lettering(text).letters
    if letters.isprintable():
        return " ".join(letters.split())
    return " ".join("".join(c if c.isprintable() else _UNSEEN.get(category(c), " ") for c in letters).split())


def spans(letters: str) -> Iterator[tuple[str, int, int]]:
    """The words of what is already letters, without their marks, and where each begins and ends."""
    for found in _WORD.finditer(small(letters)):
        yield folded(found[0]), found.start(), found.end()


@lru_cache(maxsize=4096)
def bases(fold: str) -> tuple[str, ...]:
    """What forms of a folded word may begin with: itself, and what is left when each ending is taken away."""
    found = {fold: None}
    for size in range(1, 6):
        left, ending = fold[:-size], fold[-size:]
        if ending in ENDINGS and _stands(left):
            found[left] = None
    for base in tuple(found):
        found |= dict.fromkeys(_varied(base))
    return tuple(found)


def root(fold: str) -> str:
    """What a noun has in common with its verb or adjective: bok for bokning; "" where it is not made of one."""
    ending = next((one for one in (*QUALITY, *DERIVING) if fold.endswith(one)), "")
    left = fold.removesuffix(ending)
    return left if ending and _stands(left) else ""


def is_form(rest: str, base: str) -> bool:
    """Whether letters after a base make a form of the same word; what is shorter than a word has none."""
    if rest and len(base) < SHORTEST_LEFT and _VOWELS.isdisjoint(base):
        return False
    return rest in ENDINGS or (
        rest[:1] == base[-1:] and base[-1:] in ("m", "n") and rest[1:] in ENDINGS and rest[1:] not in ("", "s")
    )


def may_have_changed(word: str) -> bool:
    """Whether a word may be a plural with another vowel than its singular: händer, städer, böcker."""
    return word.endswith(("er", "ers", "erna", "ernas"))


def is_akin(rest: str, ending: str) -> bool:
    """Whether letters after a root make its verb or adjective, or another noun of it, where a noun had an ending."""
    return rest in (ADJECTIVAL if ending in QUALITY else VERBAL)


def is_remnant(last: str) -> bool:
    """Whether the last letters of a word are what makes a noun of it rather than a word: the ring of gallring."""
    return any(last.endswith(one) and len(last) - len(one) < 2 for one in DERIVING)


def is_part(before: str) -> bool:
    """Whether letters before a word may be the first part of a compound: no word is without a vowel."""
    return not _VOWELS.isdisjoint(before) or any(character.isdigit() for character in before)


def same_word(one: str, other: str) -> bool:
    """Whether two folded words are forms of one."""
    return any(other.startswith(base) and is_form(other[len(base) :], base) for base in bases(one))


def slips_allowed(fold: str) -> int:
    """How many letters may be wrong in a word: the longer the more; none in numbers and what is very short."""
    if any(character.isdigit() for character in fold):
        return 0
    return sum(len(fold) >= least for least in LENGTHS_OF_SLIPS)


def _stands(base: str) -> bool:
    return len(base) >= SHORTEST_LEFT and not _VOWELS.isdisjoint(base)


def _varied(base: str) -> Iterator[str]:
    """The base with the vowel that comes and goes (läkemedel, läkemedl-et), or one of its two last letters."""
    if len(base) > SHORTEST_LEFT and base[-1] in "lrn":
        if base[-2] == "e" and base[-3] not in _VOWELS:
            yield base[:-2] + base[-1]
        elif base[-2] not in _VOWELS and base[-2] != base[-1]:
            yield f"{base[:-1]}e{base[-1]}"
    if len(base) > SHORTEST_LEFT and base[-2:] in ("mm", "nn"):
        yield base[:-1]
    for one, several in PLURAL_STEMS:
        if base.endswith(one):
            yield base.removesuffix(one) + several
        elif base.endswith(several):
            yield base.removesuffix(several) + one


class _Folds(dict[int, str]):
    """Each character without its marks, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = LETTERS_OF_THEIR_OWN.get(letter) or normalize("NFD", letter)[0]
        self[code] = plain
        return plain


_FOLDS = _Folds()

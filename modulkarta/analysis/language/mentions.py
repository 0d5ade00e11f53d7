"""Where a text uses words that the catalogue advises against, and how it would read with the right ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from modulkarta.analysis.language import inflection
from modulkarta.analysis.language.borrowed import Span, borrowed, within
from modulkarta.analysis.language.inflection import Standing, same_way, stem
from modulkarta.analysis.language.lettering import HYPHENS, SOFT_HYPHEN, Lettering, lettering
from modulkarta.analysis.language.sought import Sought
from modulkarta.analysis.language.vocabulary import Word
from modulkarta.wording import capital

_AS_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_AFTER = re.compile(rf"[:'’][a-zåäö]{{1,4}}\b|[^\W\d_]{{0,80}}(?:[{HYPHENS}][^\W\d_]{{0,80}}){{0,8}}")
_BEGINNING = re.compile(
    r"(?: \A | [!?…] | [^\W\d_]{3}\. (?<!inkl\.)(?<!exkl\.)(?<!resp\.)(?<!\bdvs\.)(?<!\bjfr\.)(?<!\benl\.)(?<!\bkap\.)"
    r" | \n\s*\n | ^[ \t]*(?:[-*+\#>|]+|\d+[.)])) [\s(\[”“\"'’»*_]*\Z",
    re.MULTILINE | re.VERBOSE,
)
_ABOUT_THE_WORD = re.compile(r"\b(?:ord|ordet|orden|termen|begreppet|stavningen|uttrycket|words?|term)\s+\Z", re.I)
_NOTHING = Sought([])
_SHORTEST_IN_CAPITALS = 5
_LONGEST_PART = 80
_LONGEST_WORD = 200
_SPACE = re.compile(r"\s")
_BEFORE = 40
"""How many characters before a word are looked at to see whether it begins a sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A word that is advised against, as a text uses it.

    `whole` is all that is written together, `span` what would be replaced by `instead` (None where no form can be
    given); `joined` says that it is a part of a compound, `certain` that only the spelling would change.
    """

    word: Word
    whole: Span
    span: Span
    joined: bool
    instead: str | None = None
    certain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """One who knows which words are advised against, and the names and ids in which they do not count.

    `words` are by language, the longest first; `names` answers with those that hold some small letters.
    """

    words: Mapping[str, Sought]
    names: Callable[[str], Sequence[str]] = lambda letters: ()
    ids: Container[str] = ()

    def mentions(self, text: str, language: str) -> list[Mention]:
        """The words a text itself uses: not in quotations, code, addresses, names or ids."""
        read = lettering(text)
        found = list(_found(read.letters, self.words.get(language, _NOTHING)))
        if not found:
            return []
        names = {name for one in found for name in self.names(one.word.needle)}
        aside = borrowed(read.letters, names, self.ids)
        own = (one for one in found if not within(one.span, aside))
        return [_moved(one, text, read) for one in own]


def _found(text: str, words: Sought) -> Iterator[Mention]:
    small, done = text.lower(), 0
    here = words.within(small)
    for begin in sorted({hit.start() for word in here for hit in _pattern(word).finditer(text)}):
        possible = (_mention(text, hit, word) for word in here if (hit := _pattern(word).match(text, begin)))
        if begin >= done and (mention := next(filter(None, possible), None)):
            done = mention.span[1]
            yield mention


def _moved(mention: Mention, text: str, read: Lettering) -> Mention:
    """A mention in the letters of a text as one in the text: where a soft hyphen goes, more than the word changes."""
    begin, end = read.span(*mention.span)
    certain = mention.certain and SOFT_HYPHEN not in text[begin:end]
    return replace(mention, whole=read.span(*mention.whole), span=(begin, end), certain=certain)


@lru_cache(maxsize=2048)
def _pattern(word: Word) -> re.Pattern[str]:
    """A word or its stem, in any capitals unless they are what makes it wrong."""
    letters = {" ": r"\s+", "-": f"[{HYPHENS}]"}
    kept = stem(word.word, word.language)
    root = "".join(letters.get(letter) or re.escape(letter) for letter in kept)
    vowel = re.escape(word.word[len(kept) :])
    return re.compile(f"(?P<root>{root})(?P<vowel>{vowel})?", 0 if word.as_written else re.IGNORECASE)


def _mention(text: str, hit: re.Match[str], word: Word) -> Mention | None:
    begin, end = hit.span()
    if text[max(0, begin - 1) : begin].isalpha() and not inflection.may_come_last(word.word):
        return None
    first, after = _run_before(text, begin), _AFTER.match(text, end)
    assert after
    last = after.end()
    at = _standing(word, hit, text[first:begin], after[0])
    if at is None:
        return None
    begins = first == begin and _BEGINNING.search(text[max(0, begin - _BEFORE) : begin]) is not None
    if _part_of_a_number(text, first, last) or _is_fine(text, hit.span(), hit[0], word, begins=begins):
        return None
    joined = at.part != "whole"
    if joined and any(word.word.casefold() in other.casefold() for other in word.instead if not word.as_written):
        return None
    mention = Mention(word=word, whole=(first, last), span=(begin, end), joined=joined)
    if len(word.instead) != 1:
        return mention
    return _with_other(text, mention, at, short=hit["vowel"] is None, begins=begins)


def _run_before(text: str, end: int) -> int:
    """Where what is written together with what comes at a place begins."""
    begin = end
    while begin and end - begin < _LONGEST_PART and (text[begin - 1].isalpha() or text[begin - 1] in HYPHENS):
        begin -= 1
    while begin < end and text[begin] in HYPHENS:
        begin += 1
    return begin


def _standing(word: Word, hit: re.Match[str], before: str, after: str) -> Standing | None:
    before, after = (part.lower().translate(_AS_HYPHEN) for part in (before, after))
    if hit["vowel"] is None:
        return inflection.standing_on_stem(after) if not before else None
    return inflection.standing(word.word.lower(), word.language, before, after)


def _part_of_a_number(text: str, first: int, last: int) -> bool:
    before, after = text[first - 1 : first + 1], text[last - 1 : last + 1]
    return (before[:1].isdigit() and before[1:].isalpha()) or (after[:1].isalpha() and after[1:].isdigit())


def _is_fine(text: str, span: Span, found: str, word: Word, *, begins: bool) -> bool:
    """Whether something that looks like the word is another: an abbreviation, a sentence's first, a part of a term."""
    if word.as_written:
        small = begins and capital(word.word.lower()) == found
    else:
        small = found.isupper() and not word.word.isupper() and len(found) < _SHORTEST_IN_CAPITALS
    return small or _in_good_word(text, span[0], word)


def _in_good_word(text: str, begin: int, word: Word) -> bool:
    """Whether the word that begins at a place is but a part of one that is recommended."""
    first = max(0, begin - _LONGEST_WORD)
    near = _SPACE.sub(" ", text[first : begin + _LONGEST_WORD]).lower()
    at = begin - first
    return any(at >= offset and near.startswith(good, at - offset) for good, offset in _beyond(word))


@lru_cache(maxsize=2048)
def _beyond(word: Word) -> list[tuple[str, int]]:
    """The good words that hold a word and more, and where in them it begins."""
    inner = word.word.lower()
    longer = sorted(good for good in word.good if inner in good and inner != good)
    return [(good, found.start()) for good in longer for found in re.finditer(re.escape(inner), good)]


def _with_other(text: str, mention: Mention, at: Standing, *, short: bool, begins: bool) -> Mention:
    """A mention with what may stand there instead; `short` says that the word has lost its last vowel."""
    word, other, (begin, end) = mention.word.word, mention.word.instead[0], mention.span
    alike = same_way(word, other) and (not short or other[-1:] == word[-1:])
    new = (other[:-1] if short else other) if alike else None
    if not alike and not short:
        new = inflection.inflected(other, at, mention.word.language)
    if new is None:
        return mention
    about = _ABOUT_THE_WORD.search(text[max(0, begin - _BEFORE) : begin]) is not None
    return replace(
        mention,
        span=(begin, end if alike else end + len(at.ending)),
        instead=inflection.in_place_of(text[begin:end], word, new, begins=begins),
        certain=inflection.spelling(word, other) and not about,
    )

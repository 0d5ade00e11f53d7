"""Many words to look for in a text: only those that may be in it are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from modulkarta.analysis.language.vocabulary import Word

_RUN = 3
_FEW = 100
"""So many words are looked for sooner than the runs of letters of a text are gathered."""


class Sought:
    """Words to look for, in their order."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._short = [number for number, word in enumerate(words) if len(word.needle) < _RUN]
        self._by_run: dict[str, list[int]] = {}
        """The others by the first letters of their needles."""
        for number, word in enumerate(words):
            if len(word.needle) >= _RUN:
                self._by_run.setdefault(word.needle[:_RUN], []).append(number)

    def within(self, small: str) -> list[Word]:
        """The words whose needles are in a text in small letters."""
        possible = self._words if len(self._words) <= _FEW else self._possible(small)
        return [word for word in possible if word.needle in small]

    def _possible(self, small: str) -> list[Word]:
        runs = self._by_run.keys() & {small[at : at + _RUN] for at in range(len(small))}
        numbers = [*self._short, *(number for run in runs for number in self._by_run[run])]
        return [self._words[number] for number in sorted(numbers)]


def sought(words: Mapping[str, Sequence[Word]]) -> Mapping[str, Sought]:
    """Words by language, to look for."""
    return {language: Sought(several) for language, several in words.items()}

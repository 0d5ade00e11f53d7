"""Of many words, those that a text may hold are found as if each had been looked for."""

from __future__ import annotations

from hypothesis import given as for_all
from hypothesis import strategies as st

from modulkarta.analysis.language.sought import Sought
from modulkarta.analysis.language.vocabulary import Word

LETTERS = "abcåß1"


def word(needle: str) -> Word:
    return Word(word=needle, advice=(), as_written=False, good=frozenset(), parts=(needle,), needle=needle)


@for_all(st.lists(st.text(LETTERS, min_size=1, max_size=5), max_size=300), st.text(LETTERS + " ", max_size=40))
def test_words_are_found_as_if_each_was_looked_for(needles: list[str], text: str) -> None:
    words = [word(needle) for needle in needles]
    many = [*words, *(word("zzzz") for _ in range(200))]
    plain = [one for one in words if one.needle in text]
    assert Sought(words).within(text) == Sought(many).within(text) == plain


def test_of_many_words_only_those_that_begin_as_a_text_does_somewhere_are_looked_for() -> None:
    looked_for: list[str] = []

    class Needle(str):
        def __contains__(self, other: object) -> bool:
            looked_for.append(str(other))
            return str.__contains__(self, str(other))

    words = [word(f"{'abcdefghij'[number % 10]}{number:03}") for number in range(500)]
    assert [one.needle for one in Sought(words).within(Needle("om a120 och b02"))] == ["a120"]
    assert set(looked_for) == {"a120", "b021"}

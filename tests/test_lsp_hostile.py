"""Whatever is written and wherever the cursor is, no question fails."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import given
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from lsprotocol.types import MarkupKind, Position, Range

from modulkarta.lsp.answers.completion import completion
from modulkarta.lsp.answers.diagnostics import Board
from modulkarta.lsp.answers.fixing import actions, formatted
from modulkarta.lsp.answers.hover import hover
from modulkarta.lsp.answers.inlays import names
from modulkarta.lsp.answers.naming import definition, moved, references, renameable, renamed
from modulkarta.lsp.answers.symbols import parts, things
from modulkarta.lsp.spot import Spot
from modulkarta.lsp.workplace import Workplace

FILES = [given.GOOD / "catalogue.yaml", *sorted(given.GOOD.glob("*/*/*.yaml"))]
PIECES = st.sampled_from(
    [
        *(
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "#",
            ">-",
            "|",
            "&a",
            "*a",
            "<<",
            "!x",
            "\t",
            "\r\n",
            "\n",
            "  ",
            "å",
            "🚑",
        ),
        *("\ufeff", "\ud800", "\x00", "\u2028", "%", "---\n", "name", "triage"),
    ]
)


@lru_cache(maxsize=1)
def workplace() -> Workplace:
    return Workplace(lambda root: given.SCHEMAS, lambda: given.TODAY)


def asked_everything(spot: Spot) -> None:
    whole = Range(Position(0, 0), Position(len(spot.sheet.lines), 0))
    completion(spot, given.TODAY)
    hover(spot, MarkupKind.PlainText)
    definition(spot)
    references(spot, itself=True)
    renameable(spot)
    renamed(spot, "nytt-id")
    moved(spot.desk, spot.path, spot.path.replace(".yaml", "-ny.yaml"))
    list(actions(spot, whole, None, creating=True))
    list(formatted(spot))
    list(names(spot, whole))
    parts(spot)
    things([spot.desk], "a")
    list(Board().news([spot.desk]))


@settings(max_examples=120)
@for_all(st.data())
def test_no_text_is_too_broken_to_ask_about(data: st.DataObject) -> None:
    file: Path = data.draw(st.sampled_from(FILES))
    text = file.read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 8)) :]
    workplace().open(file.as_uri(), text, 1)
    position = Position(data.draw(st.integers(0, text.count("\n") + 2)), data.draw(st.integers(0, 60)))
    spot = workplace().spot(file.as_uri(), position)
    assert spot
    asked_everything(spot)
    workplace().close(file.as_uri())


@settings(max_examples=200)
@for_all(st.text(alphabet="abå🚑:-[]{}'\"#>| \n\t,\r&", max_size=40), st.integers(0, 5), st.integers(0, 12))
def test_no_noise_is_too_broken_to_ask_about(text: str, line: int, column: int) -> None:
    file = given.GOOD / "applications/systems/x.yaml"
    workplace().open(file.as_uri(), text, 1)
    spot = workplace().spot(file.as_uri(), Position(line, column))
    assert spot
    asked_everything(spot)
    workplace().close(file.as_uri())

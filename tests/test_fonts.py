"""The typeface that figures are laid out for is the one that draws them."""

from __future__ import annotations

import json

import pytest
from fontTools.ttLib import TTFont

from modulkarta.figures import fonts


@pytest.mark.parametrize(("face", "place"), [("regular", 0), ("bold", 1)])
def test_the_widths_are_those_of_the_typeface(face: str, place: int) -> None:
    with TTFont(str(fonts.files()[place])) as font:
        glyphs, scale = font["hmtx"], font["head"].unitsPerEm
        widths = {chr(code): round(glyphs[name][0] * 1000 / scale) for code, name in font.getBestCmap().items()}
    assert json.loads((fonts.folder() / "widths.json").read_text("ascii"))[face] == widths


def test_the_typeface_may_be_handed_on_and_has_the_letters_of_the_catalogue() -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts.folder() / "OFL.txt").read_text("utf-8")
    for path in fonts.files():
        with TTFont(str(path)) as font:
            assert not [
                c
                for c in "Å ä ö é ü – — ” ’ … · → − ± × ≥ ◆ ● ▲ ■".replace("◆", "◊")
                if ord(c) not in font.getBestCmap()
            ]


def test_a_mark_over_a_letter_takes_no_room_and_an_unknown_letter_takes_a_whole_one() -> None:
    assert fonts.width("a\u0308", 10) == fonts.width("a", 10)
    assert fonts.width("漢", 10) == 10

"""Tables are told as tables, also where their rows are laid out as cards."""

from __future__ import annotations

from webapp.rendering.tables import with_roles

ROWS = '<thead><tr><th scope="col">A</th></tr></thead><tbody><tr><th scope="row">B</th><td>C</td></tr></tbody></table>'


def test_each_part_of_a_table_of_cards_says_what_it_is() -> None:
    told = with_roles(f'<table class="wide cards">{ROWS}')
    for part in (
        '<table role="table"', '<thead role="rowgroup">', '<tbody role="rowgroup">', '<tr role="row">',
        '<th scope="col" role="columnheader">', '<th scope="row" role="rowheader">', '<td role="cell">',
    ):  # fmt: skip
        assert part in told


def test_other_templates_stay_as_they_are() -> None:
    for other in (f"<table>{ROWS}", f'<table class="postcards">{ROWS}', '<p class="cards"><track>'):
        assert with_roles(other) == other

"""The page of a thing says who may see it, and why, to those who may know."""

from __future__ import annotations

from datetime import date

import pytest
from given import good

from modulkarta.audience import narrowed
from modulkarta.levels import Level
from webapp import create_app

RISK, PLACE = "/risker/risk-reservkopia-saknas", "/plattformar/driftplatsen"


def page(audience: Level, address: str) -> str:
    app = create_app(narrowed(good(), audience), today=lambda: date(2026, 11, 22))
    return app.test_client().get(address).get_data(as_text=True)


def test_who_may_see_all_reads_the_ground_the_classes_and_what_ends_it() -> None:
    told = page("secret", RISK)
    for words in ("Vem får se det", "Exempellagen 3 kap. 4 §", "KLASSA, konfidentialitet: 3, allvarlig skada",
                  "Upphör med: <a", "Påverkar (Driftplatsen): sekretess", "inget beslut"):  # fmt: skip
        assert words in told
    assert "Exempellagen 3 kap. 2 §" in page("secret", PLACE)


@pytest.mark.parametrize(("audience", "there"), [("internal", True), ("public", False)])
def test_of_what_is_partly_hidden_the_ground_is_not_told(audience: Level, there: bool) -> None:
    told = page(audience, PLACE)
    assert ("Säkerhetschefen" in told) == there and "Exempellagen 3 kap. 2 §" not in told
    assert ("Vem får se det" in told) == there

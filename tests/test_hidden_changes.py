"""What changes only in what is hidden changes not a byte of what others are answered."""

from __future__ import annotations

import json

import given
import pytest
from canaries import trees
from flask.testing import FlaskClient
from levels import built

from modulkarta.analysis.secrecy import Level
from modulkarta.audience import narrowed
from webapp import create_app

OTHER = (("kanarie", "alkorna"), ("Kanarie", "Alkorna"), ("2917", "2899"))
"""Another name, id and year of everything that is hidden: another place in every order, but as long."""
ASKED = (
    "/", "/karta", "/fardplan", "/fardplan.ics", "/ersattning/delvis-system", "/standardisering", "/kvalitet", "/om",
    "/system/delvis-system", "/moduler/oppen-module", "/avtal/delvis-contract", "/sok?q=oppen", "/healthz",
    "/rapport", "/api/v1/export.json", "/api/v1/glapp", "/api/v1/moduler/kanari-module", "/moduler/kanari-module",
)  # fmt: skip


def viewer(level: str | None, audience: Level, *others: tuple[str, str]) -> FlaskClient:
    """The viewer of the catalogue with canaries of a level, some words of which are others."""
    text = json.dumps(trees(level, mentions=level is not None), ensure_ascii=False)
    for one, other in others:
        text = text.replace(one, other)
    return create_app(narrowed(built(json.loads(text)), audience), today=lambda: given.TODAY).test_client()


@pytest.mark.parametrize(("level", "audience"), [("secret", "internal"), (None, "public")])
def test_nobody_sees_that_what_is_hidden_has_changed(level: str | None, audience: Level) -> None:
    before, after = viewer(level, audience), viewer(level, audience, *OTHER)
    for address in ASKED:
        one, other = before.get(address), after.get(address)
        assert (one.status_code, one.data, [*one.headers]) == (other.status_code, other.data, [*other.headers]), address

"""What changes only in what is hidden changes not a byte of what others are answered; nor does most that is added."""

from __future__ import annotations

import json

import given
import pytest
from canaries import trees
from flask.testing import FlaskClient
from levels import built, example

from modulkarta.audience import narrowed
from modulkarta.levels import Level
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


COUNTED = (
    "/", "/karta", "/fardplan", "/fardplan.ics", "/beslut", "/begrepp", "/risker", "/kvalitet", "/om", "/uppfoljning",
    "/standardisering", "/moduler/prehospital-journal", "/krav/prehospital-journal", "/healthz",
    "/sok?q=journal", "/api/v1", "/api/v1/export.json", "/api/v1/beslut", "/api/v1/fardplan",
)  # fmt: skip
ADDED = {
    "risks",
    "goals",
    "terms",
    "decisions",
    "milestones",
    "standards",
    "principles",
    "assignments",
    "organisations",
}
"""Kinds that close no gap and bring no end: then what is open can be told as it is without telling anything wrong."""
NAMES = ("name", "short_name", "plain_name", "former_ids", "synonyms", "translations")
"""What would let an open text name what is hidden."""


def test_nobody_sees_that_something_hidden_is_there() -> None:
    seen = {path: {**tree, "secrecy": {"level": "public"}} for path, tree in example().items() if "/" in path}
    seen["catalogue.yaml"] = example()["catalogue.yaml"]
    more = {}
    for path, tree in seen.items():
        folder, _, name = path.rpartition("/")
        if folder.rpartition("/")[2] in ADDED:
            kept = {key: value for key, value in tree.items() if key not in NAMES}
            secrecy = {"level": "secret", "reason": "avtal"}
            more[f"{folder}/aaa-{name}"] = {**kept, "name": f"Aaa {name}", "secrecy": secrecy}
    assert {path.split("/")[-2] for path in more} == ADDED
    one, other = (
        create_app(narrowed(built(trees), "public"), today=lambda: given.TODAY).test_client()
        for trees in (seen, {**seen, **more})
    )
    for address in COUNTED:
        without, with_ = one.get(address), other.get(address)
        assert without.status_code == 200, address
        assert (without.data, [*without.headers]) == (with_.data, [*with_.headers]), address

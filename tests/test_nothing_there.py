"""Where there is nothing to show, a page says just that: not that nothing is there, nor that something is hidden."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from html import unescape
from itertools import chain

import given
import pytest
from flask import Flask
from flask.testing import FlaskClient
from levels import built, example, said

from modulkarta.audience import narrowed
from modulkarta.snapshot import Snapshot
from webapp import create_app

_DENIED = re.compile(
    r"\b(inga?|inget|ingen|aldrig|ej)\b[^.:<]*\b(inlag\w+|än|ännu|framåt\.|hos oss|i katalogen|angiven)\b"
    r"|[Kk]atalogen (har|säger) (ing|inte)|ordet finns inte i katalogen|ingen (har skrivit|vet)|[Ii]nga glapp i planen"
    r"|inget är (påhittat|märkt)|[Dd]u behöver inte göra"
)
"""What only who sees everything can say."""
_PLAIN = re.compile(r"(?s)<(script|style|svg)\b.*?</\1>|<[^>]*>|\b[0-9a-f]{12}\b")
"""What is not words: also the version, which nobody can compare with that of another catalogue."""
_SOME = frozenset({"milestone", "risk", "goal", "standard", "term", "principle", "assignment", "recommendation"})
_NOT_OF_THE_CATALOGUE = (
    "/tillganglighet",
    "/api",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi",
    "/rapport",
    "/nyheter",
)


@lru_cache(maxsize=1)
def everything() -> frozenset[str]:
    return frozenset(given.metamodel().kinds)


def seen(hidden: Collection[str]) -> Snapshot:
    """What the public sees of Region Exempel, when some kinds are hidden and all else is open."""
    folders = {kind.folder for kind in given.metamodel().kinds.values() if kind.name in hidden}
    trees = {path: _levelled(tree, _folder(path) in folders) for path, tree in example().items()}
    return narrowed(built({**trees, "catalogue.yaml": example()["catalogue.yaml"]}), "public")


def _levelled(tree: dict[str, object], hidden: bool) -> dict[str, object]:
    return {**tree, "secrecy": {"level": "secret", "reason": "avtal"} if hidden else {"level": "public"}}


def _folder(path: str) -> str:
    return path.split("/")[-2] if "/" in path else ""


def alone(read: Snapshot) -> Snapshot:
    """The public's view of a catalogue that has only what is seen of another."""
    return narrowed(built(said(read)), "public")


def app(read: Snapshot) -> Flask:
    return create_app(read, today=lambda: given.TODAY)


def overviews(made: Flask) -> list[str]:
    rules = (rule.rule for rule in made.url_map.iter_rules() if not rule.arguments)
    return sorted(path for path in rules if not path.startswith(_NOT_OF_THE_CATALOGUE) and "." not in path)


def words(client: FlaskClient, path: str) -> str:
    page = client.get(path, query_string={"lang": "sv", "q": "ambulans"})
    return " ".join(unescape(_PLAIN.sub(" ", page.text)).split())


@pytest.mark.parametrize("hidden", [everything(), _SOME], ids=["all", "some"])
def test_what_is_hidden_and_what_is_not_there_read_alike(hidden: Collection[str]) -> None:
    read = seen(hidden)
    assert not {entity.kind.name for entity in read.catalogue.entities.values()} & set(hidden)
    closed, open_ = app(read).test_client(), app(alone(read)).test_client()
    for path in overviews(app(read)):
        assert words(closed, path) == words(open_, path), path


def test_nothing_that_may_be_hidden_is_denied() -> None:
    """Every overview of what is empty, and every page about a thing of which all else is hidden."""
    empty = app(seen(everything()))
    asked = [*overviews(empty), "/sok"]
    denied = {path: found for path in asked if (found := _DENIED.search(words(empty.test_client(), path)))}
    assert denied == {}
    few = seen(everything() - {"system", "module", "area", "user-group"})
    client, of_kind = app(few).test_client(), few.catalogue.of_kind
    some = [of_kind[kind][:2] for kind in ("system", "module", "area", "user-group")]
    for entity in chain.from_iterable(some):
        for path in (f"/{entity.kind.slug}/{entity.id}", f"/ersattning/{entity.id}", f"/krav/{entity.id}"):
            assert _DENIED.search(words(client, path)) is None, path


def test_who_sees_all_is_told_that_nothing_is_there() -> None:
    """Whom nothing is hidden from reads it plainly: the law above is not one of saying nothing."""
    whole = given.read({"systems/s": "name: Systemet\n"})
    told = words(app(whole).test_client(), "/system/s")
    assert "Ingen plan för att ersätta Systemet är inlagd." in told

"""Viewers that look at their files when they are told to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import given
from flask.testing import FlaskClient

from modulkarta.audience import narrowed
from modulkarta.cli.options import today
from modulkarta.cli.serving.following import Follower, generations
from modulkarta.cli.serving.place import Place
from modulkarta.levels import Level
from webapp import viewer
from webapp.generations import Shown


@dataclass
class Followed:
    """A viewer, the files it shows, and a way to let it look at them."""

    root: Path
    client: FlaskClient
    follower: Follower

    def look(self) -> None:
        self.follower.look(lambda seconds: None)

    def write(self, name: str, text: str) -> None:
        (self.root / "applications" / f"{name}.yaml").write_text(text, "utf-8")

    def page(self, address: str = "/system") -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer.text

    def health(self) -> str:
        return str(self.client.get("/healthz").json["status"])  # type: ignore[index]


def followed(root: Path, audience: Level = "internal", overlay: Path | None = None) -> Followed:
    """As `serve --watch` makes it, but that it only looks when it is told to."""
    place = Place(root=root, schemas=given.SCHEMAS, audience=audience, overlay=overlay)
    state, whole = place.state(), place.read()
    shown = Shown(generations(place, whole, narrowed(whole, audience)))
    client = viewer(shown, today=today).test_client()
    return Followed(root, client, Follower(place, whole, state, shown))

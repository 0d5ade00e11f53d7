"""The viewer of a catalogue that is to be served: of its files if they can be gone by, else of the last good ones."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click
from flask import Flask

from modulkarta.audience import narrowed
from modulkarta.cli.folders import found, metamodel_of, readable, unread
from modulkarta.cli.opening import built
from modulkarta.cli.options import today
from modulkarta.cli.serving.following import Follower, generations
from modulkarta.cli.serving.journal import Tell
from modulkarta.cli.serving.last_good import Good, LastGood
from modulkarta.cli.serving.place import Known, Place, Taken
from modulkarta.cli.serving.warming import warm
from modulkarta.source.ahead import reading_ahead
from webapp import viewer
from webapp.generations import Shown
from webapp.http import logs
from webapp.http import proxies as behind
from webapp.http.proxies import Network


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """The viewer, and what follows its files."""

    app: Flask
    follower: Follower

    def stand_behind(self, proxies: Collection[Network], *, by_socket: bool, https: bool, prefix: str = "") -> None:
        """Believe the servers in front that are named, and tell of every answer."""
        logs.install(self.app, self.follower.shown, self.follower.tell)
        behind.install(self.app, proxies, by_socket=by_socket, https=https, prefix=prefix)

    def tell(self) -> None:
        """Say whether anything is left out, and where nothing is left."""
        read = self.follower.whole
        if errors := read.count("error"):
            words = f"Fel i katalogen: {errors}. Filer som inte är med: {read.left_out}. Kör modulkarta check."
            self.follower.tell("warning", words)
        if read.catalogue.entities and not self.follower.shown.generations.current.read.catalogue.entities:
            words = f"Inget i katalogen får visas med --audience {self.follower.place.audience}. "
            self.follower.tell("warning", f"{words}Kör modulkarta classify --unclassified.")


def opened(place: Place, names: Collection[str], tell: Tell, state: Path | None = None) -> Viewer:
    """The viewer of a catalogue, with the last good reading kept in a folder if one is given.

    Raises ClickException where there is nothing to show, neither in the files nor kept.
    """
    kept = LastGood(state, place, tell)
    kept.tidy()
    if good := kept.newer():
        return _as_it_was(place, names, tell, kept, good)
    seen, at = place.state(), time.time_ns()
    files, schemas = unread(place.root, place.schemas)
    with reading_ahead(files) as ahead:
        whole = built(place.root, ahead, metamodel_of(schemas))
    if state:
        with readable("Tilläggsmappen"):
            kept.keep(Taken(files=files, schemas=schemas, laid_over=place.over()))
    shown = Shown(generations(place, whole, narrowed(whole, place.audience)))
    known = Known(files=files, seen=seen, at=at)
    return _viewer(Follower(place, whole, seen, shown, tell=tell, kept=kept, known=known), names)


def place_of(place: Place, folder: Path | None, state: Path | None) -> Place:
    """Where the catalogue lies; where it lay, if that is gone and its last good reading is kept."""
    try:
        return replace(place, root=found(folder))
    except click.ClickException:
        for root in (folder / "catalogue", folder) if folder and state else ():
            if LastGood(state, replace(place, root=root), lambda *told, **known: None).is_there():
                return replace(place, root=root)
        raise


def _as_it_was(place: Place, names: Collection[str], tell: Tell, kept: LastGood, good: Good) -> Viewer:
    """First what was kept, and then what the files say, if they can be gone by."""
    shown = Shown(generations(place, good.whole, narrowed(good.whole, place.audience), good.read_at))
    follower = Follower(place, good.whole, None, shown, tell=tell, kept=kept)
    follower.catch_up()
    return _viewer(follower, names)


def _viewer(follower: Follower, names: Collection[str]) -> Viewer:
    app = viewer(follower.shown, today=today, names=names)
    follower.then = partial(warm, app, follower.asked.is_set)
    return Viewer(app=app, follower=follower)

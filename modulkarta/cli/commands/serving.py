"""serve: the viewer on this machine, or for many readers."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from modulkarta.cli.audience import seen
from modulkarta.cli.folders import found
from modulkarta.cli.opening import opened_whole
from modulkarta.cli.options import asked_audience, open_to_all_unless_asked, showing_options, today
from modulkarta.cli.serving import settings
from modulkarta.cli.serving.address import Address, AddressType
from modulkarta.cli.serving.journal import Form, Tell, journal, told_to_people
from modulkarta.cli.serving.warming import warm
from modulkarta.wording import Language

if TYPE_CHECKING:
    from flask import Flask

    from modulkarta.cli.serving.following import Follower

_PRODUCTION_ONLY = ("bind", "workers", "threads", "log")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 tar en ledig.")
@click.option("--watch", is_flag=True, help="Visa ändringar i filerna så snart de är sparade.")
@click.option("--host", "names", metavar="NAMN", multiple=True, help="Namn att svara på också; kan ges flera gånger.")
@click.option("--production", is_flag=True, help="För många läsare: flera processer, loggar, bara det öppna.")
@click.option("--bind", type=AddressType(), metavar="ADRESS", default="127.0.0.1:8000", show_default=True,
              help="Adress och port att svara på, eller unix:/sökväg.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processer som svarar.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Trådar i var och en.")
@click.option("--log", "form", type=click.Choice(["json", "text"]), default="json", show_default=True,
              help="Hur loggen skrivs.")  # fmt: skip
@click.option("--config", type=click.Path(path_type=Path), metavar="FIL", is_eager=True, expose_value=False,
              envvar="MODULKARTA_CONFIG", callback=settings.from_file, help="Inställningar i TOML.")  # fmt: skip
@showing_options
def serve(
    port: int, watch: bool, names: tuple[str, ...], production: bool, bind: Address, workers: int, threads: int,
    form: Form, folder: Path | None, schemas: Path | None, lang: Language | None,
) -> None:  # fmt: skip
    """Visa modulkartan i webbläsaren, bara på den här datorn.

    Med --watch läses katalogen på nytt när en fil ändras, eller när git får en ny version. Går ändringen inte att läsa
    visas den senaste som gick, och sidorna säger det.

    Visaren svarar bara på den här datorns egna namn, så att ingen annan webbplats kan läsa den genom webbläsaren. Når
    man den genom en annan server, som skickar namnet vidare, läggs det till med --host.

    Med --production svarar flera processer, filerna följs alltid, det som händer loggas, och bara det som är öppet för
    alla visas om inte --audience säger något annat. Inställningarna läses också ur miljön, till exempel
    MODULKARTA_BIND, och ur en fil med --config.

    Adresserna /healthz, /readyz och /metrics är till för den som övervakar visaren.

    \b
    Exempel:
      modulkarta serve --port 8080
      modulkarta serve --watch
      modulkarta serve --host moduler.example.se
      modulkarta serve --production --bind 127.0.0.1:8000 --host moduler.example.se
    """
    if production:
        _check(bind, names)
        open_to_all_unless_asked()
        _serve_many(_opened(folder, schemas, names, journal(form)), bind, workers, threads, journal(form))
    else:
        _refuse_production_only()
        _serve_here(_opened(folder, schemas, names, told_to_people), port, watch)


serve = settings.configured(serve)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Viewer:
    """The viewer of a catalogue that is read, and what follows its files."""

    app: Flask
    follower: Follower

    def tell(self) -> None:
        """Whether anything is left out of it."""
        read = self.follower.shown.generations.current.read
        if errors := read.count("error"):
            words = f"Katalogen har {errors} fel; {read.left_out} filer är inte med. Kör modulkarta check."
            self.follower.tell("warning", words)


def _opened(folder: Path | None, schemas: Path | None, names: tuple[str, ...], tell: Tell) -> _Viewer:
    """The viewer of the catalogue as it is now; one clear sentence where there is none."""
    from modulkarta.cli.serving.following import Follower, generations
    from modulkarta.cli.serving.place import Place
    from webapp import viewer
    from webapp.generations import Shown

    place = Place(root=found(folder), schemas=schemas, audience=asked_audience())
    state = place.state()
    whole = opened_whole(folder, schemas)
    shown = Shown(generations(place, whole, seen(whole, silently=tell is not told_to_people)))
    app = viewer(shown, today=today, names=names)
    return _Viewer(app=app, follower=Follower(place, whole, state, shown, then=partial(warm, app), tell=tell))


def _serve_here(viewer: _Viewer, port: int, watch: bool) -> None:
    from modulkarta.cli.serving import here

    listener = here.listener(port)
    viewer.tell()
    name, used = listener.getsockname()
    click.echo(f"Modulkartan visas på http://{name}:{used}/  (avsluta med Ctrl-C)", err=True)
    _spare()
    _beside(viewer.follower.then)
    if watch:
        _beside(partial(viewer.follower.follow, threading.Event()))
    here.answer(viewer.app, listener)


def _serve_many(viewer: _Viewer, bind: Address, workers: int, threads: int, tell: Tell) -> None:
    viewer.tell()
    listener = bind.listener()
    viewer.follower.then()
    if sys.platform == "win32":
        from modulkarta.cli.serving import here

        _spare()
        _beside(partial(viewer.follower.follow, threading.Event()))
        tell("info", "Visaren svarar.", address=f"http://{bind}/")
        here.answer(viewer.app, listener, workers * threads)
        return
    try:
        from modulkarta.cli.serving.production import Served
        from modulkarta.cli.serving.production import serve as serve_many
    except ModuleNotFoundError:
        raise click.ClickException("gunicorn saknas. Installera det: pip install 'modulkarta[production]'") from None
    serve_many(Served(app=viewer.app, follower=viewer.follower, listener=listener, workers=workers, threads=threads,
                      tell=tell))  # fmt: skip


def _check(bind: Address, names: tuple[str, ...]) -> None:
    """What is reached from other machines is called something there."""
    if not bind.only_here and not names:
        raise click.UsageError(
            f"På {bind} når andra datorer visaren. Säg med --host vilket namn de skriver, till exempel "
            "--host moduler.example.se."
        )
    if click.get_current_context().get_parameter_source("port") is ParameterSource.COMMANDLINE:
        raise click.UsageError("Med --production skrivs porten i --bind, till exempel --bind 127.0.0.1:8080.")


def _refuse_production_only() -> None:
    ctx = click.get_current_context()
    for param in ctx.command.params:
        given = ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
        if given and param.opts[-1].lstrip("-") in _PRODUCTION_ONLY:
            raise click.UsageError(f"{param.opts[-1]} hör ihop med --production.")


def _spare() -> None:
    """Or every collection goes through the whole catalogue, in the middle of somebody's page."""
    gc.freeze()
    gc.enable()


def _beside(step: Callable[[], None]) -> None:
    """Do something while pages are answered; it ends when they do."""
    threading.Thread(target=step, daemon=True).start()

"""serve: the viewer on this machine, or for many readers."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from modulkarta.cli.audience import tell_what_is_left_out
from modulkarta.cli.folders import found
from modulkarta.cli.options import asked_audience, asked_overlay, open_to_all_unless_asked, showing_options
from modulkarta.cli.serving import settings
from modulkarta.cli.serving.address import Address, AddressType, NameType, NetworkType, PrefixType
from modulkarta.cli.serving.journal import Form, Tell, journal, told_to_people
from modulkarta.wording import Language

if TYPE_CHECKING:
    from modulkarta.cli.serving.address import Network
    from modulkarta.cli.serving.opened import Viewer
    from modulkarta.cli.serving.place import Place

_EVERYWHERE = ("host", "audience", "catalogue", "overlay", "schemas", "lang")
"""The settings that mean something on one's own machine too; the others go with --production."""


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 tar en ledig.")
@click.option("--watch", is_flag=True, help="Visa ändringar i filerna så snart de är sparade.")
@click.option("--host", "names", type=NameType(), metavar="NAMN", multiple=True,
              help="Namn att svara på också; kan ges flera gånger.")  # fmt: skip
@click.option("--production", is_flag=True, help="För många läsare: flera processer, loggar, bara det öppna.")
@click.option("--bind", type=AddressType(), metavar="ADRESS", default="127.0.0.1:8000", show_default=True,
              help="Adress och port att svara på, eller unix:/sökväg, eller systemd.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processer som svarar.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Trådar i var och en.")
@click.option("--log", "form", type=click.Choice(["json", "text"]), default="json", show_default=True,
              help="Hur loggen skrivs.")  # fmt: skip
@click.option("--memory", type=click.IntRange(min=128), default=1024, show_default=True,
              help="Megabyte som en process får ta innan den byts ut.")  # fmt: skip
@click.option("--prefix", type=PrefixType(), metavar="MAPP", default="",
              help="Mappen som visaren ligger i hos servern framför, till exempel /kartan.")  # fmt: skip
@click.option("--https", is_flag=True, help="Läsarna når visaren med https, genom en server framför den.")
@click.option("--proxy", "proxies", type=NetworkType(), metavar="ADRESS", multiple=True,
              help="En server framför visaren som den litar på; kan ges flera gånger.")  # fmt: skip
@click.option("--state", type=click.Path(path_type=Path), metavar="DIR",
              help="Mapp för den senaste läsningen som gick. Annars en som försvinner med visaren.")  # fmt: skip
@click.option("--config", type=click.Path(path_type=Path), metavar="FIL", is_eager=True, expose_value=False,
              envvar="MODULKARTA_CONFIG", callback=settings.from_file, help="Inställningar i TOML.")  # fmt: skip
@showing_options
def serve(
    port: int, watch: bool, names: tuple[str, ...], production: bool, bind: Address, workers: int, threads: int,
    memory: int, form: Form, prefix: str, https: bool, proxies: tuple[Network, ...], state: Path | None,
    folder: Path | None, schemas: Path | None, lang: Language | None,
) -> None:  # fmt: skip
    """Visa modulkartan i webbläsaren, bara på den här datorn om inget annat sägs.

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
    if not production:
        _refuse_production_only()
        return _serve_here(_place(found(folder), schemas), names, port, watch)
    _check(bind, names)
    settings.refuse_unknown()
    _check_gunicorn()
    open_to_all_unless_asked()
    with _kept_up(folder, schemas, names, state, journal(form)) as viewer:
        viewer.stand_behind(proxies, by_socket=bool(bind.path), https=https, prefix=prefix)
        _serve_many(viewer, bind, workers, threads, memory << 20)


serve = settings.configured(serve)


def _place(root: Path, schemas: Path | None) -> Place:
    from modulkarta.cli.serving.place import Place

    return Place(root=root, schemas=schemas, audience=asked_audience(), overlay=asked_overlay())


@contextmanager
def _kept_up(
    folder: Path | None, schemas: Path | None, names: tuple[str, ...], state: Path | None, tell: Tell
) -> Iterator[Viewer]:  # fmt: skip
    """The viewer of the files, or of the last good reading of them, for as long as what it keeps of them is there."""
    from modulkarta.cli.serving.opened import opened, place_of
    from modulkarta.cli.serving.state import private

    with private(state, tell) as kept:
        place = place_of(_place(Path(), schemas), folder, kept)
        yield opened(place, names, tell, kept)


def _serve_here(place: Place, names: tuple[str, ...], port: int, watch: bool) -> None:
    from modulkarta.cli.serving import here
    from modulkarta.cli.serving.opened import opened

    viewer = opened(place, names, told_to_people)
    tell_what_is_left_out(viewer.follower.whole, viewer.follower.shown.generations.current.read)
    listener = here.listener(port)
    viewer.tell()
    name, used = listener.getsockname()
    click.echo(f"Modulkartan visas på http://{name}:{used}/  (avsluta med Ctrl-C)", err=True)
    _spare()
    _beside(viewer.follower.then)
    if watch:
        _beside(partial(viewer.follower.follow, threading.Event()))
    here.answer(viewer.app, listener)


def _serve_many(viewer: Viewer, bind: Address, workers: int, threads: int, memory: int) -> None:
    viewer.tell()
    listener = bind.listener()
    viewer.follower.then()
    if sys.platform == "win32":
        from modulkarta.cli.serving import here

        _spare()
        _beside(partial(viewer.follower.follow, threading.Event()))
        viewer.follower.tell("info", "Visaren svarar.", address=f"http://{bind}/")
        here.answer(viewer.app, listener, workers * threads)
        return
    from modulkarta.cli.serving.production import Served, serve

    serve(Served(app=viewer.app, follower=viewer.follower, listener=listener, workers=workers, threads=threads,
                 memory=memory, tell=viewer.follower.tell))  # fmt: skip


def _check_gunicorn() -> None:
    """Before anything is read: it need not be there, for the viewer on one's own machine does without."""
    if sys.platform != "win32" and not find_spec("gunicorn"):
        raise click.ClickException("gunicorn saknas. Installera det: pip install 'modulkarta[production]'")


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
        key = param.opts[-1].lstrip("-")
        if given and key in settings.KEYS and key not in _EVERYWHERE:
            raise click.UsageError(f"{param.opts[-1]} hör ihop med --production.")


def _spare() -> None:
    """Or every collection goes through the whole catalogue, in the middle of somebody's page."""
    gc.freeze()
    gc.enable()


def _beside(step: Callable[[], None]) -> None:
    """Do something while pages are answered; it ends when they do."""
    threading.Thread(target=step, daemon=True).start()

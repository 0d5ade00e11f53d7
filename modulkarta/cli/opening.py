"""Options that many commands share, and how a command finds its catalogue."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import click

from modulkarta import dates, snapshot
from modulkarta import metamodel as metamodels
from modulkarta.analysis.secrecy import HIGHEST, LEVELS, Level
from modulkarta.cli.completing import Revision
from modulkarta.cli.progress import watched
from modulkarta.findings import message
from modulkarta.metamodel import Metamodel
from modulkarta.model import Catalogue, Entity
from modulkarta.nearest import nearest
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files, read_schemas, spoken
from modulkarta.source.folder import read as read_files
from modulkarta.wording import LANGUAGES, Language, said

F = TypeVar("F", bound=Callable[..., Any])
_AUDIENCE = "modulkarta.audience"
_REVISION = "modulkarta.revision"

catalogue_option = click.option(
    "--catalogue",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Katalogens mapp. Annars närmaste catalogue/.",
)
schemas_option = click.option(
    "--schemas",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Schemanas mapp. Annars schemas/ bredvid katalogen.",
)
language_option = click.option("--lang", type=click.Choice(LANGUAGES), help="Språk. Annars katalogens.")


def format_option(*formats: str) -> Callable[[F], F]:
    """How an answer is written; the first format is the default."""
    chosen = click.Choice(formats)
    return click.option(
        "--format", "format_", type=chosen, default=formats[0], show_default=True, help="Hur det skrivs."
    )


class Day(click.ParamType[date]):
    """A day written 2027-03-31, or `nu`/`now`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if value in ("nu", "now"):
            return today()
        when = dates.parse(value)
        if when is None or not when.exact:
            self.fail(f"”{value}” är inte en dag; skriv den som 2027-03-31", param, ctx)
        return when.earliest


date_option = click.option("--date", "on", type=Day(), metavar="DATUM", help="Planen den dagen. Annars i dag.")


def audience_option(default: Level) -> Callable[[F], F]:
    """Who is to see the answer. `opened` heeds it by itself, so that no command can forget to."""
    return click.option(
        "--audience", type=click.Choice(LEVELS), default=default, show_default=True, expose_value=False,
        callback=lambda ctx, _, audience: ctx.meta.update({_AUDIENCE: audience}),
        help="Visa inget som färre får se: public är alla, internal de egna, secret de som får se allt.",
    )  # fmt: skip


revision_option = click.option(
    "--rev", type=Revision(), metavar="REV", expose_value=False,
    callback=lambda ctx, _, revision: ctx.meta.update({_REVISION: revision}),
    help="Katalogen som den var då i git: en tagg, en gren, en commit. Annars filerna här.",
)  # fmt: skip
"""Which version of the catalogue answers. `opened` heeds it by itself, so that every command has it alike."""


def place_options(function: F) -> F:
    """The options of a command for those who write the catalogue: it knows all that the files say."""
    return catalogue_option(schemas_option(language_option(function)))


def reading_options(function: F) -> F:
    """The options of a command that answers from the catalogue, as it is here or was in a revision."""
    return revision_option(showing_options(function))


def showing_options(function: F) -> F:
    """The options of a command that shows the catalogue, to those who work with it if nothing else is said."""
    return place_options(audience_option("internal")(function))


def today() -> date:
    return datetime.now().astimezone().date()


def opened(folder: Path | None, schemas: Path | None) -> Snapshot:
    """The snapshot of the catalogue a command is about, as far as its audience may see it.

    A clear sentence and exit code 2 when there is none.
    """
    whole = opened_whole(folder, schemas)
    return seen(whole if asked_revision() is None else as_closed_now(whole, folder, schemas))


def opened_whole(folder: Path | None, schemas: Path | None) -> Snapshot:
    """The same for those who may see all: what is to be compared is hidden only after that."""
    if asked_revision() is not None:
        from modulkarta.cli.sides import Here, asked_side  # git is asked only for what is in git

        return asked_side(Here(folder=folder, schemas=schemas)).read
    files, metamodel = unbuilt(found(folder), schemas)
    with readable(), watched(files) as followed:
        return snapshot.build(followed, metamodel, today())


def as_closed_now(once: Snapshot, folder: Path | None, schemas: Path | None) -> Snapshot:
    """What once was with the levels it has now, if the catalogue still lies here and not all may be seen."""
    if asked_audience() == HIGHEST:
        return once
    from modulkarta.audience import as_closed_as

    try:
        files, metamodel = unbuilt(found(folder), schemas)
    except click.ClickException:
        return once
    return as_closed_as(once, snapshot.build(files, metamodel, today()))


def asked_revision() -> str | None:
    """The revision that the command that runs is asked to answer from; None for the files as they lie here."""
    revision: str | None = click.get_current_context().meta.get(_REVISION)
    return revision


def asked_audience() -> Level:
    """The audience of the command that runs; those who may see all, where a command does not ask."""
    audience: Level = click.get_current_context().meta.get(_AUDIENCE, HIGHEST)
    return audience


def seen(whole: Snapshot, *, silently: bool = False) -> Snapshot:
    """What the audience of the command that runs may see, and a word to who asks when that is not all."""
    audience = asked_audience()
    if audience == HIGHEST:
        return whole
    from modulkarta.audience import narrowed

    read = narrowed(whole, audience)
    if read.catalogue is not whole.catalogue and not silently:
        words = message("Det som --audience {audience} inte får se är inte med.", audience=audience)
        click.echo(said(words, language(click.get_current_context().params.get("lang"), read)), err=True)
    return read


def unbuilt(root: Path, schemas: Path | None) -> tuple[Files, Metamodel]:
    """The bytes and the metamodel of a catalogue that is to be changed."""
    with readable():
        read = metamodels.read(read_schemas(schemas or schemas_beside(root)))
        return read_files(root, spoken(shown(root))), read


@contextmanager
def readable() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise click.ClickException(f"Schemana går inte att använda: {error}") from None
    except OSError as error:
        raise click.ClickException(f"Katalogen går inte att läsa: {error.filename}: {error.strerror}") from None


def found(folder: Path | None) -> Path:
    """The folder of the catalogue: the given one, else the nearest `catalogue/` from here upwards."""
    if folder is not None:
        inside = folder / "catalogue"
        if not folder.is_dir():
            raise click.ClickException(f"Mappen {folder} finns inte.")
        root = inside if inside.is_dir() and not (folder / "catalogue.yaml").exists() else folder
        if not (root / "catalogue.yaml").exists() and next(root.glob("*/*/*.yaml"), None) is None:
            raise click.ClickException(f"I mappen {folder} finns ingen katalog.")
        return root
    for place in (Path.cwd(), *Path.cwd().parents):
        if (place / "catalogue.yaml").is_file():
            return place
        if (place / "catalogue").is_dir():
            return place / "catalogue"
    raise click.ClickException("Ingen mapp catalogue/ här eller ovanför. Ange den med --catalogue DIR.")


def asked(catalogue: Catalogue, id_: str, kind: str = "") -> Entity:
    """The entity of an id somebody wrote; one clear sentence, with the id that was meant, when there is none."""
    found = catalogue.get(id_, kind)
    if found:
        return found
    if id_ in catalogue.unusable:
        raise click.UsageError(f"Filen för ”{id_}” går inte att använda. Kör modulkarta check.")
    known = [entity.id for entity in catalogue.of_kind[kind]] if kind else list(catalogue.entities)
    meant = catalogue.former.get(id_) or nearest(id_, known)
    hint = f" Menade du ”{meant}”?" if meant else ""
    if kind:
        raise click.UsageError(f"”{id_}” finns inte bland {catalogue.metamodel.kinds[kind].plural.sv}.{hint}")
    raise click.UsageError(f"Det finns ingenting som heter ”{id_}”.{hint}")


def schemas_beside(root: Path) -> Path:
    """`schemas/` beside the catalogue, else the schemas that come with the program."""
    beside = root.resolve().parent / "schemas"
    if (beside / "common.schema.json").is_file():
        return beside
    packaged = Path(str(resources.files("modulkarta"))) / "schemas"
    return packaged if packaged.is_dir() else packaged.parent.parent / "schemas"


def shown(path: Path) -> str:
    """A path relative to where the command runs, with `/`."""
    return Path(os.path.relpath(path)).as_posix()


def language(lang: Language | None, read: Snapshot) -> Language:
    """The asked language, else the catalogue's."""
    return lang or read.catalogue.settings.language


def progress(text: str) -> None:
    """A word about what takes time, to people only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)

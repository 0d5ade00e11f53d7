"""What the shell may fill in where a command asks for something of the catalogue: quick, and silent when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

_MOST = 500
_HEAD = 2048
"""A file's name stands among its first lines; no more is read."""

_NAME = re.compile(r"^name:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


class _Known(click.ParamType[str]):
    """A word that is taken as it is written, with a list of what there is for who presses tab."""

    def known(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        """The words that begin so."""
        raise NotImplementedError

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return list(self.known(ctx, incomplete))
        except Exception:  # who presses tab is not to be told of it
            return []


class Id(_Known):
    """An id of the catalogue, of one kind or any; what is written is taken as it is."""

    name = "id"

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def known(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        from modulkarta.cli.folders import found

        root = found(ctx.params.get("folder"))
        files = (file for file in root.glob(f"{self._folder(root)}/*.yaml") if file.stem.startswith(incomplete))
        for file in sorted(files, key=lambda file: file.stem)[:_MOST]:
            yield CompletionItem(file.stem, help=_name(file))

    def _folder(self, root: Path) -> str:
        """Where the files of the kind lie, as a pattern."""
        if not self.kind:
            return "*/*"
        from modulkarta import metamodel
        from modulkarta.cli.folders import schemas_beside
        from modulkarta.source.folder import read_schemas

        kind = metamodel.read(read_schemas(schemas_beside(root))).kinds[self.kind]
        return f"{kind.layer}/{kind.folder}"


class Sort(_Known):
    """A kind of the metamodel, by its name."""

    name = "sort"

    def __init__(self, *, reports: bool = False) -> None:
        self.reports = reports

    def known(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        from modulkarta import metamodel
        from modulkarta.cli.folders import found, schemas_beside
        from modulkarta.source.folder import read_schemas

        kinds = metamodel.read(read_schemas(schemas_beside(found(ctx.params.get("folder"))))).kinds.values()
        yield from (CompletionItem(k.name, help=k.label.sv) for k in kinds if k.name.startswith(incomplete))
        if self.reports and "report".startswith(incomplete):
            yield CompletionItem("report", help="Text till en månads rapport")


class Code(_Known):
    """The code of a rule."""

    name = "code"

    def known(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        from modulkarta.rules.manual import CODES, page

        for code in CODES:
            if code.startswith(incomplete.upper()):
                found = page(code)
                yield CompletionItem(code, help=found.title if found else None)


class View(_Known):
    """A picture, by its name."""

    name = "view"

    def known(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        from modulkarta.figures.views import VIEWS
        from modulkarta.wording import said

        yield from (
            CompletionItem(name, help=said(v.about)) for name, v in VIEWS.items() if name.startswith(incomplete)
        )


class Revision(_Known):
    """A branch or a tag in git, or anything else that git takes for a revision."""

    name = "revision"

    def known(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        from modulkarta.source.revision import names

        place = ctx.params.get("folder") or Path.cwd()
        yield from (CompletionItem(name) for name in names(place) if name.startswith(incomplete))


def _name(file: Path) -> str | None:
    with file.open("rb") as opened:
        found = _NAME.search(opened.read(_HEAD).decode("utf-8", "replace"))
    return found[1].strip("\"'") if found else None

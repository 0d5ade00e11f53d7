"""lsp: the language server, started by an editor."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from modulkarta.cli.folders import schemas_beside
from modulkarta.cli.options import schemas_option, today


@click.command()
@click.option("--stdio", is_flag=True, hidden=True)
@schemas_option
def lsp(stdio: bool, schemas: Path | None) -> None:
    """Hjälp en editor medan du skriver: fel direkt, förslag, förklaringar och byte av id.

    Editorn startar kommandot och talar med det på stdin och stdout. Så ställer du in den: docs/editors.md.

    \b
    Exempel:
      modulkarta lsp
    """
    try:
        from modulkarta.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException(
            "Språkservern behöver pygls. Installera den: pip install 'modulkarta[lsp]'"
        ) from None
    if sys.stdin.isatty():
        click.echo("Det här är för editorer: de startar det själva. Se docs/editors.md. Avsluta med Ctrl-D.", err=True)
    gc.enable()
    serve(lambda root: schemas or schemas_beside(root), today)

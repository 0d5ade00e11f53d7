"""The command line: one file a group of commands, each imported only when it is asked for."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from modulkarta import __version__

COMMANDS = {
    "check": "checking",
    "explain": "checking",
    "rules": "checking",
    "rename": "authoring",
    "gaps": "reading",
    "coverage": "reading",
    "timeline": "planning",
    "whatif": "planning",
    "capabilities": "tables",
    "tender": "tables",
    "standardisation": "tables",
    "integrations": "overviews",
    "information": "overviews",
    "followup": "overviews",
    "impact": "relating",
    "graph": "relating",
    "serve": "serving",
    "lsp": "language_server",
    "report": "reporting",
    "schema": "editors",
}
"""Each command and the file it lives in."""


class _Commands(click.Group):
    """Finds a command by name without importing the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"modulkarta.cli.{COMMANDS[name]}"), name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from modulkarta.nearest import nearest

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            meant = nearest(args[0], COMMANDS, limit=60)
            raise click.UsageError(error.message + (f" Menade du ”{meant}”?" if meant else ""), ctx) from None


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="modulkarta")
def cli() -> None:
    """Modulkarta: en katalog över en modulär vårdinformationsmiljö.

    \b
    Vanligast:
      modulkarta check            kontrollera katalogen
      modulkarta serve            visa modulkartan i webbläsaren
      modulkarta gaps             glapp mellan det gamla och det nya
      modulkarta report -o DIR    skriv rapportens avsnitt
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; the one place where exceptions become exit codes."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # a command ends before what it makes is worth collecting; serve turns it on again
    try:
        given = list(arguments) if arguments is not None else None
        code = cli.main(args=given, standalone_mode=False, color=False if plain else None)
    except click.ClickException as error:
        error.show()
        code = 2
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet.", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except OSError as error:
        click.echo(f"Det gick inte att läsa eller skriva: {error}", err=True)
        code = 2
    except Exception:
        code = _internal_error()
    finally:
        gc.enable()
    sys.exit(code if isinstance(code, int) else 0)


def _internal_error() -> int:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="modulkarta-", suffix=".txt", delete=False) as report:
        report.write(traceback.format_exc())
    click.echo(f"Internt fel i modulkarta {__version__}. Beskrivning sparad i {report.name}", err=True)
    return 3

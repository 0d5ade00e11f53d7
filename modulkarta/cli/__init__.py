"""The command line: one file a group of `commands` (see COMMANDS), each imported only when it is asked for.

What a command answers is put into `words` for people or `records` for programs; what `check` found is written in one of
the `formats`.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from types import CodeType
from typing import Any

import click

from modulkarta import __version__
from modulkarta.cli import speaking

COMMANDS = {
    "check": "checking",
    "explain": "checking",
    "rules": "checking",
    "new": "authoring",
    "fmt": "tidying",
    "rename": "authoring",
    "show": "showing",
    "list": "showing",
    "search": "searching",
    "stats": "showing",
    "classify": "classifying",
    "gaps": "reading",
    "coverage": "reading",
    "diff": "differing",
    "history": "past",
    "pr-comment": "commenting",
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
    "follow": "upstream",
    "build": "building",
    "lsp": "language_server",
    "mcp": "assistants",
    "render": "rendering",
    "report": "reporting",
    "export": "exporting",
    "import": "importing",
    "schema": "editors",
    "doctor": "doctoring",
    "completion": "completion",
}
"""Each command and the file it lives in."""


class _Commands(speaking.SpeakingGroup):
    """Finds a command by name without importing the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, functions = import_module(_module(name)), _functions(name)
        command: click.Command = next(found for one in functions if (found := getattr(module, one, None)))
        return speaking.in_swedish(command)

    def help_of(self, name: str) -> str:
        """The docstring of a command's function, out of the compiled file: to run all of them takes a second."""
        loader: Any = getattr(find_spec(_module(name)), "loader", None)
        inside = [one for one in loader.get_code(_module(name)).co_consts if isinstance(one, CodeType)]
        texts = [one.co_consts[0] for one in inside if one.co_name in _functions(name) and one.co_consts]
        return next((text for text in texts if isinstance(text, str)), "")

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args[0] not in COMMANDS:
            raise click.UsageError(speaking.with_hint(f"Kommandot {args[0]} finns inte", args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="modulkarta", help="Visa versionen.")
def cli() -> None:
    """Modulkarta: en katalog över en modulär vårdinformationsmiljö.

    \b
    Vanligast:
      modulkarta check            kontrollera katalogen
      modulkarta serve            visa modulkartan i webbläsaren
      modulkarta gaps             glapp mellan det gamla och det nya
      modulkarta report -o DIR    skriv rapportens avsnitt
    """


def _module(name: str) -> str:
    return f"modulkarta.cli.commands.{COMMANDS[name]}"


def _functions(name: str) -> tuple[str, str]:
    """What the function of a command may be called: a word that Python keeps for itself has a line after it."""
    plain = name.replace("-", "_")
    return plain, f"{plain}_"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; the one place where exceptions become exit codes."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    printed = sys.stdout
    gc.disable()  # a command ends before what it makes is worth collecting; serve turns it on again
    try:
        given = list(arguments) if arguments is not None else None
        code = cli.main(args=given, prog_name="modulkarta", standalone_mode=False, color=False if plain else None)
    except click.ClickException as error:
        speaking.show(error)
        code = 2
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Avbrutet.", err=True)
        code = 130
    except SystemExit as ended:
        code = 0 if sys.stdout is not printed else ended.code  # click took it away, for nobody reads it any longer
    except OSError as error:
        click.echo(f"Det gick inte att läsa eller skriva: {error}", err=True)
        code = 2
    except Exception:
        code = _internal_error()
    finally:
        gc.enable()
    sys.exit(code if isinstance(code, int) else 0)


def program() -> None:
    """`main` in a process of its own: at its end nothing is given back piece by piece, for all of it goes at once."""
    try:
        main()
    except SystemExit as ended:
        if threading.active_count() > 1:
            raise
        atexit._run_exitfuncs()
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(ended.code if isinstance(ended.code, int) else 0)
        raise  # as Python tells of what could not be written


def _internal_error() -> int:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="modulkarta-", suffix=".txt", delete=False) as report:
        report.write(traceback.format_exc())
    click.echo(f"Internt fel i modulkarta {__version__}. Beskrivning sparad i {report.name}", err=True)
    return 3

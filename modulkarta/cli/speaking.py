"""The command line in Swedish: Click's own words for help and for wrong use, and what was probably meant."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click
from click.core import ParameterSource

from modulkarta.cli.screen import folded, room
from modulkarta.wording import sentence

_HELP = "Visa den här hjälpen."


class Speaking(click.Command):
    """A command whose help is in Swedish."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        for english, swedish in _USAGE:
            pieces = pieces.replace(english, swedish)
        formatter.write_usage(ctx.command_path, pieces, prefix="Användning: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = (param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option))
        if rows := [(_placeholder(left), _extra(right)) for left, right in filter(None, own)]:
            with formatter.section("Val"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = _HELP
        return option


class SpeakingGroup(Speaking, click.Group):
    """A group of commands whose help is in Swedish; no command's line is cut short."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, first_paragraph(self.help_of(name))) for name in self.list_commands(ctx)])

    def help_of(self, name: str) -> str:
        """What a command says of itself."""
        return self.commands[name].help or ""


def in_swedish(command: click.Command) -> Speaking:
    """The same command with its help in Swedish."""
    made = Speaking.__new__(Speaking)
    made.__dict__.update(command.__dict__)
    return made


def show(error: click.ClickException) -> None:
    """Tell people what was wrong with what they wrote, on stderr: how it is used, then the reason."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    if isinstance(error, click.UsageError) and error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"Hjälp: {error.ctx.command_path} --help\n", err=True)
    for line in folded(f"Fel: {said(error)}", room(sys.stderr), indent="     "):
        click.echo(line, err=True)


def said(error: click.ClickException) -> str:
    """What is wrong, as a Swedish sentence, with what was probably meant."""
    match error:
        case click.NoSuchOption():
            return with_hint(f"Valet {error.option_name} finns inte", error.option_name, _option_names(error.ctx))
        case click.exceptions.MissingParameter():
            return _missing(error)
        case click.BadParameter():
            where = f"{_written(error, error.param)}: " if error.param else ""
            return f"{where}{why(error)}"
    return why(error)


def why(error: click.ClickException) -> str:
    """What is wrong, without where it was written: Click's own sentence in Swedish; ours are that already."""
    for pattern, swedish in _SENTENCES:
        if found := pattern.fullmatch(error.message):
            return _with_choices(swedish.format(*found.groups()), found, error)
    return error.message


def with_hint(what: str, word: str, words: Iterable[str], limit: float = 60, otherwise: str = "") -> str:
    """That something is wrong as a sentence, and the word that was probably meant; what else to do where none is."""
    from modulkarta.nearest import meaning, nearest  # most of what is written is right

    if meant := nearest(word, words, limit):
        return sentence(meaning(what, meant))
    return f"{what}. {otherwise}".rstrip()


def _written(error: click.BadParameter, param: click.Parameter) -> str:
    """What it is called where it was written: an option, or a variable of the environment."""
    source = error.ctx.get_parameter_source(param.name or "") if error.ctx else None
    if source is ParameterSource.ENVIRONMENT and isinstance(param.envvar, str):
        return param.envvar
    return _name(param)


# Help

_USAGE = (("[OPTIONS]", "[VAL]"), ("COMMAND [ARGS]...", "KOMMANDO ..."))
_PLACEHOLDERS = {"INTEGER RANGE": "TAL", "INTEGER": "TAL", "FLOAT RANGE": "TAL", "FLOAT": "TAL", "PATH": "SÖKVÄG",
                 "DIRECTORY": "DIR", "FILENAME": "FIL", "FILE": "FIL"}  # fmt: skip
_EXTRAS = (
    (re.compile(r"\[env var: "), "[miljö: "),
    (re.compile(r"\[default: \(?(.*?)\)?\]$"), r"[annars: \1]"),
    (re.compile(r"\[required\]$"), "[krävs]"),
    (re.compile(r"; (-?\d+)<=x<=(-?\d+)\]$"), r"; \1 till \2]"),
    (re.compile(r"; x>=(-?\d+)\]$"), r"; minst \1]"),
)


def _placeholder(left: str) -> str:
    """The names of an option, with what stands for its value in Swedish."""
    names, _, value = left.partition(" ")
    for english, swedish in _PLACEHOLDERS.items():
        if left.endswith(f" {english}"):
            return f"{left.removesuffix(english)}{swedish}"
    return f"{names} {value}" if value else names


def _extra(right: str) -> str:
    for pattern, swedish in _EXTRAS:
        right = pattern.sub(swedish, right)
    return right


def first_paragraph(text: str) -> str:
    """What a command does, whole: the first that its help says."""
    return " ".join(inspect.cleandoc(text).split("\n\n")[0].split())


# Wrong use

_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), swedish)
    for pattern, swedish in (
        (r"Missing command\.?", "Skriv vilket kommando som ska köras."),
        (r"Got unexpected extra arguments? \((.*)\)", "Det är för många argument: {0}."),
        (r"Option '?(.*?)'? requires an argument\.?", "Valet {0} behöver ett värde."),
        (r"Option '?(.*?)'? requires (\d+) arguments\.?", "Valet {0} behöver {1} värden."),
        (r"Option '?(.*?)'? does not take a value\.?", "Valet {0} tar inget värde."),
        (r"(?:Path|File|Directory) '(.*)' does not exist\.", "filen eller mappen {0} finns inte."),
        (r"(?:Path|File|Directory) '(.*)' is a file\.", "{0} är en fil, inte en mapp."),
        (r"(?:Path|File|Directory) '(.*)' is a directory\.", "{0} är en mapp, inte en fil."),
        (r"(?:Path|File|Directory) '(.*)' is not readable\.", "{0} går inte att läsa."),
        (r"(?:Path|File|Directory) '(.*)' is not writable\.", "{0} går inte att skriva i."),
        (r"'(.*)' is not a valid (?:integer|float)(?: range)?\.", "”{0}” är inte ett tal."),
        (r"'(.*)' is not a valid boolean\..*", "”{0}” är varken true eller false."),
        (r"(.*) is not in the range (-?\d+)<=x<=(-?\d+)\.", "{0} är inte ett tal från {1} till {2}."),
        (r"(.*) is not in the range x>=(-?\d+)\.", "{0} är för litet; minst {1}."),
        (r"'(.*)' is not (?:one of )?'.*'\.", "”{0}” går inte att välja."),
    )
)


def _with_choices(sentence: str, found: re.Match[str], error: click.ClickException) -> str:
    type_ = getattr(getattr(error, "param", None), "type", None)
    if isinstance(type_, click.Choice) and " is not " in found[0]:
        return with_hint(f"{sentence} Välj bland {_listed(type_.choices)}", found[1], type_.choices)
    return sentence


def _missing(error: click.exceptions.MissingParameter) -> str:
    param = error.param
    what = "Argumentet" if isinstance(param, click.Argument) else "Valet"
    choices = f" Välj bland {_listed(param.type.choices)}." if param and isinstance(param.type, click.Choice) else ""
    return f"{what} {_name(param)} saknas.{choices}" if param else "Något saknas."


def _name(param: click.Parameter | None) -> str:
    """What people call an option or an argument."""
    if isinstance(param, click.Option):
        return " / ".join(param.opts)
    metavar = re.sub(r"[\[\].]", "", param.metavar or "") if param else ""
    return metavar or (param.human_readable_name if param else "")


def _option_names(ctx: click.Context | None) -> Iterator[str]:
    for param in ctx.command.get_params(ctx) if ctx else ():
        yield from (*param.opts, *param.secondary_opts) if isinstance(param, click.Option) else ()


def _listed(words: Sequence[Any]) -> str:
    return ", ".join(map(str, words))

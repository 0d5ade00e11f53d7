"""What can be set of how the viewer is served: by an option, else by the environment, else in a file of settings."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from modulkarta.cli import speaking
from modulkarta.source import refused
from modulkarta.wording import said

_PREFIX = "MODULKARTA_"
KEYS = (
    "bind", "host", "audience", "catalogue", "overlay", "schemas", "lang", "workers", "threads", "memory", "https",
    "proxy", "prefix", "state", "log",
)  # fmt: skip
"""Each is an option of `serve`, a variable of the environment and a key of the file."""
_OTHERS = (f"{_PREFIX}CONFIG", f"{_PREFIX}CACHE")
"""Variables that are no settings of the viewer: where these are written, and where `check` keeps its answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One thing that can be set, and the option that says what it may be."""

    key: str
    option: click.Option

    @property
    def variable(self) -> str:
        return f"{_PREFIX}{self.key.upper()}"

    @property
    def otherwise(self) -> str:
        """What holds where nothing is said, in production; nothing where the option's own words say it."""
        default = "public" if self.key == "audience" else self.option.default
        return f"`{default}`" if default and isinstance(default, str | int) else ""


def configured(command: click.Command) -> click.Command:
    """The same command, whose settings are read from the environment too."""
    for setting in settings(command):
        setting.option.envvar = setting.variable
        if setting.key == "audience":
            setting.option.show_default = "internal; public med --production"
    return command


def settings(command: click.Command) -> tuple[Setting, ...]:
    """The settings of a command, in the order that they are told of."""
    options = {name: one for one in command.params if isinstance(one, click.Option) for name in one.opts}
    return tuple(Setting(key=key, option=options[f"--{key}"]) for key in KEYS)


def refuse_unknown() -> None:
    """A variable of the environment that looks like a setting and is none is a slip of the pen."""
    ctx = click.get_current_context()
    known = [*(setting.variable for setting in settings(ctx.command)), *_OTHERS]
    for name in sorted(os.environ):
        if name.startswith(_PREFIX) and name not in known:
            raise click.UsageError(_no_such(f"Miljövariabeln {name}", name, known), ctx)


def from_file(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    """Let the settings of a file hold where nothing else is said; a clear sentence with its line where one cannot."""
    if path is not None:
        ctx.default_map = dict(_values(ctx, path))


def _values(ctx: click.Context, path: Path) -> Iterator[tuple[str, Any]]:
    known = {setting.key: setting.option for setting in settings(ctx.command)}
    text, written = _read(path)
    for key, value in written.items():
        where = f"{path}:{_line(text, key)}"
        if key not in known:
            raise click.UsageError(f"{where}: {_no_such(f'Inställningen {key}', key, known, value)}", ctx)
        yield known[key].name or key, _value(ctx, known[key], value, path.parent, where)


def _no_such(what: str, name: str, known: Iterable[str], value: object = None) -> str:
    """That nothing can be set by that name, and what does it instead."""
    if isinstance(value, dict):
        return f"{what} finns inte. Skriv inställningarna direkt i filen, utan rubriker inom hakparentes."
    if name.removeprefix(_PREFIX).casefold() == "port":
        return f"{what} finns inte. Porten står i bind, till exempel 127.0.0.1:8000."
    return speaking.with_hint(f"{what} finns inte", name, known)


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        raise click.UsageError(f"Inställningarna går inte att läsa: filen {path} finns inte.") from None
    except OSError as error:
        why = said(refused.reason(error), "sv")
        raise click.UsageError(f"Inställningarna går inte att läsa: {path}: {why}.") from None
    except ValueError as error:
        at = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{at[1]}" if at else str(path)
        raise click.UsageError(f"{where}: inställningarna är inte skrivna i TOML och UTF-8.") from None


def _line(text: str, key: str) -> int:
    """Where a key is written: it was read, so it is there."""
    pattern = re.compile(rf"\s*[\[\"']*{re.escape(key)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _value(ctx: click.Context, option: click.Option, value: Any, folder: Path, where: str) -> Any:
    """What is written for an option, of a type that it takes; paths lead from the folder of the file."""
    key = option.opts[-1].lstrip("-")
    for one in value if option.multiple and isinstance(value, list) else [value]:
        if type(one) is not _written_as(option):
            raise click.UsageError(f"{where}: {key} ska skrivas som {_NAMES[_written_as(option)]}.", ctx)
    value = [value] if option.multiple and not isinstance(value, list) else value
    if isinstance(option.type, click.Path):
        value = str(folder / value)
    try:
        option.type_cast_value(ctx, value)
    except click.BadParameter as error:
        raise click.UsageError(f"{where}: {key}: {speaking.why(error)}", ctx) from None
    return value


_NAMES: dict[type, str] = {bool: "true eller false", int: "ett tal", str: "text inom citattecken"}


def _written_as(option: click.Option) -> type:
    if option.is_flag:
        return bool
    return int if isinstance(option.type, click.IntRange) else str

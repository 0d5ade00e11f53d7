"""completion: what lets the shell fill in commands, options and the catalogue's own ids."""

from __future__ import annotations

import sys

import click

SHELLS = ("bash", "zsh", "fish")
_HOW = {
    "bash": 'Lägg raden i ~/.bashrc: eval "$(modulkarta completion bash)"',
    "zsh": 'Lägg raden i ~/.zshrc: eval "$(modulkarta completion zsh)"',
    "fish": "Kör: modulkarta completion fish > ~/.config/fish/completions/modulkarta.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(SHELLS), metavar="SKAL")
def completion(shell: str) -> None:
    """Skriv det som får skalet att fylla i kommandon, val och katalogens id med tabb.

    SKAL är bash, zsh eller fish.

    \b
    Exempel:
      modulkarta completion bash
      modulkarta completion fish > ~/.config/fish/completions/modulkarta.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    from modulkarta.cli import cli

    kind: type[ShellComplete] | None = get_completion_class(shell)
    assert kind is not None
    click.echo(ShellComplete.source(kind(cli, {}, "modulkarta", "_MODULKARTA_COMPLETE")))
    if sys.stdout.isatty():
        click.echo(_HOW[shell], err=True)

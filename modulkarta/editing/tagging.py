"""The tag in git that says which version of the catalogue a report was made of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from modulkarta.findings import Message, counted, message
from modulkarta.source import revision
from modulkarta.source.git import RevisionError, answered, git, resolved, unsaved
from modulkarta.source.refused import spoken

_NAMED = 3
"""Of the files that are not committed; the rest are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A name for a commit, not given yet."""

    root: Path
    name: str
    commit: str
    server: str
    """What git calls the server that it can be sent to, "" where there is none."""

    def give(self, words: str) -> None:
        """Give the name, with what is said of it; RevisionError where git refuses."""
        try:
            answered(self.root, "tag", "--annotate", "--message", words, self.name, self.commit)
        except RevisionError as error:
            raise _explained(error) from None

    @property
    def sending(self) -> str:
        """The command that lets others have it, "" where there is no server."""
        return f"git push {self.server} {self.name}" if self.server else ""


def planned(root: Path, schemas: Path, name: str) -> Tag:
    """The tag that the version checked out is to have.

    RevisionError with the reason where it cannot: no git, what is here is not committed, or the name is taken.
    """
    commit = revision.commit(root, "HEAD")
    if there := resolved(root, f"refs/tags/{name}^{{commit}}"):
        raise RevisionError(_taken(name, there, commit))
    if changed := _changed(root, schemas):
        raise RevisionError(_uncommitted(changed))
    return Tag(root=root, name=name, commit=commit, server=_server(root))


def _taken(name: str, there: str, commit: str) -> Message:
    if there == commit:
        return message("taggen {name} finns redan på den här versionen ({commit})", name=name, commit=there[:7])
    return message(
        "taggen {name} finns redan, på {there}; är det fel version tas den bort med git tag -d {name}",
        name=name, there=there[:7],
    )  # fmt: skip


def _changed(root: Path, schemas: Path) -> list[str]:
    """The files of the catalogue and of its schemas that are not as they are in the last commit."""
    top = Path(os.fsdecode(answered(root, "rev-parse", "--show-toplevel").removesuffix(b"\n"))).resolve()
    beside = [str(schemas.resolve())] if schemas.resolve().is_relative_to(top) else []
    return [spoken(line[3:]) for line in unsaved(root, ".", *beside)]


def _uncommitted(changed: list[str]) -> Message:
    names = ", ".join(changed[:_NAMED]) + (" …" if len(changed) > _NAMED else "")
    return counted(
        "{n} fil i katalogen är inte sparad i git ({names}), så ingen version i git är den som rapporten bygger på; "
        "spara den med git commit först",
        "{n} filer i katalogen är inte sparade i git ({names}), så ingen version i git är den som rapporten bygger på; "
        "spara dem med git commit först",
        len(changed), names=names,
    )  # fmt: skip


def _server(root: Path) -> str:
    names = git(root, "remote").stdout.decode("utf-8", "replace").split()
    return "origin" if "origin" in names else next(iter(names), "")


def _explained(error: RevisionError) -> RevisionError:
    """Git's refusal; who has not said who they are is told how."""
    words = str(error.message.values.get("words", ""))
    if "tell me who you are" not in words and "ident name" not in words:
        return error
    return RevisionError(
        message("git vet inte vem du är; kör git config user.name ”Ditt namn” och git config user.email din@adress")
    )

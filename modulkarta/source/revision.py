"""The catalogue's files as they stood at a revision: read from git's objects, with nothing checked out."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from modulkarta.findings import Finding, Location, Message, message
from modulkarta.nearest import nearest
from modulkarta.source import problems, refused
from modulkarta.source.folder import LARGEST_KEPT, MAX_BYTES, Files, is_kept, is_report, spoken
from modulkarta.source.git import RevisionError, answered, git, is_id, objects, resolved, understood
from modulkarta.wording import one_line

_LONGEST_CHAIN = 8
"""Of links that lead to links."""
_BACKWARDS = re.compile(r"(.+?)(?:~\d*|\^)+")


def commit(place: Path, revision: str) -> str:
    """The full id of the commit that somebody calls `main`, `v1.2` or `HEAD~3`, in the repository of a folder.

    Raises RevisionError when there is no git, no repository or no such commit.
    """
    by_words = revision.startswith(":/")  # all that follows is words, and what is found is a commit
    found = resolved(place, revision if by_words else f"{revision}^{{commit}}")
    if found:
        return found
    if not bare(place):
        inside(place)
    if shallow(place):
        raise RevisionError(_tooshallow(revision))
    raise RevisionError(_no_such(place, revision))


def merge_base(place: Path, revision: str, here_: str = "HEAD") -> str:
    """The full id of the commit where what is here left a revision.

    Raises RevisionError as `commit` does, and when the two have nothing in common that git knows of.
    """
    other, here = commit(place, revision), commit(place, here_)
    found = git(place, "merge-base", other, here).stdout.decode("utf-8", "replace").strip()
    if is_id(found):
        return found
    if shallow(place):
        raise RevisionError(_tooshallow(revision))
    raise RevisionError(
        message("”{it}” och {here} har ingen gemensam historia", it=spoken(revision), here=spoken(here_))
    )


def inside(root: Path) -> str:
    """Where a folder lies in its repository: a path from the top with `/`, "" for the top itself."""
    return os.fsdecode(answered(root, "rev-parse", "--show-prefix").removesuffix(b"\n")).rstrip("/")


def names(place: Path) -> list[str]:
    """The branches and tags of the repository of a folder, the servers' too; none outside one."""
    listed = git(place, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    return listed.stdout.decode("utf-8", "backslashreplace").split("\n")[:-1]


def shallow(place: Path) -> bool:
    """Whether only a part of the history is here."""
    return git(place, "rev-parse", "--is-shallow-repository").stdout == b"true\n"


def bare(place: Path) -> bool:
    """Whether a folder is a repository, or inside one, that has a history but no files."""
    return git(place, "rev-parse", "--is-bare-repository").stdout == b"true\n"


def read(place: Path, commit_: str, path: str, shown: str) -> Files | None:
    """The files of a folder at a commit, as `folder.read` gives those on disk; None where it was not there.

    `commit_` is a full id, `path` the folder's place from the top of the repository, and `shown` what findings call it.
    """
    entries = _entries(place, commit_, path)
    if entries is None:
        return None
    links = {name: entry for name, entry in entries.items() if entry.mode == "120000"}
    targets = objects(place, (entry.id for entry in links.values()))
    leads_to = {name: os.fsdecode(targets[entry.id]) for name, entry in links.items()}
    findings: list[Finding] = []
    chosen = dict(_chosen(entries, leads_to, shown, findings))
    whole = {name: entry for name, entry in chosen.items() if entry.size <= _most(name)}
    texts = objects(place, (entry.id for entry in whole.values()))
    for name in sorted(chosen.keys() - whole.keys()):
        if is_kept(name):
            findings.append(problems.too_large(Location(file=f"{shown}/{spoken(name)}"), LARGEST_KEPT))
    too_large = bytes(MAX_BYTES + 1)
    read_ = {name: texts.get(entry.id, too_large) for name, entry in sorted(chosen.items())}
    return Files(
        root=shown, findings=tuple(findings),
        contents={spoken(name): data for name, data in read_.items() if not is_report(name) and not is_kept(name)},
        reports={spoken(name): data for name, data in read_.items() if is_report(name)},
        kept={spoken(name): data for name, data in read_.items() if is_kept(name) and name in whole},
    )  # fmt: skip


def catalogues(place: Path, commit_: str) -> tuple[str, ...]:
    """The folders with a catalogue.yaml at a commit, as paths from the top of the repository, in order."""
    listed = answered(place, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit_)
    names = (os.fsdecode(name) for name in listed.split(b"\0"))
    return tuple(posixpath.dirname(name) for name in names if posixpath.basename(name) == "catalogue.yaml")


def read_schemas(place: Path, commit_: str, path: str) -> Mapping[str, str] | None:
    """The schema files of a folder at a commit by name, None where there are none.

    Raises ValueError, with its name, for one that is not UTF-8.
    """
    entries = _entries(place, commit_, path) or {}
    files = {n: e for n, e in sorted(entries.items()) if n.endswith(".schema.json") and "/" not in n and e.regular}
    if "common.schema.json" not in files:
        return None
    contents, texts = objects(place, (entry.id for entry in files.values())), {}
    for name, entry in files.items():
        try:
            texts[name] = contents[entry.id].decode("utf-8")
        except UnicodeDecodeError:
            raise ValueError(f"{name}: filen är inte skriven i UTF-8") from None
    return texts


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One line of a listing; `size` is in bytes, 0 for what is not a file."""

    mode: str
    id: str
    size: int

    @property
    def regular(self) -> bool:
        return self.mode.startswith("100")


def _entries(place: Path, commit_: str, path: str) -> dict[str, _Entry] | None:
    """Everything below a folder at a commit by path, None where there is no such folder."""
    top = resolved(place, f"{commit_}:{path}")
    tree = top and resolved(place, f"{top}^{{tree}}")
    if not tree:
        return None
    listed = answered(place, "ls-tree", "-r", "-z", "-l", "--full-tree", tree)
    with understood():
        return dict(_listed(listed))


def _listed(told: bytes) -> Iterator[tuple[str, _Entry]]:
    for line in told.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, id_, size = about.decode("ascii").split()
        yield os.fsdecode(name), _Entry(mode=mode, id=id_, size=int(size) if size.isdigit() else 0)


def _chosen(
    entries: Mapping[str, _Entry], leads_to: Mapping[str, str], shown: str, findings: list[Finding]
) -> Iterator[tuple[str, _Entry]]:
    """The files to read, as `folder.read` chooses them on disk; what is wrong with the others is added to findings."""
    odd = set()
    for name, listed in sorted(entries.items()):
        above = _folder_named_as_a_file(name)
        entry = _followed(name, entries, leads_to)
        at = Location(file=f"{shown}/{spoken(above or name)}")
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if above:
            if above not in odd:
                findings.append(problems.unreadable(at, refused.FOLDER))
            odd.add(above)
        elif listed.mode == "160000":
            findings.append(problems.not_read(at))
        elif isinstance(entry, Message):
            findings.append(problems.unreadable(at, entry))
        elif name.endswith(".yaml") or is_report(name) or is_kept(name):
            yield name, entry
        elif not name.endswith(".md"):
            findings.append(problems.not_read(at))


def _most(name: str) -> int:
    """How large a file may be to be read at all."""
    return LARGEST_KEPT if is_kept(name) else MAX_BYTES


def _folder_named_as_a_file(name: str) -> str:
    parts = name.split("/")
    return next(("/".join(parts[:n]) for n in range(1, len(parts)) if parts[n - 1].endswith(".yaml")), "")


def _followed(name: str, entries: Mapping[str, _Entry], leads_to: Mapping[str, str]) -> _Entry | Message:
    """The file that a path means, itself or what its link leads to inside the folder; or why it is not followed."""
    target = leads_to.get(name, "")
    for _ in range(_LONGEST_CHAIN):
        entry = entries.get(name)
        if entry is None:
            folder = any(one.startswith(f"{name}/") for one in entries) or name == "."
            return refused.TO_A_FOLDER if folder else refused.leads_nowhere(target)
        if name not in leads_to:
            return entry
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), leads_to[name]))
        if name.startswith(("/", "../")) or name == "..":
            return refused.leads_out(target)
    return refused.RING


def _no_such(place: Path, revision: str) -> Message:
    """Why there is no commit of a name, and what was probably meant."""
    known = names(place)
    if not known and not resolved(place, "HEAD"):
        return message("git-arkivet har inga sparade versioner än, så det finns inget att jämföra med")
    called = one_line(spoken(revision))
    began = _BACKWARDS.fullmatch(revision)
    if began and resolved(place, f"{began[1]}^{{commit}}"):
        return message("”{it}” finns inte: så långt tillbaka går inte historien", it=called)
    if meant := _meant(revision, known):
        return message("revisionen ”{it}” finns inte; menade du ”{meant}”?", it=called, meant=meant)
    return message("revisionen ”{it}” finns inte", it=called)


def _meant(name: str, known: list[str]) -> str | None:
    """The branch or tag that a name is probably meant to be: the server's of that name before one like it."""
    if f"origin/{name}" in known:
        return f"origin/{name}"
    in_another_case = {one.casefold(): one for one in known}
    return in_another_case.get(name.casefold()) or nearest(name, known)


def _tooshallow(revision: str) -> Message:
    return message(
        "”{it}” går inte att nå, för bara en del av historien är hämtad; "
        "kör git fetch --unshallow, eller sätt fetch-depth: 0 i bygget",
        it=spoken(revision),
    )

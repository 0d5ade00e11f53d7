"""A year of monthly reports over a copy of the good catalogue, as a real git history with a tag for each report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import given
from repositories import committed, git, repository

Change = Callable[[Path], None]

JOURNAL = "applications/modules/prehospital-journal.yaml"
ALARMS = "roadmap/replacements/ersattning-faltjournal.yaml"


def replaced(file: str, old: str, new: str) -> Change:
    """A change that puts one text in the place of another; the old one must be there."""

    def change(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert text.count(old) == 1, (file, old)
        (root / file).write_text(text.replace(old, new), "utf-8")

    return change


def written(file: str, text: str) -> Change:
    return lambda root: (root / file).write_text(text, "utf-8") and None


def removed(file: str) -> Change:
    return lambda root: (root / file).unlink()


def renamed(root: Path) -> None:
    """Larmpanelen under another id, everywhere."""
    old, new = "larmpanelen", "larmtavlan"
    for path in sorted(root.rglob("*.yaml")):
        text = path.read_text("utf-8")
        lines = (
            line.replace(f" {old}", f" {new}") if line.split()[-1:] == [old] else line for line in text.split("\n")
        )
        path.write_text("\n".join(lines), "utf-8")
    module = root / "applications/modules"
    text = (module / f"{old}.yaml").read_text("utf-8") + f"former_ids:\n  - {old}\n"
    (module / f"{old}.yaml").unlink()
    (module / f"{new}.yaml").write_text(text, "utf-8")


MONTHS: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("Katalogen som den är", ()),
    ("Journalen blir sen", (
        replaced(JOURNAL, "live: 2027-09-01", "live: 2027-12-01"),
    )),
    ("Journalen blir ännu senare", (
        replaced(JOURNAL, "live: 2027-12-01", "live: 2028-02-01"),
        replaced("roadmap/milestones/nord-gar-over.yaml", "date: 2027-09-01", "date: 2028-02-01"),
    )),
    ("Larmen blir utan ersättare", (
        replaced(ALARMS, "    disposition: replaced\n    by:\n      - module: larmpanelen\n    coverage: full\n",
                 "    disposition: unresolved\n"),
    )),
    ("Larmpanelen byter namn", (renamed,)),
    ("Larmen får sin ersättare tillbaka", (
        replaced(ALARMS, "    disposition: unresolved\n",
                 "    disposition: replaced\n    by:\n      - module: larmtavlan\n    coverage: full\n"),
    )),
    ("Bara ord", (
        replaced(JOURNAL, "summary: Journalen som", "summary: Den journal som"),
    )),
    ("En ny standard", (
        written("reference/standards/ex-bokning-1.yaml",
                "name: Ex-bokning 1\nsubject:\n  - interfaces\ntruth: illustrative\n"),
        replaced("applications/modules/tidbok-och-kallelse.yaml", "used_by:",
                 "standards:\n  - standard: ex-bokning-1\n    state: planned\nused_by:"),
    )),
    ("Avtalet förlängs", (
        replaced("reference/contracts/avtal-faltjournal.yaml", "ends: 2027-03-31", "ends: 2028-03-31"),
    )),
    ("Ingenting", ()),
    ("En risk är borta", (
        removed("roadmap/risks/risk-pappersrutin.yaml"),
    )),
    ("Modulen är upphandlad på riktigt", (
        replaced(JOURNAL, "state: awarded", "state: developed"),
    )),
)  # fmt: skip


def tag(month: int) -> str:
    return f"rapport-2026-{month:02}"


def made(place: Path) -> Path:
    """The repository: `catalogue/` and `schemas/`, a commit and a tag a month; nothing is committed in October."""
    repo = repository(place)
    shutil.copytree(given.GOOD, repo / "catalogue")
    shutil.copytree(given.SCHEMAS, repo / "schemas")
    for month, (why, changes) in enumerate(MONTHS, 1):
        for change in changes:
            change(repo / "catalogue")
        if changes or month == 1:
            committed(repo, why, day=f"2026-{month:02}-28")
        git(repo, "tag", tag(month))
    return repo


def copied(repo: Path, place: Path) -> Path:
    """The same again in another folder, to be changed."""
    return shutil.copytree(repo, place / "year")

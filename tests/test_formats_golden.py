"""How each format of check looks, byte for byte. What is told is made up here, so that no rule's wording matters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import given
import pytest

from modulkarta.cli.formats import FORMATS, Checked, Since, summary, written
from modulkarta.findings import Edit, Finding, Location, Message, Related, message
from modulkarta.rules import manual
from modulkarta.rules.manual import Page

FOLDER = "catalogue/applications/modules"
FILES = {
    "catalogue.yaml": 'title: T\nwaivers:\n  - {rule: MK992, entity: b, reason: "Byggs ”om”", until: 2999-12-31}\n',
    "modules/a": 'name: Ä\nsummary: "🚑🚑"   # 🚑 x\n',
    "modules/b": f'name: B\nsummary: "{"lång " * 40}"\n',
    "applications/modules/två ord.yaml": "name: C\n",
}


def at(file: str, line: int, column: int, end_column: int) -> Location:
    return Location(file=f"{FOLDER}/{file}", line=line, column=column, end_line=line, end_column=end_column)


def told(code: str, severity: str, where: Location, what: Message, **more: object) -> Finding:
    return Finding(code=code, severity=severity, location=where, message=what, **more)  # type: ignore[arg-type]


EVERYTHING = (
    told(
        "MK991", "error", at("a.yaml", 2, 20, 21), message("fel | ord ”{word}” [se](x)", word="<b>🚑\n::error::"),
        entity="a", path=("summary", 0), hint=message("menade du ”y”?"), safe=True,
        fix=(Edit(location=at("a.yaml", 2, 20, 21), text="y"),),
        related=(Related(location=at("b.yaml", 1, 7, 8), message=message("här står det rätta")),),
    ),
    told("MK992", "error", Location(file=f"{FOLDER}/två ord.yaml"), message("samma sak")),
    told("MK992", "error", at("b.yaml", 2, 120, 124), message("samma sak"), entity="b", path=("summary",)),
    told("MK993", "warning", at("a.yaml", 1, 1, 5), message("en varning"), entity="a"),
    told("MK994", "info", at("a.yaml", 1, 7, 8), message("en upplysning"), entity="a"),
)  # fmt: skip
PAGE = Page(code="MK991", title="Titeln", why="Därför att.\nPå två rader.", wrong="name: x", right="name: y")


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Something of everything, one of it older than the change, one with a waiver."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(manual, "page", lambda code: replace(PAGE, code=code) if code != "MK994" else None)
    monkeypatch.setattr("modulkarta.cli.formats.sarif.__version__", "1.2.3")
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)
    waived = told("MK992", "error", at("b.yaml", 1, 1, 5), message("något annat"), entity="b")
    read = replace(given.read(FILES), waived=(waived,))
    written_ = {f"{FOLDER}/a.yaml": frozenset({2})}
    since = Since(revision="main", commit="0" * 40, older=EVERYTHING[2:3], written=written_)
    return Checked(
        findings=EVERYTHING[:2] + EVERYTHING[3:], read=read, language="sv", files=tuple(read.texts), since=since
    )


@pytest.mark.parametrize("style", FORMATS)
def test_a_format_looks_as_before(checked: Checked, style: str) -> None:
    given.as_before(f"format-{style}.txt", "\n".join([*written(style, checked), ""]))


def test_the_summary_of_a_job_looks_as_before(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    list(written("github", checked))
    given.as_before("format-summary.md", Path("summary.md").read_text("utf-8"))


def test_the_same_at_two_places_and_a_remark_look_as_before(checked: Checked) -> None:
    everything = replace(checked, findings=EVERYTHING, since=None, remark=message("Allt räknas, för …"))
    lines = [*written("text", everything), *summary(everything), *summary(checked), ""]
    given.as_before("format-text-twice.txt", "\n".join(lines))

"""Nothing that is hidden leaves by any command or file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import given
import pytest
from cages import caged, laid_beside  # noqa: F401
from canaries import CANARY, FIRST, committed, written
from commands import Run
from insides import words_in
from quick import without_slow_files

from modulkarta.audience import as_closed_as, narrowed
from modulkarta.cli import COMMANDS, cli
from modulkarta.figures.raster import png
from modulkarta.figures.views import VIEWS
from modulkarta.levels import Level
from modulkarta.report import files

DOT = png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
"""A picture in which nothing can be read, in no time."""

pytestmark = pytest.mark.usefixtures("built_once")
ASKED: dict[str, list[list[str]]] = {
    "check": [[]],
    "show": [["oppen-module"], ["delvis-module"], ["oppen-term"]],
    "list": [[], ["module"], ["term"], ["decision"]],
    "search": [["oppen"], ["kanari"], ["text"]],
    "stats": [[]],
    "classify": [[], ["--all"], ["--kind", "module", "--level", "public"], ["--due"], ["--unclassified"]],
    "gaps": [[], ["--within", "99y"]],
    "coverage": [["oppen-system"], ["delvis-system"]],
    "timeline": [[]],
    "whatif": [["oppen-module=+6m"], ["delvis-module=+6m"]],
    "capabilities": [[]],
    "tender": [["oppen-module"], ["delvis-module"]],
    "standardisation": [[]],
    "integrations": [[]],
    "information": [[]],
    "followup": [[]],
    "impact": [["oppen-module"], ["delvis-module", "--upstream"], ["oppen-contract"], ["oppen-function"]],
    "graph": [[], ["--date", "2029-01-01"]],
    "diff": [["HEAD~1"], ["HEAD~1", "--all"]],
    "pr-comment": [["--base", "HEAD~1"]],
    "history": [[], ["oppen-module"], ["delvis-module"]],
    "render": [],
    "report": [],
    "serve": [],
    "build": [],
    "mcp": [],
}
"""What each command that heeds an audience is asked; figures, the report and copies are read from their files, the
viewer page by page, and assistants are answered in test_mcp."""


def heeding() -> Iterator[str]:
    """The commands that have the option."""
    for name in COMMANDS:
        command: Any = cli.get_command(None, name)  # type: ignore[arg-type]
        if any(parameter.name == "audience" for parameter in command.params):
            yield name


def formats(name: str) -> list[list[str]]:
    command: Any = cli.get_command(None, name)  # type: ignore[arg-type]
    choices = [parameter.type.choices for parameter in command.params if parameter.name == "format_"]
    return [["--format", format_] for format_ in choices[0]] if choices else [[]]


def earlier(name: str) -> list[list[str]]:
    command: Any = cli.get_command(None, name)  # type: ignore[arg-type]
    return [["--rev", "HEAD~1"]] if any(parameter.name == "rev" for parameter in command.params) else []


def test_every_command_that_heeds_an_audience_is_tried() -> None:
    assert set(heeding()) == set(ASKED) | {"export"}  # which is tried format by format
    assert {"new", "fmt", "rename", "schema", "explain", "rules", "lsp", "doctor"}.isdisjoint(heeding())


@pytest.mark.parametrize("name", ASKED)
def test_no_command_tells(run: Run, place: tuple[Path, Level], name: str) -> None:
    folder, audience = place
    for asked in ASKED[name]:
        for format_ in [*formats(name), ["--lang", "en"], *earlier(name)] if asked is ASKED[name][0] else [[]]:
            arguments = (name, *asked, *format_, "--catalogue", folder, "--audience", audience)
            ended = run(*arguments)
            refused = name == "history" and audience == "public"
            assert ended.code == 2 if refused else ended.code in (0, 1) or "delvis" in asked[0], ended.err
            everything = ended.out + ended.err
            told = CANARY.search(everything)
            assert told is None, (arguments, told and everything[told.start() - 200 : told.end() + 100])


def test_what_was_meant_is_not_something_hidden(run: Run, place: tuple[Path, Level]) -> None:
    folder, audience = place
    ended = run("impact", "anarie-module", "--catalogue", folder, "--audience", audience)
    assert ended.code == 2 and CANARY.search(ended.err) is None


def test_without_a_level_all_of_it_is_told(run: Run, place: tuple[Path, Level], overlay: Path | None) -> None:
    for name in (["check"], ["timeline"], ["graph"], ["history"], ["diff", "HEAD~1"]):
        ended = run(*name, "--format", "json", "--catalogue", place[0], "--audience", "secret")
        assert CANARY.search(ended.out)
        if overlay and name[0] in ("check", "graph"):
            assert re.search("tillagd", ended.out) and "tunn-module" in ended.out


@pytest.mark.parametrize(
    "secrecy", ["{level: secret}", "{level: public, fields: {summary: secret, lifecycle: secret}}"]
)
def test_what_is_classified_now_is_not_told_as_it_was_before(run: Run, tmp_path: Path, secrecy: str) -> None:
    before = "summary: Kanarie\nlifecycle: {live: 2917-03}\nsecrecy: {level: public}\n"
    name = "Kanarie" if "fields" not in secrecy else "S"
    old = given.written(tmp_path / "a", {"systems/s": f"name: {name}\n{before}"})
    now = f"name: {name}\nsummary: Kanarie två\nlifecycle: {{live: 2917-05}}\nsecrecy: {secrecy}\n"
    new = given.written(tmp_path / "b", {"systems/s": now})
    for format_ in ("text", "markdown", "json"):
        ended = run("diff", old, new, "--all", "--format", format_, "--audience", "public")
        assert ended.code == 0 and CANARY.search(ended.out + ended.err) is None
        assert CANARY.search(run("diff", old, new, "--all", "--format", format_, "--audience", "secret").out)


def test_an_old_revision_is_as_closed_as_the_files_are_now(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written(tmp_path, "secret", comments=False)
    now = {file: file.read_text("utf-8") for file in root.rglob("*.yaml")}
    for file, text in now.items():
        file.write_text(text.replace('"secret"', '"public"'), "utf-8")
    committed(root)
    for file, text in now.items():
        file.write_text(text, "utf-8")
    for command in ("timeline", "graph", "history"):
        for audience, told in (("internal", False), ("secret", True)):
            ended = run(command, "--rev", "HEAD", "--catalogue", root, "--audience", audience, "--format", "json")
            assert ended.code == 0 and bool(CANARY.search(ended.out)) == told
    without_slow_files(monkeypatch)
    for asked in (["--since", "HEAD"], ["--since", "HEAD", "--rev", "HEAD"]):
        for audience, told in (("internal", False), ("secret", True)):
            place = tmp_path / audience / str(len(asked))
            assert run("report", *asked, "--catalogue", root, "--audience", audience, "-o", place).code == 0
            texts = "".join(file.read_text("utf-8") for file in place.rglob("*.md"))
            assert bool(CANARY.search(texts)) == told


def test_levels_of_now_hold_for_each_audience_in_turn() -> None:
    """One field is for the own, one for few: the first must not be shown again when the second has been hidden."""
    now = "name: S\nsecrecy: {level: public, fields: {summary: internal, description: secret}}\n"
    then = given.read({"systems/s": "name: S\nsummary: Kanarie\ndescription: Kanarie\nsecrecy: {level: public}\n"})
    closed = as_closed_as(then, given.read({"systems/s": now}))
    seen = {audience: narrowed(closed, audience).catalogue.entities["s"].fields for audience in ("internal", "public")}
    assert "summary" in seen["internal"] and "description" not in seen["internal"]
    assert "summary" not in seen["public"]


@pytest.mark.parametrize("was", [{}, {"contracts/q": "name: Avtal A\nsecrecy: {level: public}\n"}])
def test_what_is_classified_now_is_not_named_by_texts_of_before(was: given.Given) -> None:
    """It may have had another name then, or not have been there at all."""
    open_ = "name: S\nsecrecy: {level: public}\n"
    then = given.read({"systems/s": f"{open_}description: Jfr Projekt Kanarie.\n", **was})
    for level, told in (("secret", ()), ("internal", ("internal",)), ("public", ("internal", "public"))):
        hidden = f"name: Projekt Kanarie\nsecrecy: {{level: {level}, reason: avtal}}\n"
        closed = as_closed_as(then, given.read({"systems/s": open_, "contracts/q": hidden}))
        for audience in ("internal", "public"):
            seen = narrowed(closed, audience).catalogue.entities["s"].fields
            assert ("description" in seen) == (audience in told), (level, audience)


def test_who_asks_nothing_works_with_the_catalogue(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path / "bur", "secret", comments=False)
    for name in ("timeline", "graph", "information"):
        ended = run(name, "--catalogue", folder)
        assert CANARY.search(ended.out) is None
        assert ended.err.startswith("Det som --audience internal inte får se är inte med.")
    assert CANARY.search(run("check", "--catalogue", folder).out)


def test_only_those_who_may_see_all_may_mend(run: Run, tmp_path: Path) -> None:
    folder = written(tmp_path, "secret", comments=False)
    ended = run("check", "--fix", "--audience", "internal", "--catalogue", folder)
    assert ended.code == 2 and "kan inte begränsas med --audience" in ended.err


def test_a_catalogue_with_nothing_to_hide_says_nothing_of_it(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"systems/s": "name: S\nsecrecy: {level: internal}\n"})
    assert "audience" not in run("gaps", "--catalogue", folder).err
    assert "audience" in run("gaps", "--catalogue", folder, "--audience", "public").err


@pytest.mark.parametrize("asked", [("--month", "2026-11"), ("--since", "HEAD~1", "--rev", "HEAD")])
def test_no_file_of_the_report_tells(
    run: Run, place: tuple[Path, Level], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    folder, audience = place
    monkeypatch.setattr(files, "png", lambda svg: DOT)
    ended = run("report", *asked, "-o", tmp_path, "--catalogue", folder, "--audience", audience)
    assert ended.code == 0 and CANARY.search(ended.out + ended.err) is None
    texts = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".png"]
    assert len(texts) > 3
    for file in texts:
        assert CANARY.search(file.name) is None
        assert CANARY.search(words_in(file.name, file.read_bytes())) is None, file


def test_no_figure_tells(run: Run, place: tuple[Path, Level], tmp_path: Path) -> None:
    folder, audience = place
    codes = set()
    for name, view in VIEWS.items():
        things = ["oppen-system", "delvis-system", "kanarie-system", "anarie-system"] if view.of is not None else []
        then = {"map": ["--rev", FIRST], "roadmap": ["--since", FIRST]}.get(name, [])
        for arguments in [[], *([then] if then else []), *([thing] for thing in things)]:
            for ending in ("svg", "csv", "dot", "mmd") if not arguments or "delvis-system" in arguments else ("svg",):
                file = tmp_path / f"{name}-{'-'.join(arguments)}.{ending}"
                ended = run("render", name, *arguments, "-o", file, "--catalogue", folder, "--audience", audience)
                codes.add(ended.code)
                told = CANARY.search(ended.err.replace("”kanarie-system”", ""))
                assert told is None, (name, arguments, ended.err)
                assert ended.code == 2 or CANARY.search(file.read_text("utf-8")) is None
    assert codes == {0, 2}

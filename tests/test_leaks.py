"""Nothing that is hidden leaves by any command, page or file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import given
import pytest
from canaries import CANARY, FIRST, committed, laid_over, written
from commands import Run
from insides import words_in
from quick import without_graphviz, without_slow_files
from viewing import app

from modulkarta.analysis.secrecy import Level
from modulkarta.audience import as_closed_as, narrowed
from modulkarta.cli import COMMANDS, cli
from modulkarta.figures.views import VIEWS
from modulkarta.report import files

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


@pytest.fixture(
    scope="module",
    params=[("secret", "internal"), ("internal", "public"), (None, "public")],
    ids=lambda pair: f"{pair[0]}",
)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Level]:
    """A catalogue with canaries of a level, and a narrower audience."""
    level, audience = request.param
    folder = tmp_path_factory.mktemp("burar")
    root = written(folder, level, comments=audience == "public")
    if level == "secret":
        laid_over(tmp_path_factory.mktemp("tillagg"), root).rename(beside(root))
    committed(root)
    return root, audience


def beside(root: Path) -> Path:
    """The folder that is laid over a catalogue of these tests, if there is one."""
    return root.parent.with_name(f"{root.parent.name}-tillagg")


@pytest.fixture(autouse=True)
def overlay(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path | None:
    """What is laid over the catalogue that a test asks for: its commands know it by the environment."""
    if "place" not in request.fixturenames or not beside(request.getfixturevalue("place")[0]).exists():
        return None
    over = beside(request.getfixturevalue("place")[0])
    monkeypatch.setenv("MODULKARTA_OVERLAY", str(over))
    return over


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
    monkeypatch.setattr(files, "png", lambda svg: b"")
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


def headers(answer: Any) -> str:
    """What an answer says beside its body, without what may have any number in it."""
    return str([pair for pair in answer.headers if pair[0] not in ("Content-Length", "ETag")])


def test_no_page_tells(place: tuple[Path, Level], overlay: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    without_slow_files(monkeypatch)
    without_graphviz(monkeypatch)
    folder, audience = place
    client = app(folder.parent, audience, given.TODAY, beside=False, overlay=overlay).test_client()
    seen, waiting = set(), ["/", "/fardplan?datum=2030-01-01", "/finns-inte", "/sok?q=kanari", "/sok?q=oppen&lang=en"]
    waiting += [f"/andringar?fran={FIRST}&till=nu", f"/moduler?rev={FIRST}", f"/fardplan?rev={FIRST}"]
    waiting += [f"/{kind.slug}/delvis-{name}?rev={FIRST}" for name, kind in given.metamodel().kinds.items()]
    waiting += [f"/{kind.slug}/oppen-{name}x" for name, kind in given.metamodel().kinds.items()]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = client.get(address)
        assert page.status_code in (200, 301, 404), address
        text = unescape(words_in("x.png" if "image/png" in page.content_type else "", page.get_data()))
        told = CANARY.search(text)
        assert told is None, (address, told and text[told.start() - 300 : told.end() + 100])
        headers = [pair for pair in page.headers if pair[0] not in ("Content-Length", "ETag")]
        assert CANARY.search(str(headers)) is None
        of_one_day = re.sub(r'(?s)<section class="time.*?</section>', "", text)
        links = re.findall(r'(?:href|src|xlink:href)="(/[^"#]*)', of_one_day)
        new = [link for link in dict.fromkeys(links) if link not in seen and link not in waiting]
        waiting += [
            link
            for link in new
            if not re.search(r"^/static/|^/relationer/(djup|delvis|tunn)|rev=|lang=|\.md", link)
            and not re.search(r"^/bild/.*\.(png|pdf)|^/bild/(relationer|lager)/(?!delvis-module|oppen-system)", link)
        ]
    assert len(seen) > 60
    assert all(client.get(f"{page}={FIRST}").status_code == 200 for page in ("/andringar?till=nu&fran", "/moduler?rev"))


def test_no_answer_to_a_program_tells(place: tuple[Path, Level], overlay: Path | None) -> None:
    folder, audience = place
    client = app(folder.parent, audience, given.TODAY, beside=False, overlay=overlay).test_client()
    kinds = given.metamodel().kinds.values()
    things = [f"/{kind.slug}/{seen}-{kind.name}" for kind in kinds for seen in ("oppen", "delvis", "kanarie")]
    asked = ["", *ANSWERS, *(f"/{kind.slug}?per_page=500" for kind in kinds), *things]
    asked += [f"{address}{'&' if '?' in address else '?'}rev={FIRST}" for address in asked]
    codes = set()
    twins = ["/llms.txt", "/index.md", "/karta.md", "/kvalitet.md", *(f"{address}.md" for address in things)]
    for address in ["/openapi.json", *twins, *(f"/api/v1{address}" for address in asked)]:
        answer = client.get(address)
        codes.add(answer.status_code)
        told = CANARY.search(answer.text) if "kanarie" not in address else None
        assert told is None, (address, told and answer.text[told.start() - 300 : told.end() + 100])
        assert CANARY.search(headers(answer)) is None and ("kanarie" not in address or answer.status_code == 404)
    assert codes == {200, 404}


ANSWERS = (
    "/relationer?per_page=500", "/glapp", "/tackning/oppen-system", "/tackning/delvis-system", "/fardplan", "/karta",
    f"/andringar?fran={FIRST}", "/export.json", "/moduler/anarie-module", "/relationer?id=anarie-module",
    "/sok?q=anarie&antal=500",
)  # fmt: skip


def test_what_is_hidden_has_no_page(place: tuple[Path, Level]) -> None:
    client = app(place[0].parent, place[1], given.TODAY).test_client()
    for name, kind in given.metamodel().kinds.items():
        assert client.get(f"/{kind.slug}/kanarie-{name}").status_code == 404
        assert client.get(f"/relationer/kanarie-{name}").status_code == 404
        assert client.get(f"/{kind.slug}/oppen-{name}").status_code == 200

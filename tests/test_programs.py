"""Other programs run within bounds, and nothing that they start outlives them."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from functools import partial
from html import unescape
from pathlib import Path

import given
import pytest
from flask.testing import FlaskClient
from servers import LONGEST, children, is_gone

from modulkarta import programs
from modulkarta.figures import laying_out, relations
from modulkarta.programs import Bounds, Standing, TooMuch, TooSlow, run
from modulkarta.recent import Kept
from modulkarta.wording import LANGUAGES, Language
from webapp import create_app

QUICK = Bounds(seconds=0.3, memory=256 << 20, answer=1000)
ROOMY = Bounds(seconds=30, memory=256 << 20, answer=1000)
ENVIRONMENT = {"PATH": os.environ["PATH"]}
PYTHON = [sys.executable, "-I", "-S", "-c"]


def asked(code: str, bounds: Bounds = ROOMY, given: bytes = b"") -> bytes:
    return run([*PYTHON, code], bounds, given=given, env=ENVIRONMENT).stdout


def test_a_program_hears_what_it_is_given_and_its_answer_is_all_of_it() -> None:
    assert asked("import sys; print(len(sys.stdin.read()))", given=b"x" * 300_000) == b"300000\n"
    assert run([*PYTHON, "raise SystemExit(3)"], ROOMY, given=b"x" * 300_000, env=ENVIRONMENT).returncode == 3


def test_one_that_never_ends_is_ended_with_all_it_has_started(tmp_path: Path) -> None:
    """Also where it is one of them that holds on, and the program itself is long gone."""
    for last in ("sleep 600", "exit 0"):
        pid = tmp_path / "pid"
        began = time.monotonic()
        with pytest.raises(TooSlow):
            run(["sh", "-c", f"sleep 600 & echo $! > {pid}; {last}"], QUICK_AND_WRITES, env=ENVIRONMENT)
        assert time.monotonic() - began < 5 * LONGEST, "it is not waited for"
        assert is_gone(int(pid.read_text()))


QUICK_AND_WRITES = Bounds(seconds=5, memory=256 << 20, answer=1000, writes=True)
"""Time enough for a busy machine to start a shell that writes which process it has started."""


def test_one_that_never_stops_talking_is_ended() -> None:
    with pytest.raises(TooMuch):
        asked("while True: print('x' * 1000)")
    assert run([*PYTHON, "import sys; sys.stderr.write('x' * 10**6)"], ROOMY, env=ENVIRONMENT).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds another process")
def test_one_gets_so_much_memory_and_writes_nothing(tmp_path: Path) -> None:
    after_reading = "import sys; sys.stdin.read(); "  # its bounds are set by then
    assert run([*PYTHON, f"{after_reading}bytearray(300 << 20)"], ROOMY, env=ENVIRONMENT).returncode != 0
    assert asked("bytearray(10 << 20); print('ok')") == b"ok\n"
    file = tmp_path / "file"
    writing = f"{after_reading}open({str(file)!r}, 'w').write('x' * 9999)"
    assert run([*PYTHON, writing], ROOMY, env=ENVIRONMENT).returncode != 0
    assert not file.read_bytes()


def test_one_knows_nothing_of_the_environment_but_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORGE_TOKEN", "hemlig")
    monkeypatch.setenv("GVBINDIR", "/tmp/elsewhere")
    assert b"hemlig" not in asked("import os; print(dict(os.environ))")
    assert {"FORGE_TOKEN", "GVBINDIR"}.isdisjoint(laying_out._environment())


ECHO = "import sys\nfor line in sys.stdin: print(line.strip() + '!', flush=True)"


def begun_here() -> set[int]:
    return set(children(os.getpid()))


def standing(code: str, bounds: Bounds = ROOMY) -> Standing:
    return Standing([*PYTHON, code], bounds, last=b"!\n", env=ENVIRONMENT)


def test_one_that_stands_by_answers_one_question_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_MOST_ASKED", 3)
    one, begun, before = standing(ECHO), set[int](), begun_here()
    for number in range(7):
        question = str(number).encode()
        assert one.answer(question + b"\n", with_=question) == question + b"!\n"
        begun |= begun_here() - before
    one.end()
    assert len(begun) == 3 and begun_here() <= before


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("raise SystemExit", ROOMY), ("import time; time.sleep(600)", QUICK), ("while True: print('x' * 1000)", ROOMY),
        ("print('wrong!', flush=True); input()", ROOMY), ("import sys; sys.stdin.read(); print('a!')", QUICK),
    ],
)  # fmt: skip
def test_one_that_stands_by_and_has_failed_is_asked_no_more(code: str, bounds: Bounds) -> None:
    """It ended, was slow, would not stop, said something else, or waited for more."""
    one, before = standing(code, bounds), begun_here()
    assert one.answer(b"a\n", with_=b"a") is None and begun_here() <= before
    one._command = [*PYTHON, ECHO]
    assert one.answer(b"a\n", with_=b"a") is None and begun_here() <= before
    assert Standing(["/finns/inte"], bounds, last=b"!", env=ENVIRONMENT).answer(b"a", with_=b"a") is None


@pytest.fixture
def reader() -> FlaskClient:
    return create_app(given.good(), today=lambda: given.TODAY).test_client()


DOTS = {
    "exec sleep 60": "tog för lång tid",
    "cat > /dev/null; exit 1": "gick inte att rita",
    "kill -SEGV $$": "gick inte att rita",
    "cat > /dev/null; echo '<svg>'": "gick inte att rita",
    "cat > /dev/null; printf '\\377\\376'": "gick inte att rita",
    "exec yes": "gick inte att rita",
    "exit 0": "gick inte att rita",
}


@pytest.mark.parametrize("does", DOTS)
def test_a_dot_that_does_not_draw_costs_only_the_picture(
    does: str, reader: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next reader, who finds a dot that does, has the picture."""
    fake = tmp_path / "dot"
    fake.write_text(f"#!/bin/sh\n{does}\n")
    fake.chmod(0o755)
    bounds = Bounds(seconds=0.3 if "sleep" in does else 30, memory=1 << 30, answer=100_000)
    with monkeypatch.context() as here:
        here.setattr(laying_out, "_BOUNDS", bounds)
        here.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        answer = reader.get("/relationer/prehospital-journal")
        assert answer.status_code == 200 and DOTS[does] in answer.text and "<svg role" not in answer.text
        assert "ETag" not in answer.headers
    assert "<svg role" in reader.get("/relationer/prehospital-journal").text


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot finns inte här")
@pytest.mark.parametrize("waits", [False, True])
def test_many_pictures_are_as_each_is_by_itself(
    waits: bool, small_room: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where dot waits until it knows that nobody has more to ask."""
    catalogue = given.good().catalogue

    def drawn() -> list[str]:
        asked = [(one, lang) for one in sorted(catalogue.entities)[:12] for lang in LANGUAGES]
        return [relations.relations_svg(catalogue, one, lambda entity: f"/{entity.id}", lang) for one, lang in asked]

    alone = drawn()
    if waits:
        fake = tmp_path / "dot"
        fake.write_text(f'#!/bin/sh\nall=$(cat)\nprintf "%s\n" "$all" | {shutil.which("dot")} "$@"\n')
        fake.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        quick = partial(Standing, bounds=QUICK)
        monkeypatch.setattr(programs, "Standing", lambda command, bounds, **more: quick(command, **more))
    with laying_out.many():
        assert drawn() == alone
        assert laying_out._standing and laying_out._standing._failed == waits
    assert laying_out._standing is None


@pytest.fixture
def small_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for no picture that has been drawn."""
    monkeypatch.setattr(laying_out, "_kept", Kept(0))


def test_where_there_is_no_dot_the_list_is_there(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    answer = reader.get("/relationer/prehospital-journal")
    assert answer.status_code == 200 and "kräver Graphviz" in answer.text


def test_only_so_many_pictures_are_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch, reader: FlaskClient) -> None:
    """What has been drawn needs no turn."""
    monkeypatch.setattr(laying_out, "_WAIT", 0.05)
    monkeypatch.setattr(laying_out, "_kept", Kept(1_000_000))
    with laying_out._turns.taken(), laying_out._turns.taken():
        assert "Många bilder ritas just nu" in reader.get("/relationer/prehospital-journal").text
    assert "<svg role" in reader.get("/relationer/prehospital-journal").text
    with laying_out._turns.taken(), laying_out._turns.taken():
        assert "<svg role" in reader.get("/relationer/prehospital-journal?djup=1").text


def test_a_picture_is_laid_out_again_only_where_it_says_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is read anew, and in another catalogue too: what is kept is found by all that is drawn."""
    asked: list[str] = []
    monkeypatch.setattr(laying_out, "_kept", Kept(1_000_000))
    monkeypatch.setattr(laying_out, "_drawn", lambda program, dot: asked.append(dot) or f"<svg {len(asked)}></svg>")
    files = {"systems/a": "name: A\n", "modules/m": "name: M\ndepends_on: [a]\n", "systems/far": "name: Långt bort\n"}

    def drawn(language: Language = "sv", **changed: str) -> str:
        read = given.read(files | {f"systems/{id_}": text for id_, text in changed.items()})
        return relations.relations_svg(read.catalogue, "m", lambda entity: f"/{entity.id}", language)

    first = drawn()
    assert drawn() == drawn(far="name: Ännu längre bort\n") == first and len(asked) == 1
    assert drawn(a="name: B\n") != first and len(asked) == 2
    assert drawn(a="name: {sv: A, en: C}\n", language="en") != first and len(asked) == 3
    assert drawn() == first and len(asked) == 3


def test_a_turn_may_end_while_another_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it does now and then where two pages are made at a time."""

    class Ending(list[float]):
        def __bool__(self) -> bool:
            there = len(self) > 0
            self.clear()
            return there

    monkeypatch.setattr(laying_out._turns, "_begun", Ending([1.0]))
    with laying_out._turns.taken():
        assert len(laying_out._turns._begun) > 0


HOSTILE = (
    "<b>fet</b>", "<", "<>", "<x", r"\G", r"\N \L \T \E", r"\\", '"];n[image="/etc/passwd"]', "a\\", "{a|b}",
    "&lt;i&gt;", "]]> --> <!--", "%s%n", "href=javascript:alert(1)", "å" * 60, "<img src='/etc/passwd'/>",
    "<table><tr><td>x</td></tr></table>", "/etc/passwd", "a;b->c",
)  # fmt: skip


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot finns inte här")
def test_a_name_is_drawn_as_it_is_written_whatever_it_says() -> None:
    """The real dot, which gives HTML, escapes and files a meaning of their own."""
    files = {f"systems/s{n}": f"name: {json.dumps(name)}\n" for n, name in enumerate(HOSTILE)}
    names = [f"s{n}" for n in range(len(HOSTILE))]
    files["modules/m"] = f"name: M\ndepends_on: [{', '.join(names)}]\n"
    read = given.read(files)
    assert "m" in read.catalogue.entities, [one.message for one in read.findings]
    drawn = relations.relations_svg(read.catalogue, "m", lambda entity: f"/{entity.id}")
    shown = "".join(unescape(drawn).split()).replace("\xa0", "")
    for name in HOSTILE:
        assert "".join(name.split()) in shown, name
    assert "<image" not in drawn and "<script" not in drawn and "javascript:" not in drawn.replace("=javascript:", "")
    with pytest.raises(laying_out.CannotDraw):
        laying_out.laid_out("x" * 300_000)

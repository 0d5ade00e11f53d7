"""How speed is measured: all that a command uses is counted, within bounds, and nothing that was found is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import given
import pytest
from servers import LONGEST, becomes

sys.path.insert(0, str(given.ROOT / "scripts"))

from measure import results, screen, session, table
from measure.results import Results
from measure.runs import Bounds, NotDone, Run, run
from measure.turns import Row, Turns, Work

PYTHON = sys.executable
WORKING = "import time; until = time.process_time() + 0.3\nwhile time.process_time() < until: pass"
HOLDING = "import time; held = bytearray(b'x' * 80_000_000); time.sleep(3)"
STAYING = "import subprocess; left = subprocess.Popen(['setsid', 'sleep', '60']); print(left.pid, flush=True)"
WAITING = "import time; time.sleep(60)"
NOTHING = Work(name="inget", command=["true"])


def started(*codes: str) -> list[str]:
    """A command that starts others, which run at the same time, and waits for them."""
    several = f"[subprocess.Popen([sys.executable, '-c', code]) for code in {codes!r}]"
    return [PYTHON, "-c", f"import subprocess, sys\nfor one in {several}: one.wait()"]


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_processor_time_of_all_that_a_command_starts_is_counted() -> None:
    assert run(started(WORKING, WORKING), Bounds()).run.cpu >= 0.6


def test_the_memory_of_all_processes_is_counted_together() -> None:
    # The one that starts the other holds its own the whole time, so that it does not matter how busy the machine is.
    holding = "import subprocess, sys; held = bytearray(b'x' * 80_000_000)"
    both = f"{holding}; subprocess.run([sys.executable, '-c', {HOLDING!r}])"
    assert run([PYTHON, "-c", both], Bounds()).run.memory > 160


def test_what_the_command_says_and_how_it_ends_is_told() -> None:
    ended = run(
        [PYTHON, "-c", "import sys; print('ut', flush=True); print('fel', file=sys.stderr); sys.exit(3)"], Bounds()
    )
    assert (ended.code, ended.said) == (3, "ut\nfel\n")


@pytest.mark.parametrize(
    ("bounds", "code", "words"),
    [(Bounds(seconds=0.3), WAITING, "avbruten efter"), (Bounds(megabytes=60), HOLDING, "avbruten vid")],
)
def test_a_command_that_takes_too_much_is_ended(bounds: Bounds, code: str, words: str) -> None:
    with pytest.raises(NotDone, match=words):
        run([PYTHON, "-c", code], bounds)


def test_a_command_that_is_not_there_is_told() -> None:
    with pytest.raises(NotDone, match="gick inte att starta"):
        run(["/finns/inte"], Bounds())


def test_nothing_that_a_command_started_is_left() -> None:
    assert not alive(int(run([PYTHON, "-c", STAYING], Bounds()).said))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_when_the_measuring_is_ended(tmp_path: Path, number: signal.Signals) -> None:
    told = tmp_path / "told"
    left = f"open({str(told)!r}, 'w').write(str(left.pid) + chr(10))"
    # Python leaves SIGINT ignored where a shell has begun it aside, as it does in some CI.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    begun = f"run([{PYTHON!r}, '-c', {f'{STAYING}; {left}; {WAITING}'!r}], Bounds())"
    measuring = f"{heard}; from measure.runs import *; {begun}"
    environment = {**os.environ, "PYTHONPATH": str(given.ROOT / "scripts")}
    process = subprocess.Popen([PYTHON, "-c", measuring], env=environment, stderr=subprocess.DEVNULL)
    assert becomes(lambda: told.exists() and told.read_text().endswith("\n"))
    process.send_signal(number)
    process.wait(LONGEST)
    assert becomes(lambda: not alive(int(told.read_text())))


def turns(**more: float) -> Turns:
    return Turns(**{"pairs": 3, "bounds": Bounds(), "minutes": 1} | more)  # type: ignore[arg-type]


def row(work: Work, **more: float) -> Row:
    return turns(**more).row(results.WORKS, work, NOTHING, 52, "2026-11-30", lambda words: None)


def test_a_work_and_its_yardstick_are_run_by_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    ours, theirs = (Work(name=one, command=["sh", "-c", f"echo {one} >>{log}"]) for one in ("vi", "de"))
    made = turns().row(results.WORKS, ours, theirs, 52, "2026-11-30", lambda words: None)
    assert (len(made.runs), len(made.yardsticks)) == (3, 3)
    assert log.read_text().split() == ["vi", "de"] * 3


def test_one_pair_is_made_of_what_takes_longer_than_a_row_may() -> None:
    assert len(row(NOTHING, minutes=0).runs) == 1


def test_a_warm_run_comes_after_one_that_does_not_count(tmp_path: Path) -> None:
    log = tmp_path / "log"
    warm = Work(name="varm", command=["sh", "-c", f"echo >>{log}"], once_before=True)
    assert len(row(warm).runs) == 3
    assert len(log.read_text().splitlines()) == 4


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (Work(name="fel", command=["sh", "-c", "echo aj; exit 7"]), "slutade med 7: aj"),
        (
            Work(name="mindre", command=["echo", "9 filer"], done=lambda said: "10 filer" in said),
            "gjorde inte allt: 9 filer",
        ),
    ],
)
def test_a_work_that_was_not_done_has_a_reason_instead_of_figures(work: Work, words: str) -> None:
    made = row(work)
    assert (made.runs, made.stopped) == ((), words)
    shown = table.cells(made, Results(machine={}))
    assert (len(shown), shown[-1]) == (len(table.HEADINGS), words)


def test_a_command_may_tell_what_a_part_of_it_took() -> None:
    told = Work(name="del", command=["echo", '{"wall": 2, "cpu": 1, "memory": 30}'], tells=True)
    assert row(told).usual == Run(2, 1, 30)


def test_what_was_found_is_kept_row_by_row(tmp_path: Path) -> None:
    found = Results(machine={"minne": "1 GB"}, file=tmp_path / "sub" / "kept.json")
    for name in ("vi", "de", "vi"):
        found.add(row(Work(name=name, command=["true"])))
        again = results.read(tmp_path / "sub" / "kept.json")
        assert again and (again.rows, again.machine) == (found.rows, found.machine)
    assert [one.name for one in found.rows] == ["de", "vi"]


@pytest.mark.parametrize(
    ("only", "name", "wanted"),
    [((), "gaps", True), (("graph",), "gaps", False), (("ga",), "gaps", True), (("help",), "--help", True)],
)
def test_what_is_asked_for_is_measured_once(only: tuple[str, ...], name: str, wanted: bool) -> None:
    work, found = Work(name=name, command=["true"]), Results(machine={})
    asked = session.Asked(
        sizes=[52], pairs=1, bounds=Bounds(), minutes=1, seed=1, only=only, peers=False, results=found,
        shown=lambda row: None,
    )  # fmt: skip
    assert asked.wants(results.WORKS, work, 52) is wanted
    found.add(row(work))
    assert not asked.wants(results.WORKS, work, 52)
    assert asked.wants(results.WORKS, work, 53) is wanted


def test_rows_are_shown_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    found = Results(machine={})
    shown = screen.Shown(found)
    for entities in (1000, 1000, 10_000):
        shown.row(Row(group=results.WORKS, name="gaps", state="kall", entities=entities, runs=(Run(2, 1, 30),),
                      yardsticks=(Run(4, 4, 60),)))  # fmt: skip
    said = capsys.readouterr().out
    assert said.count("gaps, kall") == 3
    assert said.count("mot byten") == 2
    assert "0,50" in said

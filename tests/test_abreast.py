"""What several processes answer is what one would, in the same order, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import given
import pytest
from commands import Run
from copies import built, contents
from servers import children, is_gone

from modulkarta import cores
from modulkarta.cli import copying
from webapp.copy import abreast as room
from webapp.copy.abreast import abreast

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
FIRST = os.getpid()
MANY = range(1000)
SOME = {
    "modules/m": "name: Modulen\nsecrecy: {level: public}\n",
    "systems/s": "name: Systemet\nsecrecy: {level: public}\n",
    "milestones/klart": "name: Klart\ndate: 2027-06\nsecrecy: {level: public}\n",
    "systems/inre": "name: Endast personalen\n",
}


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "at_once", lambda: 2)


def told(question: int) -> tuple[int, int]:
    return question, os.getpid()


@pytest.mark.parametrize("number", [0, 1, room._PART, 3 * room._PART * room._AHEAD + 1])
def test_the_answers_come_in_the_order_of_the_questions(number: int) -> None:
    with abreast(told) as each:
        for _ in range(2):
            answers = list(each(range(number)))
            assert [question for question, _ in answers] == [*range(number)]
            assert os.getpid() not in {process for _, process in answers}


def test_only_as_much_is_asked_as_is_taken() -> None:
    asked: list[int] = []

    def questions() -> Iterator[int]:
        for one in MANY:
            asked.append(one)
            yield one

    with abreast(told) as each:
        next(each(questions()))
    assert len(asked) <= room._PART * (room._AHEAD + 2)


def test_one_core_asks_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "at_once", lambda: 1)
    with abreast(told) as each:
        assert {process for _, process in each(MANY)} == {os.getpid()}


def ended_by_the_fifth(question: int) -> int:
    if question == 5 and os.getpid() != FIRST:
        os.kill(os.getpid(), signal.SIGKILL)
    return question


def test_what_others_were_asked_when_they_were_killed_the_first_answers_itself() -> None:
    with abreast(ended_by_the_fifth) as each:
        assert list(each(MANY)) == [*MANY]
        assert list(each(MANY)) == [*MANY], "and so it does from then on"


def refused(question: int) -> int:
    if question == 20:
        raise ValueError("tjugo")
    return question


def test_what_an_answer_raises_is_raised_and_nobody_is_left() -> None:
    before = set(children(os.getpid()))
    with pytest.raises(ValueError, match="tjugo"), abreast(refused) as each:
        list(each(MANY))
    assert set(children(os.getpid())) <= before


def test_the_others_end_with_a_first_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, time; from webapp.copy.abreast import abreast\n"
        "from modulkarta import cores; cores.at_once = lambda: 2\n"
        "def slow(n): time.sleep(0.01); return os.getpid()\n"
        "with abreast(slow) as each:\n"
        "    for process in each(range(10**6)): print(process, flush=True)\n"
    )
    first = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=given.ROOT)
    assert first.stdout
    others: set[int] = set()
    while len(others) < 2:
        others.add(int(first.stdout.readline()))
    first.kill()
    first.communicate()
    assert all(is_gone(process) for process in others)


def test_a_copy_is_the_same_whoever_makes_its_pages(
    tmp_path: Path, few_days: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = given.written(tmp_path, SOME)
    assert built(root, tmp_path / "two") == 0
    told_by_two = capsys.readouterr().err
    monkeypatch.setattr(cores, "at_once", lambda: 1)
    assert built(root, tmp_path / "one") == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert capsys.readouterr().err.replace("one", "two") == told_by_two and "formulär" in told_by_two


def test_where_they_would_be_too_many_single_things_have_pages_of_the_copy_s_own_day(
    tmp_path: Path, few_days: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root, day = given.written(tmp_path, SOME), "2027-01-01"
    monkeypatch.setattr(copying, "_MOST_DATED", 7)
    assert built(root, tmp_path / "fewer") == 0
    assert "omkring 8 sidor för enskilda moduler och system på andra dagar (--all-days" in capsys.readouterr().err
    assert built(root, tmp_path / "all", "--all-days") == 0
    assert "--all-days" not in capsys.readouterr().err
    fewer, all_ = contents(tmp_path / "fewer"), contents(tmp_path / "all")
    gone = all_.keys() - fewer.keys()
    assert f"{day}/moduler/m/index.html" in gone and f"en/{day}/system/s/index.html" in gone
    assert {path.removeprefix("en/").split("/")[1] for path in gone} == {"moduler", "system", "ersattning"}
    assert f"{day}/karta/index.html" in fewer and f"{day}/moduler/index.html" in fewer
    assert 'href="../../moduler/m/index.html"' in fewer[f"{day}/karta/index.html"].decode()
    assert "I kopian finns sidan bara för en dag." in fewer["moduler/m/index.html"].decode()
    assert f'<a href="../../{day}/moduler/m/index.html">{day}</a>' in all_["moduler/m/index.html"].decode()
    assert "I kopian finns sidan bara för en dag." in all_["milstolpar/klart/index.html"].decode()


def test_how_many_pages_are_too_many_is_what_the_help_says(run: Run) -> None:
    assert f"fler än {copying._MOST_DATED:,}.".replace(",", " ") in " ".join(run("build", "--help").out.split())

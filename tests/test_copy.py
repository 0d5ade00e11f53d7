"""The static copy: the viewer as files, the same each time, in a folder of its own."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path

import given
import pytest
from commands import Run
from copies import MARK, TODAY, built, contents, read_links
from hypothesis import given as for_all
from hypothesis import strategies as st

from modulkarta.snapshot import Snapshot
from webapp import create_app
from webapp.copy import File, Links, markdown
from webapp.twins.markdown import markdown_of

pytestmark = pytest.mark.usefixtures("few_days")
SMALL = {
    "systems/inre": "name: Endast personalen\n",
    "systems/s": "name: Systemet\nformer_ids: [gamla-systemet]\nsecrecy: {level: public}\n",
    "systems/o": 'name: "Öppna <b> & \\"stängda\\""\nsecrecy: {level: public}\n',
    "milestones/m": "name: Allt är klart\ndate: 2027-06\nsecrecy: {level: public}\n",
}  # fmt: skip
FORMER = ".modulkarta-kopia.json"


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory, few_days: None) -> dict[str, bytes]:
    """The copy of a tiny catalogue that is to lie in a folder of a host."""
    place = tmp_path_factory.mktemp("liten")
    assert built(given.written(place, SMALL), place / "ut", "--url", "https://x.example/karta/") == 0
    return contents(place / "ut")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return given.written(tmp_path, SMALL)


Holds = Callable[..., None]


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> Holds:
    """Lets a copy hold some files instead of the pages that take seconds to make: what is then done is the same."""

    def holds(**texts: str) -> None:
        several = [File(path=f"{name}/index.html", data=text.encode()) for name, text in texts.items()]
        monkeypatch.setattr("webapp.copy.Copy.files", lambda self: iter(several))

    return holds


def test_assistants_are_told_what_is_there(smallest: dict[str, bytes]) -> None:
    told, there = smallest["llms.txt"].decode(), set(smallest)
    within = [one for one in markdown.links(told) if one.startswith("https://x.example/karta/")]
    assert "https://x.example/karta/system.md" in within and "https://x.example/karta/index.md" in within
    assert {one.removeprefix("https://x.example/karta/") for one in within if not one.endswith("/")} <= there
    assert "inget API" in told and "/api" not in told and "?" not in "".join(within)
    assert 'href="../llms.txt"' in smallest["maskiner/index.html"].decode()
    assert "[https://x.example/karta/system/s/](https://x.example/karta/system/s/)" in smallest["system/s.md"].decode()


@for_all(st.text(alphabet="[]()`\\!*_<ax ", max_size=12), st.text(alphabet="`[](x ", max_size=8))
def test_no_text_is_taken_for_a_link(text: str, code: str) -> None:
    said, read = escape(text), escape(code)
    made = markdown_of(
        f'<main><p>{said} <code>{read}</code> <a href="a/b">{said}<code>{read}</code></a> {said}</p></main>'
    )
    assert list(markdown.links(made)) == read_links(made)
    assert list(markdown.links(markdown.with_links(made, lambda to: None))) == []


def test_a_dead_link_of_a_twin_is_found() -> None:
    known = Links("https://x.example/karta")
    text = "[a](borta/index.html) [b](https://x.example/karta/b/) [c](https://x.example/annat) `[d](kod)` \\[e](x)"
    known.add("system.md", f"{text} [f](https://x.example/karta/bredvid)".encode())
    known.add("system/index.html", b'<a href="https://x.example/karta/bredvid">not of the copy</a>')
    assert [one.link for one in known.dead()] == ["borta/index.html", "https://x.example/karta/b/"]


def test_the_same_catalogue_gives_the_same_bytes(small: Path, smallest: dict[str, bytes], tmp_path: Path) -> None:
    assert built(small, tmp_path / "ut", "--url", "https://x.example/karta") == 0
    assert contents(tmp_path / "ut") == smallest


def test_a_former_id_leads_on(smallest: dict[str, bytes]) -> None:
    made = smallest
    lead = made["system/gamla-systemet/index.html"].decode()
    assert 'http-equiv="refresh" content="0; url=../s/index.html"' in lead and 'rel="canonical"' in lead
    assert "/karta/system/gamla-systemet/ /karta/system/s/ 301\n" in made["_redirects"].decode()
    assert "en/relationer/gamla-systemet/index.html" in made


def test_with_an_address_there_is_a_map_for_those_who_index(smallest: dict[str, bytes]) -> None:
    made = smallest
    where = "https://x.example/karta"
    assert (
        f'<url><loc>{where}/system/s/</loc><xhtml:link rel="alternate" hreflang="sv" href="{where}/system/s/"/>'
        f'<xhtml:link rel="alternate" hreflang="en" href="{where}/en/system/s/"/></url>'
    ) in made["sitemap.xml"].decode()
    assert "Adress: https://x.example/karta/2027-01-01/system/s/" in made["2027-01-01/system/s/index.html"].decode()
    assert "2027-" not in made["sitemap.xml"].decode()
    assert b"Sitemap: https://x.example/karta/sitemap.xml" in made["robots.txt"]
    lost = made["404.html"].decode()
    assert re.search(r'href="/karta/static/style\.[0-9a-f]{20}\.css"', lost) and 'href="/karta/index.html"' in lost


def test_an_earlier_copy_is_replaced_and_nothing_else(holds: Holds, small: Path, tmp_path: Path) -> None:
    output = tmp_path / "ut"
    holds(system="S", stale="borta snart", kept="kvar")
    assert built(small, output) == 0
    (output / "egen.txt").write_text("min")
    left_alone = (output / "kept/index.html").stat().st_ino
    holds(system="S är ändrat", kept="kvar")
    assert built(small, output) == 0
    assert (output / "kept/index.html").stat().st_ino == left_alone
    assert contents(output).keys() == {"system/index.html", "kept/index.html", "egen.txt", MARK}
    assert (output / "system/index.html").read_text() == "S är ändrat" and not (output / "stale").exists()


@pytest.mark.parametrize("mark", [None, "{"])
def test_a_folder_with_anything_else_is_refused(run: Run, holds: Holds, small: Path, tmp_path: Path, mark: str) -> None:
    other = tmp_path / "annat"
    other.mkdir()
    (other / "viktigt.txt").write_text("x")
    if mark:
        (other / MARK).write_text(mark)
    holds(system="S")
    ended = run("build", "-o", other, "--catalogue", small)
    assert ended.code == 2 and "är ingen tidigare kopia" in ended.err
    assert (other / "viktigt.txt").exists() and not (other / "system").exists()


def test_a_mark_that_names_other_files_takes_nothing_away(holds: Holds, small: Path, tmp_path: Path) -> None:
    victim = tmp_path / "viktigt.txt"
    victim.write_text("x")
    output = tmp_path / "ut"
    output.mkdir()
    (output / FORMER).write_text(json.dumps({"files": ["../viktigt.txt", str(victim), 7, "gammal.html"]}))
    (output / "gammal.html").write_text("x")
    holds(system="S")
    assert built(small, output) == 0 and victim.exists()
    assert contents(output).keys() == {"system/index.html", MARK}


def test_dry_run_writes_nothing_and_says_how_much(run: Run, holds: Holds, small: Path, tmp_path: Path) -> None:
    holds(system='<a href="../modul/index.html">M</a>', modul="M")
    ended = run("build", "-o", tmp_path / "ut", "--catalogue", small, "--dry-run", "--date", TODAY)
    assert ended.code == 0 and not (tmp_path / "ut").exists()
    assert re.search(r"Skulle skriva 3 filer, .* MB, i ", ended.err)
    assert "2 andra dagar: 2027-01-01, 2027-06-30" in ended.err and "Alla länkar leder rätt." in ended.err


def test_a_dead_link_is_told_and_fails(run: Run, holds: Holds, small: Path, tmp_path: Path) -> None:
    holds(system='<a href="borta/index.html">B</a>')
    ended = run("build", "-o", tmp_path / "ut", "--catalogue", small)
    assert ended.code == 1 and "Länken leder ingenstans: borta/index.html i system/index.html" in ended.err


def test_the_public_sees_what_is_public_if_nothing_else_is_said(smallest: dict[str, bytes]) -> None:
    assert "system/s/index.html" in smallest and "system/inre/index.html" not in smallest
    assert not any(b"Endast personalen" in data for data in smallest.values())


def test_what_is_asked_for_once_is_not_kept(good: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[int, object]] = []
    monkeypatch.setattr("modulkarta.recent.Kept.put", lambda self, name, value, size: kept.append((self._room, name)))
    for once in (True, False):
        kept.clear()
        client = create_app(good, today=lambda: date.fromisoformat(TODAY), once=once).test_client()
        assert client.get("/om").status_code == client.get("/rapport.md").status_code == 200
        assert any(room for room, _ in kept) != once


def test_what_pages_leave_behind_is_taken_care_of_while_more_are_made(
    monkeypatch: pytest.MonkeyPatch, small: Path, tmp_path: Path
) -> None:
    collected: list[bool] = []

    def files(self: object) -> Iterator[File]:
        collected.append(gc.isenabled())
        yield File(path="index.html", data=b"")

    monkeypatch.setattr("webapp.copy.Copy.files", files)
    assert built(small, tmp_path / "ut") == 0 and collected == [True]

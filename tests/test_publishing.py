"""A copy is published whole: who reads the folder meanwhile, or when something has stopped it, has one that works."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import given
import pytest
from commands import Run
from quick import without_slow_files

from modulkarta.editing import writing
from webapp import create_app
from webapp.copy import File, hosting
from webapp.copy.scope import Address
from webapp.http.caching import IMMUTABLE

SMALL = {
    "systems/s": "name: Systemet\nsecrecy: {level: public}\n",
    "systems/o": "name: Ovisst\nsecrecy: {level: public, fields: {summary: internal}}\nsummary: Kort.\n",
}
HIDDEN = {"systems/inre": "name: Inre\nfunctions: [f]\n", "functions/f": "name: Funktion\n"}
MANIFEST = "manifest.json"
STAGE = ".modulkarta-bygge"
STYLE = f"static/style.{'a' * 20}.css"
NEXT_STYLE = f"static/style.{'b' * 20}.css"

Holds = Callable[[dict[str, str]], None]
Build = Callable[..., Any]


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> Holds:
    """Lets a copy hold some files instead of the pages that take seconds to make."""

    def holds(texts: dict[str, str]) -> None:
        several = [File(path=path, data=text.encode()) for path, text in texts.items()]
        monkeypatch.setattr("webapp.copy.Copy.files", lambda self: iter(several))

    return holds


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "ut"


@pytest.fixture
def build(run: Run, tmp_path: Path, output: Path) -> Build:
    root = given.written(tmp_path, SMALL)
    return lambda *more: run("build", "-o", output, "--catalogue", root, "--date", "2026-11-21", *more)


def there(folder: Path) -> dict[str, str]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def copy(output: Path) -> dict[str, str]:
    """The files of a copy but for its manifest."""
    return {path: text for path, text in there(output).items() if path != MANIFEST}


def test_the_manifest_has_the_sum_of_every_file(holds: Holds, build: Build, output: Path) -> None:
    holds({"index.html": "Å", STYLE: "css", "bild/a.svg": "<svg/>", "2027-01-01/index.html": "D"})
    assert build().code == 0
    told = json.loads((output / MANIFEST).read_text("utf-8"))
    assert {key: told[key] for key in ("schema", "audience", "date", "title")} == {
        "schema": "modulkarta/copy/1", "audience": "public", "date": "2026-11-21", "title": "Prov",
    }  # fmt: skip
    assert "url" not in told and "omitted" not in told
    for one in told["files"]:
        data = (output / one["path"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert {one["path"] for one in told["files"]} == copy(output).keys()
    assert told["totals"]["files"] == 4 and told["totals"]["sorts"]["static"] == {"files": 1, "bytes": 3}


def test_how_much_is_left_out_is_told_only_where_that_may_be_said(
    holds: Holds, run: Run, tmp_path: Path, output: Path
) -> None:
    holds({"index.html": "x"})
    said = []
    cases = (SMALL, ""), (SMALL | HIDDEN, ""), (SMALL | HIDDEN, "tell_omitted: true\n")
    for number, (files, more) in enumerate(cases):
        root, to = given.written(tmp_path / str(number), files), output / str(number)
        settings = root / "catalogue.yaml"
        settings.write_text(settings.read_text("utf-8") + more, "utf-8")
        told = run("build", "-o", to, "--catalogue", root, "--date", "2026-11-21").err
        said.append((told.replace(str(to), "UT"), (to / MANIFEST).read_text("utf-8")))
    plain, hiding, telling = said
    assert hiding[0] == plain[0] and json.loads(hiding[1]).keys() == json.loads(plain[1]).keys()
    assert json.loads(telling[1])["omitted"] == [
        {"kind": "function", "things": 1, "fields": 0, "relations": 0},
        {"kind": "system", "things": 1, "fields": 1, "relations": 0},
    ]
    assert "Utelämnat av befintliga system: 1 hela, 1 fält och 0 relationer." in telling[0]


def test_whoever_reads_meanwhile_has_the_copy_before(
    holds: Holds, build: Build, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds({"index.html": "1", "a/index.html": "1"})
    build()
    seen: list[dict[str, str]] = []

    def files(self: object) -> Iterator[File]:
        for path in ("index.html", "a/index.html", "b/index.html"):
            seen.append({name: text for name, text in copy(output).items() if not name.startswith(STAGE)})
            yield File(path=path, data=b"2")

    monkeypatch.setattr("webapp.copy.Copy.files", files)
    ended = build()
    assert ended.code == 0 and "3 ändrade, 1 nya, 0 borttagna sedan förra kopian." in ended.err
    assert seen == [{"index.html": "1", "a/index.html": "1"}] * 3
    assert copy(output) == {"index.html": "2", "a/index.html": "2", "b/index.html": "2"}


def test_what_pages_show_comes_before_them_and_what_leads_to_them_after(
    holds: Holds, build: Build, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds({"index.html": "1", "gammal/index.html": "1", "borta/index.html": "1", STYLE: "1"})
    build()
    moved: list[str] = []
    replace, unlink = Path.replace, Path.unlink

    def moving(self: Path, to: Path) -> Path:
        if STAGE in self.parts and STAGE not in Path(to).parts:
            moved.append(Path(to).relative_to(output).as_posix())
        return replace(self, to)

    def removing(self: Path, missing_ok: bool = False) -> None:
        if STAGE not in self.parts:
            moved.append(f"-{self.relative_to(output).as_posix()}")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", moving)
    monkeypatch.setattr(Path, "unlink", removing)
    holds({"index.html": "2", "gammal/index.html": "2", "ny/index.html": "2", NEXT_STYLE: "2"})
    assert build().code == 0
    assert moved == [NEXT_STYLE, "ny/index.html", "gammal/index.html", "index.html", MANIFEST, "-borta/index.html"]


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_copy_that_is_stopped_on_its_way_is_mended_by_the_next(
    holds: Holds, build: Build, output: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    holds({"index.html": "1", "borta/index.html": "1"})
    build()
    holds({"index.html": "2", "mellan/index.html": "2", "a.svg": "2"})
    left = [stop]
    replace, unlink = Path.replace, Path.unlink

    def stopped() -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    def moving(self: Path, to: Path) -> Path:
        if STAGE in self.parts and STAGE not in Path(to).parts:
            stopped()
        return replace(self, to)

    def removing(self: Path, missing_ok: bool = False) -> None:
        if STAGE not in self.parts:
            stopped()
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", moving)
        patch.setattr(Path, "unlink", removing)
        build()
    assert left[0] <= 0 and (output / "index.html").read_text() in ("1", "2")
    holds({"index.html": "3", "a.svg": "3"})
    assert build().code == 0
    assert copy(output) == {"index.html": "3", "a.svg": "3"}


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(
    holds: Holds, build: Build, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds({"index.html": "1"})
    build()
    before = there(output)

    def full(place: Path, data: bytes, mode: int | None = None) -> None:
        if place.name == "b.svg":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        writing.put(place, data, mode)

    holds({"a.svg": "2", "b.svg": "2", "index.html": "2"})
    with monkeypatch.context() as patch:
        patch.setattr("modulkarta.cli.publishing.put", full)
        ended = build()
    assert ended.code != 0 and f"Kopian i {output} är som den var: disken är full." in ended.err
    assert there(output) == before


def test_two_do_not_write_the_same_copy_at_a_time(holds: Holds, build: Build, output: Path) -> None:
    holds({"index.html": "1"})
    build()
    held = os.open(output, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    ended = build()
    os.close(held)
    assert ended.code == 2 and "Någon annan skriver just nu en kopia" in ended.err
    assert build().code == 0


def test_a_copy_with_something_wrong_is_not_published(holds: Holds, build: Build, output: Path) -> None:
    holds({"index.html": "1"})
    build()
    before = there(output)
    holds({"index.html": '<a href="borta/index.html">B</a>'})
    ended = build()
    assert ended.code == 1 and f"Ingenting är ändrat i {output}." in ended.err
    assert there(output) == before


def test_what_the_pages_before_ask_for_by_its_content_stays_once_more(holds: Holds, build: Build, output: Path) -> None:
    for style in (STYLE, NEXT_STYLE):
        holds({"index.html": style, style: "x"})
        build()
    assert copy(output).keys() == {"index.html", STYLE, NEXT_STYLE}
    build()
    assert copy(output).keys() == {"index.html", NEXT_STYLE}


def test_a_program_s_own_manifest_is_no_copy(holds: Holds, build: Build, output: Path) -> None:
    output.mkdir()
    (output / MANIFEST).write_text('{"name": "En app", "icons": []}')
    holds({"index.html": "1"})
    assert build().code == 2 and there(output).keys() == {MANIFEST}


@pytest.mark.parametrize("url", ["moduler.example.se", "ftp://x.example/", "https://", "https://x.example/?a=1"])
def test_an_address_that_is_none_is_refused(build: Build, url: str) -> None:
    ended = build("--url", url)
    assert ended.code == 2 and f"”{url}” är ingen adress" in ended.err


def test_a_copy_for_some_says_so_and_is_not_to_be_indexed(
    build: Build, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_slow_files(monkeypatch)
    monkeypatch.setattr("webapp.copy.horizon._MOST_YEARS", 0)
    ended = build("--audience", "internal", "--url", "https://x.example/")
    assert ended.code == 0 and "Kopian är inte för alla: den har det som bara de egna får se." in ended.err
    made = there_pages(output)
    assert made["robots.txt"] == "User-agent: *\nDisallow: /\n" and "sitemap.xml" not in made
    assert "X-Robots-Tag: noindex" in made["_headers"]
    assert "Den här kopian är inte för alla." in made["index.html"]


def there_pages(output: Path) -> dict[str, str]:
    return {name: (output / name).read_text("utf-8") for name in ("robots.txt", "_headers", "index.html")}


def test_the_headers_are_those_of_the_viewer() -> None:
    read = given.read(SMALL)
    answer = create_app(read, today=lambda: given.TODAY).test_client().get("/om")
    said = [f"  {name}: {value}" for name, value in hosting.common(public=True)]
    written = hosting.headers("https://x.example/karta", public=True).splitlines()
    assert written == ["/karta/*", *said, "/karta/static/*", f"  Cache-Control: {IMMUTABLE}"]
    for name, value in hosting.common(public=True):
        assert answer.headers[name] == value
    security = {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
    }
    assert security <= {name for name, _ in hosting.common(public=True)}
    assert not any(name == "Cache-Control" for name, _ in hosting.common(public=True))
    assert all(len(line) < 2_000 for line in written), "what Cloudflare Pages reads at most"


def test_many_addresses_are_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosting, "_MOST_ADDRESSES", 3)
    pages = [Address(path=f"/system/s{number}", lang=lang) for number in range(4) for lang in ("", "en")]
    made = dict(hosting.sitemaps(pages, "https://x.example/å&b", "sv"))
    assert [*made] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    found = [one.text for name in [*made][:-1] for one in ElementTree.fromstring(made[name]).iter(space)]
    assert len(found) == len(set(found)) == 8 and "https://x.example/%C3%A5&b/en/system/s3/" in found
    listed = [one.text for one in ElementTree.fromstring(made["sitemap.xml"]).iter(space)]
    assert listed == [f"https://x.example/%C3%A5&b/sitemap-{number}.xml" for number in (1, 2, 3)]

"""The static copy: the viewer as files, whole, the same each time, with every link alive."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import given
import pytest
from canaries import CANARY, laid_over
from canaries import written as with_canaries
from commands import Run
from hypothesis import given as for_all
from hypothesis import strategies as st
from insides import words_in
from markdown_it import MarkdownIt
from quick import without_graphviz, without_slow_files

from modulkarta.cli import main
from modulkarta.snapshot import Snapshot
from webapp import create_app
from webapp.copy import File, Links, Scope, markdown
from webapp.copy.rewriting import Rewriting, links
from webapp.copy.scope import Address
from webapp.twins.markdown import markdown_of

TODAY = "2026-11-21"
SMALL = {
    "systems/inre": "name: Endast personalen\n",
    "systems/s": "name: Systemet\nformer_ids: [gamla-systemet]\nsecrecy: {level: public}\n",
    "systems/o": 'name: "Öppna <b> & \\"stängda\\""\nsecrecy: {level: public}\n',
    "milestones/m": "name: Allt är klart\ndate: 2027-06\nsecrecy: {level: public}\n",
}  # fmt: skip
MARK = "manifest.json"
FORMER = ".modulkarta-kopia.json"
SCOPE = Scope(
    today=date(2026, 11, 21), days={date(2027, 1, 1): "", date(2028, 6, 30): "m"}, language="sv",
    dated={"system", "moduler"}, kinds={"system", "moduler", "begrepp"},
)  # fmt: skip


def built(root: Path, output: Path, *more: str) -> int:
    """The exit code of `build`."""
    arguments = ["build", "-o", str(output), "--catalogue", str(root), "--date", TODAY, *more]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def read_links(text: str) -> list[str]:
    """The links and pictures of a text in Markdown, as a reader of Markdown finds them."""
    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    parts = [one.attrs for block in blocks for one in block.children or ()]
    return [str(one.get("href") or one["src"]) for one in parts if "href" in one or "src" in one]


@pytest.fixture(scope="module", autouse=True)
def _few_and_no_rasters() -> Iterator[None]:
    """One day beside today for each reason is enough; the report's files take longer to write than all pages."""
    with pytest.MonkeyPatch.context() as patch:
        without_slow_files(patch)
        patch.setattr("webapp.copy.horizon._MOST_YEARS", 1)
        patch.setattr("webapp.copy.horizon._MOST_MILESTONES", 1)
        yield


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The copy of Region Exempel, file by file."""
    output = tmp_path_factory.mktemp("kopia")
    assert built(given.GOOD, output, "--audience", "secret") == 0
    return contents(output)


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
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


def test_every_thing_has_its_page_in_both_languages(region: dict[str, bytes], good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        for folder in ("", "en/"):
            page = region[f"{folder}{entity.kind.slug}/{entity.id}/index.html"].decode()
            assert f'<html lang="{folder[:2] or "sv"}">' in page
    for path in ("index.html", "karta/index.html", "2027-01-01/karta/index.html", "en/2027-01-01/karta/index.html"):
        assert path in region


def test_every_link_leads_to_a_file_without_a_server(region: dict[str, bytes]) -> None:
    known = Links()
    for path, data in region.items():
        known.add(path, data)
        if path.endswith(".html") and path != "404.html":
            for link in links(data.decode()):
                parts = urlsplit(link)
                assert parts.scheme or not link.startswith("/"), (path, link)
                assert parts.scheme or not parts.query or parts.query.startswith("q="), (path, link)
    assert known.dead() == []


def test_every_page_of_today_has_its_twin_and_leads_to_it(region: dict[str, bytes], good: Snapshot) -> None:
    for entity in good.catalogue.entities.values():
        place = f"{entity.kind.slug}/{entity.id}"
        twin, page = region[f"{place}.md"].decode(), region[f"{place}/index.html"].decode()
        assert "\n# " in f"\n{twin}" and f"]({entity.id}/index.html)" in twin.rpartition("\n---\n")[2]
        assert f'<link rel="alternate" type="text/markdown" href="../{entity.id}.md">' in page
    for path, data in region.items():
        name = "index.md" if path == "index.html" else path.replace("/index.html", ".md")
        if path.endswith(".html") and name not in region:
            assert b'type="text/markdown"' not in data and "som Markdown</a>" not in data.decode(), path
    twins = {path for path in region if path.endswith(".md") and "rapport/" not in path}
    assert not any(path.startswith(("en/", "relationer", "2027-")) for path in twins)


def test_the_links_of_the_twins_are_those_that_are_read_in_them(region: dict[str, bytes]) -> None:
    """Each leads on without a server, as a reader of Markdown finds it."""
    for path, data in region.items():
        if path.endswith((".md", "llms.txt")) and "rapport/" not in path:
            found = list(markdown.links(data.decode()))
            assert [unquote(one) for one in found] == [unquote(one) for one in read_links(data.decode())], path
            assert not any(link.startswith("/") or ("?" in link and ":" not in link) for link in found), path


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


def test_no_page_asks_for_a_version_or_a_server(region: dict[str, bytes]) -> None:
    for path, data in region.items():
        if path.endswith(".html"):
            page = data.decode()
            assert "rev=" not in page and 'name="datum"' not in page and "kopia.invalid" not in page, path


def test_few_files_say_which_version_it_is(region: dict[str, bytes]) -> None:
    """Else a change of one thing would make every file of the copy new."""
    version = json.loads(region[MARK])["version"].encode()
    telling = {path.removeprefix("en/") for path, data in region.items() if version in data}
    own = {path for path in telling if not path.startswith(("bild/", "rapport", "2027-", "2026-"))}
    assert own == {"om/index.html", "maskiner/index.html", "maskiner.md", "llms.txt", MARK}
    assert all("/bild/" in path for path in telling if path.startswith("202"))


def test_a_day_is_kept_where_its_pages_are_there(region: dict[str, bytes]) -> None:
    page = region["2027-01-01/karta/index.html"].decode()
    assert "Du ser planen som den är 2027-01-01" in re.sub(r"<[^>]*>", "", page)
    assert 'href="../moduler/prehospital-journal/index.html"' in page
    assert '<span aria-current="date">2027-01-01</span>' in page
    assert 'href="../../karta/index.html"' in page, "the way back to today"


def test_the_same_catalogue_gives_the_same_bytes(small: Path, smallest: dict[str, bytes], tmp_path: Path) -> None:
    assert built(small, tmp_path / "ut", "--url", "https://x.example/karta") == 0
    assert contents(tmp_path / "ut") == smallest


def test_a_former_id_leads_on(smallest: dict[str, bytes]) -> None:
    made = smallest
    lead = made["system/gamla-systemet/index.html"].decode()
    assert 'http-equiv="refresh" content="0; url=../s/index.html"' in lead and 'rel="canonical"' in lead
    assert "/karta/system/gamla-systemet/ /karta/system/s/ 301\n" in made["_redirects"].decode()
    assert "en/relationer/gamla-systemet/index.html" in made


def test_the_search_and_the_alphabet_have_everything(region: dict[str, bytes], good: Snapshot) -> None:
    for lang in ("", "en/"):
        data = json.loads(region[f"{lang}sok-index.js"].decode().removeprefix("window.searchIndex = ")[:-2])
        alphabet = region[f"{lang}a-o/index.html"].decode()
        assert [row[0] for row in data["entities"]] == [*good.catalogue.entities]
        for id_, kind, *_ in data["entities"]:
            address = f"{data['kinds'][kind]['slug']}/{id_}/index.html"
            assert f"{lang}{address}" in region
            assert f'href="../{address}"' in alphabet


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


@pytest.mark.parametrize(("level", "audience"), [("secret", "internal"), (None, "public")])
def test_no_file_of_a_copy_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, level: str, audience: str
) -> None:
    without_graphviz(monkeypatch)
    root = with_canaries(tmp_path, level, comments=False)
    over = ["--overlay", str(laid_over(tmp_path / "tillagg", root))] if level else []
    assert built(root, tmp_path / "ut", "--audience", audience, *over) == 0
    made = contents(tmp_path / "ut")
    assert len(made) > 100 and CANARY.search("".join(capsys.readouterr())) is None
    for path, data in made.items():
        assert CANARY.search(path) is None
        said = re.sub("[0-9a-f]{64}", "", words_in(path, data)) if path == MARK else words_in(path, data)
        assert CANARY.search(unescape(said)) is None, path


def test_what_is_asked_for_once_is_not_kept(good: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[int, object]] = []
    monkeypatch.setattr("webapp.caches.Kept.put", lambda self, name, value, size: kept.append((self._room, name)))
    for once in (True, False):
        kept.clear()
        client = create_app(good, today=lambda: SCOPE.today, once=once).test_client()
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


PATHS = st.sampled_from(
    ["/", "/karta", "/system", "/system/s", "/begrepp/x", "/rapport", "/static/a.css", "/fardplan.ics"]
)
QUERIES = st.lists(
    st.sampled_from(["datum=2027-01-01", "datum=2026-11-21", "datum=2031-05-05", "lang=en", "lang=sv", "v=1", "sida=2",
                     "farg=agare", "q=%3Cb%3E", "rev=abc", "rev=nu"]),
    unique_by=lambda one: one.partition("=")[0], max_size=4,
)  # fmt: skip
PAGES = st.builds(
    Address, path=st.sampled_from(["/", "/karta", "/system/s"]), lang=st.sampled_from(["", "en"]),
    day=st.sampled_from(["", "2027-01-01", "2028-06-30"]),
)  # fmt: skip


@for_all(PATHS, QUERIES, PAGES)
def test_a_link_means_the_same_from_wherever_it_is_followed(path: str, query: list[str], at: Address) -> None:
    """What a page is asked as leads back to that page, and its file is reached by its relative link."""
    meant = SCOPE.meant(f"{path}?{'&'.join(query)}", at)
    if not isinstance(meant, Address):
        return
    assert SCOPE.meant(meant.asked, at) == meant or (meant.day == "" and at.day)
    way = Rewriting(SCOPE, lambda at: "").link(meant, at)
    known = Links()
    known.add(at.file, f'<a href="{way}">x</a>'.encode())
    known.add(meant.file, b"")
    assert known.dead() == []


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("/karta?rev=rapport-2026-01", "version"),
        ("/karta?datum=2031-05-05", "day"),
        ("/sok?x=y", "question"),
        ("/karta?farg=%3Cscript%3E", "question"),
        ("/api/v1/moduler", "machine"),
        ("/moduler/m.md?lang=en", "machine"),
        ("/moduler/m.md?datum=2027-01-01", "machine"),
        ("/relationer/m.md", "machine"),
        ("/healthz", "machine"),
        ("https://example.org/karta", None),
        ("mailto:a@b.example", None),
        ("#innehall", None),
    ],
)
def test_what_is_not_in_a_copy(link: str, why: str | None) -> None:
    assert SCOPE.meant(link, Address(path="/")) == why


def test_what_leads_nowhere_is_no_link() -> None:
    page = (
        '<link rel="alternate" href="/karta?rev=x"><a class="x" href="/karta?rev=x">K</a><form class="compare"><input>'
        '</form><form class="search" action="/sok?datum=2027-01-01"></form><a title="a > b" href="/karta#a">L</a>'
        '<a href="/sok?q=%C3%A5&amp;typ=system">S</a>'
    )
    rewriting = Rewriting(SCOPE, lambda at: "")
    text, found = rewriting.page(page, Address(path="/moduler/m"))
    assert text == (
        '<a class="x">K</a><form class="search" action="../../sok/index.html"></form>'
        '<a title="a > b" href="../../karta/index.html#a">L</a>'
        '<a href="../../sok/index.html?q=%C3%A5&amp;typ=system">S</a>'
    )
    assert [one.path for one in found] == ["/sok", "/karta", "/sok"]
    assert rewriting.left == {"version": 2, "form": 1}

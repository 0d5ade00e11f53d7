"""docs/operations/static.nginx.conf with a real nginx and a folder as `build` leaves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from in_front import Nginx, nginx

from webapp.copy import hosting
from webapp.http.caching import IMMUTABLE, REVALIDATED

STYLE = f"static/style.{'a' * 20}.css"
FILES = {
    "index.html": "Början", "404.html": "Sidan finns inte", "system/s/index.html": "Systemet", STYLE: "p {}" * 200,
    "system/s.md": "# Systemet", "bild/a.svg": "<svg/>", "plan.ics": "BEGIN:VCALENDAR", "_headers": "x",
    ".modulkarta-bygge/index.html": "på väg in", "manifest.json": "{}", "sok-index.js": "x",
}  # fmt: skip


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder, place = tmp_path_factory.mktemp("kopia"), tmp_path_factory.mktemp("nginx")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    for one in (folder, *folder.rglob("*"), folder.parent):
        one.chmod(0o755 if one.is_dir() else 0o644)
    with nginx("static.nginx.conf", place, {"/srv/modulkarta/kopia;": f"{folder};"}) as server:
        yield server


@pytest.mark.parametrize(
    "path", ["/", "/finns-inte", "/bild/a.svg", "/static/finns-inte.css", "/_headers", f"/{STYLE}"]
)
def test_every_answer_says_what_the_viewer_says_once(front: Nginx, path: str) -> None:
    answer = front.get(path)
    assert {name: answer.one(name) for name, _ in hosting.common(public=True)} == dict(hosting.common(public=True))
    assert answer.one("Strict-Transport-Security") == "max-age=31536000"


def test_only_what_is_called_by_its_content_is_kept_without_asking(front: Nginx) -> None:
    keeping = {
        path: front.get(path).one("Cache-Control") for path in (f"/{STYLE}", "/", "/bild/a.svg", "/sok-index.js")
    }
    assert keeping == {f"/{STYLE}": IMMUTABLE} | dict.fromkeys(("/", "/bild/a.svg", "/sok-index.js"), "no-cache")
    missing = front.get(f"/static/style.{'b' * 20}.css")
    assert missing.status == 404 and missing.one("Cache-Control") == REVALIDATED
    again = front.get("/", headers={"If-None-Match": front.get("/").one("ETag")})
    assert again.status == 304 and again.body == ""


def test_what_is_not_there_is_told_on_the_copy_s_own_page(front: Nginx) -> None:
    for path in ("/finns-inte", "/system/", "/_headers", "/.modulkarta-bygge/index.html", "/system/.dold"):
        answer = front.get(path)
        assert (answer.status, answer.body) in ((404, "Sidan finns inte"), (403, "Sidan finns inte")), path


def test_a_page_is_a_folder_whatever_the_server_is_called(front: Nginx) -> None:
    assert front.get("/system/s/").body == "Systemet"
    to = front.get("/system/s")
    assert to.status == 301 and to.one("Location") == "/system/s/"
    assert front.plain("/system/s/?q=å".replace("å", "%C3%A5")).one("Location").endswith("/system/s/?q=%C3%A5")


def test_each_sort_of_file_is_called_what_it_is(front: Nginx) -> None:
    sorts = {"/": "text/html", "/system/s.md": "text/markdown", "/plan.ics": "text/calendar", f"/{STYLE}": "text/css"}
    for path, sort in sorts.items():
        assert front.get(path).one("Content-Type") == f"{sort}; charset=utf-8"
    assert front.get("/bild/a.svg").one("Content-Type") == "image/svg+xml"


def test_text_is_packed(front: Nginx) -> None:
    packed = front.get(f"/{STYLE}", headers={"Accept-Encoding": "gzip"})
    assert packed.one("Content-Encoding") == "gzip" and packed.one("Vary") == "Accept-Encoding"

"""Nothing that is hidden leaves by any page, or any answer to a program."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import given
import pytest
from cages import caged, laid_beside  # noqa: F401
from canaries import CANARY, FIRST
from insides import words_in
from quick import without_graphviz, without_slow_files
from viewing import app

from modulkarta.levels import Level

pytestmark = pytest.mark.usefixtures("built_once")


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

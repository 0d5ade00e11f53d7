"""Pages in English: by the address, by what the browser prefers, and marked where only Swedish exists."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from test_webapp import client_of

from modulkarta.snapshot import Snapshot


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


@pytest.mark.parametrize(
    ("asked", "preferred", "language"),
    [
        ("", "", "sv"),
        ("?lang=en", "", "en"),
        ("", "en-GB,en;q=0.9,sv;q=0.2", "en"),
        ("", "de", "sv"),
        ("?lang=sv", "en", "sv"),
        ("?lang=de", "en", "en"),
        ("?lang=%00", "", "sv"),
    ],
)
def test_the_address_decides_then_the_browser_then_the_catalogue(
    client: FlaskClient, asked: str, preferred: str, language: str
) -> None:
    answer = client.get(f"/karta{asked}", headers={"Accept-Language": preferred} if preferred else {})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language
    assert ("Accept-Language" in answer.headers["Vary"]) == (asked not in ("?lang=en", "?lang=sv"))


def test_a_language_asked_for_is_kept_in_every_link_and_form(client: FlaskClient) -> None:
    page = client.get("/karta?lang=en").text
    assert 'href="/fardplan?lang=en"' in page and 'name="lang" value="en"' in page
    assert "lang=" not in client.get("/karta", headers={"Accept-Language": "en"}).text.partition("<body")[2]


def test_what_has_no_english_is_marked_as_swedish(client: FlaskClient, good: Snapshot) -> None:
    entity = next(one for one in good.catalogue.of_kind["term"] if not one.english("name"))
    kind = next(
        other for other in good.catalogue.entities.values() if entity.id in {r.target for r in other.references}
    )
    page = client.get(f"/{kind.kind.slug}/{kind.id}?lang=en").text
    assert f'<span lang="sv">{entity.name}</span>' in page

"""The viewer in a folder of another server's: every address begins with the folder, and nothing else is different."""

from __future__ import annotations

import re

import given
import pytest
from flask.testing import FlaskClient

from webapp import create_app

FOLDER = "/moduler/kartan"
"""Called as a page of the viewer's own, so that taking away too much is seen."""
ASKED = (
    "/", "/karta", "/karta?lang=en", "/moduler", "/moduler/bokning", "/ersattning", "/ersattning/faltjournal",
    "/relationer/faltjournal", "/fardplan", "/rapport", "/andringar", "/lager?fokus=faltjournal", "/sok?q=journal",
    "/hjalp", "/bilder", "/bild/karta", "/bild/karta.svg", "/maskiner", "/llms.txt", "/index.md", "/moduler/bokning.md",
    "/api/v1/", "/api/v1/moduler", "/api/v1/finns-inte", "/openapi.json", "/andringar.atom", "/finns-inte",
    "/system?dag=2027-01-01", "/karta.md?dag=2027-01-01",
)  # fmt: skip
LINK = re.compile(r'(?:href|src|action|"url"|"description"|"instance")(?:=|: ?)"(/[^"]*)"|\]\((/[^)]*)\)')


@pytest.fixture(scope="module")
def reader() -> FlaskClient:
    return create_app(given.good(), today=lambda: given.TODAY).test_client()


@pytest.mark.parametrize("address", ASKED)
def test_addresses_begin_with_the_folder_and_nothing_else_is_different(reader: FlaskClient, address: str) -> None:
    top, below = reader.get(address), reader.get(address, environ_overrides={"SCRIPT_NAME": FOLDER})
    assert below.status_code == top.status_code
    assert below.location == (f"{FOLDER}{top.location}" if top.location else None)
    text, known = below.get_data(as_text=True), top.get_data(as_text=True)
    links = [one for pair in LINK.findall(text) for one in pair if one]
    assert [one for one in links if not one.startswith(f"{FOLDER}/")] == []
    assert text.replace(f"{FOLDER}/", "/") == known
    assert len(links) == len([one for pair in LINK.findall(known) for one in pair if one])

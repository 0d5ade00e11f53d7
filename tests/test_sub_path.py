"""The viewer in a folder of another server's: every address begins with the folder, and nothing else is different."""

from __future__ import annotations

import re

import given
import pytest
from commands import Run
from flask.testing import FlaskClient

from webapp import create_app
from webapp.http import proxies

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


def test_the_server_in_front_may_take_the_folder_away_or_not(reader: FlaskClient) -> None:
    app = create_app(given.good(), today=lambda: given.TODAY)
    proxies.install(app, (), prefix=FOLDER)
    below = app.test_client()
    for path in ("/", "/moduler", "/moduler/bokning", "/karta?lang=en"):
        known = reader.get(path, environ_overrides={"SCRIPT_NAME": FOLDER}).text
        assert below.get(path).text == below.get(f"{FOLDER}{path}").text == known
    assert below.get(FOLDER).status_code == 200 and below.get(f"{FOLDER}x").status_code == 404
    assert (
        below.get("/moduler", headers={"X-Forwarded-Prefix": "/evil", "X-Script-Name": "/evil"}).text.count("evil") == 0
    )


@pytest.mark.parametrize("wrong", ["kartan", "//evil.example", "/a b", "/../x", "https://x"])
def test_a_folder_is_a_folder(run: Run, wrong: str) -> None:
    refused = run("serve", "--production", "--prefix", wrong)
    assert refused.code == 2 and "är ingen mapp i en adress" in refused.err

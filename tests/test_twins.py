"""Every page as Markdown: the same words, nothing that a text could smuggle in, and what assistants look for."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape

import given as catalogues
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from modulkarta.snapshot import Snapshot
from webapp import create_app
from webapp.twins.markdown import markdown_of

TODAY = date(2026, 11, 21)
PAGES = (
    "/", "/karta", "/fardplan", "/ersattning", "/ersattning/faltjournal", "/standardisering", "/uppfoljning",
    "/integrationer", "/information", "/kvalitet", "/om", "/rapport", "/krav/prehospital-journal", "/moduler",
    "/moduler/prehospital-journal", "/beslut", "/processer", "/relationer/prehospital-journal", "/maskiner",
    "/andringar", "/sok?q=journal",
)  # fmt: skip
READ = MarkdownIt("commonmark", {"html": True}).enable("table")
NOT_SAID = "nav, form, button, script, style, [aria-hidden=true], [hidden], svg, .fold > summary"


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return create_app(good, today=lambda: TODAY).test_client()


def twin(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/markdown"), (address, answer.text[:200])
    return answer.text


def marked(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.md{mark}{query}"


def words(html: str, left_out: str = "") -> Counter[str]:
    """The words of a page or a part of it, without the marks between them."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(left_out) if left_out else ():
        element.decompose()
    for element in soup.select("mark, .shy"):
        element.unwrap()
    soup.smooth()
    return Counter(re.findall(r"\w+", soup.get_text(" ")))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_and_its_twin_say_the_same(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    banners = BeautifulSoup(page.partition("<main")[0], "html.parser").select("section.banner, section.time.other .now")
    main = "".join(map(str, banners)) + page[page.index("<main") : page.index("</main>")]
    body, line, last = twin(client, marked(address)).rpartition("\n---\n")
    drawn = BeautifulSoup(main, "html.parser").select("svg:not([aria-hidden]) > desc")
    assert line and "version" in last
    assert words(READ.render(body)) == words(main, NOT_SAID) + words(" ".join(map(str, drawn)))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_its_twin_and_to_the_file_for_assistants(client: FlaskClient, address: str) -> None:
    asked = f"{address}{'&' if '?' in address else '?'}datum=2028-01-01&lang=en"
    head = client.get(asked).text.partition("</head>")[0]
    found = dict(re.findall(r'<link rel="(\w+)"[^>]* href="([^"]*)"', head))
    alternate = re.findall(r'type="text/markdown" href="([^"]*)"', head)
    address = unescape(alternate[0])
    assert "datum=2028-01-01" in address and "lang=en" in address and ".md?" in address
    assert client.get(unescape(found["describedby"])).status_code == 200
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "en")


def test_another_day_is_told_in_the_twin_too(client: FlaskClient) -> None:
    text = twin(client, "/moduler/prehospital-journal.md?datum=2028-01-01")
    assert "Du ser planen som den är **2028-01-01**, inte i dag." in text.partition("# ")[0]
    assert twin(client, "/karta.md?datum=2028-01-01").index("Du ser planen") < 200
    assert "(/formagor/prehospital-vard?datum=2028-01-01)" in text
    assert text.rstrip().endswith("(/moduler/prehospital-journal?datum=2028-01-01)")


def test_a_former_id_leads_to_the_twin_of_what_it_is_called_now(client: FlaskClient) -> None:
    answer = client.get("/system/faltjournalen.md?datum=2027-05-01")
    assert (answer.status_code, answer.location) == (301, "/system/faltjournal.md?datum=2027-05-01")


@pytest.mark.parametrize(
    "address", ["/finns-inte.md", "/moduler/x.md", "/fardplan.ics.md", "/api/v1.md", "/.md", "/x/y/z.md"]
)
def test_what_is_no_page_has_no_twin(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and 'type="text/markdown"' not in answer.text
    assert client.post("/karta.md").status_code == 405


def test_the_report_keeps_its_own_markdown(client: FlaskClient) -> None:
    names = re.findall(r'href="/rapport/([^"]*\.md)"', client.get("/rapport").text)
    assert names and all(client.get(f"/rapport/{name}").status_code == 200 for name in names)
    assert "# " in twin(client, "/rapport.md")


def test_what_has_not_changed_is_not_sent_twice(client: FlaskClient) -> None:
    tags = {client.get(address).headers["ETag"] for address in ("/karta", "/karta.md", "/llms.txt")}
    assert len(tags) == 3
    tag = client.get("/karta.md").headers["ETag"]
    assert client.get("/karta.md", headers={"If-None-Match": tag}).status_code == 304


def test_assistants_find_a_title_a_summary_and_links_that_lead_somewhere(client: FlaskClient) -> None:
    answer = client.get("/llms.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("# Region Exempels modulkatalog") and "\n\n> Region Exempels" in answer.text
    lines = [line for line in answer.text.splitlines() if line.startswith("- [")]
    assert len(lines) > 25 and all(re.fullmatch(r"- \[[^\]]+\]\([^)]+\): .+", line) for line in lines)
    for address in re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", answer.text, re.MULTILINE):
        assert client.get(address).status_code == 200, address
    assert "is an example" in client.get("/llms.txt?lang=en").text


NASTY = st.text(st.sampled_from("ab \n`*_[]()<>#!|\\~&;:/=+-1.\"'å") | st.characters(codec="utf-8"), max_size=40)


@given(NASTY, NASTY, NASTY)
def test_a_text_stays_a_text(first: str, second: str, third: str) -> None:
    """Whatever stands in it, it marks nothing: no tag, link, picture or code comes of it."""
    texts = [re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", one) for one in (first, second, third)]
    safe = [one.replace("&", "&amp;").replace("<", "&lt;") for one in texts]
    page = (
        f'<main><h1>{safe[0]}</h1><p>{safe[1]}<a href="/x">{safe[2]}</a>{safe[0]}</p><ul><li>{safe[1]}</li></ul>'
        f"<dl><div><dt>{safe[2]}</dt><dd>{safe[0]}</dd></div></dl>"
        f"<table><thead><tr><th>{safe[0]}</th></tr></thead><tbody><tr><td>{safe[1]}</td></tr></tbody></table></main>"
    )
    made = BeautifulSoup(READ.render(markdown_of(page)), "html.parser")
    tags = {tag.name for tag in made.find_all()}
    assert tags <= {"h1", "p", "a", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}, markdown_of(
        page
    )
    assert {link["href"] for link in made.select("a")} <= {"/x"}


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "vbscript:x"])
def test_a_link_leads_to_the_web_only(href: str) -> None:
    assert markdown_of(f'<main><a href="{href}">x</a></main>') == "x\n"


def test_a_link_ends_where_it_ends() -> None:
    made = READ.render(markdown_of('<main><a href="https://a.example/x) [y](https://b.example">x</a></main>'))
    assert [link["href"] for link in BeautifulSoup(made, "html.parser").select("a")] == [
        "https://a.example/x%29%20%5By%5D%28https://b.example"
    ]


def test_hostile_words_stay_words() -> None:
    nasty = "<script>alert(1)</script> [x](javascript:y) ![z](https://a.example/b.png) `c` **d**"
    read = catalogues.read(
        {"modules/ond": f"name: '{nasty}'\ncapabilities: [f]\n", "capabilities/f": "name: F\nband: core\n"}
    )
    client = create_app(read, today=lambda: TODAY).test_client()
    for address in ("/moduler.md", "/moduler/ond.md", "/karta.md", "/llms.txt"):
        made = BeautifulSoup(READ.render(client.get(address).text), "html.parser")
        assert not made.select("script, img, [href^=javascript]")
        assert address == "/llms.txt" or nasty in " ".join(made.get_text().split())


def test_a_long_page_tells_how_much_more_it_has() -> None:
    files = {f"modules/m{n:03}": f"name: Modul {n}\nsummary: En modul.\ntruth: fact\n" for n in range(150)}
    client = create_app(catalogues.read(files), today=lambda: catalogues.TODAY).test_client()
    told = client.get("/standardisering.md").text
    assert client.get("/standardisering").text.count('id="rad-') == 150
    assert len(re.findall(r"^\| \[Modul", told, re.MULTILINE)) == 100
    assert "+ 50 rader till på sidan för människor" in told.replace("\\", "")

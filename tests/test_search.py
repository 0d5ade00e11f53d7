"""Search: Swedish as people write it, over all of a catalogue."""

from __future__ import annotations

import re
from html import unescape

import given
import pytest
from flask.testing import FlaskClient
from hypothesis import given as drawn
from hypothesis import strategies as st

from modulkarta import search, snapshot
from modulkarta.model import Catalogue
from modulkarta.search import letters
from modulkarta.search.marking import excerpt, pieces, plain
from modulkarta.search.reasons import reasons
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said
from webapp import create_app

REGION = [
    # inflected
    ("journaler", "prehospital-journal"),
    ("remisserna", "planerat-besok"),
    ("kallelsen", "tidbok-och-kallelse"),
    ("bokningar", "bokning"),
    ("utryckningarna", "utryckning"),
    ("läkemedlen", "halla-lakemedelsvaska"),
    ("standarder för larm", "ex-larm-2"),
    ("förstudien om journalbyten", "forstudie-journalbyte"),
    ("väntelistor", "hantera-vantelista"),
    # a part of a compound
    ("journal", "faltjournal"),
    ("arkiv", "gammelarkiv"),
    ("anteckning", "insatsanteckning"),
    ("bryggan", "arendebryggan"),
    ("panel", "larmpanelen"),
    ("personal", "ambulanspersonal"),
    ("insatsjournaler", "insatsjournal"),
    ("journalsystem", "faltjournal"),
    # without å ä ö, or written apart
    ("lakemedel", "halla-lakemedelsvaska"),
    ("atgardskatalogen", "atgardskatalogen"),
    ("overlamning", "overlamningsbladet"),
    ("OPPNA GRANSSNITT", "oppna-granssnitt"),
    # another word for it, one to avoid too
    ("vårdinsats", "insats"),
    ("vändkörningar", "insats"),
    ("callout", "insats"),
    # misspelt
    ("jornal", "prehospital-journal"),
    ("fältjurnal", "faltjournal"),
    ("tidbokk", "tidbok-och-kallelse"),
    ("larmpanlen", "larmpanelen"),
    # English, ids, questions
    ("ambulance record", "prehospital-journal"),
    ("avtal-labbdisken", "avtal-labbdisken"),
    ("hur bokar jag ett besök", "boka-besok"),
    ("dokumentation", "dokumentera-insats"),
    ("vad händer med Fältjournal?", "faltjournal"),
    ("tidböcker", "tidbok-och-kallelse"),
    ("larm panel", "larmpanelen"),
    ("TIDBOK_OCH_KALLELSE", "tidbok-och-kallelse"),
]
"""What people write, and what is to be among the first three."""
VGR = [
    ("journaler", "prehospital-journal"),
    ("läkemedlet", "lakemedel"),
    ("storsystem", "karnsystem"),
    ("roadmap", "malbild-och-fardplan"),
    ("Millenium", "millennium"),
    ("asynja", "asynjavisph"),
    ("earkiv", "e-arkiv"),
    ("provsvaren", "provsvar-lasning"),
    ("vardplatser", "visa-vardplatser"),
    ("upphandlingar för ambulansen", "upphandling-prehospital"),
    ("telemedicine", "telemedicin"),
    ("dispatch", "larmcentral"),
    ("läkemedels lista", "nationella-lakemedelslistan"),
    ("vård plattform", "gemensam-vardplattform"),
    ("hjärt intensiven", "sanda-ekg-till-sjukhus"),
    ("när byts journalen ut?", "ersattning-ambulink"),
    ("vad kommer istället för Ambulink", "ambulink"),
    ("ny journal", "prehospital-journal"),
    ("ambulanssjuksköterska", "ambulanspersonal"),
    ("vårdplatform", "gemensam-vardplattform"),
    ("cerner", "valet-av-millennium"),
    ("Borås", "ambulans-sas"),
    ("patientsäkerhet", "rs-expertgruppens-rapport"),
    ("what happens to Ambulink", "ambulink"),
    ("PDL", "patientdatalagen"),
    ("ambulansjournal", "prehospital-journal"),
    ("labbsvar", "bestallning-och-svar"),
]


@pytest.fixture(scope="module")
def client(good: Snapshot) -> FlaskClient:
    return client_of(good)


def client_of(read: Snapshot) -> FlaskClient:
    app = create_app(read, today=lambda: given.TODAY)
    app.testing = True
    return app.test_client()


def first(catalogue: Catalogue, query: str, most: int = 3) -> list[str]:
    return [hit.entity.id for hit in search.results(catalogue, query).hits[:most]]


def page(client: FlaskClient, query: str, **more: str) -> str:
    """The words of the page, without its tags."""
    answer = client.get("/sok", query_string={"q": query, **more})
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", "", answer.text)).split())


@pytest.mark.parametrize(("query", "expected"), REGION)
def test_the_expected_is_among_the_first_three(good: Snapshot, query: str, expected: str) -> None:
    assert expected in first(good.catalogue, query)


@pytest.fixture(scope="module")
def vgr() -> Catalogue:
    return snapshot.build(given.real(), given.metamodel(), given.TODAY).catalogue


@pytest.mark.parametrize(("query", "expected"), VGR)
def test_the_expected_is_among_the_first_three_of_the_real_catalogue(
    vgr: Catalogue, query: str, expected: str
) -> None:  # fmt: skip
    assert expected in first(vgr, query)


def test_everything_is_found_by_its_name_and_by_its_id(good: Snapshot, vgr: Catalogue) -> None:
    for catalogue in (good.catalogue, vgr):
        names = [letters.whole(entity.name) for entity in catalogue.entities.values()]
        for entity in catalogue.entities.values():
            alike = names.count(letters.whole(entity.name)) + names.count(letters.whole(entity.id))
            assert entity.id in first(catalogue, entity.name, max(3, alike)), entity.name
            assert entity.id in first(catalogue, entity.id), entity.id


ANY = st.text(max_size=60) | st.sampled_from(
    ["\x00", "´" * 10_000, "å" * 10_000, "\u202eabc", "(", "[a", "\\", "%s", "-"]
)
NAMES = st.text(st.sampled_from("abcåäöé -ABC12/.'´ß\u00ad\u0308İ"), min_size=1, max_size=20).filter(letters.clean)


@drawn(ANY)
def test_any_question_is_answered_and_case_says_nothing(query: str) -> None:
    catalogue = given.good().catalogue
    found = search.results(catalogue, query)
    assert len({hit.entity.id for hit in found.hits}) == len(found.hits)
    assert sum(len(group.hits) for group in found.groups) == len(found.hits)
    if query.upper().lower() == query.lower():
        assert [h.entity.id for h in found.hits] == first(catalogue, query.upper(), len(found.hits) + 1)
    for hit in found.hits[:5]:
        assert hit.because or hit.exact
        assert "".join(piece.text for piece in pieces(hit.entity.name, hit.words)) == hit.entity.name
        assert all(said(reason.words, language) for reason in reasons(catalogue, hit) for language in ("sv", "en"))


@drawn(st.lists(NAMES, min_size=1, max_size=6))
def test_whatever_something_is_called_it_is_found_by_that(names: list[str]) -> None:
    files = {f"modules/m{n}": f"name: '{name.replace(chr(39), 2 * chr(39))}'\n" for n, name in enumerate(names)}
    catalogue = given.read(files).catalogue
    for entity in catalogue.entities.values():
        equal = [e for e in catalogue.entities.values() if letters.whole(e.name) == letters.whole(entity.name)]
        assert entity.id in first(catalogue, entity.name, max(3, len(equal)))


@drawn(st.text(max_size=300), st.integers(5, 200))
def test_an_excerpt_is_of_the_text_and_not_longer(text: str, longest: int) -> None:
    line = " ".join(text.split())
    shown = "".join(piece.text for piece in excerpt(text, {"a": (0, 1)}, longest))
    assert shown.removeprefix("… ").removesuffix(" …") in line
    assert len(shown) <= longest + 20 + 4


@pytest.mark.parametrize("word", ["journal", "läkemedel", "böckerna", "programmet", "system", "nycklarna", "ö", "x1"])
def test_a_word_is_a_form_of_itself(word: str) -> None:
    assert letters.same_word(letters.folded(word), letters.folded(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [("provsvaret", "provsvar"), ("lakemedlet", "lakemedel"), ("lakemedel", "lakemedlen"), ("programmet", "program"),
     ("listor", "lista"), ("modulernas", "modul"), ("stader", "stad"), ("kallelser", "kallelse"), ("bokar", "boka"),
     ("bocker", "bok"), ("handbockerna", "handbok"), ("fotter", "fot"), ("hander", "hand")],
)  # fmt: skip
def test_forms_of_a_word_are_the_same_word(one: str, other: str) -> None:
    assert letters.same_word(one, other) and letters.same_word(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("kallelse", "kalla"), ("mal", "malbild"), ("system", "syster"), ("kv", "kva")]
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert not letters.same_word(one, other)


@pytest.mark.parametrize(
    ("query", "first_", "other"),
    [
        ("händer", "Hand", "Handel"),
        ("iva", "Iva", "Vårdnivå"),
        ("cerner", "Om Cerner", "Koncernkontor"),
        ("Borås", "Borås", "Bort"),
        ("barnmorska", "Barnet", "Bara"),
        ("gallringen", "Gallra", "Ring"),
    ],
)
def test_what_only_looks_alike_does_not_come_first(query: str, first_: str, other: str) -> None:
    catalogue = given.read({"modules/a": f"name: {other}\n", "modules/b": f"name: {first_}\n"}).catalogue
    assert [hit.entity.name for hit in search.results(catalogue, query).hits][:1] == [first_]


@pytest.mark.parametrize("apart", ["läkemedels lista", "läkemedels listor", "lakemedels listan"])
def test_what_is_written_apart_is_what_it_makes_together(apart: str) -> None:
    names = ["Läkemedel", "Läkemedelslista", "Listan över läkemedel i en annan lista", "Lista"]
    catalogue = given.read({f"modules/m{n}": f"name: {name}\n" for n, name in enumerate(names)}).catalogue
    assert search.results(catalogue, apart).hits[0].entity.name == "Läkemedelslista"


def test_the_kinds_that_a_question_names_are_told(good: Snapshot) -> None:
    assert [kind.name for kind in search.results(good.catalogue, "vilka moduler finns").kinds] == ["module"]
    assert [kind.name for kind in search.results(good.catalogue, "vilka finns").kinds] == []


SPELLED = {"modules/a": "name: Källa\n", "modules/b": "name: Kalla\n"}


def test_the_very_letters_come_first() -> None:
    catalogue = given.read(SPELLED).catalogue
    assert first(catalogue, "källa") == ["a", "b"] and first(catalogue, "kalla") == ["b", "a"]


def test_all_words_are_wanted_and_what_none_has_is_told(good: Snapshot) -> None:
    found = search.results(good.catalogue, "prehospital journal qqqq")
    assert found.missing == ("qqqq",) and found.hits[0].entity.id == "prehospital-journal"
    apart = search.results(good.catalogue, "läkemedelsväska gammelarkiv")
    assert (
        apart.full == 0
        and apart.closest == apart.hits
        and {h.entity.id for h in apart.hits} >= {"halla-lakemedelsvaska", "gammelarkiv"}
    )


@pytest.mark.parametrize("typo", ["ariv", "orit", "pausa", "kommnen"])
def test_what_is_misspelt_is_found_also_where_it_is_in_another_word(typo: str) -> None:
    names = ["Moduler", "Arkiv", "Orbit", "Pausad", "Kommunen", "Prioritering", "Skrivarivrare", "Model", "Kommission"]
    catalogue = given.read({f"modules/m{n}": f"name: {name}\n" for n, name in enumerate(names)}).catalogue
    meant = {"ariv": "Arkiv", "orit": "Orbit", "pausa": "Pausad", "kommnen": "Kommunen"}[typo]
    assert meant in [hit.entity.name for hit in search.results(catalogue, typo).hits]


def test_what_has_all_words_comes_before_what_has_some() -> None:
    files = {"modules/a": "name: Ambulink\n", "modules/b": "name: Avtal om ambulink\nsummary: Vem ansvarar?\n"}
    found = search.results(
        given.read({**files, "modules/c": "name: C\nsummary: Ambulink\n"}).catalogue, "ansvarar ambulink"
    )
    assert [hit.entity.id for hit in found.hits] == ["b", "a"] and found.full == 1
    assert [hit.entity.id for hit in found.closest] == ["b"]


def test_why_something_was_found_is_told(good: Snapshot) -> None:
    def why(query: str, id_: str) -> list[str]:
        hit = next(h for h in search.results(good.catalogue, query).hits if h.entity.id == id_)
        return [said(reason.words) for reason in reasons(good.catalogue, hit)]

    assert why("vändkörning", "insats") == ["”vändkörning” är ett ord att undvika för detta"]
    assert why("vårdinsats", "insats") == ["kallas också ”vårdinsats”"]
    assert why("vändkörning", "dokumentera-insats") == ["”vändkörning” är ett annat ord för ”insats”"]
    assert why("faltjurnal", "faltjournal") == ["”fältjournal” liknar ”faltjurnal”"]
    assert why("ambulance record", "prehospital-journal")[-1] == "heter på engelska ”Prehospital record”"
    assert why("journal", "faltjournal") == []
    assert why("hur är det med journal när den", "faltjournal") == []


def test_what_most_people_look_for_comes_first(good: Snapshot) -> None:
    kinds = [group.kind.name for group in search.results(good.catalogue, "larm").groups]
    assert kinds[:2] == ["module", "term"] and kinds.index("standard") < kinds.index("function")
    late = [group.kind.name for group in search.results(good.catalogue, "region exempel").groups]
    assert late[-2:] == ["organisation", "source"]
    assert [kind.name for kind in search.results(good.catalogue, "Modulerna").kinds] == ["module"]


def test_only_what_an_audience_sees_is_searched() -> None:
    from modulkarta.audience import narrowed

    read = given.read(
        {"modules/a": "name: A\nsummary: Kanarie\nsecrecy: {level: public, fields: {summary: internal}}\n"}
    )
    assert first(read.catalogue, "kanarie") == ["a"]
    seen = search.results(narrowed(read, "public").catalogue, "kanarie")
    assert not seen.hits and [entity.id for entity in seen.near] == ["a"]


# The page


def test_the_page_groups_and_marks_what_was_found(client: FlaskClient) -> None:
    said_ = page(client, "journaler")
    assert re.search(r"\d+ träffar på ”journaler”", said_) and "Moduler 1" in said_ and "Stämmer bäst" in said_
    html = client.get("/sok?q=journaler").text
    assert 'role="status"' in html and "Fält<mark>journal</mark>" in html and "Prehospital <mark>journal</mark>" in html


def test_a_kind_can_be_chosen_and_nothing_is_dropped(client: FlaskClient, good: Snapshot) -> None:
    for group in search.results(good.catalogue, "journal").groups:
        html = client.get("/sok", query_string={"q": "journal", "typ": group.kind.slug}).text
        assert all(f"/{group.kind.slug}/{hit.entity.id}" in html for hit in group.hits)
    assert "Inga träffar bland områden" in page(client, "journal", typ="omraden")


def test_many_hits_are_paged_and_counted() -> None:
    client = client_of(given.read({f"modules/m{n}": f"name: Bok {n}\n" for n in range(120)}))
    html, words = client.get("/sok?q=bok").text, page(client, "bok")
    assert "120 träffar" in words and "70 träffar till bland moduler" in words and "sida=2" in html
    ids = {
        m for n in "123" for m in re.findall(r"/moduler/(m\d+)", client.get(f"/sok?q=bok&typ=moduler&sida={n}").text)
    }
    assert len(ids) == 120
    last, none = (client.get(f"/sok?q=bok&typ=moduler&sida={n}") for n in ("99", "x"))
    assert last.status_code == 200 and "Föregående" in last.text and "träffar till" not in last.text
    assert none.status_code == 400 and "sida kan vara 1 till 3." in none.text


def test_what_was_misspelt_leads_to_what_was_meant(client: FlaskClient) -> None:
    assert "Menade du fältjournal?" in page(client, "faltjurnal")
    assert "q=f%C3%A4ltjournal" in client.get("/sok?q=faltjurnal").text


def test_nothing_found_shows_what_is_alike(client: FlaskClient) -> None:
    said_ = page(client, "qqqqq")
    assert "Inget hittades för ”qqqqq”." in said_ and "Det som liknar mest" in said_


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("modulkartan", "/karta"), ("karta", "/karta"), ("Vad har ändrats?", ""), ("ändringar", "/andringar"),
        ("var är färdplanen", "/fardplan"), ("roadmap", "/fardplan"), ("vård", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_page_that_is_asked_for_has_a_link_to_it(client: FlaskClient, query: str, address: str) -> None:
    main = client.get("/sok", query_string={"q": query}).text.partition("<main")[2]
    found = re.findall(r'<p><a class="door" href="([^"?]*)">Till sidan', main)
    assert found == ([address] if address else [])


def test_something_missing_can_be_reported() -> None:
    files = {"catalogue.yaml": "title: Prov\nforge: {report: 'mailto:karta@example.org'}\n", "modules/a": "name: A\n"}
    html = client_of(given.read(files)).get("/sok?q=qqqq").text
    assert html.count("mailto:karta@example.org") > client_of(given.read(files)).get("/sok?q=a").text.count("mailto:")


def test_an_empty_question_is_helped(client: FlaskClient) -> None:
    assert "Pröva till exempel" in page(client, "") and "Pröva till exempel" in page(client, " \x00 ")
    assert "Pröva" not in page(client_of(given.read({})), "")


@pytest.mark.parametrize(
    "query", ["x" * 400, "\x00", "\u202eabc", "<script>alert(1)</script>", "'\"><b>", "{{7*7}}", "?"]
)
def test_any_question_has_a_page(client: FlaskClient, query: str) -> None:
    answer = client.get("/sok", query_string={"q": query})
    assert answer.status_code == 200 and "<script>alert" not in answer.text and "<b>" not in answer.text
    assert "\x00" not in answer.text and "\u202e" not in answer.text and len(answer.text) < 60_000


def test_the_form_is_on_every_page_and_keeps_day_and_language(client: FlaskClient) -> None:
    for address in ("/", "/karta", "/finns-inte"):
        assert 'action="/sok' in client.get(address).text
    html = client.get("/karta?datum=2027-05-01&lang=en").text
    form = html[html.index('role="search"') : html.index("</form>", html.index('role="search"'))]
    assert 'name="datum" value="2027-05-01"' in form and 'name="lang" value="en"' in form


def test_the_day_is_changed_without_losing_the_question(client: FlaskClient) -> None:
    html = client.get("/sok?q=journal&typ=system").text
    assert '<input type="hidden" name="q" value="journal">' in html


def test_english_pages_show_english_names(client: FlaskClient) -> None:
    html = client.get("/sok?q=journal&lang=en").text
    assert "Prehospital record" in html and "hits for" in html and '<span lang="sv">' in html


def test_english_pages_show_the_swedish_word_that_was_found(client: FlaskClient) -> None:
    html = client.get("/sok?q=journal&lang=en").text
    assert '(<span lang="sv">Prehospital <mark>journal</mark></span>)' in html
    assert "Prehospital <mark>journal</mark></span>)" not in client.get("/sok?q=journal").text


def test_what_shows_is_not_told_again(client: FlaskClient) -> None:
    for lang, twice in (("sv", "I sammanfattning:"), ("en", "In summary in English:")):
        assert twice not in client.get(f"/sok?q=ambulansen+ambulance&lang={lang}").text
    assert "I sammanfattning på engelska" in client.get("/sok?q=travels").text


def test_words_that_say_little_are_not_marked(client: FlaskClient) -> None:
    html = client.get("/sok?q=f%C3%B6r+larm").text
    assert "<mark>larm</mark>" in html and "<mark>för</mark>" not in html


def test_markdown_is_read_as_it_is_said() -> None:
    text = "Se [boken](https://example.org).\n\n- **Skriva** hos `patienten`\n1. först\n> sagt\n## Rubrik"
    assert plain(text) == "Se boken.\n\nSkriva hos patienten\nförst\nsagt\nRubrik"

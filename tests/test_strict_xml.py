"""XML of others is read in bounds, and the two formats that are XML of their own read it with the same."""

from __future__ import annotations

import pytest
from defusedxml.expatreader import DefusedExpatParser
from test_hostile_imports import deep_xml, laughs, outside, taken

from modulkarta.exchange import strict_xml
from modulkarta.exchange.strict_xml import Node, Stopped, TooDeep, TooMany, outermost, refusal, walk
from modulkarta.findings import Finding
from modulkarta.wording import sentence

XML_FORMATS = {"archimate": ".xml", "riv-ta": ".wsdl", "skos": ".rdf"}
NO_ENTITIES = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'


@pytest.mark.parametrize("format_", XML_FORMATS)
@pytest.mark.parametrize("data", [laughs(), outside(), NO_ENTITIES], ids=["laughs", "a file elsewhere", "a type"])
def test_a_document_type_is_refused_in_the_same_words(format_: str, data: bytes) -> None:
    found = taken(format_, data, ending=XML_FORMATS[format_])
    assert isinstance(found, tuple) and isinstance(found[0], Finding) and len(found) == 1
    assert found[0].code == "MK906" and found[0].location.line == 1
    assert "DOCTYPE" in sentence(found[0].message)


@pytest.mark.parametrize("format_", XML_FORMATS)
def test_what_is_too_deep_is_not_read(format_: str) -> None:
    found = taken(format_, deep_xml(), ending=XML_FORMATS[format_])
    assert isinstance(found, tuple) and found[0].code in ("MK901", "MK902", "MK906")


def test_a_long_text_is_given_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expat before 2.6 begins anew at a long tag with each piece that it gets."""
    pieces: list[int] = []
    feed = DefusedExpatParser.feed

    def counted(self: DefusedExpatParser, data: bytes, isFinal: bool = False) -> None:
        pieces.append(len(data))
        feed(self, data, isFinal)

    monkeypatch.setattr(DefusedExpatParser, "feed", counted)
    data = b"<a b='" + b"x" * 3_000_000 + b"'/>"
    assert len(outermost(data).get("b")) == 3_000_000
    assert max(pieces) == len(data)


def test_a_record_with_too_much_in_it_is_cut_and_a_whole_file_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_xml, "MOST_NODES", 10)
    found: list[Node] = []
    walk(b"<m><r>" + b"<n/>" * 20 + b"</r><r/></m>", frozenset(), lambda _: None, lambda node, _: found.append(node))
    assert [(node.cut, len(node.inner)) for node in found] == [(True, 9), (False, 0)]
    for data in (b"<m><r>" + b"<n/>" * 20 + b"</r></m>", b"<m>" + b"<r/>" * 11 + b"</m>"):
        with pytest.raises(Stopped) as stopped:
            outermost(data)
        assert isinstance(stopped.value.why, TooMany) and refusal(stopped.value.why) is None
    assert len(outermost(b"<m>" + b"<r/>" * 10 + b"</m>").inner) == 10


def test_where_it_stopped_is_said() -> None:
    with pytest.raises(Stopped) as stopped:
        outermost(b"<a>\n" + b"<b>" * 100)
    assert isinstance(stopped.value.why, TooDeep) and (stopped.value.line, stopped.value.column) == (2, 301)


def test_names_have_their_namespaces_apart() -> None:
    root = outermost(b"<a xmlns='urn:x' xmlns:y='urn:y' y:c='1' d='2'><b>in</b><y:b/><e><b/></e></a>")
    assert (root.space, root.tag, root.attributes) == ("urn:x", "a", {"{urn:y}c": "1", "d": "2"})
    assert [node.space for node in root.everywhere()] == ["urn:x", "urn:y", "urn:x", "urn:x"]
    assert root.first("b") is root.inner[0] and root.inner[0].words == "in" and root.get("no", "d") == "2"

"""Whatever is given to an import, it says what is wrong and where: it never raises, reads elsewhere or fills memory."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from random import Random

import given
import pytest
from levels import built
from random_catalogues import made
from zips import zipped

from modulkarta.cli.exchanging import INWARD, OUTWARD
from modulkarta.exchange.archimate.names import heard
from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.outward import Asked
from modulkarta.findings import Finding
from modulkarta.wording import sentence

MEMORY = 300_000_000
"""Bytes that may be taken to find out that a file of a megabyte is no file to read."""
_SECRET = "rot:hemligt"


FORMATS = list(INWARD)


def taken(format_: str, *several: bytes, ending: str = "") -> Proposal | tuple[Finding, ...]:
    """What an import answers, each finding of it told in both languages."""
    end = ending or INWARD[format_].endings[0]
    sources = tuple(Source(name=f"fil{number}{end}", data=data) for number, data in enumerate(several))
    found = INWARD[format_].proposed(sources, given.read({"systems/s": "name: S\n"}), Wish(language="sv"))
    if isinstance(found, Proposal):
        for thing in found.proposed:
            assert thing.origins, thing
        for item in found.items:
            assert all(sentence(reason, "sv") and sentence(reason, "en") for reason in item.reasons)
        assert _SECRET not in repr(found)
        return found
    assert found, "neither things nor what is wrong"
    names = {source.name for source in sources}
    for finding in found:
        assert finding.code.startswith("MK9") and finding.severity == "error", finding
        assert finding.location.file.partition("!")[0].split("/")[0] in names, finding
        assert sentence(finding.message, "sv") and sentence(finding.message, "en")
    return found


def laughs() -> bytes:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE model [<!ENTITY l0 "ha">{rows}]><model>&l9;</model>'.encode()


def outside() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" identifier="i"><name>&x;</name></model>'
    )


def deep_xml() -> bytes:
    inner = b"<folder>" * 20_000
    return (
        b'<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/">'
        + inner
        + inner.replace(b"<", b"</")
        + b"</model>"
    )


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "spaces": lambda: b" \n\n\t ",
    "no characters": lambda: b"\0" * 5000,
    "a mark of byte order": lambda: b"\xef\xbb\xbf",
    "anything": lambda: Random(1).randbytes(20_000),
    "letters of old": lambda: "<a>Vård</a>\n{Vård};Vård,å\n".encode("latin-1"),
    "wide letters": lambda: "﻿id;namn\nå;ä\n".encode("utf-16"),
    "a document": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a page": lambda: b"<!doctype html><html><body><p>Hej</body></html>",
    "packed": lambda: gzip.compress(b"x" * 1000),
    "an archive of nothing": lambda: zipped({}),
    "half an archive": lambda: zipped({"model.xml": b"<model/>" * 100})[:60],
    "a bomb": lambda: zipped({"xl/worksheets/sheet1.xml": b"\0" * 120_000_000}),
    "a way out": lambda: zipped({"../../etc/passwd": b"x", "model.xml": b"<model/>", "[Content_Types].xml": b"<x/>"}),
    "laughs": laughs,
    "a file elsewhere": outside,
    "a package that reads elsewhere": lambda: zipped({"[Content_Types].xml": outside(), "xl/workbook.xml": outside(),
                                                      "model.xml": outside(), "_rels/.rels": outside()}),
    "deep XML": deep_xml,
    "deep JSON": lambda: b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "deep lists": lambda: b"[" * 200_000,
    "a list": lambda: b"[1, 2, 3]",
    "no number": lambda: b'{"resourceType": "CapabilityStatement", "a": NaN, "b": Infinity}',
    "a huge number": lambda: b'{"resourceType": "CapabilityStatement", "a": ' + b"9" * 20_000 + b"}",
    "half a letter": lambda: b'{"resourceType": "CapabilityStatement", "name": "\\ud800", "status": "draft"}',
    "a word": lambda: b"hej",
    "a long line": lambda: b"a" * 2_000_000,
    "deep Turtle": lambda: b"@prefix : <urn:x> .\n:a :b " + b"(" * 20_000,
    "many columns": lambda: b"id;" * 50_000 + b"\n",
    "an open quote": lambda: b'id;name\n"a;b\n' * 1000,
}  # fmt: skip


@lru_cache(maxsize=len(HOSTILE))
def hostile(name: str) -> bytes:
    return HOSTILE[name]()


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_hostile_is_refused_or_told_of(format_: str) -> None:
    for name in HOSTILE:
        found = taken(format_, hostile(name))
        if isinstance(found, Proposal):
            reasons = [reason for one in (*found.items, *found.proposed) for reason in one.reasons]
            assert reasons or not found.proposed, (format_, name)


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_hostile_takes_little_memory(format_: str) -> None:
    for name in ("a bomb", "laughs"):
        data = hostile(name)
        tracemalloc.start()
        taken(format_, data)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < MEMORY, (format_, name, most)


@lru_cache(maxsize=1)
def files() -> Mapping[str, bytes]:
    """A file of every format that we write, of a small catalogue."""
    asked = Asked(language="sv", on=given.TODAY)
    read = built({**made(3, 4), "information/terms/begrepp.yaml": {"name": "Begrepp"}})
    written = {}
    for name, one in OUTWARD.items():
        if one.of_kinds:
            written[name] = max(one.exported(read, asked).files.values(), key=len)
    return {**written, "fhir": json.dumps(_FHIR).encode(), "riv-ta": _WSDL}


_FHIR = {
    "resourceType": "CapabilityStatement", "status": "active", "kind": "capability", "fhirVersion": "4.0.1",
    "name": "Tidbok", "url": "https://example.org/fhir/CapabilityStatement/tidbok", "format": ["json"],
    "rest": [{"mode": "server", "resource": [{"type": "Patient", "interaction": [{"code": "read"}]}]}],
}  # fmt: skip
_WSDL = (
    b'<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" name="GetCareDocumentationInteraction"'
    b' targetNamespace="urn:riv:clinicalprocess:healthcond:description:GetCareDocumentation:2:rivtabp21">'
    b'<wsdl:portType name="GetCareDocumentationResponderInterface"/></wsdl:definitions>'
)


def test_a_file_of_another_format_is_said_to_be() -> None:
    for format_ in FORMATS:
        for other, data in files().items():
            same = other == format_ or {other, format_} <= {"skos", "skos-jsonld"}
            found = taken(format_, data)
            if not same:
                assert not isinstance(found, Proposal) or not found.proposed, (format_, other)


def hurt(data: bytes, seed: int) -> Iterator[bytes]:
    """A file cut off, with some bytes changed, with a part twice and a part gone."""
    random = Random(seed)
    a, b = sorted(random.randrange(len(data)) for _ in range(2))
    yield data[:b]
    yield data[a:]
    yield data[:a] + data[b:]
    yield data[:b] + data[a:]
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 30))):
        changed[random.randrange(len(changed))] = random.choice(b"\0<>&\"'{}[],:;0\xff\x80a \n")
    yield bytes(changed)


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_broken_never_raises(format_: str, seeds: range = range(4)) -> None:
    whole = files()[format_]
    assert isinstance(taken(format_, whole), Proposal), format_
    for seed in seeds:
        for data in hurt(whole, seed):
            taken(format_, data)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_given_twice_is_refused_or_read_once(format_: str) -> None:
    found = taken(format_, files()[format_], files()[format_])
    if isinstance(found, Proposal):
        ids = [thing.id for thing in found.proposed]
        assert len(ids) == len(set(ids))


def test_numbers_in_a_property_of_a_model_are_texts_as_in_every_file() -> None:
    assert heard('{"a":[-0.0,1e5,true,null,NaN]}') == {"a": ["-0.0", "1e5", "true", None, "NaN"]}

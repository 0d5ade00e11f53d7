"""A model, or a mapping file, that cannot be read is told of in one finding, with its place."""

from __future__ import annotations

import pytest
from archimate_models import HEAD, NEW, data_of, element, told, tried, zipped

from modulkarta.exchange.archimate.reading import opening

BAD = [
    (b"", "MK901 1:1", "tom"),
    (b"id;namn\n1;A\n", "MK902 1:3", "inte ArchiMate"),
    (b"<catalogue/>", "MK902 1:1", "<catalogue>"),
    (b'<model xmlns="http://www.opengroup.org/xsd/archimate/4.0/"/>', "MK903 1:1", "version 4.0"),
    (b'<!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/passwd">]><model>&x;</model>', "MK906 1:17", "DOCTYPE"),
    (f"{HEAD}\n<elements>\n</model>".encode(), "MK901 3:3", "tagg"),
    (f"{HEAD}<name>V\xe5g</name></model>".encode("latin-1"), "MK907", "UTF-8"),
    (HEAD.encode() + b"<a>" * 200, "MK901", "100 nivåer"),
    (b"PK\x03\x04 avbruten", "MK901 1:1", "arkivet"),
    (zipped(mimetype=b"application/x"), "MK902 1:1", "ZIP"),
]


@pytest.mark.parametrize(("data", "code", "words"), BAD)
def test_what_cannot_be_read_is_told_in_one_finding(data: bytes, code: str, words: str) -> None:
    (told_,) = told(tried(data))
    assert told_.startswith(code) and words in told_


def test_an_identifier_that_is_there_twice_is_named_with_both_lines() -> None:
    (finding,) = tried(f"{HEAD}\n<elements>\n{element('a', 'A')}\n{element('a', 'B')}</elements></model>")  # type: ignore[misc]
    assert (finding.code, finding.location.line, finding.related[0].location.line) == ("MK904", 4, 3)


def test_an_archive_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 10_000)
    (told_,) = told(tried(zipped(model_xml=b" " * 20_000)))
    assert told_.startswith("MK905")


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ("elements:\n  ApplicationComponent: sytem\n", "MK908 2:25"),
        ("elements:\n  ApplicationComponnt: system\n", "MK908 2:3"),
        ("elments:\n  Node: platform\n", "MK908 1:1"),
        ("elements:\n  Node:\n    - knd: platform\n", "MK908 3:7"),
        ("relationships:\n  Serving: platform\n", "MK908 2:12"),
        ("elements: [Node]\n", "MK908 1:11"),
        ("elements:\n  Node: a: b\n", "MK1"),
    ],
)
def test_a_mapping_file_that_is_wrong_is_told_where(mapping: str, expected: str) -> None:
    found = told(tried(data_of(NEW), mapping=mapping))
    assert any(one.startswith(expected) for one in found), found
    assert "Menade du" in found[0] or expected in ("MK908 1:11", "MK1")

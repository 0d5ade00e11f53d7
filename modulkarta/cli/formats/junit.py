"""JUnit's XML, which most build servers show as tests: a file without errors passes, an error is a test that fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.lines import as_line
from modulkarta.cli.formats.places import from_top
from modulkarta.findings import Finding
from modulkarta.wording import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def junit(checked: Checked) -> Iterator[str]:
    """One suite; what is no error stands in the suite's output."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    errors = [finding for finding in checked.findings if finding.severity == "error"]
    sound = sorted({*checked.files} - {finding.location.file for finding in errors})
    counts = {"tests": str(len(errors) + len(sound)), "failures": str(len(errors)), "errors": "0", "skipped": "0"}
    root = Element("testsuites", {"name": "modulkarta", **counts})
    suite = SubElement(root, "testsuite", {"name": "modulkarta check", **counts, "time": "0"})
    for finding in errors:
        _failed(suite, finding, checked)
    for file in sound:
        _case(suite, file, one_line(from_top(file)))
    others = [
        as_line(f, checked, from_top(f.location.file))
        for f in (*checked.findings, *checked.older)
        if f.severity != "error"
    ]
    if others:
        SubElement(suite, "system-out").text = "\n".join(others)
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield tostring(root, encoding="unicode")


def _failed(suite: Element, finding: Finding, checked: Checked) -> None:
    from xml.etree.ElementTree import SubElement

    words = one_line(checked.said(finding.message))
    case = _case(suite, finding.location.file, f"{finding.code} {words}", line=str(finding.location.line))
    failure = SubElement(case, "failure", {"type": finding.code, "message": words})
    failure.text = as_line(finding, checked, from_top(finding.location.file))


def _case(suite: Element, file: str, name: str, **more: str) -> Element:
    from xml.etree.ElementTree import SubElement

    path = one_line(from_top(file))
    return SubElement(suite, "testcase", {"name": name, "classname": path, "time": "0", "file": path, **more})

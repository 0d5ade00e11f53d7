"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0.html"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from modulkarta import __version__
from modulkarta.cli.formats.checked import Checked
from modulkarta.cli.formats.places import fingerprints, from_top, utf16_column
from modulkarta.findings import Edit, Finding, Location, Message, Severity, dotted, message
from modulkarta.wording import Language, said, translated

_Record = dict[str, Any]
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def sarif(checked: Checked) -> Iterator[str]:
    """One log of one run; what has a waiver is there too, suppressed."""
    told = (*checked.findings, *checked.older, *checked.read.waived)
    rules = {code: index for index, code in enumerate(sorted({finding.code for finding in told}))}
    states = ["new"] * len(checked.findings) + ["unchanged"] * len(checked.older)
    results = [
        _result(finding, checked) | {"ruleIndex": rules[finding.code], "partialFingerprints": {"modulkarta/v1": print_}}
        for finding, print_ in zip(told, fingerprints(told), strict=True)
    ]
    if checked.since:
        for result, state in zip(results, states, strict=False):
            result["baselineState"] = state
    for result, finding in zip(results[len(states) :], checked.read.waived, strict=True):
        result["suppressions"] = [_suppression(finding, checked)]
    run = {**_run(checked, rules), "results": results}
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _run(checked: Checked, rules: Iterable[str]) -> _Record:
    driver = {
        "name": "modulkarta",
        "semanticVersion": __version__,
        "language": checked.language,
        "rules": [_rule(code, checked.language) for code in rules],
    }
    top = message("Arkivets översta mapp, eller mappen som programmet kördes i.")
    return {
        "tool": {"driver": driver},
        "invocations": [_invocation(checked)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": checked.said(top)}}},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "defaultEncoding": "utf-8",
    }


def _invocation(checked: Checked) -> _Record:
    told: _Record = {"executionSuccessful": True}
    if checked.remark:
        told["toolExecutionNotifications"] = [{"level": "warning", "message": _words(checked, checked.remark)}]
    return told


def _rule(code: str, language: Language) -> _Record:
    from modulkarta.rules.manual import page

    found = page(code)
    if found is None:
        return {"id": code}
    title, why, wrong, right = (translated(t, language) for t in (found.title, found.why, found.wrong, found.right))
    no, yes = said(message("Fel"), language), said(message("Rätt"), language)
    why = " ".join(why.split())
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{why}\n\n{no}:\n{wrong}\n\n{yes}:\n{right}\n",
            "markdown": f"{why}\n\n**{no}:**\n```yaml\n{wrong}\n```\n\n**{yes}:**\n```yaml\n{right}\n```\n",
        },
        "properties": {"tags": ["modulkarta", f"{code[:3]}xx"]},
    }


def _result(finding: Finding, checked: Checked) -> _Record:
    result: _Record = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": _words(checked, finding.message, finding.hint),
        "locations": [_physical(finding.location, checked) | _logical(finding)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": n, **_physical(other.location, checked), "message": _words(checked, other.message)}
            for n, other in enumerate(finding.related)
        ]
    if finding.fix:
        result["fixes"] = [{"artifactChanges": _changes(finding.fix, checked)}]
        if finding.hint:
            result["fixes"][0]["description"] = _words(checked, finding.hint)
    return result


def _words(checked: Checked, *parts: Message | None) -> _Record:
    """Sentences as a message, where [text](target) would otherwise be read as a link."""
    text = "\n".join(checked.said(part) for part in parts if part)
    return {"text": _LINK.sub(r"\\\g<0>", text)}


def _physical(at: Location, checked: Checked) -> _Record:
    whole_file = (at.line, at.column, at.end_line, at.end_column) == (1, 1, 1, 1)
    region = {"startLine": 1} if whole_file else _region(at, checked)
    return {"physicalLocation": {"artifactLocation": _artifact(at.file), "region": region}}


def _artifact(file: str) -> _Record:
    return {"uri": quote(from_top(file), safe="/"), "uriBaseId": _ROOT}


def _region(at: Location, checked: Checked) -> _Record:
    texts = checked.read.texts
    start = {"startLine": at.line, "startColumn": utf16_column(texts, at.file, at.line, at.column)}
    if (at.end_line, at.end_column) < (at.line, at.column):
        return start
    end = {"endLine": at.end_line, "endColumn": utf16_column(texts, at.file, at.end_line, at.end_column)}
    return start | end


def _logical(finding: Finding) -> _Record:
    if not finding.entity:
        return {}
    name = ".".join(part for part in (finding.entity, dotted(finding.path)) if part)
    return {"logicalLocations": [{"name": finding.entity, "fullyQualifiedName": name}]}


def _changes(edits: Iterable[Edit], checked: Checked) -> list[_Record]:
    files: dict[str, list[_Record]] = {}
    for edit in edits:
        replacement = {"deletedRegion": _region(edit.location, checked), "insertedContent": {"text": edit.text}}
        files.setdefault(edit.location.file, []).append(replacement)
    return [{"artifactLocation": _artifact(file), "replacements": several} for file, several in files.items()]


def _suppression(finding: Finding, checked: Checked) -> _Record:
    waivers = checked.read.catalogue.settings.waivers
    reasons = (w["reason"] for w in waivers if (w["rule"], w["entity"]) == (finding.code, finding.entity))
    return {"kind": "external", "status": "accepted", "justification": next(reasons, "")}

"""What the program is made of when it runs, as CycloneDX in JSON: packages, the typeface, licences, and who needs whom.

The same environment gives the same bytes: there is no clock in it, and its number is worked out from what it says.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ROOT = Path(__file__).resolve().parents[2]
_OWN = "modulkarta"
_EXTRAS = ("report", "exchange", "lsp", "dot", "production")
"""All that may run; tools for developers are not in it."""
_FONTS = "modulkarta/figures/fonts"
_SPDX = {
    "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause", "ISC License (ISCL)": "ISC",
    "MIT License": "MIT", "MIT": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ZPL 2.1": "ZPL-2.1", "Python Software Foundation License": "PSF-2.0", "BSD": "BSD-3-Clause",
    "The Unlicense (Unlicense)": "Unlicense", "Apache 2.0": "Apache-2.0", "BSD-3-Clause": "BSD-3-Clause",
    "BSD-2-Clause": "BSD-2-Clause", "Apache-2.0": "Apache-2.0",
}  # fmt: skip
"""What packages call their licences, and what SPDX calls them."""
_TEXTS = {
    "Permission is hereby granted, free of charge": "MIT",
    "MIT License": "MIT",
    "Mozilla Public License Version 2.0": "MPL-2.0",
    "Apache License": "Apache-2.0",
}
Component = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/sbom", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, metavar="FIL", help="skriv till en fil i stället för skärmen")
    asked = parser.parse_args(arguments)
    try:
        text = written(bill())
    except metadata.PackageNotFoundError as error:
        print(f"{error.name} är inte installerat, så listan skulle inte vara hel.", file=sys.stderr)
        return 2
    if wrong := invalid(text):
        print(f"Listan följer inte CycloneDX: {wrong}", file=sys.stderr)
        return 2
    asked.output.write_text(text, "utf-8") if asked.output else print(text, end="")
    return 0


def bill() -> dict[str, Any]:
    """The whole list. Raises PackageNotFoundError for what should be installed and is not."""
    needs = _closure()
    components = [*(_package(name) for name in sorted(needs) if name != _OWN), _typeface()]
    said: dict[str, Any] = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {**_package(_OWN), "type": "application"}},
        "components": components,
        "dependencies": [
            {"ref": _purl(name), "dependsOn": sorted([*map(_purl, needs[name]), *([_FONTS] if name == _OWN else [])])}
            for name in sorted(needs)
        ],
    }  # fmt: skip
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(said, sort_keys=True))
    return {**said, "serialNumber": f"urn:uuid:{number}"}


def written(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def invalid(text: str) -> str:
    """What is wrong with a list by the schema of CycloneDX, "" for nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return str(found) if found else ""


def _closure() -> dict[str, set[str]]:
    """Each package that may run, and those that it asks for itself."""
    needs: dict[str, set[str]] = {}
    ahead = [(_OWN, frozenset(_EXTRAS))]
    seen = set()
    while ahead:
        name, extras = ahead.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for wanted in _wanted(name, extras):
            other = canonicalize_name(wanted.name)
            needs.setdefault(name, set())
            if other != name:
                needs[name].add(other)
                ahead.append((other, frozenset(wanted.extras)))
        needs.setdefault(name, set())
    return needs


def _wanted(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    """What a package asks for with some extras; for our own, what the project's file says now."""
    for line in _own() if name == _OWN else metadata.requires(name) or []:
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield wanted


def _own() -> list[str]:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *(line for name in _EXTRAS for line in extras[name])]


def _package(name: str) -> Component:
    about = metadata.metadata(name)
    return {
        "type": "library", "bom-ref": _purl(name), "name": about["Name"], "version": about["Version"],
        "purl": _purl(name), "licenses": _licences(about),
    }  # fmt: skip


def _purl(name: str) -> str:
    return f"pkg:pypi/{canonicalize_name(name)}@{metadata.version(name)}"


def _licences(about: metadata.PackageMetadata) -> list[Any]:
    """The licence as an SPDX expression or id where the package says one that is known; else in its own words."""
    if expression := about.get("License-Expression"):
        return [{"expression": expression}]
    called = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
    own = (about.get("License") or "").partition("\n")[0].strip()
    if ids := sorted({_SPDX[name] for name in (own, *called) if name in _SPDX}):
        return [{"license": {"id": ids[0]}}] if len(ids) == 1 else [{"expression": " OR ".join(ids)}]
    if text := _licence_text(about["Name"]):
        return [{"license": {"id": text}}]
    return [{"license": {"name": own or ", ".join(called) or "Uppgift saknas"}}]


def _licence_text(name: str) -> str:
    """The licence by how its text begins, of a package that carries only that; "" where there is none that is known."""
    texts = [file.read_text() for file in metadata.files(name) or [] if file.name.startswith("LICEN")]
    return next((known for begins, known in _TEXTS.items() for text in texts if begins in text[:200]), "")


def _typeface() -> Component:
    """The typeface that stands in figures and documents: it lies among the program's own files."""
    folder = _ROOT / _FONTS
    files = sorted(folder.glob("*.ttf"))
    return {
        "type": "file", "bom-ref": _FONTS, "name": "Arimo", "version": _version_of(files[0].read_bytes()),
        "description": "Typsnitt i bilder och dokument", "licenses": [{"license": {"id": "OFL-1.1"}}],
        "externalReferences": [{"type": "vcs", "url": "https://github.com/googlefonts/arimo"}],
        "components": [_file(file) for file in files],
    }  # fmt: skip


def _file(file: Path) -> Component:
    digest = sha256(file.read_bytes()).hexdigest()
    return {"type": "file", "name": file.name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def _version_of(font: bytes) -> str:
    """What the typeface says of its version, in the wide letters of its own list of names."""
    found = re.search("Version (\\d+\\.\\d+)", font.decode("utf-16-be", "replace")) or re.search(
        "Version (\\d+\\.\\d+)", font[1:].decode("utf-16-be", "replace")
    )
    return found[1] if found else "Uppgift saknas"


if __name__ == "__main__":
    raise SystemExit(main())

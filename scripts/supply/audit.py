"""What PyPI knows of faults in the packages that are installed here, as pip-audit asks for it.

pip-audit says "No known vulnerabilities found" also of what it could not ask about. Here that is no success.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_OWN = "modulkarta"
_SECONDS = 900
_SHOWN = 10
"""Of those that could not be asked about; the rest are counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What an answer says: faults by package, what could not be asked about, and how many were."""

    faults: tuple[tuple[str, str], ...]
    unasked: tuple[str, ...]
    asked: int

    @property
    def code(self) -> int:
        return 1 if self.faults else 2 if self.unasked or not self.asked else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/audit", description=__doc__)
    parser.add_argument("--answer", type=Path, metavar="FIL", help="bedöm ett svar som pip-audit redan har gett (JSON)")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args(arguments)
    try:
        found = judged(json.loads(asked.answer.read_text("utf-8") if asked.answer else _answer()))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"pip-audit gav inget svar: {error}", file=sys.stderr)
        return 2
    print(_json(found) if asked.format == "json" else _text(found))
    return found.code


def judged(answer: Any) -> Judged:
    """What pip-audit's JSON says; ValueError where it is something else."""
    if not isinstance(answer, dict) or not isinstance(answer.get("dependencies"), list):
        raise ValueError("svaret har inga paket")
    packages = [one for one in answer["dependencies"] if one["name"] != _OWN]
    unasked = tuple(sorted(one["name"] for one in packages if "skip_reason" in one))
    told = [one for one in packages if "skip_reason" not in one]
    faults = tuple(sorted((f"{one['name']} {one['version']}", _fault(vuln)) for one in told for vuln in one["vulns"]))
    return Judged(faults=faults, unasked=unasked, asked=len(told))


def _fault(vuln: Any) -> str:
    names = ", ".join([vuln["id"], *(name for name in vuln.get("aliases", []) if name.startswith("CVE-"))])
    mended = ", ".join(vuln.get("fix_versions", []))
    return f"{names}; rättat i {mended}" if mended else f"{names}; ingen rättad version än"


def _answer() -> str:
    """What pip-audit answers of all that is installed where this runs."""
    command = [
        sys.executable, "-m", "pip_audit", "--path", sysconfig.get_path("purelib"), "--format", "json",
        "--progress-spinner", "off",
    ]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
    if not ended.stdout.strip():
        raise ValueError(ended.stderr.strip().rpartition("\n")[2] or f"slutkod {ended.returncode}")
    return ended.stdout


def _text(found: Judged) -> str:
    lines = [f"{package}: {fault}" for package, fault in found.faults]
    lines.append(f"{found.asked} paket frågades efter, {len(found.faults)} kända sårbarheter.")
    if found.unasked:
        more = f" och {len(found.unasked) - _SHOWN} till" if len(found.unasked) > _SHOWN else ""
        names = ", ".join(found.unasked[:_SHOWN])
        lines.append(f"{len(found.unasked)} paket gick inte att fråga PyPI om: {names}{more}. Om dem är inget känt.")
    return "\n".join(lines)


def _json(found: Judged) -> str:
    said = {"schema": "modulkarta/audit/1", "asked": found.asked, "unasked": found.unasked,
            "faults": [{"package": package, "fault": fault} for package, fault in found.faults]}  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    raise SystemExit(main())

"""What `scripts/trust` has read and found, and what of it an earlier run has told already."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

from proof.views import View

_DECIDES = ("modulkarta", "webapp", "schemas", "tests/catalogues/good", "tests/barriers.py", "scripts")
_MADE = (".pyc", ".tmp")


class Record:
    """Readings and what they found. With a file, what it says of the same program is remembered and not read again."""

    def __init__(self, file: Path | None, root: Path) -> None:
        self.readings = self.found = 0
        self._pages: set[str] = set()
        self._rules: Counter[str] = Counter()
        self._where: dict[str, dict[str, None]] = {}
        self._known: set[str] = set()
        self._file = file
        if file:
            self._remember(file, _fingerprint(root))

    def _remember(self, file: Path, program: str) -> None:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        if lines[:1] != [program]:
            file.write_text(f"{program}\n", "utf-8")
        for line in map(json.loads, lines[1:] if lines[:1] == [program] else []):
            self._known.add(f"{line['address']} ({line['sight']})")
            self._count(View(address=line["address"], sight=line["sight"]), line["found"])

    def knows(self, view: View) -> bool:
        return str(view) in self._known

    def add(self, view: View, found: list[str]) -> None:
        self._count(view, found)
        if self._file:
            with self._file.open("a", encoding="utf-8") as log:
                log.write(json.dumps({"address": view.address, "sight": view.sight, "found": found}) + "\n")

    def _count(self, view: View, found: list[str]) -> None:
        self.readings += 1
        self.found += len(found)
        self._pages.add(view.address)
        for one in found:
            rule = one.partition(":")[0]
            self._rules[rule] += 1
            self._where.setdefault(rule, {})[str(view)] = None
            print(f"{view}: {one}", flush=True)

    def summary(self) -> str:
        """How much was read, and each rule that is broken with how often and where."""
        rules = [
            f"{rule}: {n} ställen, {len(self._where[rule])} läsningar, först {next(iter(self._where[rule]))}"
            for rule, n in self._rules.most_common()
        ]
        return "\n".join([*rules, f"{len(self._pages)} sidor lästa {self.readings} gånger: {self.found} brister"])


def _fingerprint(root: Path) -> str:
    """What is the same only where the same would be read in the same way."""
    digest = sha256()
    for name in _DECIDES:
        place = root / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix not in _MADE:
                digest.update(f"{file.relative_to(root)} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()

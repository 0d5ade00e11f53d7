"""What a keystroke costs in an editor: from when a file is another until the editor has been told what is wrong in it.

    python -m measure.keystrokes FILE CATALOGUE

Each comes after a calm, as when somebody mends one thing: what is typed right after something else is answered first
when the typing pauses. What comes out is the usual of some keystrokes, as a line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import IO, Any

from measure import processes
from measure.telling import tell
from measure.works import MODULKARTA, SCHEMAS

_TIMES = 6
_CALM = 0.3
"""Seconds between two keystrokes: more than the server's own idea of a pause."""
_WRONG = "\nfel_{turn}: x\n"
"""A key that no schema knows, another each time, so that there is always something new to tell."""


class Editor:
    """As much of an editor as it takes to write in a file and be told what is wrong."""

    def __init__(self, writing: IO[bytes], reading: IO[bytes]) -> None:
        self._writing, self._reading = writing, reading

    def say(self, method: str, params: dict[str, Any], number: int | None = None) -> None:
        said = {"jsonrpc": "2.0", "method": method, "params": params} | ({"id": number} if number else {})
        data = json.dumps(said).encode()
        self._writing.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._writing.flush()

    def hear(self) -> dict[str, Any]:
        length = 0
        while line := self._reading.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        heard: dict[str, Any] = json.loads(self._reading.read(length))
        return heard

    def until_told(self, uri: str, words: str) -> None:
        """Wait until something that is said of a file holds these words."""
        while True:
            params = self.hear().get("params") or {}
            if params.get("uri") == uri and words in json.dumps(params):
                return


def main(file: Path, root: Path) -> None:
    command = [MODULKARTA, "lsp", "--schemas", SCHEMAS]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    editor, uri, text = Editor(process.stdin, process.stdout), file.as_uri(), file.read_text("utf-8")
    _greet(editor, root)
    opened = {"uri": uri, "languageId": "yaml", "version": 0, "text": text + _WRONG.format(turn=0)}
    editor.say("textDocument/didOpen", {"textDocument": opened})
    editor.until_told(uri, "fel_0")
    taken = []
    for turn in range(1, _TIMES + 1):
        time.sleep(_CALM)
        before, began = processes.worked(process.pid), time.perf_counter()
        change = {"text": text + _WRONG.format(turn=turn)}
        document = {"uri": uri, "version": turn}
        editor.say("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        editor.until_told(uri, f"fel_{turn}")
        taken.append((time.perf_counter() - began, processes.worked(process.pid) - before))
    walls, works = zip(*taken, strict=True)
    tell(median(walls), sum(works) / _TIMES, process.pid)  # the system counts in hundredths: one alone is too few
    process.kill()
    process.wait()


def _greet(editor: Editor, root: Path) -> None:
    folder = {"uri": root.parent.as_uri(), "name": "katalog"}
    hello: dict[str, Any] = {
        "processId": None,
        "rootUri": folder["uri"],
        "capabilities": {},
        "workspaceFolders": [folder],
    }
    editor.say("initialize", hello, number=1)
    while editor.hear().get("id") != 1:
        pass
    editor.say("initialized", {})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

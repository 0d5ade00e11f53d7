"""A session with yaml-language-server, the program behind the YAML plugins of VS Code and others, over its pipes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from servers import becomes

_INSTALLED = Path(sys.prefix) / "node/node_modules/yaml-language-server/bin/yaml-language-server"
"""Where scripts/test puts it."""


def command() -> list[str] | None:
    """How the server is started; None where it is not installed."""
    own, node = shutil.which("yaml-language-server"), shutil.which("node")
    if own:
        return [own, "--stdio"]
    return [node, str(_INSTALLED), "--stdio"] if node and _INSTALLED.exists() else None


class Session:
    """The server as an editor talks to it, with a project's own settings for VS Code."""

    def __init__(self, project: Path, command: list[str]) -> None:
        self.project, self.numbers, self.told = project, count(1), dict[str, Any]()
        self.heard: Queue[dict[str, Any]] = Queue()
        settings = json.loads((project / ".vscode/settings.json").read_text("utf-8"))
        self.settings = {"schemas": settings["yaml.schemas"], "schemaStore": {"enable": False}, "validate": True,
                         "hover": True, "completion": True}  # fmt: skip
        pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
        self.server = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet)
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()
        self._begin()

    def end(self) -> None:
        self.server.kill()
        self.server.wait()
        self.listener.join(10)
        for pipe in (self.server.stdin, self.server.stdout):
            pipe.close()

    def completions(self, path: str, text: str) -> dict[str, str]:
        """What is offered at the mark | in a text, each with its explanation."""
        items = self._at("textDocument/completion", path, text)["items"]
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, path: str, text: str) -> str:
        """What is shown when somebody points at the mark |."""
        found = self._at("textDocument/hover", path, text)
        return _words(found["contents"]) if found else ""

    def complaints(self, path: str, text: str) -> list[str]:
        """What is said to be wrong with a text, by line from 1."""
        uri = self._open(path, text)
        until = time.monotonic() + 60
        while uri not in self.told and time.monotonic() < until:
            self._note(self.heard.get(timeout=60))
        self._close(uri)
        return [f"{found['range']['start']['line'] + 1}: {found['message']}" for found in self.told.pop(uri)]

    def _at(self, method: str, path: str, text: str) -> Any:
        before, _, after = text.partition("|")
        uri = self._open(path, before + after)
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        found = self._ask(method, {"textDocument": {"uri": uri}, "position": place})
        self._close(uri)
        return found

    def _open(self, path: str, text: str) -> str:
        """A file opened; the * of a path becomes a name that was never used, since the server remembers texts."""
        uri = (self.project / path.replace("*", f"x{next(self.numbers)}")).as_uri()
        self.told.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        return uri

    def _close(self, uri: str) -> None:
        self._send(method="textDocument/didClose", params={"textDocument": {"uri": uri}})

    def _begin(self) -> None:
        root = self.project.as_uri()
        completion = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        able = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": completion},
        }
        folders = [{"uri": root, "name": "project"}]
        self._ask("initialize", {"processId": None, "rootUri": root, "workspaceFolders": folders, "capabilities": able})
        self._send(method="initialized", params={})
        self._send(method="workspace/didChangeConfiguration", params={"settings": {"yaml": self.settings}})
        assert becomes(self._knows_the_schemas)

    def _knows_the_schemas(self) -> bool:
        """Whether the server has taken its settings, which it does not tell: it then sees what is wrong."""
        return bool(self.complaints("catalogue/applications/modules/*.yaml", "truth: aldrig\n"))

    def _ask(self, method: str, params: Any) -> Any:
        number = next(self.numbers)
        self._send(id=number, method=method, params=params)
        while (heard := self.heard.get(timeout=60)).get("id") != number:
            self._note(heard)
        return heard["result"]

    def _note(self, heard: dict[str, Any]) -> None:
        if heard.get("method") == "textDocument/publishDiagnostics":
            self.told[heard["params"]["uri"]] = heard["params"]["diagnostics"]

    def _send(self, **message: Any) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.server.stdin.flush()

    def _listen(self) -> None:
        while header := self.server.stdout.readline():
            length = int(header.split(b":")[1]) if header.lower().startswith(b"content-length") else 0
            while length and self.server.stdout.readline().strip():
                pass
            said = self.server.stdout.read(length)
            if len(said) < length:
                return  # the server was ended in the middle of a message
            heard = json.loads(said) if length else {}
            if "method" in heard and "id" in heard:
                asked = heard["params"]["items"] if heard["method"] == "workspace/configuration" else []
                answer = [self.settings if item.get("section") == "yaml" else {} for item in asked]
                with suppress(OSError, ValueError):  # it may have been ended before the answer
                    self._send(id=heard["id"], result=answer or None)
            elif heard:
                self.heard.put(heard)


def _words(documentation: Any) -> str:
    return documentation["value"] if isinstance(documentation, dict) else documentation or ""

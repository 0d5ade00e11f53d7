"""What is said on the wire: JSON-RPC, one message a line. Whatever comes in, the conversation goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Protocol

from modulkarta import __version__

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
"""The versions of the protocol that are spoken, the one to propose first."""
_LONGEST = 1_000_000
"""Bytes in a message; no question is near it."""
_MOST_AT_ONCE = 100
_BROKEN, _INVALID, _NO_METHOD, _WRONG, _INTERNAL = -32700, -32600, -32601, -32602, -32603

Answer = Mapping[str, Any]


class Refusal(Exception):
    """A request that the protocol itself has no answer to."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


class Desk(Protocol):
    """Who knows the answers."""

    instructions: str

    def listed(self) -> Sequence[Answer]:
        """The tools there are."""

    def call(self, name: str, arguments: Mapping[str, Any]) -> Answer | None:
        """What a tool answers; None where there is no such tool."""


def serve(desk: Desk, incoming: BinaryIO, outgoing: BinaryIO, log: Callable[[str], None]) -> None:
    """Answer until nothing more comes in, or nobody listens. `log` is told what went wrong in here."""
    for line in _lines(incoming):
        reply = _reply_to(desk, line, log)
        if reply is None:
            continue
        try:
            outgoing.write(_written(reply) + b"\n")
            outgoing.flush()
        except (BrokenPipeError, ValueError):
            return


def _reply_to(desk: Desk, line: bytes | None, log: Callable[[str], None]) -> Any:
    """The reply to a line (None: one that was too long); None where none is due."""
    if line is None:
        return _error(None, _INVALID, f"message longer than {_LONGEST} bytes")
    try:
        said = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return _error(None, _BROKEN, "not JSON")
    if not isinstance(said, list):
        return _reply(desk, said, log)
    if not 0 < len(said) <= _MOST_AT_ONCE:
        return _error(None, _INVALID, f"from 1 to {_MOST_AT_ONCE} messages at a time")
    return [reply for one in said if (reply := _reply(desk, one, log)) is not None] or None


def _reply(desk: Desk, said: Any, log: Callable[[str], None]) -> Answer | None:
    if not isinstance(said, dict) or said.get("jsonrpc") != "2.0":
        return _error(None, _INVALID, "not a JSON-RPC 2.0 message")
    id_, method = said.get("id"), said.get("method")
    if "method" not in said and ("result" in said or "error" in said):
        return None  # a reply, to a question that was never asked
    if not isinstance(method, str) or ("id" in said and not _is_id(id_)):
        return _error(id_ if _is_id(id_) else None, _INVALID, "a method is a text, an id a text or a whole number")
    if "id" not in said:
        return None  # a notice: there is nothing to keep in mind
    try:
        return {"jsonrpc": "2.0", "id": id_, "result": _result(desk, method, said.get("params", {}))}
    except Refusal as refusal:
        return _error(id_, refusal.code, str(refusal))
    except Exception as error:  # a fault of ours must not end the conversation
        log(f"{method}: {error!r}")
        return _error(id_, _INTERNAL, "internal error")


def _result(desk: Desk, method: str, params: Any) -> Answer:
    if not isinstance(params, dict):
        raise Refusal(_WRONG, "params is an object")
    if method == "initialize":
        return _beginning(desk, params)
    if method == "ping":
        return {}
    if method == "tools/list":
        return {"tools": list(desk.listed())}
    if method == "tools/call":
        return _called(desk, params)
    raise Refusal(_NO_METHOD, f"no method {method[:60]}")


def _beginning(desk: Desk, params: Mapping[str, Any]) -> Answer:
    wanted = params.get("protocolVersion")
    return {
        "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": "modulkarta", "title": "Modulkarta", "version": __version__},
        "instructions": desk.instructions,
    }


def _called(desk: Desk, params: Mapping[str, Any]) -> Answer:
    name, arguments = params.get("name"), params.get("arguments")
    if not isinstance(name, str) or not isinstance(arguments, dict | None):
        raise Refusal(_WRONG, "name is a text, arguments an object")
    answer = desk.call(name, arguments or {})
    if answer is None:
        raise Refusal(_WRONG, f"no tool {name[:60]}; there are: {', '.join(tool['name'] for tool in desk.listed())}")
    return answer


def _lines(incoming: BinaryIO) -> Iterator[bytes | None]:
    """The lines that come in; None for one that is too long."""
    while line := incoming.readline(_LONGEST + 1):
        if len(line) <= _LONGEST:
            if line.strip():
                yield line
            continue
        while line and not line.endswith(b"\n"):
            line = incoming.readline(_LONGEST)
        yield None


def _written(reply: Any) -> bytes:
    try:
        return json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # an id of half a character is given back as it came
        return json.dumps(reply).encode()


def _is_id(id_: Any) -> bool:
    return isinstance(id_, str | int) and not isinstance(id_, bool)


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _error(id_: Any, code: int, words: str) -> Answer:
    return {"jsonrpc": "2.0", "id": id_, "error": {"code": code, "message": words}}

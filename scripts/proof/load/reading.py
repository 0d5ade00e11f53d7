"""Some readers in a process of their own: each has a connection that stays open, and asks as soon as it is answered.

What they are to do comes as JSON on stdin; what they saw goes out as JSON. They keep pace with the one who changes the
files through a file that all share: how many readings may have been made, and how many each reader has made.
"""

from __future__ import annotations

import json
import mmap
import random
import resource
import socket
import struct
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from proof.load.answers import PAGES, Answer, Reader

_NUMBER = struct.Struct("q")
_LONGEST = 60.0
"""Seconds to wait for an answer; a reader who has waited that long was not answered."""
_MOST_TOLD = 20
_HAS_IT, _PACKED = 0.3, 0.7
"""How many readers ask whether what they have still holds, and how many can unpack."""


class Pace:
    """How far the readers may go, and how far each has come."""

    def __init__(self, file: Path, readers: int) -> None:
        size = _NUMBER.size * (readers + 1)
        if not file.exists():
            file.write_bytes(bytes(size))
        with file.open("r+b") as opened:
            self._numbers = mmap.mmap(opened.fileno(), size)
        self._readers = readers

    def allow(self, readings: int) -> None:
        """Let all of them together make so many readings."""
        self._put(0, readings)

    def may(self, made: int) -> bool:
        """Whether one who has made so many may make another."""
        return made * self._readers < self._got(0)

    def tell(self, reader: int, made: int) -> None:
        self._put(reader + 1, made)

    @property
    def made(self) -> int:
        return sum(self._got(place + 1) for place in range(self._readers))

    def _put(self, place: int, number: int) -> None:
        _NUMBER.pack_into(self._numbers, place * _NUMBER.size, number)

    def _got(self, place: int) -> int:
        return int(_NUMBER.unpack_from(self._numbers, place * _NUMBER.size)[0])


class _Closed(ConnectionError):
    """Nothing at all came: the connection was closed before the question."""


class Line:
    """A connection that is kept open, and opened again where the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port, self.opened = port, 0
        self._socket: socket.socket | None = None
        self._left = b""

    def ask(self, page: str, more: str) -> Answer:
        """The answer to a question, whole; ConnectionError where only a part comes.

        A server may close a connection on which nothing is asked, and then it is asked on another.
        """
        if self._socket is not None:
            with suppress(_Closed, BrokenPipeError, ConnectionResetError):
                return self._asked(self._socket, page, more)
            self.close()
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=_LONGEST)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.opened += 1
        return self._asked(self._socket, page, more)

    def _asked(self, line: socket.socket, page: str, more: str) -> Answer:
        self._left = b""
        line.sendall(f"GET {page} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode())
        self._left = line.recv(1 << 18)
        if not self._left:
            raise _Closed
        return self._answer(line)

    def close(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None

    def _answer(self, line: socket.socket) -> Answer:
        while b"\r\n\r\n" not in self._left:
            self._left += self._more(line)
        head, _, rest = self._left.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
        status = int(first.split()[1])
        size = 0 if status == 304 else int(headers["content-length"])
        while len(rest) < size:
            rest += self._more(line)
        self._left = rest[size:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, rest[:size])

    @staticmethod
    def _more(line: socket.socket) -> bytes:
        data = line.recv(1 << 18)
        if not data:
            raise ConnectionError("svaret tog slut")
        return data


class One(threading.Thread):
    """A reader."""

    def __init__(self, number: int, asked: dict[str, Any], pace: Pace) -> None:
        super().__init__(daemon=True)
        self.number, self.most, self.pace = number, asked["readings"], pace
        self.chance = random.Random(number)
        self.line, self.seen = Line(asked["port"]), Reader()
        self.waits: dict[str, list[float]] = {}
        self.marks: dict[int, float] = {}
        self.statuses: Counter[int] = Counter()
        self.faults: list[str] = []

    def run(self) -> None:
        pages = self.chance.choices(list(PAGES), list(PAGES.values()), k=self.most)
        for made, page in enumerate(pages):
            while not self.pace.may(made):
                time.sleep(0.005)
            self._read(page)
            self.pace.tell(self.number, made + 1)
        self.line.close()

    def _read(self, page: str) -> None:
        packed = self.chance.random() < _PACKED
        question = f"{page} {'gzip' if packed else ''}"
        tag = self.seen.tags.get(question, ("", 0))[0] if self.chance.random() < _HAS_IT else ""
        more = "Accept-Encoding: gzip\r\n" * packed + (f"If-None-Match: {tag}\r\n" if tag else "")
        began, opened = time.monotonic(), self.line.opened
        try:
            answer = self.line.ask(page, more)
        except (OSError, ValueError, KeyError, IndexError) as error:
            self.line.close()
            self.faults.append(f"{page}: inget helt svar: {error}")
            return
        if self.line.opened != opened:
            self.seen.newest = -1  # another process may answer, which has not come as far
        self._judge(page, question, answer, began)

    def _judge(self, page: str, question: str, answer: Answer, began: float) -> None:
        now = time.monotonic()
        mark, fault = self.seen.mark(question, answer)
        self.statuses[answer.status] += 1
        self.waits.setdefault(page, []).append(now - began)
        if mark >= 0:
            self.marks.setdefault(mark, now)
        if fault:
            self.faults.append(f"{page}: {fault}")


def main() -> None:
    asked = json.load(sys.stdin)
    pace = Pace(Path(asked["pace"]), asked["of"])
    readers = [One(number, asked, pace) for number in range(asked["first"], asked["first"] + asked["readers"])]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    json.dump(_told(readers), sys.stdout)


def _told(readers: list[One]) -> dict[str, Any]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "faults": [fault for reader in readers for fault in reader.faults][:_MOST_TOLD],
        "broken": sum(len(reader.faults) for reader in readers),
        "statuses": sum((reader.statuses for reader in readers), Counter()),
        "waits": {page: [round(w, 5) for r in readers for w in r.waits.get(page, ())] for page in PAGES},
        "marks": [list(reader.marks.items()) for reader in readers],
        "opened": sum(reader.line.opened for reader in readers),
        "cpu": used.ru_utime + used.ru_stime,
    }

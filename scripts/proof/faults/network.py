"""What happens on the network: very many connections, and readers who are very slow, by their nature or on purpose."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from proof.faults.scene import Fault, Fell, Scene

_MANY = 2000
_SLOW = 60
_SOON = 5.0
"""Seconds within which others have to have their pages meanwhile."""
_PIPELINED = 300
"""Answers asked for at once and not read: more than any machine keeps on the way."""
_HEAD = b"GET /karta HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
_WHOLE = b"GET /rapport HTTP/1.1\r\nHost: localhost\r\n\r\n"


def connections(scene: Scene) -> None:
    """Thousands connect: half say nothing, half have begun to say something."""
    with _open(scene, _MANY if not scene.quick else _MANY // 4) as lines:
        for line in lines[::2]:
            _send(line, _HEAD)
        _others_are_answered(scene, lambda: None)
    _ended(scene)


def slow_requests(scene: Scene) -> None:
    """Requests that come a byte at a time, and never end."""
    with _open(scene, _SLOW) as lines:
        for line in lines:
            _send(line, _HEAD)
        _others_are_answered(scene, lambda: [_send(line, b"x") for line in lines])
    _ended(scene)


def slow_readers(scene: Scene) -> None:
    """Readers who ask for very much and read next to nothing of it."""
    with _open(scene, _SLOW, room=2048) as lines:
        for line in lines:
            _send(line, _WHOLE * _PIPELINED)
        _others_are_answered(scene, lambda: [_read(line) for line in lines])
    _ended(scene)


def torn(scene: Scene) -> None:
    """Readers who ask and are gone before the answer comes."""
    with _open(scene, _SLOW) as lines:
        for line in lines:
            _send(line, _WHOLE)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    _others_are_answered(scene, lambda: None)
    _ended(scene)


def _others_are_answered(scene: Scene, meanwhile: Callable[[], object]) -> None:
    end = time.monotonic() + (1.5 if scene.quick else 8.0)
    while time.monotonic() < end:
        meanwhile()
        answer = scene.ask("/system")
        if answer.status != 200 or answer.seconds > scene.within(_SOON):
            raise Fell(f"andra väntar {answer.seconds:.1f} s på sin sida: {answer.status or answer.why}")
        time.sleep(0.1)
    scene.ground.write(scene.ground.next())
    scene.shows(scene.ground.number)


def _ended(scene: Scene) -> None:
    scene.still(scene.ground.number)


@contextmanager
def _open(scene: Scene, number: int, room: int = 0) -> Iterator[list[socket.socket]]:
    """So many connections to the server, as long as it is needed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, number + 500)), hard))
    lines = []
    try:
        for _ in range(number):
            lines.append(line := socket.socket())
            if room:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", scene.server.port))
            if len(lines) % 100 == 0:  # no more at a time than may wait to be taken
                time.sleep(0.02)
        time.sleep(0.2)
        yield lines
    finally:
        for line in lines:
            line.close()


def _send(line: socket.socket, data: bytes) -> None:
    with suppress(OSError):
        line.send(data)


def _read(line: socket.socket) -> None:
    with suppress(OSError):
        line.recv(16)


FAULTS = (
    Fault(name="connections", words="tusentals uppkopplingar", happens=connections),
    Fault(name="slow-requests", words="frågor en byte i taget", happens=slow_requests),
    Fault(name="slow-readers", words="läsare som knappt läser", happens=slow_readers),
    Fault(name="torn", words="läsare som går innan svaret", happens=torn),
)

"""A process that answers: a reader who is slow, silent or never leaves takes no thread from the others.

gunicorn gives each connection a thread while it reads the request, and waits in its loop for the reader to hang up.
Here a thread is given once all of the request has come, as the system tells, and nobody is waited for in the loop.
"""

from __future__ import annotations

import select
import selectors
import signal
import socket
import struct
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from typing import Any, ClassVar

from gunicorn.workers.gthread import TConn, ThreadWorker

from modulkarta.cli.serving.bounds import HEAD
from modulkarta.cli.serving.following import Follower
from modulkarta.cli.serving.refusing import written
from webapp.pages.health import ENDING

_COMING = 10.0
"""Seconds that a request may be on its way."""
_LEAVING = 2.0
"""Seconds that a reader may take to hang up; and to send what it began, when the server ends."""
_TAKING = 10
"""Seconds that a reader may take nothing of its answer."""
_STUCK = 120.0
"""Seconds that readers may wait while no thread has come to an end."""
_ROOM = 400_000
"""Bytes of an answer that the system holds for a reader, so that the thread can go on to the next one."""
_END = b"\r\n\r\n"
_BODY = ("CONTENT-LENGTH", "TRANSFER-ENCODING")


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Ends when the first process says so, not when a terminal does; SIGHUP means that the files are to be read."""

    SIGNALS: ClassVar = [one for one in ThreadWorker.SIGNALS if one != signal.SIGHUP]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = 0
        """Where what it counts is written."""
        self.leaving: deque[Any] = deque()
        """Connections that are answered and only wait for the reader to hang up."""
        self.moved = time.monotonic()
        """When a thread last took or ended something, or had nothing to do."""

    def init_signals(self) -> None:
        super().init_signals()
        follower: Follower = self.app.served.follower
        signal.signal(signal.SIGHUP, lambda number, frame: follower.asked.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """All threads from the beginning: where memory is short there may be none for another, and its reader waits."""
        pool: ThreadPoolExecutor = super().get_thread_pool()
        begun = Barrier(self.cfg.threads + 1)
        for _ in range(self.cfg.threads):
            pool.submit(begun.wait)
        begun.wait()
        return pool

    def handle_exit(self, number: int, frame: object) -> None:
        self.app.served.app.extensions[ENDING] = True
        self.method_queue.defer(self._hurry)
        super().handle_exit(number, frame)

    def retire(self) -> None:
        """Take no new readers, and end when those who are here have their answers: another takes the place."""
        self.handle_exit(signal.SIGTERM, None)

    def notify(self) -> None:
        """A sign of life, unless all threads are stuck while readers wait: then the first process puts an end to it."""
        if not self.tpool._work_queue.qsize():
            self.moved = time.monotonic()
        if time.monotonic() - self.moved < _STUCK:
            super().notify()

    def accept(self, listener: Any) -> None:
        try:
            client, address = listener.accept()
            conn = TConn(self.cfg, client, address, listener.getsockname())
            _bound(client)
        except BlockingIOError:
            return  # another process took it
        except OSError as error:
            self.app.served.tell("warning", "En anslutning gick inte att ta emot.", reason=error.strerror)
            time.sleep(0.05)  # most often there is room for no more: it will be tried again at once
            return
        self.nr_conns += 1
        self._await(conn)

    def on_client_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """Another request on the same connection."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        if self._has_come(conn):
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self._answer(conn)

    def enqueue_req(self, conn: Any) -> None:
        """A thread for a request, once the reader has taken most of what it asked for before: else it would wait."""
        if _has_room(conn.sock):
            super().enqueue_req(conn)
            return
        conn.timeout = time.monotonic() + _TAKING
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._on_taken, conn))

    def _on_taken(self, conn: Any, client: socket.socket) -> None:
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, future: Any) -> None:
        self.moved = time.monotonic()
        if not future.cancelled() and not future.exception() and future.result():
            super().finish_request(conn, future)
        else:
            self._leave(conn)

    def murder_pending(self) -> None:
        super().murder_pending()
        while self.leaving and self.leaving[0].timeout <= time.monotonic():
            self._gone(self.leaving[0])

    def _await(self, conn: Any) -> None:
        """Let the connection wait for all of its request, unless it is here."""
        conn.data_ready, conn.seen, conn.timeout = True, 0, time.monotonic() + _COMING
        if self._has_come(conn):
            self._answer(conn)
        else:
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _has_come(self, conn: Any) -> bool:
        """Whether there is something to do: all of a request, too much of one, or an end; else more is waited for."""
        try:
            data = conn.sock.recv(HEAD, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        conn.much = len(data) == HEAD and _END not in data
        if _END in data or conn.much or len(data) == conn.seen:
            return True
        conn.seen = len(data)
        with suppress(OSError):
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, conn.seen + 1)
        return False

    def _answer(self, conn: Any) -> None:
        if conn.much:
            with suppress(OSError):
                conn.sock.send(written(431))
            self._leave(conn)
            return
        if conn.seen:
            with suppress(OSError):
                conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        self.enqueue_req(conn)

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """Nothing is read from a body, and a reader who sends one is not waited for."""
        if any(name in _BODY and value != "0" for name, value in conn.parser.mesg.headers):
            return False
        return bool(super()._keepalive_after(conn, keepalive))

    def _leave(self, conn: Any) -> None:
        """Say that there is no more, and let the reader hang up: or what is on its way to it would be lost."""
        conn.timeout = time.monotonic() + _LEAVING
        self.leaving.append(conn)
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError):
            self._gone(conn)

    def _drain(self, conn: Any, client: socket.socket) -> None:
        data = b""
        with suppress(OSError):
            data = client.recv(HEAD)
        if not data:
            self._gone(conn)

    def _gone(self, conn: Any) -> None:
        self.leaving.remove(conn)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def _hurry(self) -> None:
        """What has only begun to come is not waited for as long as else, when the server ends."""
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, time.monotonic() + _LEAVING)


def _has_room(client: socket.socket) -> bool:
    """Whether the system would hold more for a reader; what is wrong with a connection shows when it is answered."""
    asked = select.poll()
    try:
        asked.register(client, select.POLLOUT)
        return bool(asked.poll(0))
    except (OSError, ValueError):
        return True


def _bound(client: socket.socket) -> None:
    """Let the system end what a reader makes last too long in a thread."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ROOM)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _TAKING, 0))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(_LEAVING), 0))

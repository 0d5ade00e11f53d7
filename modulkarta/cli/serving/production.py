"""The viewer for many readers: one process that has read the catalogue, and workers that follow its files."""

from __future__ import annotations

import gc
import logging
import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from modulkarta.cli.serving.bounds import connections
from modulkarta.cli.serving.following import Follower
from modulkarta.cli.serving.journal import Tell
from modulkarta.cli.serving.refusing import of_gunicorn
from modulkarta.cli.serving.worker import Worker
from webapp.http.measured import Measured, resident

if TYPE_CHECKING:
    import socket

    from flask import Flask

_DRAINING = 9
"""Seconds that pages under way may take when the server ends; those who end it wait ten."""
_SILENT = 30
"""Seconds that a worker may be without a sign of life."""
_BOUNDS = {"limit_request_line": 8190, "limit_request_fields": 60, "limit_request_field_size": 8190}
"""Bytes, and how many lines the head of a request may have. More than any browser and proxy send together."""
_MORE = 8
"""Processes that may be there beside those that are asked for: some that end while others begin."""
_KEPT_OPEN = 15
"""Seconds that a connection is kept for its next request."""
_NO_SENSE = "En fråga gick inte att förstå."
_NOT_TAKEN = "En läsare tog inte emot sitt svar."
_BESIDE_DISK = "/dev/shm"
"""Where a worker shows that it lives: a disk that is full or slow would make it look dead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """What is served, and how."""

    app: Flask
    follower: Follower
    listener: socket.socket
    workers: int
    threads: int
    memory: int
    """Bytes that a worker may hold before it is replaced; if it began with more than half of that, twice as much."""
    tell: Tell


def serve(served: Served) -> None:
    """Answer until the process is told to end. What was read before is shared by all workers."""
    of_gunicorn()
    served.app.extensions["measured"].share(served.workers + _MORE)
    gc.collect()
    gc.freeze()
    gc.enable()
    _Arbiter(_Application(served)).run()


class _Application(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn asks for: its settings from here only, and the viewer, made already."""

    def __init__(self, served: Served) -> None:
        self.served, self.begun = served, False
        super().__init__()

    def load_config(self) -> None:
        for name, value in _settings(self.served).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.served.app


class _Arbiter(Arbiter):  # type: ignore[misc]
    """The first process: it reads nothing itself, and lets its workers read anew without ending them."""

    def manage_workers(self) -> None:
        super().manage_workers()
        if not self.app.begun:
            self.app.begun = True
            self.app.served.tell("info", "Visaren svarar.", address=_address(self.LISTENERS[0]))

    def spawn_worker(self) -> None:
        """One process more; where the machine has no room for it, the others go on and it is tried again."""
        try:
            super().spawn_worker()
        except OSError as error:
            self.app.served.tell("error", "Det gick inte att starta en process till.", reason=error.strerror)
            time.sleep(1)

    def handle_hup(self) -> None:
        self.kill_workers(signal.SIGHUP)

    def handle_usr2(self) -> None:
        """Another program in the place of this one would read the settings of then: it is started again instead."""
        self.app.served.tell("warning", "SIGUSR2 gör ingenting. Starta om visaren i stället.")

    def handle_int(self) -> None:
        self.handle_term()


def _place(arbiter: _Arbiter, worker: Worker) -> None:
    """Give a worker that is to be made the first row to count in that nobody has."""
    taken = {one.row for one in arbiter.WORKERS.values()}
    rows = range(_measured(worker).rows)
    worker.row = next((row for row in rows if row not in taken), rows[-1])


def _ended(arbiter: _Arbiter, worker: Worker) -> None:
    _measured(worker).ended(worker.row)


def _measured(worker: Worker) -> Measured:
    measured: Measured = worker.app.served.app.extensions["measured"]
    return measured


def _begin(worker: Worker) -> None:
    """What a worker does before it answers: it begins with what the files say now, not what they once said."""
    follower, measured = worker.app.served.follower, _measured(worker)
    measured.row = worker.row
    follower.beat = partial(beat, worker, most=max(worker.app.served.memory, 2 * resident()))
    follower.catch_up()
    threading.Thread(target=follower.follow, args=(threading.Event(),), daemon=True).start()


def beat(worker: Worker, most: int) -> None:
    """Tell how a worker is, each second; one that has grown too large makes room for another."""
    served, held = worker.app.served, resident()
    _measured(worker).beat(served.follower.shown)
    if held > most and worker.alive:
        served.tell("warning", "En process har vuxit och byts ut.", bytes=held)
        worker.retire()


def _settings(served: Served) -> dict[str, Any]:
    """All that gunicorn is told; nothing is read from its own files, and nothing of its own is listened to."""
    return {
        "bind": f"fd://{served.listener.detach()}",
        "worker_class": Worker,
        "workers": served.workers,
        "threads": served.threads,
        "preload_app": True,
        "worker_connections": connections(),
        "keepalive": _KEPT_OPEN,
        "timeout": _SILENT,
        "graceful_timeout": _DRAINING,
        "worker_tmp_dir": _BESIDE_DISK if os.access(_BESIDE_DISK, os.W_OK) else None,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "forwarder_headers": "",  # a socket is believed by gunicorn whoever is let in; `proxies` says what is
        **_BOUNDS,
        "accesslog": None,
        "logger_class": _logger(served.tell),
        "pre_fork": _place,
        "post_worker_init": _begin,
        "child_exit": _ended,
        "on_exit": lambda arbiter: served.tell("info", "Visaren är avslutad."),
        "proc_name": "modulkarta",
    }


def _address(listener: Any) -> str:
    """Where it answers, as it is written in a browser."""
    name = listener.getsockname()
    if isinstance(name, str):
        return f"unix:{name}"
    host = f"[{name[0]}]" if ":" in name[0] else name[0]
    return f"http://{host}:{name[1]}/"


def _logger(tell: Tell) -> type:
    """What gunicorn says of itself is told as everything else is."""

    class Journal(Logger):  # type: ignore[misc]
        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            self.error_log.setLevel(logging.WARNING)
            self.error_log.handlers = [_Handler(tell)]

        def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
            """A request that makes no sense is told of without what was in it, and without who sent it."""
            super().warning(_NO_SENSE if msg.startswith("Invalid request") else msg, *args, **kwargs)

        def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
            if msg.startswith("Socket error"):
                super().warning(_NOT_TAKEN)  # a reader's doing, and most often that of one who means no good
            else:
                super().exception(msg.partition(" %s")[0], **kwargs)

    return Journal


class _Handler(logging.Handler):
    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        known = {"traceback": _traceback(record)} if record.exc_info else {}
        self.tell("error" if record.levelno >= logging.ERROR else "warning", record.getMessage(), **known)


def _traceback(record: logging.LogRecord) -> str:
    return "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""

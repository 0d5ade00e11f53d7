"""What happens to the processes: workers that are killed, and servers that are told to read, to end and to begin."""

from __future__ import annotations

import os
import signal
import threading
import time

from proof.faults.reader import Answer
from proof.faults.scene import Fault, Fell, Scene
from proof.faults.stage import program

_DRAINED = 10.0
"""Seconds within which a server that is told to end has ended."""
_BROKEN = 'name: "Alfa'
_SLOW_DOT = '#!/bin/sh\n: >{begun}.$$\n/bin/sleep 1\nexec {dot} "$@"\n'


def killed(scene: Scene) -> None:
    """A worker is killed: the others answer, and another takes its place."""
    _kill(scene, 1)
    scene.shows(scene.ground.number)
    scene.ground.write(scene.ground.next())
    scene.shows(scene.ground.number)


def killed_when_broken(scene: Scene) -> None:
    """All workers are killed while the files cannot be used: those that come instead have the last good version."""
    ground = scene.ground
    old, new = ground.number, ground.next()
    ground.write(new)
    scene.shows(new)
    ground.alfa.write_text(_BROKEN, "utf-8")
    scene.stands(new)
    _kill(scene, 2)
    scene.stands(new)
    if old == new:
        raise Fell("ingen ny version")
    ground.write(newer := ground.next())
    scene.shows(newer)


def _kill(scene: Scene, number: int) -> None:
    before = scene.server.workers
    for pid in before[:number]:
        os.kill(pid, signal.SIGKILL)
    scene.until(
        lambda: len(scene.server.workers) == len(before) and not {*before[:number]} & {*scene.server.workers},
        "ingen ny process",
    )


def hup(scene: Scene) -> None:
    """The server is told to read anew, with files that are new, broken and mended."""
    ground = scene.ground
    ground.write(new := ground.next())
    scene.server.signal(signal.SIGHUP)
    scene.shows(new)
    ground.alfa.write_text(_BROKEN, "utf-8")
    scene.server.signal(signal.SIGHUP)
    scene.stands(new)
    ground.write(newer := ground.next())
    scene.server.signal(signal.SIGHUP)
    scene.shows(newer)


def term(scene: Scene) -> None:
    """The server is told to end while pages are made: they are whole, and it ends in time."""
    dot = scene.programs / "dot"
    real = dot.readlink()
    program(dot, _SLOW_DOT.format(dot=real, begun=scene.place / "begun"))
    try:
        scene.ground.write(scene.ground.next())
        scene.shows(scene.ground.number)
        answers = _while_ending(scene)
    finally:
        program(dot, None)
        dot.symlink_to(real)
    scene.server.start()
    scene.shows(scene.ground.number)
    if wrong := [one.status or one.why for one in answers if one.status != 200 or "</html>" not in one.text[-20:]]:
        raise Fell(f"sidor under väg blev {wrong}")


def _while_ending(scene: Scene) -> list[Answer]:
    answers: list[Answer] = []
    pages = ["/relationer/alfa", "/relationer/beta"]
    asked = [threading.Thread(target=lambda page=page: answers.append(scene.ask(page))) for page in pages]
    drawn = {*scene.place.glob("begun.*")}
    for one in asked:
        one.start()
    scene.until(lambda: len(answers) + len({*scene.place.glob("begun.*")} - drawn) >= len(asked), "ingen bild ritas")
    time.sleep(0.5)  # readers have theirs drawn as well
    seconds = scene.server.end()
    for one in asked:
        one.join()
    if seconds > scene.within(_DRAINED):
        raise Fell(f"servern slutade efter {seconds:.1f} s")
    if scene.server.process.returncode != 0:
        raise Fell(f"servern slutade med {scene.server.process.returncode}")
    return answers


def begun_broken(scene: Scene) -> None:
    """The server begins anew while the files are broken: it has the last good version, by itself or by force."""
    ground = scene.ground
    for end in (scene.server.kill,) if scene.quick else (scene.server.end, scene.server.kill):
        ground.write(old := ground.next())
        scene.shows(old)
        end()
        ground.alfa.write_text(_BROKEN, "utf-8")
        scene.server.start()
        scene.stands(old)
        ground.write(new := ground.next())
        scene.shows(new)


_MANY = ("gunicorn",)
FAULTS = (
    Fault(name="killed-worker", words="dödad process", happens=killed, servers=_MANY, lost=4),
    Fault(
        name="killed-when-broken", words="dödade processer, trasiga filer", happens=killed_when_broken, servers=_MANY,
        lost=8,
    ),
    Fault(name="sighup", words="SIGHUP", happens=hup, servers=_MANY),
    Fault(name="sigterm", words="SIGTERM mitt i en sida", happens=term, lost=4, down=True),
    Fault(
        name="begun-broken", words="omstart med trasiga filer", happens=begun_broken, servers=_MANY, lost=8, down=True
    ),
)  # fmt: skip

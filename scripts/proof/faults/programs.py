"""What happens to the programs that the viewer runs: Graphviz' `dot`, and git itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from proof.faults.scene import Fault, Fell, Scene
from proof.faults.stage import program

_PICTURE = "/relationer/alfa"
_DRAWN = "<svg role="
_CRASHES = "#!/bin/sh\nkill -SEGV $$\n"
_SAYS_NONSENSE = "#!/bin/sh\nprintf '\\377\\376 <sv'\n"
_HANGS = "#!/bin/sh\nexec /bin/sleep 60\n"
_AT_ONCE = 24
"""Readers who all want the picture that is never drawn."""
_SOON = 5.0
"""Seconds within which a page without a picture has to be there, when those with one hang."""


def _without(scene: Scene, text: str | None) -> None:
    """Whatever `dot` is instead, the page has its list, and the picture comes back with `dot`."""
    dot = scene.programs / "dot"
    real = dot.readlink()
    program(dot, text)
    try:
        _newer(scene)
        page = scene.still(scene.ground.number, _PICTURE)
        if _DRAWN in page.text or "Samma uppgifter står i listan" not in page.text:
            raise Fell("sidan säger inte att bilden saknas")
    finally:
        program(dot, None)
        dot.symlink_to(real)
    scene.until(lambda: _DRAWN in scene.ask(_PICTURE).text, "bilden kommer inte tillbaka")


def _newer(scene: Scene) -> None:
    """Another version, of which no picture has been drawn."""
    scene.ground.write(scene.ground.next())
    scene.shows(scene.ground.number)


def absent_dot(scene: Scene) -> None:
    """There is no `dot`."""
    _without(scene, None)


def crashing_dot(scene: Scene) -> None:
    """`dot` dies each time it is run."""
    _without(scene, _CRASHES)


def nonsense_dot(scene: Scene) -> None:
    """`dot` ends well, and has drawn nothing."""
    _without(scene, _SAYS_NONSENSE)


def hanging_dot(scene: Scene) -> None:
    """`dot` never ends, and many readers want its picture: those who want something else must not wait for it."""
    dot = scene.programs / "dot"
    real = dot.readlink()
    program(dot, _HANGS)
    try:
        _newer(scene)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            hung = [pool.submit(scene.ask, f"{_PICTURE}?djup={n % 2 + 1}", 60.0) for n in range(_AT_ONCE)]
            slowest = max(scene.still(scene.ground.number).seconds for _ in range(5))
            if scene.quick:  # the tests have no time to see it given up
                program(dot, _CRASHES)
                scene.server.kill_programs("sleep")
            statuses = {one.result().status for one in hung}
    finally:
        program(dot, None)
        dot.symlink_to(real)
    if statuses != {200} or slowest > scene.within(_SOON):
        raise Fell(f"sidor med bild: {statuses}; de andra efter {slowest:.1f} s")
    scene.until(lambda: _DRAWN in scene.ask(_PICTURE).text, "bilden kommer inte tillbaka")


FAULTS = (
    Fault(name="absent-dot", words="dot saknas", happens=absent_dot),
    Fault(name="crashing-dot", words="dot kraschar", happens=crashing_dot),
    Fault(name="nonsense-dot", words="dot svarar strunt", happens=nonsense_dot),
    Fault(name="hanging-dot", words="dot hänger sig", happens=hanging_dot),
)

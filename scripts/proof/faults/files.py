"""What happens to the files: half of one, none of them, and schemas that do not hold."""

from __future__ import annotations

import shutil
import time

from proof.faults.ground import texts
from proof.faults.scene import Fault, Scene


def half_written(scene: Scene) -> None:
    """A file is cut off in the middle and left there, and then finished."""
    ground = scene.ground
    old, new = ground.number, ground.next()
    whole = texts(new)["systems/alfa"]
    with ground.alfa.open("w", encoding="utf-8") as file:
        file.write(whole[:14])
        file.flush()
        scene.stands(old)
        file.write(whole[14:])
    ground.write(new)
    scene.shows(new)


def slowly_written(scene: Scene) -> None:
    """A file is written a few characters at a time, and is readable only now and then."""
    ground = scene.ground
    new = ground.next()
    ground.beta.write_text(texts(new)["systems/beta"], "utf-8")
    with ground.alfa.open("w", encoding="utf-8") as file:
        for character in texts(new)["systems/alfa"]:
            file.write(character)
            file.flush()
            time.sleep(0.002)
    scene.shows(new)


def renamed_over(scene: Scene) -> None:
    """An editor writes beside the file, keeps the old one as a copy, and puts the new one in its place."""
    ground = scene.ground
    new = ground.next()
    swap, copy = ground.alfa.with_name(".alfa.yaml.swp"), ground.alfa.with_name("alfa.yaml~")
    swap.write_bytes(b"b0VIM 9.0\0")
    shutil.copy(ground.alfa, copy)
    ground.write(new)
    scene.shows(new)
    swap.unlink()
    copy.unlink()
    scene.shows(new)


def deleted(scene: Scene) -> None:
    """The catalogue's folder goes away, and comes back with something newer in it."""
    ground = scene.ground
    old, away = ground.number, ground.repo / "away"
    ground.root.rename(away)
    scene.stands(old)
    away.rename(ground.root)
    scene.shows(old)
    new = ground.next()
    shutil.copytree(ground.root, away)
    shutil.rmtree(ground.root)
    scene.stands(old)
    away.rename(ground.root)
    ground.write(new)
    scene.shows(new)


def emptied(scene: Scene) -> None:
    """Every file in the catalogue becomes empty, and then whole again."""
    ground = scene.ground
    old = ground.number
    kept = {file: file.read_bytes() for file in ground.root.rglob("*.yaml")}
    for file in kept:
        file.write_bytes(b"")
    scene.stands(old)
    for file, data in kept.items():
        file.write_bytes(data)
    new = ground.next()
    ground.write(new)
    scene.shows(new)


def broken_schema(scene: Scene) -> None:
    """A schema is half written, the next not JSON, and then all gone: those of the program hold."""
    ground = scene.ground
    old, new = ground.number, ground.next()
    file, away = ground.schemas / "system.schema.json", ground.repo / "away"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    ground.write(new)
    scene.stands(old)
    file.write_bytes(whole)
    scene.shows(new)
    ground.schemas.rename(away)
    ground.write(newer := ground.next())
    scene.shows(newer)
    away.rename(ground.schemas)
    scene.shows(newer)


FAULTS = (
    Fault(name="half-written", words="halvskriven fil", happens=half_written),
    Fault(name="slowly-written", words="fil som skrivs lite i taget", happens=slowly_written),
    Fault(name="renamed-over", words="fil som byts ut av en editor", happens=renamed_over),
    Fault(name="emptied", words="alla filer tomma", happens=emptied),
    Fault(name="deleted", words="mappen borta och tillbaka", happens=deleted),
    Fault(name="broken-schema", words="trasiga scheman", happens=broken_schema),
)

"""Where a file lies says what it is: the folder is the kind, the file name is the id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from modulkarta.findings import Finding, Location, message
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.nearest import nearest

SETTINGS_FILE = "catalogue.yaml"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 64
_LIKE = {ord(one): other for one, other in (("æ", "ae"), ("ø", "o"), ("–", "-"), ("—", "-"), ("đ", "d"), ("ł", "l"))}


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """What a path says before the file is read."""

    kind: Kind
    id: str


def placed(path: str, file: str, metamodel: Metamodel) -> Placed | Finding:
    """The kind and id of a path relative to the catalogue; `file` is what a finding calls it."""
    folder, _, name = path.rpartition("/")
    kind = metamodel.by_folder.get(folder)
    if kind is None:
        return misplaced(file, nearest(folder, metamodel.by_folder))
    id_ = name.removesuffix(".yaml")
    if not is_id(id_):
        return misnamed(file, name)
    return Placed(kind=kind, id=id_)


def is_id(word: str) -> bool:
    """Whether a word may be an id at all."""
    return len(word) <= _LONGEST_ID and _ID.fullmatch(word) is not None


def likely_id(words: str) -> str:
    """The id that somebody probably means by a name or a path: `Fråga läkare` is `fraga-lakare`; empty if none."""
    last = words.replace("\\", "/").rstrip("/").rpartition("/")[2].removesuffix(".yaml")
    plain = unicodedata.normalize("NFKD", last.casefold()).translate(_LIKE).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")


def misnamed(file: str, name: str) -> Finding:
    """Filnamnet är inte ett id.

    Filens namn är dess id: små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken. Id:t står i adresser
    och i andra filer, så det måste gå att skriva på alla tangentbord.

    Fel:
        catalogue/applications/systems/Ambulink 2.yaml
    Rätt:
        catalogue/applications/systems/ambulink-2.yaml
    """
    return Finding(
        code="MK209", severity="error", location=Location(file=file),
        message=message("filnamnet ”{name}” är inte ett id", name=name.encode("unicode_escape").decode("ascii")),
        hint=message("små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken"),
    )  # fmt: skip


def misplaced(file: str, instead: str | None) -> Finding:
    """Filen ligger i en mapp som inte hör till någon sort.

    Mappen avgör vad filen beskriver: `catalogue/<lager>/<sort>/<id>.yaml`. En fil någon annanstans läses inte.

    Fel:
        catalogue/applications/system/ambulink.yaml
    Rätt:
        catalogue/applications/systems/ambulink.yaml
    """
    return Finding(
        code="MK210", severity="error", location=Location(file=file),
        message=message("mappen hör inte till någon sort"),
        hint=message("menade du ”{word}”?", word=instead) if instead else None,
    )  # fmt: skip


PLACEMENTS: Mapping[str, Callable[..., Finding]] = {"MK209": misnamed, "MK210": misplaced}

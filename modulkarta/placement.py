"""Where a file lies says what it is: the folder is the kind, the file name is the id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from modulkarta.findings import Finding, Location, message
from modulkarta.metamodel import Kind, Metamodel
from modulkarta.nearest import nearest, nearest_meaning
from modulkarta.wording import one_line

SETTINGS_FILE = "catalogue.yaml"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
LONGEST_ID = 64
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
        return misplaced(file, _likely_folder(folder, metamodel))
    id_ = name.removesuffix(".yaml")
    if not is_id(id_):
        return misnamed(file, name, id_of_file(name))
    return Placed(kind=kind, id=id_)


def is_id(word: str) -> bool:
    """Whether a word may be an id at all."""
    return len(word) <= LONGEST_ID and _ID.fullmatch(word) is not None


def likely_id(words: str) -> str:
    """The id that somebody probably means by a name or a path: `Fråga läkare` is `fraga-lakare`; empty if none."""
    return id_of(words.replace("\\", "/").rstrip("/").rpartition("/")[2].removesuffix(".yaml"))


def id_of(name: str) -> str:
    """A name written as an id, as far as one may be long; empty if it has neither letters nor digits."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LIKE).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_ID].strip("-")


def id_of_file(path: str) -> str:
    """The id that a file seems to be for, whatever its ending."""
    return id_of(path.rpartition("/")[2].partition(".")[0])


def misnamed(file: str, name: str, instead: str = "") -> Finding:
    """Filnamnet är inte ett id.

    Filens namn är dess id: små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken. Id:t står i adresser
    och i andra filer, så det måste gå att skriva på alla tangentbord.

    Fel:
        catalogue/applications/systems/Ambulink 2.yaml
    Rätt:
        catalogue/applications/systems/ambulink-2.yaml
    """
    seen = one_line(name)
    plain = seen == name and "\\" not in name
    form = message("små bokstäver a–z, siffror och enkla bindestreck, högst 64 tecken")
    return Finding(
        code="MK209", severity="error", location=Location(file=file),
        message=message("filnamnet ”{name}” är inte ett id", name=seen),
        hint=message("döp om filen till {name}.yaml", name=instead) if plain and is_id(instead) else form,
    )  # fmt: skip


def clashing(finding: Finding, known: Container[str]) -> Finding:
    """A finding of a file's name, as `misnamed`; one whose right name is another file's says so."""
    instead = id_of_file(finding.location.file)
    if finding.code != "MK209" or finding.hint is None or "name" not in finding.hint.values or instead not in known:
        return finding
    return replace(finding, hint=message("id ”{id}” har redan en fil; ska den här bort?", id=instead))


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
        hint=message("menade du ”{word}”?", word=instead) if instead else _WHERE,
    )  # fmt: skip


def settings_laid_over(file: str) -> Finding:
    """That the settings of a catalogue lie where only more of it may: what holds for all is for all to read."""
    return Finding(
        code="MK210", severity="error", location=Location(file=file),
        message=message("inställningarna läses bara i katalogens egen mapp"),
        hint=message("skriv dem i katalogens catalogue.yaml, och ta bort filen här"),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _likely_folder(folder: str, metamodel: Metamodel) -> str | None:
    """The folder that was meant: one spelt much like it, or one of a kind that its last part names."""
    names = {
        path: (kind.folder, kind.slug, kind.name, kind.label.sv, kind.plural.sv)
        for path, kind in metamodel.by_folder.items()
    }
    last = folder.rpartition("/")[2]
    meant = nearest_meaning(last, names) if last else None
    return nearest(folder, names) or (meant.word if meant else None)


_WHERE = message("mappen säger vad filen beskriver, till exempel applications/systems för ett befintligt system")
PLACEMENTS: Mapping[str, Callable[..., Finding]] = {"MK209": misnamed, "MK210": misplaced}

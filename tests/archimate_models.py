"""Models of ArchiMate to be brought in: those that lie in files, small ones as text, and what comes of them."""

from __future__ import annotations

import re
from dataclasses import replace

import given
import zips

from modulkarta import snapshot
from modulkarta.exchange.archimate.importing import proposed
from modulkarta.exchange.inward import Proposal, Source, Wish
from modulkarta.exchange.merging import Merged, merged
from modulkarta.findings import Finding
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files
from modulkarta.wording import said

MODELS = given.ROOT / "tests" / "archimate"
NEW, OLD, ARCHI = "lanthandel-3.xml", "lanthandel-2.1.xml", "lanthandel.archimate"
HEAD = (
    '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
ITEM = re.compile(rb"<(?:element|relationship|view) ")


def data_of(name: str) -> bytes:
    return (MODELS / name).read_bytes()


def taken(data: bytes | str, read: Snapshot | None = None, *, name: str = "m.xml", mapping: str = "") -> Proposal:
    found = tried(data, read, name=name, mapping=mapping)
    assert isinstance(found, Proposal), found
    return found


def tried(
    data: bytes | str, read: Snapshot | None = None, *, name: str = "m.xml", mapping: str = ""
) -> Proposal | tuple[Finding, ...]:
    source = Source(name=name, data=data.encode() if isinstance(data, str) else data)
    wish = Wish(language="sv", mapping=Source(name="typer.yaml", data=mapping.encode()) if mapping else None)
    return proposed((source,), read or given.read({}), wish)


def told(found: Proposal | tuple[Finding, ...]) -> list[str]:
    assert not isinstance(found, Proposal)
    return [f"{one.code} {one.location.line}:{one.location.column} {said(one.message)}" for one in found]


def of(proposal: Proposal, id_: str) -> dict[str, object]:
    (found,) = (one for one in proposal.proposed if one.id == id_)
    return {"kind": found.kind, **found.fields}


def model(*elements: str, links: str = "") -> str:
    inner = "".join(elements)
    return f"{HEAD}<name>M</name><elements>{inner}</elements><relationships>{links}</relationships></model>"


def element(id_: str, name: str, type_: str = "ApplicationComponent", inner: str = "") -> str:
    return f'<element identifier="{id_}" xsi:type="{type_}"><name xml:lang="sv">{name}</name>{inner}</element>'


def link(id_: str, source: str, target: str, type_: str = "Serving", more: str = "") -> str:
    return f'<relationship identifier="{id_}" source="{source}" target="{target}" xsi:type="{type_}"{more}/>'


def zipped(**files: bytes) -> bytes:
    """An archive of files that are called `name_ending` here."""
    return zips.zipped({name.replace("_", "."): data for name, data in files.items()})


def merged_in(read: Snapshot, files: Files, data: bytes, mapping: str = "") -> tuple[Merged, Files, Snapshot]:
    """A model laid over a catalogue: what became of it, and the catalogue with it."""
    done = merged(files, read, taken(data, read, mapping=mapping), given.TODAY, kept=files.kept)
    new = {change.path: change.after or b"" for change in done.changes}
    kept = {path: data for path, data in new.items() if path.startswith("exchange/")}
    contents = {path: data for path, data in new.items() if path not in kept}
    after = replace(files, contents={**files.contents, **contents}, kept={**files.kept, **kept})
    return done, after, snapshot.build(after, given.metamodel(), given.TODAY)


def empty() -> tuple[Snapshot, Files]:
    files = Files(root="catalogue", contents={"catalogue.yaml": b"title: Prov\n"})
    return snapshot.build(files, given.metamodel(), given.TODAY), files

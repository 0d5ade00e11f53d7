"""A snapshot without what is made up: nothing rests on an illustration, and nothing false is told because of that."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from modulkarta.analysis.secrecy.masking import Veil, left, masked
from modulkarta.analysis.secrecy.untold import untold
from modulkarta.findings import Path
from modulkarta.model import Catalogue, Entity
from modulkarta.snapshot import Snapshot


def without_illustrations(read: Snapshot) -> Snapshot:
    """A snapshot without illustrations, without references to them, and without what cannot be without them.

    What the rest would answer in another way than the whole is not told (`Catalogue.untold`); what is gone is in
    `Catalogue.omitted`. Itself where nothing is made up.
    """
    whole = read.catalogue
    made_up = {id_ for id_, entity in whole.entities.items() if entity.truth() == "illustrative"}
    if not made_up and not any(map(_made_up_fields, whole.entities.values())):
        return read
    veil = Veil(audience=read.audience, gone=frozenset(made_up), named=None)
    entities, veil = left(whole, veil, lambda entity, veil: masked(entity, veil, _made_up_fields(entity)))
    catalogue = _catalogue(whole, entities, veil)
    files = {entity.file for entity in entities.values()}
    findings = tuple(found for found in read.findings if found.code < "MK3" or found.location.file in files)
    digest = sha256(f"{read.digest} utan exempel".encode()).hexdigest()
    alone, beneath = (without_illustrations(one) if one else None for one in (read.alone, read.beneath))
    return replace(
        read, catalogue=catalogue, findings=findings, digest=digest, partly=True, alone=alone, beneath=beneath
    )


def _made_up_fields(entity: Entity) -> frozenset[Path]:
    return frozenset(path for path, truth in entity.singled_out.items() if truth == "illustrative")


def _catalogue(whole: Catalogue, entities: dict[str, Entity], veil: Veil) -> Catalogue:
    omitted = tuple(entity for id_, entity in whole.entities.items() if id_ not in entities)
    part = replace(
        whole, entities=entities, omitted=omitted,
        known={id_: kind for id_, kind in whole.known.items() if id_ not in veil.gone},
        untold=frozenset(question for question in whole.untold if veil.gone.isdisjoint(question)),
    )  # fmt: skip
    return replace(part, untold=part.untold | untold(whole, part))

"""What is proposed -> the files that it changes, and what became of each item: nothing written, nothing forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from modulkarta.editing.writing import Change
from modulkarta.exchange.inward import Item, Proposal, Proposed
from modulkarta.exchange.merging.drafts import Draft, Refusal, drafted
from modulkarta.exchange.merging.narrower import Narrower
from modulkarta.exchange.merging.settling import settled
from modulkarta.findings import Finding, Message, message
from modulkarta.model import Catalogue
from modulkarta.placement import is_id
from modulkarta.snapshot import Snapshot
from modulkarta.source.folder import Files


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What a proposal comes to: the files to change, every item with what became of it, and the catalogue afterwards.

    `findings` are new errors that no single thing of the proposal is the cause of.
    """

    changes: tuple[Change, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    after: Snapshot


def merged(
    files: Files, read: Snapshot, proposal: Proposal, today: date, *, kept: Mapping[str, bytes] | None = None
) -> Merged:
    """Lay a proposal over a catalogue; `read` is the snapshot of `files`.

    What would have an error is left out with the error as the reason, and what refers to it does so no longer or is
    left out too. A field that says just what fewer see of it stays as it is. `kept` has what lies today where the
    proposal wants to keep files beside the catalogue.
    """
    narrower = Narrower(read)
    several = [narrower.kept(one) for one in proposal.proposed]
    drafts, refused = _drafts(files, read, several)
    calm = settled(files, read, drafts, today)
    became: dict[int, Draft | Refusal] = {**refused, **calm.refused, **calm.drafts}
    items = [item for n, one in enumerate(several) for item in _items(one, became[n], read.catalogue)]
    changes = [draft.change for draft in calm.drafts.values() if draft.change]
    changes += _beside(proposal.beside, kept or {})
    return Merged(
        changes=tuple(sorted(changes, key=lambda change: change.path)),
        items=(*items, *proposal.items), findings=calm.findings, after=calm.after,
    )  # fmt: skip


def _drafts(files: Files, read: Snapshot, several: Sequence[Proposed]) -> tuple[dict[int, Draft], dict[int, Refusal]]:
    """What can be written at all, by its number; and why the others cannot."""
    drafts: dict[int, Draft] = {}
    refused: dict[int, Refusal] = {}
    seen: set[str] = set()
    for n, one in enumerate(several):
        why = _refusal(read.catalogue, one, seen)
        made = (why,) if why else drafted(files, read, one)
        if isinstance(made, Draft):
            drafts[n] = made
        else:
            refused[n] = made
        seen.add(one.id)
    return drafts, refused


def _refusal(catalogue: Catalogue, one: Proposed, seen: set[str]) -> Message | None:
    """Why a proposed thing cannot be one of the catalogue's, whatever is said of it."""
    kinds = catalogue.metamodel.kinds
    if one.kind not in kinds:
        return message("sorten ”{kind}” finns inte", kind=one.kind)
    if not is_id(one.id):
        return message("”{id}” är inte ett id", id=one.id)
    if one.id in seen:
        return message("id ”{id}” föreslås två gånger; det första gäller", id=one.id)
    known = catalogue.known.get(one.id)
    if known and known != one.kind:
        return message("”{id}” är redan id för {kind}", id=one.id, kind=kinds[known].label)
    if known and one.id in catalogue.unusable:
        return message("filen för ”{id}” har fel som måste rättas först", id=one.id)
    if one.id in catalogue.former:
        return message("”{id}” är tidigare id för ”{other}”", id=one.id, other=catalogue.former[one.id])
    return None


def _items(one: Proposed, became: Draft | Refusal, catalogue: Catalogue) -> Iterator[Item]:
    """The items that a proposed thing was made of, with what became of it."""
    if isinstance(became, tuple):
        there = one.id if catalogue.get(one.id, one.kind) else ""
        for origin in one.origins:
            yield Item(origin=origin, outcome="skipped", entity=there, reasons=(*one.reasons, *became))
    else:
        for origin in one.origins:
            yield Item(origin=origin, outcome=became.outcome, entity=one.id, reasons=(*one.reasons, *became.reasons))


def _beside(beside: Mapping[str, bytes], kept: Mapping[str, bytes]) -> Iterator[Change]:
    for path, data in beside.items():
        if kept.get(path) != data:
            yield Change(path=path, before=kept.get(path), after=data)

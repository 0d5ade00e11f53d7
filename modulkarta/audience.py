"""A snapshot without anything above an audience: the one place that hides, right after the snapshot.

It goes one level at a time, so that an audience never sees something that a wider one does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import chain

from modulkarta import reach, rules
from modulkarta.analysis.secrecy import (
    above,
    classified,
    field_levels,
    level,
    level_of_prose,
    level_of_unusable,
    named,
    raised,
    weighed,
)
from modulkarta.analysis.secrecy.hearing import prose_heard, settings_heard
from modulkarta.analysis.secrecy.keeping import still_kept
from modulkarta.analysis.secrecy.masking import Veil, fields_above, left, masked
from modulkarta.analysis.secrecy.same import at, what
from modulkarta.analysis.secrecy.untold import untold
from modulkarta.findings import Finding, most_causal_first
from modulkarta.levels import LEVELS, Level
from modulkarta.model import Catalogue, Entity
from modulkarta.prose import Prose
from modulkarta.reach import ITSELF, Held, each, of_each
from modulkarta.snapshot import Snapshot, collector_off
from modulkarta.source.text import Document


def narrowed(read: Snapshot, audience: Level) -> Snapshot:
    """A snapshot as an audience may see it; itself for those who already see no more.

    What is not classified is internal, and so is what has no level of its own: comments, waivers, addresses of the
    forge. References to what is hidden are gone, and what cannot be without them; lists that became empty too. A text
    that names something which somebody has classified is gone. What would be told wrongly because something is hidden
    is not told (`Catalogue.untold`), and a finding is told only if it is true of the whole and seen by the part.

    What is laid over the catalogue for the fewest takes no part in any of this: the others get what is read without
    it, but for the texts that name it.

    What is left of each is kept with all of the veil: a catalogue that is like another takes it over only where what is
    hidden is the very same, by the same names.
    """
    if read.beneath and audience != read.audience:
        read = replace(read.beneath, closed=read.closed, since=read.since)
    with collector_off():
        for narrower in reversed(LEVELS[LEVELS.index(audience) : LEVELS.index(read.audience)]):
            read = _one_level_less(read, narrower)
    return read


def as_closed_as(read: Snapshot, later: Snapshot, removed: Mapping[str, Entity] = {}) -> Snapshot:
    """A snapshot with the levels that its entities have in a later one, where those are higher.

    What has been classified since is not to be told because it once was not, nor named because it once had no name.
    `removed`: how what is in the later one no more was last written, by the ids of the earlier.
    """
    now = later.catalogue
    readable = {**now.entities, **now.set_aside}
    pairs = {id_: readable.get(now.former.get(id_, id_)) or removed.get(id_) for id_ in read.catalogue.entities}
    closed = {id_: raised(e, other) for id_, e in read.catalogue.entities.items() if (other := pairs[id_])}
    changed = {id_: entity for id_, entity in closed.items() if entity is not read.catalogue.entities[id_]}
    written = {prose.file: prose for prose in now.prose}
    prose = tuple(_as_closed(one, written.get(one.file)) for one in read.catalogue.prose)
    since = tuple(entity for entity in now.described if classified(entity, "public"))
    unsaid = (*read.closed, *later.closed)
    if not changed and prose == read.catalogue.prose and not (unsaid or since) and read.beneath is None:
        return read
    entities = {**read.catalogue.entities, **changed}
    beneath = as_closed_as(read.beneath, later, removed) if read.beneath else None
    catalogue = replace(read.catalogue, entities=entities, prose=prose)
    return replace(read, catalogue=catalogue, closed=unsaid, since=since, beneath=beneath)


def unread(read: Snapshot) -> Mapping[str, str]:
    """The texts of files that nothing could be made of: their level is what their text seems to say."""
    settings = read.catalogue.settings.document
    made = {file for entity in read.catalogue.described for file in entity.document.files}
    made |= {prose.file for prose in read.catalogue.prose}
    made |= {settings.file} if settings else set()
    return {file: text for file, text in read.texts.items() if file not in made}


def _as_closed(prose: Prose, later: Prose | None) -> Prose:
    """A text written by hand with the level that it has in a later version, where that is higher."""
    if later is None or not above(level_of_prose(later), level_of_prose(prose)):
        return prose
    return prose.with_level(level_of_prose(later))


def _one_level_less(read: Snapshot, audience: Level) -> Snapshot:
    alone = narrowed(read.alone, audience) if read.alone else None
    if audience != "public" and not _hides_anything(read, audience):
        return replace(read, audience=audience, alone=alone, closed=(), since=_not_above(read, audience))
    entities, veil = _seen(read, audience)
    catalogue = _catalogue(read.catalogue, entities, veil)
    texts = dict(_texts(read, catalogue, veil))
    findings, waived = _findings(read, catalogue, texts)
    return replace(
        read, catalogue=catalogue, audience=audience, findings=findings, waived=waived, texts=texts,
        files=len(catalogue.known) + read.has_settings, digest=_digest(catalogue), partly=True, joined=0, alone=alone,
        beneath=None, closed=(), since=_not_above(read, audience), kept=still_kept(read.kept, read.catalogue, veil),
    )  # fmt: skip


def _hides_anything(read: Snapshot, audience: Level) -> bool:
    found = (*read.findings, *read.waived)
    return (
        bool(read.catalogue.astray)
        or any(above(level(e), audience) or _has_field_above(e, audience) for e in _weighed(read.catalogue))
        or any(above(level_of_prose(prose), audience) for prose in read.catalogue.prose)
        or any(above(level_of_unusable(text), audience) for text in unread(read).values())
        or any(finding.location.file not in read.texts for finding in found)
        or _is_named(read, _closed(read, audience))
    )


def _closed(read: Snapshot, audience: Level) -> Iterator[Entity]:
    """What may not be named to an audience though it is not in here."""
    yield from read.closed
    yield from (entity for entity in read.since if classified(entity, audience))


def _not_above(read: Snapshot, audience: Level) -> tuple[Entity, ...]:
    """What a wider audience still may not hear named, also of what is gone by then because of something else."""
    if audience == "public":
        return ()
    several = (*read.since, *(entity for entity in _weighed(read.catalogue) if classified(entity, "public")))
    return tuple(entity for entity in several if not classified(entity, audience))


def _weighed(catalogue: Catalogue) -> Iterator[Entity]:
    """All that could be above those inside: of the others nobody has said more than that everybody may see them."""
    return chain(weighed(catalogue), catalogue.set_aside.values(), catalogue.repeated)


def _is_named(read: Snapshot, closed: Iterable[Entity]) -> bool:
    """Whether anything in here names what is not."""
    words = named(closed)
    if words is None:
        return False
    ids = " ".join((*read.catalogue.known, *read.catalogue.astray, *read.kept))
    kept = (data.decode("utf-8", "replace") for data in read.kept.values())
    trees = (json.dumps(one.document.tree, ensure_ascii=False) for one in read.catalogue.described)
    return any(words.in_text(text) for text in (ids, *read.texts.values(), *read.texts, *kept, *trees))


def _has_field_above(entity: Entity, audience: Level) -> bool:
    return any(above(level_, audience) for level_ in field_levels(entity).values())


def _seen(read: Snapshot, audience: Level) -> tuple[dict[str, Entity], Veil]:
    """What may be seen of each entity, and what may not; who cannot be without what is gone goes after it."""
    whole = read.catalogue
    unsound = (*whole.set_aside.values(), *whole.repeated)
    hidden = [*_above(whole, audience), *(entity for entity in unsound if above(level(entity), audience))]
    words = named((*_closed(read, audience), *(e for e in hidden if classified(e, audience))))
    veil = Veil(audience=audience, gone=frozenset(_gone(read, hidden, audience)), named=words)
    return left(whole, veil, _part, {part.id: part for part in _parts(whole, veil)})


@each(reach=ITSELF)
def _above(_: Catalogue, entity: Entity, audience: Level) -> Iterator[Entity]:
    """The entities that an audience may not see at all."""
    if above(level(entity), audience):
        yield entity


@each(reach=ITSELF)
def _parts(_: Catalogue, entity: Entity, veil: Veil) -> Iterator[Entity]:
    """What is left of each entity under a veil."""
    if part := _part(entity, veil):
        yield part


def _part(entity: Entity, veil: Veil) -> Entity | None:
    """What is left of an entity under a veil, without a text that tells: nothing else decides it."""
    part = masked(entity, veil, fields_above(entity, veil.audience))
    return _quiet(part, veil) if part else None


def _gone(read: Snapshot, hidden: list[Entity], audience: Level) -> Iterator[str]:
    """The ids that may not be seen: of what is hidden, those it had before, and of files that hide something."""
    whole = read.catalogue
    former = {old for entity in hidden for old in entity.fields.get("former_ids") or () if isinstance(old, str)}
    yield from {entity.id for entity in hidden} | (former - whole.known.keys())
    closed = {file for file, text in unread(read).items() if above(level_of_unusable(text), audience)}
    for id_, kind_name in whole.known.items():
        kind = whole.metamodel.kinds[kind_name]
        if any(file.endswith(f"/{kind.layer}/{kind.folder}/{id_}.yaml") for file in closed):
            yield id_


def _catalogue(whole: Catalogue, entities: Mapping[str, Entity], veil: Veil) -> Catalogue:
    part = replace(
        whole,
        settings=settings_heard(whole.settings, veil),
        entities=entities,
        set_aside={},
        repeated=(),
        astray={},
        prose=tuple(prose_heard(one, veil) for one in whole.prose if not above(level_of_prose(one), veil.audience)),
        known={id_: kind for id_, kind in whole.known.items() if id_ not in veil.gone and not veil.tells(id_)},
        untold=frozenset(question for question in whole.untold if veil.gone.isdisjoint(question)),
    )
    seen = replace(part, untold=part.untold | untold(whole, part), unseen=frozenset(whole.metamodel.kinds))
    _take_over(whole, seen, veil.audience)
    return seen


def _take_over(whole: Catalogue, part: Catalogue, audience: Level) -> None:
    """Give a part the answers that still hold of the part that an audience saw of the catalogue before."""
    before = whole.answers.get((_take_over, audience))
    if before:
        reach.take_over(part, before.answer)
    whole.answers[_take_over, audience] = Held(audience, part)


def _quiet(entity: Entity, veil: Veil) -> Entity:
    """An entity without its text, where comments may tell: they have no level, so the public does not see them."""
    if veil.audience != "public" and not veil.tells(entity.document.written):
        return entity
    return replace(entity, document=Document(entity.file, "", entity.document.tree))


def _texts(read: Snapshot, part: Catalogue, veil: Veil) -> Iterator[tuple[str, str]]:
    """The texts of files that hide nothing; none for the public."""
    if veil.audience == "public":
        return
    settings = part.settings.document
    whole = {file for entity in part.entities.values() if entity.document.text for file in entity.document.files}
    whole |= {settings.file} if settings and settings.text else set()
    hidden = [e for e in read.catalogue.described if e.id in veil.gone or _has_field_above(e, veil.audience)]
    closed = {file for entity in hidden for file in entity.document.files}
    whole |= {prose.file for prose in part.prose if prose.text}
    made = {file for entity in read.catalogue.entities.values() for file in entity.document.files}
    made |= {prose.file for prose in read.catalogue.prose}
    for file, text in read.texts.items():
        broken = file not in made and file not in closed and not above(level_of_unusable(text), veil.audience)
        if file in whole or (broken and not veil.tells(text)):
            yield file, text


def _findings(
    read: Snapshot, part: Catalogue, texts: Mapping[str, str]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings, and those that are let pass, that are true of the whole and that the part shows too."""
    judged = rules.judged(part, read.today)
    seen: dict[object, list[tuple[object, Finding]]] = {}
    for finding in (*judged.findings, *judged.waived):
        about, told = what(finding)
        seen.setdefault(about, []).append((told, finding))
    of_files = {entity.file for entity in part.entities.values()}

    def kept(findings: tuple[Finding, ...]) -> Iterator[Finding]:
        for finding in findings:
            about, told = what(finding)
            if same := [one for words, one in seen.get(about, ()) if words == told]:
                yield at(finding, same[-1])
            elif finding.code < "MK3" and finding.location.file in texts.keys() - of_files:
                yield finding

    return most_causal_first(kept(read.findings)), tuple(kept(read.waived))


def _digest(part: Catalogue) -> str:
    """Of what may be seen: what is hidden can change without anybody seeing it."""
    settings = asdict(replace(part.settings, document=None))
    things = {id_: _summed(part, entity) for id_, entity in part.entities.items()}
    written = [(one.file, [(part.heading, part.lines, part.withheld) for part in one.parts]) for one in part.prose]
    seen = [things, settings, sorted(part.known), sorted(map(str, part.untold)), sorted(part.unseen), *written]
    return sha256(json.dumps(seen, default=sorted).encode()).hexdigest()


@of_each(ITSELF)
def _summed(_: Catalogue, entity: Entity) -> str:
    """Of all that an entity says."""
    return sha256(json.dumps(entity.document.tree).encode()).hexdigest()

"""What each address of the API answers; worked out in modulkarta, put into records there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from modulkarta import search as searching
from modulkarta.analysis.replacement.successors import successors
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind
from modulkarta.model import Entity
from modulkarta.past import NoPast
from modulkarta.records import changes as change_records
from modulkarta.records import roadmap, rows, things
from modulkarta.records import search as search_records
from modulkarta.records.values import Record
from modulkarta.unknown import no_kind_at, none_of_kind, nothing_called
from webapp import asked
from webapp.addresses import address, here
from webapp.api.answers import answer
from webapp.api.parameters import MOST, PAGE, PER_PAGE, whole
from webapp.api.problems import problem, refuse
from webapp.language import language, sentences, spoken


def start() -> Response:
    """What there is to ask for."""
    catalogue = asked.catalogue()
    body = {
        "schema": "modulkarta/api/1",
        "title": catalogue.settings.title,
        "description": url_for("api.openapi"),
        "kinds": [{**one, "url": url_for("api.listed", slug=one["slug"])} for one in _kinds()],
        "addresses": {name: url_for(f"api.{name}") for name in _WITHOUT_ID},
    }
    return answer(body)


def listed(slug: str) -> Response:
    """The things of a kind, by id, a page at a time."""
    kind = _kind(slug)
    several = asked.catalogue().of_kind[kind.name]
    shown, paging, links = _page(several)
    items = [_thing(entity) for entity in shown]
    return answer({"schema": "modulkarta/list/1", "kind": kind.name, **paging, "items": items}, links)


def one(slug: str, id_: str) -> Response:
    """One thing, whole, with the lines of its file."""
    kind = _kind(slug)
    entity = asked.catalogue().get(id_, kind.name)
    if entity is None:
        return _moved_or_gone(kind, id_)
    return answer({"schema": "modulkarta/thing/1", **_thing(entity), "lines": things.lines(entity)})


def relations() -> Response:
    """What names what."""
    catalogue, id_ = asked.catalogue(), request.args.get("id")
    if id_ is not None and id_ not in catalogue.entities:
        return _moved(id_, nothing_called(catalogue, id_), "api.relations", "id")
    shown, paging, links = _page(things.relations(catalogue, id_, language()))
    return answer({"schema": "modulkarta/relations/1", "id": id_, **paging, "items": shown}, links)


def gaps() -> Response:
    """The gaps, as `gaps --format json` has them."""
    return answer(rows.gaps(asked.catalogue(), (day, date.max) if (day := _asked_day()) else None))


def coverage(id_: str) -> Response:
    """Function by function how a system is replaced, as `coverage --format json` has it."""
    catalogue = asked.catalogue()
    if catalogue.get(id_, "system") is None:
        return _moved(id_, none_of_kind(catalogue, id_, catalogue.metamodel.kinds["system"]), "api.coverage", "id_")
    return answer(rows.coverage(catalogue, id_))


def plan() -> Response:
    """The roadmap as it stands on a day."""
    return answer(roadmap.roadmap(asked.catalogue(), asked.on()))


def module_map() -> Response:
    """The module map as it stands on a day."""
    return answer(things.module_map(asked.catalogue(), asked.on(), language()))


def changes() -> Response:
    """What changed between two times, as `diff --format json` has it."""
    past = asked.generations().past
    if isinstance(past, NoPast):
        abort(404, sentences(past.reason))
    till, fran = request.args.get("till"), request.args.get("fran")
    after = asked.some_time(till) if till else asked.generation()
    report = None if fran else past.report_before(after.moment)
    if fran is None and report is None:
        refuse(404, message("Det finns ingen rapport att jämföra med. Säg från när med fran."))
    before = asked.some_time(fran or (report.name if report else ""))
    found = asked.generations().changes(before, after)
    return answer(change_records.changes(found, before.key or None, after.key or None, _asked_day()))


def search() -> Response:
    """What some words find, as `search --format json` has it."""
    catalogue = asked.catalogue()
    found = searching.results(catalogue, request.args.get("q", ""))
    return answer(search_records.search(catalogue, found, found.hits, whole(MOST), language()))


def export() -> Response:
    """Everything at once."""
    catalogue = asked.catalogue()
    every = (_thing(entity) for entity in catalogue.entities.values())
    return answer(things.export(catalogue, every, rows.gaps(catalogue, None), language()))


_WITHOUT_ID = ("relations", "gaps", "plan", "module_map", "changes", "search", "export")


def _asked_day() -> date | None:
    """The day that is asked for, None where the address does not say."""
    return asked.on() if "datum" in request.args else None


def _kinds() -> list[Record]:
    return things.kinds(asked.catalogue(), language())


def _kind(slug: str) -> Kind:
    metamodel = asked.catalogue().metamodel
    return metamodel.by_slug.get(slug) or refuse(404, no_kind_at(slug, metamodel))


def _thing(entity: Entity) -> Record:
    return {**things.thing(entity, asked.on(), language()), "url": address(entity)}


def _named(entity: Entity) -> Record:
    url = url_for("api.one", slug=entity.kind.slug, id_=entity.id)
    return {"id": entity.id, "kind": entity.kind.name, "name": entity.name, "url": url}


def _page(several: Any) -> tuple[Any, Mapping[str, int], str]:
    """A part of a list, what it is a part of, and where the other parts are."""
    page, size = whole(PAGE), whole(PER_PAGE)
    last = max(1, -(-len(several) // size))
    named = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    links = [
        f'<{here(**{**request.args.to_dict(), "page": number, "per_page": size})}>; rel="{name}"'
        for name, number in named.items()
        if 1 <= number <= last
    ]
    paging = {"total": len(several), "page": page, "per_page": size}
    return several[(page - 1) * size : page * size], paging, ", ".join(links)


def _moved(id_: str, unknown: Message, endpoint: str, name: str) -> Response:
    """A former id leads on to the same question of what it is today; anything else is said to be unknown."""
    today = asked.catalogue().former.get(id_)
    return _on_to(endpoint, **{name: today}) if today else refuse(404, unknown)


def _moved_or_gone(kind: Kind, id_: str) -> Response:
    """A former id leads on for good; what was taken away is said to be gone, and where it last was."""
    catalogue = asked.catalogue()
    if today := catalogue.former.get(id_):
        return _on_to("api.one", slug=catalogue.entities[today].kind.slug, id_=today)
    last = asked.last_with(id_)
    gone = last.read.catalogue.get(id_, kind.name) if last else None
    if last and last.moment and gone:
        words = message("Det har tagits bort. Senast fanns det {day}.", day=last.moment.day.isoformat())
        then = url_for("api.one", slug=kind.slug, id_=id_, rev=last.moment.name)
        after = [_named(one) for one in successors(last.read.catalogue, gone, catalogue)]
        return problem(410, spoken(words), last_version=then, successors=after)
    refuse(404, none_of_kind(catalogue, id_, kind))


def _on_to(endpoint: str, **values: Any) -> Response:
    return Response(status=301, headers={"Location": url_for(endpoint, **values)})

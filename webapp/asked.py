"""What a request asks for: the catalogue of which time, and the plan on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, abort, g, has_request_context, redirect, request, url_for
from werkzeug import Response
from werkzeug.exceptions import NotFound

from modulkarta import dates
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue, Entity
from modulkarta.past import Moment, NoPast, Past, RevisionError
from modulkarta.search.letters import clean
from webapp.generations import Generation, Generations, Shown
from webapp.language import asked as asked_language
from webapp.language import chosen, spoken

_TODAY = ("nu", "now")
_CHOSEN = "dag"
"""The form's list of days; what is chosen there goes before what stands in the field for the day."""
_OTHERS = (
    "fran", "till", "q", "typ", "bara", "vag", "manader", "mal",
    "farg", "vy", "status", "omrade", "jamfor", "sortera", "fokus", "ruta", "djup", "sida",
)  # fmt: skip
_LONGEST_OTHER = 500


class NoRevision(NotFound):
    """There is no catalogue to show of the time asked for; the description says why, to the one who asked."""


def install(app: Flask, shown: Shown, today: Callable[[], date]) -> None:
    """Every request reads the same catalogue from first to last, and carries its time and day into every link."""

    @app.before_request
    def ask() -> Response | None:
        if request.blueprint == "health":
            return None
        g.generations, g.today, g.on, g.rev = shown.generations, today(), None, ""
        _use(generations().current)
        g.language = chosen()
        if _CHOSEN in request.args:
            return redirect(_plain_address())
        day = request.args.get("datum", "").strip()
        g.on = _day(day, g.today)
        rev = request.args.get("rev", "").strip()
        if rev and rev not in _TODAY:
            _use(earlier(rev))
            g.rev = rev
            g.language = chosen()
        g.on = g.on or _day_of_milestone(day)
        return None

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" and has_request_context():
            for name, value in kept().items():
                values.setdefault(name, value)


def unsure() -> None:
    """The answer lacks something that git did not tell just now: nobody is to keep it."""
    g.unsure = True


def kept() -> dict[str, str]:
    """What every link carries on: day and time unless they are today and now, and the language if one was asked for."""
    day = {"datum": g.on.isoformat()} if g.get("on") and g.on != g.today else {}
    lang = {"lang": language} if (language := asked_language()) else {}
    return {**day, **({"rev": g.rev} if g.get("rev") else {}), **lang}


def generations() -> Generations:
    found: Generations = g.generations
    return found


def generation() -> Generation:
    found: Generation = g.generation
    return found


def earlier(name: str) -> Generation:
    """The catalogue of a report or a commit that somebody names; a page that says why where there is none."""
    past = generations().past
    if isinstance(past, NoPast):
        raise NoRevision(told(message("Här visas bara katalogen som den är nu."), past.reason))
    try:
        return _at(generations().moment(name), name)
    except RevisionError as error:
        raise NoRevision(told(message("Versionen går inte att visa."), error.message)) from None


def some_time(name: str) -> Generation:
    """The catalogue of now, of a day, or of a report or a commit."""
    when = dates.parse(name)
    if name in _TODAY:
        return generations().current
    if when is None or not when.exact:
        return earlier(name)
    try:
        moment = generations().on_day(when.earliest)
        if moment is None:
            raise NoRevision(told(message("Katalogen fanns inte {time}.", time=name), *_partial()))
        return _at(moment, name)
    except RevisionError as error:
        raise NoRevision(told(message("Versionen går inte att visa."), error.message)) from None


def catalogue() -> Catalogue:
    found: Catalogue = g.read.catalogue
    return found


def on() -> date:
    """The day asked for, else today."""
    day: date = g.on or g.today
    return day


def compared() -> date | None:
    """The other day to compare with, None where none is asked for."""
    written = request.args.get("jamfor", "").strip()
    return _day(written, g.today) if written else None


def address(entity: Entity, **time: Any) -> str:
    """The page of an entity; `rev` and `datum` may be said, else they are those of this page."""
    return url_for("catalogue.entity", slug=entity.kind.slug, id_=entity.id, **time)


def here(**changed: Any) -> str:
    """The address of this page with another day or time (None: left out), and all else that it was asked for."""
    if not request.endpoint:
        return url_for("map.start", **changed)
    return url_for(request.endpoint, **{**others(), **(request.view_args or {}), **changed})


def others() -> dict[str, str]:
    """What this page was asked for beside the day, the time and the language; without what cannot be seen."""
    given = {name: clean(request.args[name][:_LONGEST_OTHER]) for name in _OTHERS if name in request.args}
    return {name: value for name, value in given.items() if value}


def carried() -> dict[str, str]:
    """What a form that asks for another day or time must send along."""
    lang = asked_language()
    return {**others(), **({"lang": lang} if lang else {})}


def told(*several: Message) -> str:
    """Some sentences in the language of the page."""
    return " ".join(sentence(spoken(one)) for one in several)


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"


def kind_or_404(slug: str) -> Kind:
    kind = catalogue().metamodel.by_slug.get(slug)
    return kind if kind else abort(404)


def _use(found: Generation) -> None:
    g.generation, g.read = found, found.read


def _partial() -> list[Message]:
    past = generations().past
    part = message("Bara en del av historien är hämtad hit; git fetch --unshallow hämtar resten.")
    return [part] if isinstance(past, Past) and past.partial else []


def _at(moment: Moment | None, name: str) -> Generation:
    if moment is None:
        none = message("Det finns ingen version ”{name}” av katalogen.", name=name[:60])
        written = message("En rapport heter som rapport-2026-10. En annan version skrivs med sitt id i git.")
        raise NoRevision(told(none, written, *_partial()))
    found = generations().at(moment)
    if found is None:
        raise NoRevision(told(message("Katalogen fanns inte i {name}.", name=moment.name)))
    return found


def _day(written: str, today: date) -> date | None:
    """The day asked for, of a quarter or a year the last one; None for what is no date."""
    if not written or written in _TODAY:
        return today
    when = dates.parse(written)
    sure = when and when.earliest > DISTANT_PAST and when.latest < DISTANT_FUTURE
    return when.latest if when and sure else None


def _day_of_milestone(id_: str) -> date:
    milestone = catalogue().get(id_, "milestone")
    if milestone is None:
        wrong = message("”{written}” är inte en dag. Skriv datumet som 2027-03-31.", written=id_[:40])
        abort(400, told(wrong))
    when = milestone.when("done") or milestone.when("date")
    if when is None or when.latest == DISTANT_FUTURE:
        abort(400, told(message("Milstolpen ”{name}” har ingen sista dag.", name=milestone.name)))
    return when.latest


def _plain_address() -> str:
    """The address of what the form of a day asks for, as it is written in links: without what says nothing."""
    asked_for = request.args.to_dict()
    day, rev = asked_for.pop(_CHOSEN) or asked_for.get("datum", ""), asked_for.get("rev", "")
    leave_out = {
        "datum": day.strip() in ("", *_TODAY, g.today.isoformat()), "rev": rev.strip() in ("", *_TODAY)
    }  # fmt: skip
    kept = {**asked_for, "datum": day}
    query = urlencode({name: value for name, value in kept.items() if not leave_out.get(name)})
    return f"/{quote(request.path.lstrip('/'))}?{query}".removesuffix("?")

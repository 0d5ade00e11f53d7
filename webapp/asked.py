"""What a request asks for: the catalogue of which time, and the plan on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NoReturn, TypeVar

from flask import Flask, abort, g, redirect, request
from werkzeug import Response
from werkzeug.exceptions import NotFound

from modulkarta import dates
from modulkarta.dates import DISTANT_FUTURE, DISTANT_PAST, NOW
from modulkarta.findings import Message, message
from modulkarta.metamodel import Kind
from modulkarta.model import Catalogue
from modulkarta.past import Moment, NoPast, Past, RevisionError
from webapp.addresses import CHOSEN_DAY, MOST_PARAMETERS, remember, too_long, too_many, without_form
from webapp.generations import Generation, Generations, Shown
from webapp.language import chosen, sentences

T = TypeVar("T")


class NoRevision(NotFound):
    """There is no catalogue to show of the time asked for; the description says why, to the one who asked."""


def install(app: Flask, shown: Shown, today: Callable[[], date]) -> None:
    """Every request reads the same catalogue from first to last."""

    @app.before_request
    def ask() -> Response | None:
        if request.blueprint == "health":
            return None
        g.generations, g.today, g.on, g.rev = shown.generations, today(), None, ""
        _use(generations().current)
        g.language = chosen()
        if too_long():
            abort(414)
        if too_many():
            _refuse_many()
        if CHOSEN_DAY in request.args:
            return redirect(without_form())
        day = request.args.get("datum", "").strip()
        g.on = _day(day, g.today)
        rev = request.args.get("rev", "").strip()
        if rev and rev not in NOW:
            _use(earlier(rev))
            g.rev = rev
            g.language = chosen()
        g.on = g.on or _day_of_milestone(day)
        remember()
        return None


def from_git(ask: Callable[[], T], otherwise: T) -> T:
    """What git tells; something else where it does not answer just now, and then nobody is to keep the page."""
    try:
        return ask()
    except RevisionError:
        unsure()
        return otherwise


def unsure() -> None:
    """That a page lacks what may be there the next time: nobody is to keep it."""
    g.unsure = True


def generations() -> Generations:
    found: Generations = g.generations
    return found


def reports() -> tuple[Moment, ...]:
    """The reports that have a tag, oldest first; none where git does not tell."""
    return from_git(lambda: generations().reports, ())


def generation() -> Generation:
    found: Generation = g.generation
    return found


def earlier(name: str) -> Generation:
    """The catalogue of a report or a commit that somebody names; a page that says why where there is none."""
    past = generations().past
    if isinstance(past, NoPast):
        raise NoRevision(sentences(message("Här visas bara katalogen som den är nu."), past.reason))
    try:
        return _at(generations().moment(name), name)
    except RevisionError as error:
        raise NoRevision(sentences(message("Versionen går inte att visa."), error.message)) from None


def some_time(name: str) -> Generation:
    """The catalogue of now, of a day, or of a report or a commit."""
    when = dates.parse(name)
    if name in NOW:
        return generations().current
    if when is None or not when.exact:
        return earlier(name)
    try:
        moment = generations().on_day(when.earliest)
        if moment is None:
            raise NoRevision(sentences(message("Katalogen fanns inte {time}.", time=name), *_partial()))
        return _at(moment, name)
    except RevisionError as error:
        raise NoRevision(sentences(message("Versionen går inte att visa."), error.message)) from None


def last_report() -> Moment | None:
    """The last report before what is shown; None where there is none, or git does not tell."""
    past, shown = generations().past, generation()
    return from_git(lambda: past.report_before(shown.moment), None) if isinstance(past, Past) else None


def last_with(id_: str) -> Generation | None:
    """The last catalogue that had a thing which the one shown has no longer; None where git knows of none."""
    return from_git(lambda: generations().before_removal(generation(), id_), None)


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


def kind_or_404(slug: str) -> Kind:
    kind = catalogue().metamodel.by_slug.get(slug)
    return kind if kind else abort(404)


def _refuse_many() -> NoReturn:
    most = message(
        "Adressen frågar efter för mycket på en gång: högst {most} delar efter frågetecknet.", most=MOST_PARAMETERS
    )
    abort(400, sentences(most))


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
        raise NoRevision(sentences(none, written, *_partial()))
    found = generations().at(moment)
    if found is None:
        raise NoRevision(sentences(message("Katalogen fanns inte i {name}.", name=moment.name)))
    return found


def _day(written: str, today: date) -> date | None:
    """The day asked for, of a quarter or a year the last one; None for what is no date."""
    if not written or written in NOW:
        return today
    when = dates.parse(written)
    sure = when and when.earliest > DISTANT_PAST and when.latest < DISTANT_FUTURE
    return when.latest if when and sure else None


def _day_of_milestone(id_: str) -> date:
    milestone = catalogue().get(id_, "milestone")
    if milestone is None:
        wrong = message("”{written}” är inte en dag. Skriv datumet som 2027-03-31.", written=id_[:40])
        abort(400, sentences(wrong))
    when = milestone.when("done") or milestone.when("date")
    if when is None or when.latest == DISTANT_FUTURE:
        abort(400, sentences(message("Milstolpen ”{name}” har ingen sista dag.", name=milestone.name)))
    return when.latest

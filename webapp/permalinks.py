"""The address of a page that shows the same for ever: with its day, and the commit that has its catalogue."""

from __future__ import annotations

from flask import Flask, request

from modulkarta.findings import Message, message
from modulkarta.past import NoPast, Past
from webapp import asked
from webapp.addresses import here


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        permanent=permanent,
        steady=steady,
        why_not_permanent=why_not_permanent,
        outside=outside,
    )


def permanent() -> str | None:
    """The address of this page with its day and the full id of its version; None where no commit has what it shows."""
    commit = commit_shown()
    return here(datum=asked.on().isoformat(), rev=commit) if commit else None


def why_not_permanent() -> Message:
    """Why what is shown has no permanent address."""
    past = asked.generations().past
    if isinstance(past, NoPast):
        return past.reason
    return message("katalogens filer skiljer sig från den senaste versionen i git")


def outside() -> str:
    """The whole address of this page, the permanent one if there is one: for paper."""
    return request.host_url.rstrip("/") + (permanent() or here())


def steady() -> bool:
    """Whether what is shown by its version is what is shown without one, too: then it is not history yet.

    The page may be kept for a year, so it does not say that there is nothing newer.
    """
    past, moment = asked.generations().past, asked.generation().moment
    return isinstance(past, Past) and moment is not None and moment.commit == past.head and _committed(past)


def commit_shown() -> str:
    """The commit that has exactly the catalogue of this page, "" where there is none or git does not answer."""
    if moment := asked.generation().moment:
        return moment.commit
    past = asked.generations().past
    return past.head if isinstance(past, Past) and _committed(past) else ""


def _committed(past: Past) -> bool:
    return asked.from_git(lambda: past.committed, otherwise=False)

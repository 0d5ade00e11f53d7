"""The report's section, chosen and seen as it will be written, and its files."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, render_template, request
from markupsafe import Markup

from modulkarta.dates import When, month_of, parse, phrase
from modulkarta.figures.unmade import CannotMake
from modulkarta.findings import Message, message
from modulkarta.past import Moment, Past, RevisionError
from modulkarta.report import files
from modulkarta.report.blocks import LENGTHS, Length, Section
from modulkarta.report.html import STYLE, fragment
from modulkarta.report.names import alternatives_file, picture_files, table_file, text_file, workbook_file
from modulkarta.wording import Language
from webapp import asked
from webapp.addresses import kept
from webapp.generations import Busy, Generation, Wanted
from webapp.language import language, sentences, spoken

pages = Blueprint("report", __name__)

_DEFAULT: Length = "bilaga"
_NONE = "ingen"
_REAL = "utan-exempel"
LENGTH_WORDS: dict[Length, Message] = {
    "notis": message("Notis: högst 80 ord"),
    "avsnitt": message("Avsnitt: ungefär en sida, med färdplanen"),
    "bilaga": message("Bilaga: allt, med alla bilder och tabeller"),
}
TEXTS: tuple[tuple[str, Message, Message], ...] = (
    (".docx", message("Word"), message("att klistra in i rapportens dokument, eller skicka som det är")),
    (".pdf", message("PDF"), message("att läsa och skriva ut")),
    ("-intranat.html", message("HTML till intranätet"), message("att klistra in där, utan egen form")),
    (".html", message("HTML"), message("en sida att öppna i webbläsaren")),
    (".md", message("Markdown"), message("ren text för den som skriver i ett annat verktyg")),
    (".zip", message("Zip"), message("alla bilder, tabeller och alternativtexter")),
)
"""How a file with all of it ends, what it is called and what it is for: the most wanted first."""
_MONTHS_BACK, _MONTHS_AHEAD = 11, 3
_MOST_REPORTS = 36
_SOON = 10
"""Seconds until it is worth while to ask again."""
_QUICK = (".md", ".html", ".svg", ".csv")
"""What is written in no time; the rest is kept, and written one file at a time."""
_OWN_STYLE = base64.b64encode(sha256(STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; object-src 'none'; style-src 'sha256-{_OWN_STYLE}'; img-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The report as a page of its own carries its look with it, and nothing else may give it another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What is asked for beside day, version and language. `since` is what was written: "" for the report before."""

    length: Length
    language: Language
    since: str
    before: Generation | None
    real: bool
    """Whether what is made up is left out."""

    @property
    def carried(self) -> dict[str, str]:
        """What the addresses of the section's files say of it; the length is in their names."""
        real = {_REAL: "1"} if self.real else {}
        return {**({"sedan": self.since} if self.since else {}), **real}


@pages.get("/rapport")
def rapport() -> str:
    choice = _choice()
    made = _section(choice)
    body = Markup(fragment(made, folder=f"{request.script_root}/rapport/", suffix=_suffix(choice), level=2))
    names = list(files.contents(made))
    return render_template(
        "report.html", body=body, made=made, names=names, choice=choice, lengths=LENGTH_WORDS,
        texts=[(text_file(made, ending), *words) for ending, *words in TEXTS],
        pictures=[(one, picture_files(made, one)) for one in made.pictures],
        tables=[(one, table_file(made, one)) for one in made.tables],
        more=[(workbook_file(made), message("Alla tabeller i en fil")),
              (alternatives_file(made), message("Alla alternativtexter"))],
        impossible=[name for name in names if not files.is_possible(name)],
        reports=_reports(), days=list(_days()), why=_why_nothing_before(choice),
        latest=_report_before(), none=_NONE, lengths_beside=_lengths_beside,
    )  # fmt: skip


@pages.get("/rapport/<path:name>")
def report_file(name: str) -> Response:
    for choice in _by_name():
        if writer := files.contents(_section(choice)).get(name):
            return _answered(choice, name, writer)
    abort(404)


def _choices() -> Iterator[Choice]:
    """What is asked for, then the other lengths, the longest first: a file may be asked for by its name alone."""
    choice = _choice()
    yield choice
    yield from (replace(choice, length=length) for length in reversed(LENGTHS) if length != choice.length)


def _by_name() -> Iterator[Choice]:
    """The choices again in the other language."""
    choices = [*_choices()]
    other: Language = "sv" if language() == "en" else "en"
    yield from (*choices, *(replace(choice, language=other) for choice in choices))


def _answered(choice: Choice, name: str, writer: Callable[[], bytes]) -> Response:
    try:
        data = _written(choice, name, writer)
    except CannotMake as reason:
        return Response(spoken(reason.message), status=501, mimetype="text/plain")
    policy = {"Content-Security-Policy": _POLICY} if name.endswith(".html") else None
    made = Response(data, content_type=files.media_type(name), headers=policy)
    made.headers.set("Content-Disposition", "inline", filename=PurePosixPath(name).name)
    return made


@pages.errorhandler(Busy)
def _later(_: Busy) -> Response:
    words = sentences(message("Flera filer skrivs just nu. Försök igen om en liten stund."))
    return Response(words, status=503, mimetype="text/plain", headers={"Retry-After": str(_SOON)})


def _choice() -> Choice:
    length = next((one for one in LENGTHS if one == _asked("langd", _DEFAULT)), None)
    if length is None:
        wrong = message("”{length}” är ingen längd. Välj notis, avsnitt eller bilaga.", length=_asked("langd")[:40])
        abort(400, sentences(wrong))
    if _asked(_REAL) not in ("", "1"):
        abort(
            400, sentences(message("”{written}” går inte att välja. Skriv utan-exempel=1.", written=_asked(_REAL)[:40]))
        )
    since = _asked("sedan")
    return Choice(
        length=length, language=language(), since=since, before=_before(since), real=bool(_asked(_REAL))
    )  # fmt: skip


def _before(since: str) -> Generation | None:
    """The catalogue of the report to compare with: the one that is named, else the newest of an earlier month."""
    if since == _NONE:
        return None
    if since:
        return asked.earlier(since)
    report = _report_before()
    return asked.from_git(lambda: asked.generations().at(report), None) if report else None


def _report_before() -> Moment | None:
    """The report that the one of the day asked for is compared with, unless another is; None where there is none."""
    past = asked.generations().past
    return asked.from_git(lambda: past.report_of_month_before(asked.on()), None) if isinstance(past, Past) else None


def _section(choice: Choice) -> Section:
    """Kept for a while: whoever reads the section asks for each of its pictures next."""
    try:
        return asked.generations().report(_wanted(choice))
    except RevisionError:
        g.unsure = True
        return asked.generations().report(_wanted(choice, alone=True))


def _wanted(choice: Choice, *, alone: bool = False) -> Wanted:
    return Wanted(
        of=asked.generation(), on=asked.on(), length=choice.length, language=choice.language,
        before=None if alone else choice.before, real=choice.real,
    )  # fmt: skip


def _written(choice: Choice, name: str, writer: Callable[[], bytes]) -> bytes:
    quick = PurePosixPath(name).suffix in _QUICK
    return writer() if quick else asked.generations().file(_wanted(choice), name, writer)


def _suffix(choice: Choice) -> str:
    return f"?{urlencode({**choice.carried, **kept()})}".removesuffix("?")


def _asked(name: str, otherwise: str = "") -> str:
    return request.args.get(name, "").strip() or otherwise


def _reports() -> list[Moment]:
    """The reports that may be compared with, newest first."""
    return [one for one in reversed(asked.reports()) if one != asked.generation().moment][:_MOST_REPORTS]


def _lengths_beside() -> Iterator[tuple[Message, list[tuple[str, Message]]]]:
    """The files of the other lengths, for a page where nothing can be chosen."""
    _, *others = _choices()
    for choice in others:
        made = _section(choice)
        names = files.contents(made)
        texts = [(text_file(made, ending), title) for ending, title, _ in TEXTS]
        yield LENGTH_WORDS[choice.length], [(name, title) for name, title in texts if name in names]


def _why_nothing_before(choice: Choice) -> Message | None:
    """Why the section says nothing of the report before; None where it does, or nobody wants it to."""
    if choice.before or choice.since == _NONE:
        return None
    past = asked.generations().past
    if not isinstance(past, Past):
        return past.reason
    month = parse(month_of(asked.on()))
    assert month is not None
    return message("ingen rapport från före {month} är märkt i git", month=phrase(month))


def _days() -> Iterator[tuple[date, When]]:
    """The last day of each month that somebody may be writing the report of, and the month."""
    today: date = g.today
    number = today.year * 12 + today.month - 1
    for month in range(number + _MONTHS_AHEAD, number - _MONTHS_BACK - 1, -1):
        last = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
        when = parse(month_of(last))
        assert when is not None
        yield last, when

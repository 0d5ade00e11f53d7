"""The whole viewer as one file that opens from the disk: for a meeting without a network."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from flask import Flask

from modulkarta.exchange.outward import Asked, Exported
from modulkarta.findings import Message, counted, message
from modulkarta.model import Catalogue
from modulkarta.past import NoPast
from modulkarta.snapshot import Snapshot
from modulkarta.wording import Language, capital, in_order, said
from webapp import create_app
from webapp.copy.crawling import Copy, File
from webapp.copy.packing import Page, bundled, page, script
from webapp.copy.routing import Routing, route
from webapp.copy.scope import STATIC, Address, Scope
from webapp.map.choices import crowded

FILE = "modulkarta.html"
_START, _LOST = "", "404.html"
_INDEX, _INDEXED = "sok-index.js", "window.searchIndex = "
_TEXTS = ("css", "html", "js", "svg")
_WITHOUT = ("andringar", "bild", "maskiner")
"""The pages of what has changed, and of what is to be fetched."""
_UNUSED = ("report.js",)
_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
)
_NO_PAST = message("filen har bara katalogen som den är nu")
_OLD = message(
    "Webbläsaren är för gammal för att visa mer än startsidan. Öppna filen i en webbläsare från 2023 eller senare."
)
_WITHOUT_SCRIPT = message(
    "Här visas bara startsidan och en lista över innehållet: för att gå mellan filens sidor behövs JavaScript."
)
_ALL = message("Innehåll")


def exported(read: Snapshot, asked: Asked) -> Exported:
    """All pages of the viewer on a day and in a language, in one file that asks nothing of any network."""
    app = create_app(read, today=lambda: asked.on, past=NoPast(reason=_NO_PAST), once=True)
    app.jinja_env.globals.update(single=True)
    copy = Single(app, read, asked)
    taken = Taken(scope=copy.scope)
    for file in asked.counting(copy.files()):
        taken.add(file)
    return Exported(files={FILE: _document(copy, taken, asked).encode()}, notes=tuple(_notes(copy, taken)))


class Single(Copy):
    """A copy with nothing but pages, of one day and in one language."""

    def __init__(self, app: Flask, read: Snapshot, asked: Asked) -> None:
        self.moved: dict[str, str] = {}
        catalogue = read.catalogue
        scope = Scope(
            today=asked.on, days={}, language=catalogue.settings.language, languages=(asked.language,), dated=(),
            kinds={kind.slug for kind in catalogue.metamodel.kinds.values()}, areas=crowded(catalogue),
            only_pages=True, without=_WITHOUT,
        )  # fmt: skip
        super().__init__(app, catalogue, scope, public=read.audience == "public")

    def _rewriting(self) -> Routing:
        return Routing(self.scope)

    def _lead(self, at: Address, to: Address) -> File:
        self.moved[route(at.file, self.scope)] = route(to.file, self.scope)
        return File(path=at.file, data=b"")

    def _beside(self) -> Iterator[File]:
        yield from (file for file in self._former() if not file.data)
        yield File(path=_LOST, data=self._lost(self._languages()[0]).encode())


@dataclass(kw_only=True)
class Taken:
    """What has been taken of a copy: its pages by their names, what they show, and what they run."""

    scope: Scope
    pages: dict[str, Page] = field(default_factory=dict)
    others: dict[str, object] = field(default_factory=dict)
    """The pictures of pages by their files, and what the search looks in."""
    scripts: dict[str, str] = field(default_factory=dict)
    style: str = ""
    icon: str = ""

    def add(self, file: File) -> None:
        """A file of the copy, where it has a place in one file: what is empty only leads on."""
        name, ending = route(file.path, self.scope), file.path.rpartition(".")[2]
        text = file.data.decode() if file.data and ending in _TEXTS else ""
        if not text:
            return
        if file.path.startswith(STATIC[1:]):
            self._add_static(file.path, ending, text)
        elif name.endswith(_INDEX):
            self.others[_INDEX] = json.loads(text.removeprefix(_INDEXED).rstrip(";\n"))
        elif ending == "svg":
            self.others[file.path] = text
        elif ending == "html":
            self.pages[name] = page(text)

    def _add_static(self, file: str, ending: str, text: str) -> None:
        if ending == "css":
            self.style = text
        elif ending == "svg":
            self.icon = text
        elif ending == "js" and script(file) not in _UNUSED:
            self.scripts[script(file)] = text


def _document(copy: Single, taken: Taken, asked: Asked) -> str:
    """The file: its start page as it is, all pages packed, and the script that opens them."""
    pages = {name: (one.title, one.scripts, one.body) for name, one in taken.pages.items()}
    bundles, places = bundled({**pages, **taken.others})
    start = taken.pages[_START]
    register = {
        "places": places, "moved": copy.moved, "lost": _LOST, "index": _INDEX,
        "start": [name for name in start.scripts if name in taken.scripts],
    }  # fmt: skip
    run = _script(taken.scripts, _static(copy.app, "single.js"))
    style = taken.style + _static(copy.app, "single.css")
    return copy.app.jinja_env.get_template("copy/single.html").render(
        lang=asked.language, start=start, style=style, script=run, bundles=bundles, icon=taken.icon,
        policy=_POLICY.format(script=_sum(run), style=_sum(style)),
        register=json.dumps(register, separators=(",", ":")).replace("<", "\\u003c"),
        old=said(_OLD, asked.language), without_script=said(_WITHOUT_SCRIPT, asked.language),
        all_=said(_ALL, asked.language), contents=list(_contents(copy.catalogue, asked.language)),
    )  # fmt: skip


def _script(parts: Mapping[str, str], first: str) -> str:
    """One script: those of the pages by their names, to be run when a page wants them, and the one that shows pages."""
    several = "".join(f"{json.dumps(name)}: () => {{\n{text}\n}},\n" for name, text in sorted(parts.items()))
    return f"const parts = {{\n{several}}};\n{first}"


def _static(app: Flask, name: str) -> str:
    with app.open_resource(f"static/{name}", "r", encoding="utf-8") as file:
        return str(file.read())


def _sum(text: str) -> str:
    """What the browser knows a script or a style sheet by: all others are refused."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _contents(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, list[str]]]:
    for kind in catalogue.metamodel.kinds.values():
        if catalogue.of_kind[kind.name]:
            names = in_order((one.name_in(language) for one in catalogue.of_kind[kind.name]), key=str)
            yield capital(said(kind.plural, language)), names


def _notes(copy: Single, taken: Taken) -> Iterator[Message]:
    yield counted("{n} sida är med", "{n} sidor är med", len(taken.pages) - 1)
    left = sum(n for why, n in copy.left.items() if why != "form")
    if left:
        yield counted(
            "{n} länk är inte med: den leder till filer att hämta, äldre versioner, andra dagar eller andra språk",
            "{n} länkar är inte med: de leder till filer att hämta, äldre versioner, andra dagar eller andra språk",
            left,
        )  # fmt: skip
    if copy.failed:
        yield counted(
            "{n} sida gick inte att göra och är inte med", "{n} sidor gick inte att göra och är inte med",
            len(copy.failed),
        )  # fmt: skip

"""The section as HTML: a page of its own, and what is pasted into the page of an intranet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from modulkarta.figures import Table
from modulkarta.findings import message
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Run, Section, Words
from modulkarta.report.names import figure_file
from modulkarta.wording import Language, language_of, said

STYLE = (
    "body{font:16px/1.5 Arial,'Liberation Sans',Helvetica,sans-serif;color:#1a1a1a;background:#fff;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem;hyphens:manual}h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}"
    "h2{font-size:1.4rem;line-height:1.3;color:#0b4a85;margin:2.5rem 0 .5rem}"
    "h3{font-size:1.1rem;margin:1.75rem 0 .25rem}p,ul{max-width:44rem}li{margin:.25rem 0}a{color:#0b4a85}"
    "small{font-size:.9rem;color:#4a545b}"
    "mark{display:block;background:#fff6e5;color:inherit;border-left:4px solid #8a4b00;padding:.5rem .75rem}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:.9rem}caption{text-align:left;"
    "font-weight:700;padding:.25rem 0}th,td{border-bottom:1px solid #aeb8bf;padding:.35rem .5rem;text-align:left;"
    "vertical-align:top}thead th{background:#e8f1fa;border-bottom:2px solid #1a1a1a}tbody th{font-weight:400}"
    "img{max-width:100%;height:auto}figure{margin:1.5rem 0}figcaption{font-size:.9rem;color:#4a545b}"
    ".scroll{overflow-x:auto}@page{size:A4;margin:2.5cm}@media print{body{max-width:none;margin:0;padding:0;"
    "font-size:10.5pt}h1,h2,h3,caption{break-after:avoid}figure,tr,mark{break-inside:avoid}"
    "thead{display:table-header-group}.scroll{overflow:visible}}"
)
"""What a page of its own looks like; it is written into the page, and whoever sends it must allow it."""

_WIDE = 640
"""The width of a picture where no style sheet says another: as wide as the text of an A4 page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where the section is to stand: below which heading, in what language, and where its figures are read from."""

    language: Language
    folder: str = ""
    suffix: str = ""
    deeper: int = 0
    scrolled: bool = True
    """Whether a wide table scrolls by itself; that needs a class and what goes with it."""


def page(section: Section) -> str:
    """The section as a page of its own, with its figures in `figurer/`."""
    title = escape(section.title)
    body = fragment(section, folder="", suffix="", level=1)
    return (
        f'<!doctype html>\n<html lang="{section.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def to_paste(section: Section) -> str:
    """The section to paste under the heading of an intranet page: plain elements, no style and no class."""
    body = _section(section, _Place(language=section.language, deeper=1, scrolled=False))
    return f'<div lang="{section.language}">\n{body}</div>\n'


def fragment(section: Section, *, folder: str, suffix: str, level: int) -> str:
    """The section from a heading of the given level; figures are read from `<folder>figurer/<name>.svg<suffix>`."""
    return _section(section, _Place(language=section.language, folder=folder, suffix=suffix, deeper=level - 1))


def _section(section: Section, place: _Place) -> str:
    blocks = [part for block in section.blocks for part in _block(block, place)]
    return "\n".join((_heading(section.title, 1, place), *blocks)) + "\n"


def _block(block: Block, place: _Place) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield _heading(text, level, place)
        case Paragraph(words=words, tone=tone):
            tag = {"source": "small", "missing": "mark"}.get(tone)
            yield f"<p><{tag}>{_line(words)}</{tag}></p>" if tag else f"<p>{_line(words)}</p>"
        case Bullets(items=items):
            yield "<ul>" + "".join(f"<li>{_line(item)}</li>" for item in items) + "</ul>"
        case Picture():
            yield from _picture(block, place)
        case _ if not block.table.rows:
            nothing = said(message("Inget att visa."), place.language)
            yield f"<p><strong>{escape(block.caption)}</strong> {escape(nothing)}</p>"
        case _:
            yield from _table(block.table, block.caption, place)


def _heading(text: str, level: int, place: _Place) -> str:
    return f"<h{level + place.deeper}>{escape(text)}</h{level + place.deeper}>"


def _line(words: Words) -> str:
    return "".join(map(_run, words))


def _run(run: Run) -> str:
    text = escape(run.text) if run.language is None else f'<span lang="{run.language}">{escape(run.text)}</span>'
    inner = f"<em>{text}</em>" if run.emphasis else text
    looked = f"<strong>{inner}</strong>" if run.strong else inner
    return f'<a href="{escape(run.leads)}">{looked}</a>' if run.leads else looked


def _picture(block: Picture, place: _Place) -> Iterator[str]:
    figure = block.figure
    address = escape(f"{place.folder}{figure_file(figure, place.language, '.svg')}{place.suffix}")
    size = f'width="{_WIDE}" height="{round(_WIDE * figure.shape)}"'
    yield f'<figure><img src="{address}" {size} loading="lazy" alt="{escape(figure.alternative)}">'
    yield f"<figcaption>{escape(block.caption)}</figcaption></figure>"


def _table(table: Table, caption: str, place: _Place) -> Iterator[str]:
    if place.scrolled:
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
    yield f"<table><caption>{escape(caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.heading) + "</tr></thead>"
    yield "<tbody>"
    for first, *others in table.rows:
        cells = "".join(f"<td{_spoken(cell)}>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row"{_spoken(first)}>{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table>" + "</div>" * place.scrolled


def _spoken(cell: str) -> str:
    """The language of a cell, where it is not the section's."""
    own = language_of(cell)
    return f' lang="{own}"' if own else ""

"""The section as HTML: a fragment to paste into an intranet page, and a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from modulkarta.figures import Table
from modulkarta.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Run, Section, Words

STYLE = (
    "body{font:16px/1.5 Arial,'Liberation Sans',Helvetica,sans-serif;color:#1a1a1a;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}caption{text-align:left;"
    "font-weight:700;padding:.25rem 0}th,td{border:1px solid #8b979e;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}img{width:100%;height:auto}figure{margin:1rem 0}figcaption{font-size:.9rem}"
    ".scroll{overflow-x:auto}"
)
"""What a page of its own looks like; it is written into the page, and whoever sends it must allow it."""

_WIDE = 640
"""The width of a picture where no style sheet says another: as wide as the text of an A4 page."""


def page(section: Section) -> str:
    """The section as a page of its own, with its figures in `figurer/`."""
    title = escape(section.title)
    body = fragment(section, folder="", suffix="", level=1)
    return (
        f'<!doctype html>\n<html lang="{section.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def fragment(section: Section, *, folder: str, suffix: str, level: int) -> str:
    """The section from a heading of the given level; figures are read from `<folder>figurer/<name>.svg<suffix>`."""
    blocks = [part for block in section.blocks for part in _block(block, folder, suffix, level - 1)]
    return "\n".join((f"<h{level}>{escape(section.title)}</h{level}>", *blocks)) + "\n"


def _block(block: Block, folder: str, suffix: str, deeper: int) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"<h{level + deeper}>{escape(text)}</h{level + deeper}>"
        case Paragraph(words=words):
            yield f"<p>{_line(words)}</p>"
        case Bullets(items=items):
            yield "<ul>" + "".join(f"<li>{_line(item)}</li>" for item in items) + "</ul>"
        case Picture(figure=figure):
            address = escape(f"{folder}figurer/{figure.name}.svg{suffix}")
            size = f'width="{_WIDE}" height="{round(_WIDE * figure.shape)}"'
            yield f'<figure><img src="{address}" {size} loading="lazy" alt="{escape(figure.alternative)}">'
            yield f"<figcaption>{escape(block.caption)}</figcaption></figure>"
        case _:
            yield from _table(block.table, block.caption)


def _line(words: Words) -> str:
    return "".join(map(_run, words))


def _run(run: Run) -> str:
    looked = escape(run.text)
    for tag, wanted in (("em", run.emphasis), ("strong", run.strong)):
        looked = f"<{tag}>{looked}</{tag}>" if wanted else looked
    return f'<a href="{escape(run.address)}">{looked}</a>' if run.address else looked


def _table(table: Table, caption: str) -> Iterator[str]:
    if not table.rows:
        yield f"<p><strong>{escape(caption)}</strong> Inget att visa.</p>"
        return
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
    yield f"<table><caption>{escape(caption)}</caption>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.heading) + "</tr></thead>"
    yield "<tbody>"
    for first, *others in table.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"

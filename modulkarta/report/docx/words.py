"""Words as WordprocessingML: only letters that XML allows, each in its direction, with their looks and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from modulkarta.figures.svg import REFUSED
from modulkarta.report.blocks import Run, Words
from modulkarta.wording import Language, language_of

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart

CODES: Mapping[Language, str] = {"sv": "sv-SE", "en": "en-GB"}
"""What Word calls the languages."""
_FORBIDDEN = re.compile(f"[{REFUSED}]")
_BREAKS = re.compile("\r\n|[\t\n\r]")
_R = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT = re.compile(rf"([{_R}](?:[{_R}\W\d_]*[{_R}])?)")
_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
_NO_SPACE: Mapping[str, int] = {}
_LONGEST_ADDRESS = 2000
"""Word refuses to open a document with a link of more than 2,083 letters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """Where the addresses of a document are kept, and the id of the style of what leads there."""

    style: str
    part: DocumentPart

    def to(self, address: str) -> str:
        """The id of the relationship to an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        return self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def elements(xml: str) -> list[Any]:
    """Paragraphs and tables as the library holds them."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return list(parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{xml}</w:body>"))


def cleaned(text: str) -> str:
    """A text on one line; what XML cannot hold shows as the sign for an unreadable letter."""
    return _FORBIDDEN.sub("\ufffd", _BREAKS.sub(" ", text))


def line(words: Words, links: Links) -> str:
    """Runs of text, and the links among them."""
    return "".join(_linked(run, links) for run in words)


def plain(text: str, points: float | None = None) -> str:
    """Runs of a text without looks, at a size of its own where one is given."""
    half = round(2 * points) if points else 0
    looks = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    return _runs(text, looks, language_of(text))


def with_whole_dates(runs: str) -> str:
    """The same runs, where no line may end inside a date."""
    return _DATE.sub(rf"\1{_HYPHEN}\2{_HYPHEN}\3", runs)


def field(instruction: str, shown: str) -> str:
    """What Word works out by itself, and what it shows until it does."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    asked = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return f"{marks[0]}{asked}{marks[1]}{plain(shown)}{marks[2]}"


def paragraph(
    style: str, runs: str, *, text: str = "", keep: bool = False, space: Mapping[str, int] = _NO_SPACE
) -> str:
    """A paragraph in a style; `text` tells its direction, `keep` holds it to the next one, `space` is what stands
    `before` and `after` it, in twentieths of a point, where that is not what its style says."""
    spaces = "".join(f' w:{side}="{size}"' for side, size in space.items())
    looks = (
        f'<w:pStyle w:val="{style}"/>',
        "<w:keepNext/>" if keep else "",
        "<w:bidi/>" if begins_right(text) else "",
        f"<w:spacing{spaces}/>" if spaces else "",
    )
    return f"<w:p><w:pPr>{''.join(looks)}</w:pPr>{runs}</w:p>"


def begins_right(text: str) -> bool:
    """Whether a text is written from the right: its first letter that has a direction says so."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "L") != "L"


def attribute(text: str) -> str:
    """A text as the value of an attribute."""
    return escape(cleaned(text))


def address(wanted: str) -> str:
    """An address that Word may follow, written as it must be; "" where it is none."""
    try:
        parts = urlsplit(wanted.strip())
        web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    if not web and not (parts.scheme == "mailto" and "@" in parts.path):
        return ""
    sound = quote(parts.geturl(), safe="%/:=&?~#+!$,;'@()*[]", errors="replace")
    return sound if len(sound) <= _LONGEST_ADDRESS else ""


def _linked(run: Run, links: Links) -> str:
    weight = "<w:b/><w:bCs/>" * run.strong + "<w:i/><w:iCs/>" * run.emphasis
    leads = address(run.address) if run.address else ""
    if not leads:
        return _runs(run.text, weight, run.language)
    inside = _runs(run.text, f'<w:rStyle w:val="{links.style}"/>{weight}', run.language)
    return f'<w:hyperlink r:id="{links.to(leads)}" w:history="1">{inside}</w:hyperlink>'


def _runs(text: str, looks: str, language: Language | None) -> str:
    """One run, or several where the direction changes."""
    spoken = f'<w:lang w:val="{CODES[language]}"/>' if language else ""
    pieces = _RIGHT_TO_LEFT.split(cleaned(text))
    return "".join(_run(piece, looks, spoken, right=bool(place % 2)) for place, piece in enumerate(pieces) if piece)


def _run(text: str, looks: str, spoken: str, *, right: bool) -> str:
    whole = looks + "<w:rtl/>" * right + spoken
    named = f"<w:rPr>{whole}</w:rPr>" if whole else ""
    return f'<w:r>{named}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

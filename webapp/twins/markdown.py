"""A page as Markdown: what its <main> says, in the same words, without what only a browser can use."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

_LEFT_OUT = ("nav", "form", "button", "input", "select", "textarea", "script", "style", "template", "noscript")
_NOT_IN_AN_ADDRESS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "", "\t": ""}
_UNSEEN = re.compile(r'<span class="room"[^>]*></span>|<svg\b[^>]* aria-hidden="true"[^>]*>.*?</svg>', re.DOTALL)
"""What the map has most of; taken out as text, since every element takes time to read."""
_SIGNS = re.compile(r"([]\\&<`[>~|*_])")
_FIRST = re.compile(r"^([^\S\n]*)([-+#=])", re.MULTILINE)
_NUMBER = re.compile(r"^([^\S\n]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_LEADS_OUT = re.compile(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ENDS = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_BLANKS = re.compile(r"\n\n\n+")


def markdown_of(page: str) -> str:
    """The main part of a page, its banners after its title; every text is escaped, so that it stays a text."""
    before, _, main = _UNSEEN.sub("", page).partition("<main")
    sections = BeautifulSoup("".join(before.partition("<section")[1:]), "html.parser")
    banners = [_converted(str(banner)) for banner in sections.find_all(_is_banner)]
    body = _converted(f"<main{main.partition('</main>')[0]}</main>")
    title, _, rest = body.partition("\n\n") if body.startswith("# ") else ("", "", body)
    return "\n\n".join(filter(None, (title, *banners, rest))) + "\n"


def _is_banner(tag: Tag) -> bool:
    """Found by hand: soupsieve now and then cannot read a selector that it has read before, in another process."""
    classes = tag.get("class") or ()
    if "now" in classes:
        return any({"time", "other"} <= set(one.get("class") or ()) for one in tag.find_parents("section"))
    return tag.name == "section" and "banner" in classes


def _converted(html: str) -> str:
    read: Any = {"features": "html.parser", "element_classes": {Tag: _Element}}
    made = _Page(heading_style=ATX, bullets="-", autolinks=False, newline_style=BACKSLASH, bs4_options=read).convert(
        html
    )
    return _BLANKS.sub("\n\n", _ENDS.sub("", made)).strip()


class _Element(Tag):
    """An element that finds others by their names alone: a long page asks for tens of thousands of them."""

    def find_parent(self, name: Any = None, *more: Any, **by: Any) -> Any:
        if not isinstance(name, str) or more or by:
            return super().find_parent(name, *more, **by)
        return next((one for one in self.parents if one.name == name), None)

    def find_all(self, name: Any = None, *more: Any, **by: Any) -> Any:
        if not isinstance(name, list) or more or by:
            return super().find_all(name, *more, **by)
        return [one for one in self.descendants if isinstance(one, Tag) and one.name in name]


class _Page(MarkdownConverter):
    """Where the pages have something that Markdown has not, or has in another way."""

    def process_tag(self, node: Tag, parent_tags: Any = None) -> str:
        if node.name in _LEFT_OUT or node.get("aria-hidden") == "true" or node.has_attr("hidden"):
            return ""
        return _picture(node) if node.name == "svg" else str(super().process_tag(node, parent_tags))  # type: ignore[misc]

    def escape(self, text: str, parent_tags: Any) -> str:
        """A text as a text: no sign in it marks anything, wherever it stands."""
        marked = _FIRST.sub(r"\1\\\2", _NUMBER.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text)))
        return re.sub(r"!$", r"\!", marked)

    def convert_a(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A link to elsewhere; one within the page is only its words."""
        href = str(el.get("href") or "")
        if href.startswith("#") or _LEADS_OUT.match(href):
            return text
        el["href"] = "".join(_NOT_IN_AN_ADDRESS.get(sign, sign) for sign in href)
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

    def convert_code(self, el: Tag, text: str, parent_tags: Any) -> str:
        made = str(super().convert_code(el, text, parent_tags))  # type: ignore[misc]
        return made.replace("|", r"\|") if "td" in parent_tags or "th" in parent_tags else made

    def convert_ul(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A list; in a cell of a table its items stand after each other."""
        if "td" in parent_tags or "th" in parent_tags:
            return "; ".join(line.removeprefix("- ") for line in text.strip().splitlines())
        return str(super().convert_list(el, text, parent_tags))  # type: ignore[misc]

    def convert_caption(self, el: Tag, text: str, parent_tags: Any) -> str:
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_summary(self, el: Tag, text: str, parent_tags: Any) -> str:
        """What a fold holds; of one that is a fold on a phone only, nothing: what it holds has a caption."""
        only_on_phone = el.parent is not None and "fold" in (el.parent.get("class") or [])
        return "" if only_on_phone else self.convert_caption(el, text, parent_tags)

    def convert_div(self, el: Tag, text: str, parent_tags: Any) -> str:
        in_list = el.parent is not None and el.parent.name == "dl"
        return text if in_list else str(super().convert_div(el, text, parent_tags))  # type: ignore[misc]

    def convert_dl(self, el: Tag, text: str, parent_tags: Any) -> str:
        return f"\n\n{text.strip()}\n\n" if "dd" not in parent_tags else f"\n{text.strip()}\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: Any) -> str:
        return f"\n- **{' '.join(text.split())}:** "

    def convert_dd(self, el: Tag, text: str, parent_tags: Any) -> str:
        """What is said of a word, beside it; more lines than one stand further in."""
        lines = text.strip().splitlines()
        block = len(lines) > 1 or text.strip().startswith("- ")
        return ("\n  " if block else "") + "\n".join(f"  {line}".rstrip() for line in lines).lstrip() + "\n"


def _picture(svg: Tag) -> str:
    """What a picture is said to show."""
    said = svg.find("desc") or svg.find("title")
    words = " ".join(said.get_text().split()) if isinstance(said, Tag) else ""
    return f"\n\n*{_Page().escape(words, set())}*\n\n" if words else ""

"""What is to be said -> text in the catalogue's style, as if somebody had written it and formatted the file."""

from __future__ import annotations

import json
import re

from yaml import MappingNode, ScalarNode, SequenceNode

from modulkarta.editing.fmt import formatted
from modulkarta.editing.fmt.entries import Entry
from modulkarta.editing.fmt.lines import Order, block
from modulkarta.metamodel import Kind
from modulkarta.source.text import Document, Tree, parse

_BARE = re.compile(r"-?\.{0,2}[0-9A-Za-z]+([.-]+[0-9A-Za-z]+)*\.{0,2}")
"""Numbers, dates and the like, written without quotes where the schema says that they are."""
_LONE = re.compile(r"[\ud800-\udfff]")


def written(tree: dict[str, Tree], kind: Kind) -> str:
    """The text of a new file that says this, its keys in the schema's order. What no file can say is not refused."""
    order = Order(kind.metamodel, kind.schema)
    text = "\n".join([*block(entries(tree, order), (), order, 0), ""]) if tree else "{}\n"
    document = parse("", text.encode("utf-8", "surrogatepass"))
    return (formatted(document, kind) or text) if isinstance(document, Document) else text


def entries(tree: Tree, order: Order, *, short: bool = False) -> tuple[Entry, ...]:
    """What stands within a value, each with nothing said beside it; `short` where it is to be in brackets."""
    if isinstance(tree, dict):
        return tuple(entry(key, value, order, short=short) for key, value in tree.items())
    if isinstance(tree, list):
        return tuple(entry(None, item, order, short=short) for item in tree)
    return ()


def entry(
    key: str | None, tree: Tree, around: Order, *, name: str = "", before: tuple[str, ...] = (), note: str = "",
    short: bool = False,
) -> Entry:  # fmt: skip
    """A key with its value, or with None an item of a list, in what has the order `around`.

    `name` is how the key is written, if not as its own text; `before` the comments above it, `note` the one beside it.
    """
    order = around.at(key)
    name = name or ("" if key is None else _key(key))
    if not isinstance(tree, dict | list):
        node, source = _scalar(tree, order)
        return Entry(before=before, key=key, name=name, value=node, note=note, source=source)
    node_ = MappingNode("", []) if isinstance(tree, dict) else SequenceNode("", [])
    brackets = ("{}" if isinstance(tree, dict) else "[]",) if short or not tree else ()
    return Entry(before=before, key=key, name=name, value=node_, inside=entries(tree, order, short=short), note=note,
                 source=brackets)  # fmt: skip


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][\w-]*", key, re.ASCII) and key.lower() not in _WORDS else _quoted(key)


_WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")


def _scalar(value: str | None, order: Order) -> tuple[ScalarNode, tuple[str, ...]]:
    """A text as a node, and how it is written on one line."""
    if value is None:
        return ScalarNode("", ""), ("",)
    schema = order.schema
    if (schema.get("type") in ("integer", "boolean") or "date" in schema.get("format", "")) and _BARE.fullmatch(value):
        return ScalarNode("", value), (value,)
    if "\n" in value and not _LONE.search(value):
        return ScalarNode("", value, style="|"), (_quoted(value),)
    return ScalarNode("", value, style='"'), (_quoted(value),)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=_LONE.search(value) is not None)

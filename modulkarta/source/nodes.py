"""YAML text -> plain nodes with their marks."""

from __future__ import annotations

from functools import lru_cache

from yaml import MappingNode, Node, SequenceNode
from yaml._yaml import CParser


class Composer(CParser):
    """libyaml's composer with no resolver: no tag is guessed, so no scalar changes its meaning."""

    resolve = descend_resolver = ascend_resolver = "".format
    """Called for each value: takes anything, answers "", and is the quickest thing that does."""


def composed(text: str) -> Node | None:
    """What a text holds, None of an empty one. Only safe for what `text.parse` would read.

    Raises yaml.YAMLError where the text is not YAML.
    """
    node: Node | None = Composer(text).get_single_node()
    return node


@lru_cache(maxsize=512)
def root(text: str) -> Node | None:
    """The same, remembered: what is told of a file often has several places in it."""
    return composed(text)


def inner(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """The key and the value one step down (of a list's item the item twice), None where nothing stands there."""
    if isinstance(node, MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None

"""YAML as editors read it: the core schema of YAML 1.2, to which 1177 is a number and true a flag."""

from __future__ import annotations

import re
from typing import Any

import yaml


class _Core(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


def _int(loader: _Core, node: yaml.ScalarNode) -> int:
    return int(node.value, 0 if node.value[:2] in ("0x", "0o") else 10)


_FORMS = {
    "null": (r"^(~|null|Null|NULL|)$", "~nN"),
    "bool": (r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    "int": (r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    "float": (r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
}
for _name, (_pattern, _first) in _FORMS.items():
    first = [*_first, *([""] if _name == "null" else [])]
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_pattern), first)
_Core.add_constructor("tag:yaml.org,2002:int", _int)


def read(text: str) -> Any:
    """The value of a document. Raises yaml.YAMLError."""
    return yaml.load(text, _Core)

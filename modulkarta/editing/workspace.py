"""The settings by which VS Code and JetBrains find the schemas, put into what is there; all else stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from modulkarta.source.lines import line_break

FOLDER = ".modulkarta/schemas"
"""Where the schemas lie, from the folder that is opened in the editor."""

VSCODE = ".vscode/settings.json"
VSCODE_PLUGINS = ".vscode/extensions.json"
JETBRAINS = ".idea/jsonSchemas.xml"

_KEY = "yaml.schemas"
_PLUGIN = "redhat.vscode-yaml"
_COMPONENT = "JsonSchemaMappingsProjectConfiguration"
_SPACE = re.compile(r"[ \t\r\n]*")
_OURS = re.compile(r'[ \t]*<entry key="modulkarta: [^"]*">.*?</entry>\r?\n?', re.DOTALL)

Files = Mapping[str, str]
"""Which files each schema is for: a pattern of paths by the schema's file name."""


def vscode(text: str, files: Files) -> str:
    """settings.json with the schemas in it. Raises ValueError where it is not plain JSON."""
    before = _value(text, _KEY) or {}
    if not isinstance(before, dict):
        raise ValueError(_KEY)
    others = {name: value for name, value in before.items() if not name.removeprefix("./").startswith(f"{FOLDER}/")}
    return _with(text, _KEY, {**others, **{f"./{FOLDER}/{name}": pattern for name, pattern in files.items()}})


def vscode_plugins(text: str) -> str:
    """extensions.json with the plugin for YAML among what it recommends. Raises ValueError as `vscode`."""
    before = _value(text, "recommendations") or []
    if not isinstance(before, list):
        raise ValueError("recommendations")
    return text if _PLUGIN in before else _with(text, "recommendations", [*before, _PLUGIN])


def jetbrains(text: str, files: Files) -> str:
    """jsonSchemas.xml with the schemas in it. Raises ValueError where it is not as JetBrains writes it."""
    text = text or _xml('<project version="4">\n</project>\n')
    _well_formed(text)
    newline = line_break(text)
    entries = [_entry(name, pattern).replace("\n", newline) for name, pattern in files.items()]
    if sorted(_OURS.findall(text)) == sorted(entries):
        return text
    kept = _OURS.sub("", text).replace("<map />", f"<map>{newline}      </map>")
    if f'name="{_COMPONENT}"' not in kept:
        kept = kept.replace("</project>", _component().replace("\n", newline) + "</project>")
    begin = kept.find("</map>", kept.find(f'name="{_COMPONENT}"'))
    if begin < 0:
        raise ValueError(_COMPONENT)
    line = kept.rfind("\n", 0, begin) + 1
    return kept[:line] + "".join(entries) + kept[line:]


# JSON, changed at one key


def _value(text: str, key: str) -> Any:
    """What a key of a JSON object holds, None where it is not there."""
    whole = json.loads(text) if text.strip() else {}
    if not isinstance(whole, dict):
        raise ValueError("{}")
    return whole.get(key)


def _with(text: str, key: str, value: Any) -> str:
    """A JSON object with one value put in, in the place and indentation of the old one."""
    if not text.strip():
        return json.dumps({key: value}, ensure_ascii=False, indent=2) + "\n"
    if _value(text, key) == value:
        return text
    members, newline = _members(text), line_break(text)
    indent = _indent(text)
    made = json.dumps(value, ensure_ascii=False, indent=indent).replace("\n", newline + indent)
    if key in members:
        begin, end = members[key]
        return text[:begin] + made + text[end:]
    row = f"{newline}{indent}{json.dumps(key)}: {made}"
    if members:
        last = max(end for _, end in members.values())
        return f"{text[:last]},{row}{text[last:]}"
    return f"{text[: text.index('{') + 1]}{row}{newline}{text[text.rindex('}') :]}"


def _members(text: str) -> Mapping[str, tuple[int, int]]:
    """Where the value of each key of a JSON object begins and ends."""
    decoder, spans = json.JSONDecoder(), {}
    at = _past_space(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        begin = _past_space(text, _past_space(text, at) + 1)
        _, end = decoder.raw_decode(text, begin)
        spans[key] = (begin, end)
        at = _past_space(text, end)
        at = _past_space(text, at + 1) if text[at] == "," else at
    return spans


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _indent(text: str) -> str:
    found = re.search(r'\{[ \t]*\r?\n([ \t]+)"', text)
    return found[1] if found else "  "


# XML, changed between its lines


def _well_formed(text: str) -> None:
    if "<!DOCTYPE" in text:
        raise ValueError("DOCTYPE")
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314  # without declarations, so without entities
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None
    if root.tag != "project":
        raise ValueError(root.tag)


def _xml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'


def _component() -> str:
    return f'  <component name="{_COMPONENT}">\n    <state>\n      <map>\n      </map>\n    </state>\n  </component>\n'


def _entry(name: str, pattern: str) -> str:
    title = quoteattr(f"modulkarta: {name.removesuffix('.schema.json')}")
    return f"""\
        <entry key={title}>
          <value>
            <SchemaInfo>
              <option name="name" value={title} />
              <option name="relativePathToSchema" value={quoteattr(f"{FOLDER}/{name}")} />
              <option name="schemaVersion" value="JSON Schema version 7" />
              <option name="patterns">
                <list>
                  <Item>
                    <option name="pattern" value="true" />
                    <option name="path" value={quoteattr(pattern)} />
                    <option name="mappingKind" value="Pattern" />
                  </Item>
                </list>
              </option>
            </SchemaInfo>
          </value>
        </entry>
"""

"""Texts with every manner of writing YAML, and the comments that were put into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

KEYS = ("name", "summary", "description", "owner", "role", "functions", "depends_on", "tags", "truth", "secrecy", "zon")
WORDS = ("ord", "å: ä", "a #b", "- c", "no", "2027-01", "it's", 'sa "x"', "{d}", "*e", "x", "mellan  rum", "slut.", "é")


@dataclass
class Styled:
    text: str = ""
    above: dict[str, str] = field(default_factory=dict)
    """Of keys, which are all different, the comment on the line above."""
    beside: dict[str, str] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)


@st.composite
def styled(draw: st.DrawFn) -> Styled:
    made, numbers = Styled(), count()
    lines = draw(st.sampled_from([[], [], ["---"], ["%YAML 1.1", "---"], ["# topp", ""]]))
    made.elsewhere += [line for line in lines if line.startswith("#")]
    lines = lines + _block(draw, made, numbers, 0, 2)
    if draw(st.booleans()):
        made.elsewhere.append("# allra sist")
        lines.append("# allra sist")
    lines += draw(st.sampled_from([[], [], [""], ["..."]]))
    made.text = "\n".join(lines) + "\n"
    return made


def _block(draw: st.DrawFn, made: Styled, numbers: count[int], indent: int, depth: int) -> list[str]:
    several = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=5))
    keys = several if indent == 0 else [f"{key}{next(numbers)}" for key in several]
    lines: list[str] = []
    for key in keys:
        lines += [""] * draw(st.integers(0, 4).map(lambda n: max(0, n - 2)))
        if draw(st.integers(0, 3)) == 0:
            made.above[key] = f"# ovan {next(numbers)}."
            lines.append(" " * indent + made.above[key])
        lines += _key(draw, made, numbers, key, indent, depth)
    return lines


def _key(draw: st.DrawFn, made: Styled, numbers: count[int], key: str, indent: int, depth: int) -> list[str]:
    note = ""
    if draw(st.integers(0, 3)) == 0:
        made.beside[key] = f"# vid {next(numbers)}."
        note = " " * draw(st.integers(1, 4)) + made.beside[key]
    head = " " * indent + draw(st.sampled_from([f"{key}:", f"{key}: ", f'"{key}":', f"{key} :"]))
    ways = ["scalar", "lines", "flow", "nothing", "over"] + ["block", "list", "items"] * (depth > 0)
    way = draw(st.sampled_from(ways))
    shift = draw(st.sampled_from([2, 2, 4, 3]))
    if way == "scalar":
        return [f"{head} {_scalar(draw)}{note}"]
    if way == "flow":
        return [f"{head} {_flow(draw, made, numbers, indent)}{note}"]
    if way == "lines":
        return [
            f"{head} {draw(st.sampled_from(['|', '>', '|-', '>-', '|+', '>+']))}{note}",
            *_lines(draw, indent + shift),
        ]
    if way == "over":
        words = _words(draw, 3, 40)
        return [f'{head} "{words[0]}', *(" " * (indent + shift) + word for word in words[1:-1]),
                " " * (indent + shift) + f'{words[-1]}"{note}']  # fmt: skip
    if way == "block":
        return [head + note, *_block(draw, made, numbers, indent + shift, depth - 1)]
    if way == "list":
        return [head + note, *_items(draw, made, numbers, indent + draw(st.sampled_from([0, 2, 4])))]
    if way == "items":
        return [head + note, *_rows(draw, made, numbers, indent + draw(st.sampled_from([0, 2, 3])), depth)]
    return [head + note]


def _items(draw: st.DrawFn, made: Styled, numbers: count[int], indent: int) -> list[str]:
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        comment = f"# i listan {next(numbers)}."
        where = draw(st.sampled_from(["", "", "above", "beside"]))
        made.elsewhere += [comment] if where else []
        lines += [" " * indent + comment] if where == "above" else []
        lines.append(" " * indent + f"-   {_scalar(draw)}" + (f" {comment}" if where == "beside" else ""))
    return lines


def _rows(draw: st.DrawFn, made: Styled, numbers: count[int], indent: int, depth: int) -> list[str]:
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        alone = draw(st.booleans())
        own = _block(draw, made, numbers, indent + 2, depth - 1)
        if alone or own[0].strip()[:1] in ("", "#"):
            lines += [" " * indent + "-", *own]
        else:
            lines += [" " * indent + "- " + own[0].lstrip(), *own[1:]]
    return lines


def _flow(draw: st.DrawFn, made: Styled, numbers: count[int], indent: int) -> str:
    inner = draw(
        st.lists(st.sampled_from(["a", "'b'", '"c, d"', "[e, f]", "{g: h}", "{i: [j]}", "[]", "''"]), max_size=4)
    )
    breaks = draw(st.sampled_from(["", "", " ", "\n" + " " * (indent + 2)]))
    if inner and breaks and draw(st.booleans()):
        made.elsewhere.append(f"# inuti {next(numbers)}.")
        breaks_first = f" {made.elsewhere[-1]}\n" + " " * (indent + 1)
        return f"[{breaks_first}{f', {breaks}'.join(inner)}]"
    return f"[{breaks}{f',{breaks}'.join(inner)}{breaks.rstrip(' ')}{' ' if breaks else ''}]"


def _scalar(draw: st.DrawFn) -> str:
    value = " ".join(_words(draw, 1, draw(st.sampled_from([2, 4, 40]))))
    plain = all(word not in value for word in (": ", " #", '"', "- c", "{", "*")) and value[:1] not in "-{*"
    ways = [_double(value), "'" + value.replace("'", "''") + "'"] + [value] * plain
    return draw(st.sampled_from(ways))


def _double(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(draw: st.DrawFn, least: int, most: int) -> list[str]:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most))
    return [word.replace('"', "”") for word in words] if least > 1 else words


def _lines(draw: st.DrawFn, indent: int) -> Sequence[str]:
    first = [" " * indent + "början"]
    others = draw(
        st.lists(st.sampled_from(["en rad", "", "  indragen", "# ingen kommentar", "lång " * 30]), max_size=5)
    )
    return [*first, *(" " * indent + line if line else "" for line in others)]

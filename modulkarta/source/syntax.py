"""What somebody did that made a file unreadable: libyaml says where it gave up, often not at the slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from modulkarta.findings import Edit, Finding, Location, Message, Related, message
from modulkarta.source import problems
from modulkarta.source.lines import in_block_text, indent, lines_of

_HARD = "\u00a0\u2007\u202f\u3000"
_HARD_SPACE = re.compile(rf"^ *([{_HARD}][{_HARD} ]*)|^ *(?:- )?[a-z_]+:([{_HARD}]+)|^ *-([{_HARD}]+)")
_MERGE_MARK = re.compile(r"(?:<{7}|>{7}|\|{7}) .*|={7}")
_KEY = re.compile(r"^( *)(?:- )?[\w-]+:(?= |$)")
_NO_SPACE = re.compile(r"^ *(?:- )?[a-z_]+:(?=[^\s:/])")
_NO_COLON = re.compile(r"^ *(?:- )?[a-z_]+(?= +\S+( \S+){0,3}$)")
_PRINTED_QUOTES = re.compile(r"^( *(?:- )?(?:[\w-]+: +)?)[”“„]([^\"\\”“„]*)[”“](?= *$)")
_PRINTED_DASH = re.compile(r"[–—−‐‑•·] ")
_HALF_QUOTED = re.compile(r"^( *(?:- )?[\w-]+: +)[^\"\\ ][^\"\\]*\"(?= *$)")
_TEXT_WITH_COLON = re.compile(r"^( *(?:- )?[\w-]+: +)([^\"'\[{&*!|>%@`#][^\"\\#]*: [^\"\\#]*?)(?= *$)")

_LONGEST = 2000
"""Longer lines are not looked into: no slip of the hand is seen in them."""
_NEAR = 20
"""So many lines above the place where the reading stopped, the slip may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cause:
    at: Location
    reason: Message
    edit: Edit | None = None
    safe: bool = False
    begun: Related | None = None


def fault(file: str, text: str, error: yaml.MarkedYAMLError) -> Finding:
    """The finding of a text that libyaml could not read: at the slip, as far as it can be told."""
    lines = lines_of(text)
    slip = _Slip(file, lines, error)
    cause = next(slip.causes(), None) or slip.as_told()
    edits = (cause.edit,) if cause.edit else ()
    return problems.syntax(min(cause.at, _last(file, lines)), cause.reason, cause.begun, edits, safe=cause.safe)


class _Slip:
    """One text that cannot be read, and where libyaml stopped: lines and columns from 0."""

    def __init__(self, file: str, lines: list[str], error: yaml.MarkedYAMLError) -> None:
        self.file, self.lines, self.error = file, lines, error
        self.short = [line if len(line) <= _LONGEST else "" for line in lines]
        mark = error.problem_mark or error.context_mark
        self.line, self.column = (mark.line, mark.column) if mark else (0, 0)
        begun = error.context_mark
        self.begun = (begun.line, begun.column) if begun else (self.line, self.column)

    def causes(self) -> Iterator[_Cause]:
        """What may be the matter, the surest first."""
        yield from self._merge_mark()
        yield from self._hard_space()
        yield from self._by_problem(self.error.problem or "")

    def _by_problem(self, problem: str) -> Iterator[_Cause]:
        if problem == "could not find expected ':'":
            yield from self._no_colon(self.begun[0])
        elif problem == "found character that cannot start any token":
            yield from self._first_sign()
        elif problem == "did not find expected key":
            yield from self._no_key()
        elif problem == "did not find expected alphabetic or numeric character":
            yield _Cause(at=self._at(*self.begun), reason=_REASONS[problem])
        elif problem == "mapping values are not allowed in this context":
            yield from self._colon(self.line)
        elif (self.error.context or "").startswith(("while scanning a quoted", "while parsing a flow")):
            yield from self._not_closed()

    def as_told(self) -> _Cause:
        """What libyaml says, in words."""
        problem = self.error.problem or self.error.context or ""
        other = message("filen går inte att läsa som YAML ({problem})", problem=problem)
        begun = None
        if self.begun != (self.line, self.column) and (self.error.context or "").startswith("while parsing"):
            begun = Related(location=self._at(*self.begun), message=message("det började här"))
        return _Cause(at=self._at(self.line, self.column), reason=_REASONS.get(problem, other), begun=begun)

    def _merge_mark(self) -> Iterator[_Cause]:
        for number, line in enumerate(self.short):
            if _MERGE_MARK.fullmatch(line):
                reason = message("märken efter en sammanslagning i git; behåll det som gäller och ta bort märkena")
                yield _Cause(at=self._at(number, 0, len(line)), reason=reason)
                return

    def _hard_space(self) -> Iterator[_Cause]:
        """The last one above the place where the reading stopped."""
        nearest = min(self.line, len(self.short) - 1)
        for number in range(nearest, max(nearest - _NEAR, -1), -1):
            found = _HARD_SPACE.match(self.short[number])
            if found and not in_block_text(self.short, number):
                group = found.lastindex or 0
                at = self._at(number, found.start(group), found.end(group))
                reason = message("hårt blanksteg (U+{code:04X}); använd vanliga", code=ord(found[group].strip(" ")[0]))
                yield _Cause(at=at, reason=reason, edit=Edit(location=at, text=" " * len(found[group])), safe=True)
                return

    def _no_dash(self, number: int) -> Iterator[_Cause]:
        """A line between those of a list, as far in as they are, that does not begin as they do."""
        line, inward = self.short[number], self._indent(number)
        beside = [self.short[n] for n in (number - 1, number + 1) if 0 <= n < len(self.short)]
        if (
            not line[inward:]
            or line[inward:].startswith("- ")
            or all(row[: inward + 2] != " " * inward + "- " for row in beside)
        ):
            return
        reason, length, text, safe = _dash(line[inward:])
        edit = Edit(location=self._at(number, inward, inward + length), text=text)
        yield _Cause(at=self._at(number, inward), reason=reason, edit=edit, safe=safe)

    def _first_sign(self) -> Iterator[_Cause]:
        """A tab, or a sign that YAML keeps for itself."""
        rest = "".join(self.lines[self.line : self.line + 1])[self.column :]
        if rest.startswith("\t"):
            tabs = len(rest) - len(rest.lstrip("\t"))
            at = self._at(self.line, self.column, self.column + tabs)
            yield _Cause(at=at, reason=_REASONS["found a tab character that violates indentation"])
        elif rest:
            reason = message("en text som börjar med {sign} ska stå inom citattecken", sign=rest[0])
            yield _Cause(at=self._at(self.line, self.column), reason=reason)

    def _no_key(self) -> Iterator[_Cause]:
        """A text that ended too early, or a key that is level with nothing above."""
        line = "".join(self.short[self.line : self.line + 1])
        if quoted := re.match(r"[^\"'#]*: +([\"'])", line[: self.column]):
            reason = message(
                "texten slutar vid det andra citattecknet ({sign}); byt slag inne i texten", sign=quoted[1]
            )
            yield _Cause(at=self._at(self.line, self.column - 1), reason=reason)
        elif _KEY.match(line) and self.column == indent(line) and self.begun[1] < self.column:
            reason = message("indraget är inte lika stort som på någon rad ovanför")
            yield _Cause(at=self._at(self.line, self.column), reason=reason)

    def _no_colon(self, number: int) -> Iterator[_Cause]:
        line = self.short[number]
        yield from self._no_dash(number)
        if found := _NO_SPACE.match(line):
            reason = message("blanksteg saknas efter kolonet")
            edit = Edit(location=self._at(number, found.end(), found.end()), text=" ")
            yield _Cause(at=self._at(number, self._indent(number), found.end()), reason=reason, edit=edit, safe=True)
        elif line.lstrip(" ").startswith("//"):
            yield _Cause(at=self._at(*self.begun), reason=message("en kommentar börjar med #, inte //"))
        elif _NO_COLON.match(line):
            yield _Cause(at=self._at(*self.begun), reason=message("här saknas ett kolon efter nyckeln"))
        elif number and (above := re.match(r" +[^:#]*\w(?=: )", self.short[number - 1])) and line.startswith(" "):
            yield _Cause(at=self._at(number - 1, above.end()), reason=_COLON_IN_TEXT)
        elif line[:1] != " ":
            yield _Cause(at=self._at(*self.begun), reason=_REASONS["could not find expected ':'"])

    def _colon(self, number: int) -> Iterator[_Cause]:
        line, above = self.short[number], self._line_above(number)
        if quoted := _PRINTED_QUOTES.match(line):
            at = self._at(number, quoted.end(1), quoted.end())
            edit = Edit(location=at, text=f'"{quoted[2]}"')
            yield _Cause(
                at=at, reason=message('tryckta citattecken (”) räknas inte; skriv raka (")'), edit=edit, safe=True
            )
        elif above is not None and self._is_key(number) and self._indent(above) < self._indent(number):
            yield self._indentation(above, number)
        elif half := _HALF_QUOTED.match(line):
            edit = Edit(location=self._at(number, half.end(1), half.end(1)), text='"')
            reason = message('citattecknet (") sist på raden saknar ett i början av texten')
            yield _Cause(at=self._at(number, half.end() - 1, half.end()), reason=reason, edit=edit)
        elif texts := _TEXT_WITH_COLON.match(line):
            edit = Edit(location=self._at(number, texts.end(1), texts.end()), text=f'"{texts[2]}"')
            yield _Cause(at=self._at(number, self.column), reason=_COLON_IN_TEXT, edit=edit)

    def _indentation(self, above: int, number: int) -> _Cause:
        """A key stands further in than the one above, which has a value: one of the two has slipped."""
        further = self._line_above(above)
        if further is not None and self._is_key(further) and self._indent(further) == self._indent(number):
            at = self._at(above, 0, self._indent(above) + 1)
            return _Cause(at=at, reason=message("raden är mindre indragen än raderna före och efter"))
        begun = Related(
            location=self._at(above, self._indent(above)), message=message("den här raden har redan ett värde")
        )
        return _Cause(at=self._at(number, self._indent(number)), begun=begun,
                      reason=message("raden är mer indragen än raden ovanför"))  # fmt: skip

    def _not_closed(self) -> Iterator[_Cause]:
        """What was opened on an earlier line: there the other half is lacking."""
        sign = "".join(self.lines[self.begun[0] :][:1])[self.begun[1] :][:1]
        reason = _NOT_CLOSED.get(sign)
        if reason and self.line > self.begun[0]:
            end = Related(location=self._at(self.line, self.column), message=message("hit gick det att läsa"))
            yield _Cause(at=self._at(*self.begun), reason=reason, begun=end)

    def _line_above(self, number: int) -> int | None:
        """The nearest line above that says something."""
        return next((n for n in range(number - 1, -1, -1) if self.short[n].strip(" ").partition("#")[0]), None)

    def _is_key(self, number: int) -> bool:
        return _KEY.match(self.short[number]) is not None

    def _indent(self, number: int) -> int:
        return indent(self.short[number])

    def _at(self, line: int, column: int, end: int | None = None) -> Location:
        """A place of the file; libyaml may count a line more than it has."""
        last = len(self.lines) - 1
        line, column = (line, min(column, len(self.lines[line]))) if line <= last else (last, len(self.lines[last]))
        end = column + 1 if end is None else end
        return Location(file=self.file, line=line + 1, column=column + 1, end_line=line + 1, end_column=end + 1)


def _last(file: str, lines: list[str]) -> Location:
    """The end of the last line that says something."""
    number = max((n for n, line in enumerate(lines) if line), default=0)
    column = len(lines[number]) + 1
    return Location(file=file, line=number + 1, column=column, end_line=number + 1, end_column=column + 1)


def _dash(row: str) -> tuple[Message, int, str, bool]:
    """What is wrong with the dash of a row, how much of it to put what in place of, and whether that is safe."""
    if _PRINTED_DASH.match(row):
        return message("ett långt streck; skriv ett kort (-)"), 1, "-", True
    if row.startswith("-"):
        return message("blanksteg saknas efter strecket"), 1, "- ", row[1:2].isalpha()
    return message("strecket (-) saknas"), 0, "- ", False


_COLON_IN_TEXT = message("ett kolon inne i en text; sätt citattecken runt texten")
_NOT_CLOSED = {
    '"': message('citattecknet (") stängs inte'),
    "'": message("citattecknet (') stängs inte"),
    "[": message("listan stängs inte: ] saknas"),
    "{": message("tabellen stängs inte: }} saknas"),
}
_REASONS = {
    "mapping values are not allowed in this context": message(
        "ett kolon på ett ställe där det inte kan stå; saknas citattecken runt texten, eller är indraget fel?"
    ),
    "found character that cannot start any token": message(
        "tecknet kan inte inleda ett värde; texter som börjar så ska stå inom citattecken, och indrag är blanksteg"
    ),
    "found a tab character that violates indentation": message("tabb i indraget; använd blanksteg"),
    "did not find expected key": message("här väntades en nyckel; är indraget fel?"),
    "did not find expected '-' indicator": message("här väntades ett streck (-); är indraget fel?"),
    "did not find expected ',' or ']'": message("listan stängs inte: här väntades , eller ]"),
    "did not find expected ',' or '}'": message("tabellen stängs inte: här väntades , eller }}"),
    "did not find expected node content": message("här väntades ett värde"),
    "found unexpected end of stream": message("filen tar slut mitt i en text; saknas ett citattecken?"),
    "found unknown escape character": message("okänt tecken efter \\; använd enkla citattecken"),
    "could not find expected ':'": message("här väntades ett kolon efter nyckeln"),
    "did not find expected <document start>": message("texten kan inte stå här; hör den till raden ovanför?"),
    "but found another document": message("här börjar ett andra dokument"),
    "did not find expected alphabetic or numeric character": message(
        "texten börjar med * eller &; sätt citattecken runt den"
    ),
    "block sequence entries are not allowed in this context": message("ett streck (-) kan inte stå här"),
}

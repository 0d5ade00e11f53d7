"""A new file of a kind: what is known filled in, everything else as a comment that says what belongs there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from modulkarta.findings import Message, message
from modulkarta.metamodel import ANY_KIND, Kind, Property
from modulkarta.wording import Language, capital, said

Values = Mapping[str, str | Sequence[str]]
"""By field: a text, or a list of texts."""

_WIDTH = 98
_LATER = ("short_name", "truth_of", "reviewed", "former_ids", "external_ids", "translations", "tags")
"""What all kinds have and few files begin with."""
_BLANK = "…"
_FORMS: Mapping[str, Message] = {
    "date": message("till exempel 2027, 2027-Q3, 2027-06-30, ..2027-06 eller unknown"),
    "flag": message("true eller false"),
    "number": message("ett heltal"),
    "url": message("en adress som börjar med https://"),
}
_SHORT_DATE = message("till exempel 2027-Q3")


def template(kind: Kind, values: Values, language: Language) -> str:
    """The text of a new file with these values; as YAML it says nothing else."""
    return _Template(kind=kind, language=language).text(values)


def form(field: Property, kind: Kind, language: Language) -> str:
    """How a value of a field is written, empty where anything goes."""
    return _Template(kind=kind, language=language).form(field)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Template:
    kind: Kind
    language: Language

    def text(self, values: Values) -> str:
        advice = message("Ta bort # framför det du fyller i. Det du inte behöver kan tas bort eller stå kvar.")
        about = _titled(self.kind.label.in_(self.language), self.kind.description.in_(self.language))
        lines = [*_comment(about), *_comment(self.said(advice)), ""]
        for field in self.kind.properties.values():
            if field.name == "name":
                lines += [*_filled("name", values["name"]), ""]
            elif field.name in values:
                lines += [*self._told(field), *_filled(field.name, values[field.name]), ""]
            elif field.name not in _LATER:
                lines += [*self._told(field), *(f"# {line}" for line in self._blank(field)), ""]
        later = [name for name in _LATER if name in self.kind.properties and name not in values]
        if later:
            lines += _comment(self.said(message("Fler fält: {fields}.", fields=", ".join(later))))
        return "\n".join(lines).rstrip("\n") + "\n"

    def form(self, field: Property) -> str:
        if field.shape in ("table", "map"):
            return ""
        field = field.columns[0] if field.shape == "list" and field.columns else field
        if field.values:
            choices = [f"{value} ({label.in_(self.language)})" for value, label in field.values.items()]
            return self.said(message("{several} eller {last}", several=", ".join(choices[:-1]), last=choices[-1]))
        if field.relation:
            return self._id_of(field.relation.kinds)
        return self.said(_FORMS[field.shape]) if field.shape in _FORMS else ""

    def said(self, what: Message) -> str:
        return said(what, self.language)

    def _id_of(self, kinds: Sequence[str]) -> str:
        known = self.kind.metamodel.kinds
        labels = [known[name].label for name in kinds if name in known]
        if ANY_KIND in kinds or not labels:
            return self.said(message("ett id"))
        return self.said(message("id för {kinds}", kinds=labels))

    def _told(self, field: Property) -> list[str]:
        """A field in words: what it is, and how it is written."""
        words = _titled(field.label.in_(self.language), field.description.in_(self.language))
        if how := self.form(field):
            words += f" {self.said(message('Skriv {how}.', how=how))}"
        return _comment(words)

    def _blank(self, field: Property) -> Iterator[str]:
        if field.shape == "table":
            yield f"{field.name}:"
            yield from self._rows(field)
        elif field.shape == "list":
            yield from (f"{field.name}:", f"  - {_BLANK}")
        elif field.shape == "map":
            yield from (f"{field.name}:", f"  {_BLANK}: {_BLANK}")
        else:
            yield f"{field.name}: {_BLANK}"

    def _rows(self, field: Property) -> Iterator[str]:
        lead = "  - " if field.several else "  "
        for column in field.columns:
            for n, line in enumerate(self._blank(column)):
                note = f"  # {self._note(column)}" if n == 0 else ""
                yield f"{lead}{line}{note}"
                lead = " " * len(lead)

    def _note(self, column: Property) -> str:
        """A column in a few words: an id says of what, all else what it is called."""
        if column.shape == "reference":
            return self.form(column)
        how = said(_SHORT_DATE, self.language) if column.shape == "date" else ", ".join(column.values)
        return column.label.in_(self.language) + (f": {how}" if how else "")


def _titled(label: str, description: str) -> str:
    head = f"{capital(label)}."
    return f"{head} {description}" if description else head


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in wrap(words, _WIDTH, break_long_words=False, break_on_hyphens=False)]


def _filled(name: str, value: str | Sequence[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{name}: {_quoted(value)}"
    else:
        yield f"{name}:"
        for item in value:
            yield f"  - {_quoted(item)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

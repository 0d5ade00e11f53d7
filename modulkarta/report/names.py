"""What the files of a report are called: the same in every format, so that each finds the others."""

from __future__ import annotations

import re

from modulkarta.figures import Figure
from modulkarta.report.blocks import Length, Picture, Section, Tabular
from modulkarta.wording import Language

_STEM = "malbild-och-fardplan"
_LENGTHS: dict[Length, str] = {"bilaga": "", "avsnitt": "-avsnitt", "notis": "-notis"}
_LANGUAGES: dict[Language, str] = {"sv": "", "en": "-en"}


def text_file(section: Section, ending: str) -> str:
    """A file with all of the text: `malbild-och-fardplan-avsnitt-en.pdf`."""
    return f"{_STEM}{_which(section)}{ending}"


def figure_file(figure: Figure, language: Language, ending: str) -> str:
    """A figure, its table twin with the ending `.csv`: `figurer/fardplan.svg`. It is the same in every length."""
    return f"figurer/{figure.name}{_LANGUAGES[language]}{ending}"


def table_file(section: Section, tabular: Tabular) -> str:
    """A table by its number; the numbers are others in another length."""
    return numbered_table(tabular.number, section.length, section.language)


def numbered_table(number: int, length: Length, language: Language) -> str:
    """The file of a table, before there is a section that it stands in."""
    return f"tabeller/tabell-{number}{_LENGTHS[length]}{_LANGUAGES[language]}.csv"


def is_of_another(path: str, section: Section) -> bool:
    """Whether a file has the name of a figure or a table of such a section, which this one does not have.

    The figures that a shorter length does not have may belong to a longer one.
    """
    mine = {table_file(section, one) for one in section.tables}
    if re.fullmatch(rf"tabeller/tabell-\d+{_which(section)}\.csv", path):
        return path not in mine
    if section.length != "bilaga" or not (found := re.fullmatch(r"figurer/([\w-]+?)(-en)?\.(svg|png|csv)", path)):
        return False
    mine = {file for one in section.pictures for file in picture_files(section, one)}
    return (found[2] or "") == _LANGUAGES[section.language] and path not in mine


def workbook_file(section: Section) -> str:
    """All tables in one."""
    return f"tabeller/tabeller{_which(section)}.xlsx"


def alternatives_file(section: Section) -> str:
    """The alternative texts of all figures."""
    return f"alt-texter{_which(section)}.md"


def picture_files(section: Section, picture: Picture) -> tuple[str, ...]:
    """The files of a figure: as vectors, as dots, as a table."""
    return tuple(figure_file(picture.figure, section.language, ending) for ending in (".svg", ".png", ".csv"))


def _which(section: Section) -> str:
    return _LENGTHS[section.length] + _LANGUAGES[section.language]

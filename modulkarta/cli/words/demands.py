"""A tender's demands, and how far standards have come, as tables of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from modulkarta.analysis import standardisation as standardising
from modulkarta.analysis.standardisation import CONCERN_WORDS, STANDING_WORDS, Cell, Subject
from modulkarta.analysis.standards import Use
from modulkarta.analysis.tender import Role, Tender
from modulkarta.cli.words.naming import named, names
from modulkarta.dates import Answer, phrase
from modulkarta.findings import Message, message
from modulkarta.model import Catalogue, Truth, weakest
from modulkarta.wording import Language, marked, said

Table = list[tuple[str, ...]]

_ROLES: Mapping[Role, Message] = {"provides": message("erbjuder"), "requires": message("behöver")}
_HOLDS: Mapping[Answer, Message] = {"yes": message("ja"), "no": message("nej"), "possibly": message("kanske")}
_NO_STATUS = message("begrepp utan status")
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts ids, choices and messages into words of one language."""

    catalogue: Catalogue
    language: Language

    def words(self, *several: Message) -> tuple[str, ...]:
        return tuple(said(one, self.language) for one in several)

    def names(self, ids: Iterable[str]) -> str:
        return names(self.catalogue, ids, self.language) or "–"

    def name(self, id_: str, truth: Truth) -> str:
        return named(self.catalogue, id_, self.language, truth)

    def choice(self, kind: str, path: tuple[str, ...], value: str | None) -> str:
        """A value of a choice, by the words of its schema."""
        values = self.catalogue.metamodel.kinds[kind].choices(*path)
        return values[value].in_(self.language) if value is not None and value in values else "–"


def tender_title(catalogue: Catalogue, tender: Tender) -> Message:
    """What it is a tender for, and when the module is to be live."""
    name, live = catalogue.name(tender.module), phrase(tender.live)
    if tender.truth == "illustrative":
        return message(
            "Krav att ställa i en upphandling av {module} (exempel). I drift: {live}.", module=name, live=live
        )
    return message("Krav att ställa i en upphandling av {module}. I drift: {live}.", module=name, live=live)


def tender_tables(catalogue: Catalogue, tender: Tender, language: Language) -> Iterator[tuple[str, Table]]:
    """Each part of a tender: its title and its table, the heading first; an empty part is left out."""
    speak = Speaker(catalogue, language)
    parts: tuple[tuple[Message, Callable[[Speaker, Tender], Iterator[tuple[str, ...]]]], ...] = (
        (message("Funktioner"), _functions),
        (message("Gränssnitt"), _interfaces),
        (message("Standarder för modulen själv"), _standards),
        (message("Information"), _information),
        (message("Begrepp"), _terms),
        (message("Regelverk"), _regulations),
        (message("Plattformar"), _platforms),
        (message("Vägledande principer"), _principles),
    )
    for title, part in parts:
        table = list(part(speak, tender))
        if len(table) > 1:
            yield said(title, language), table


def standard_tables(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, Table]]:
    """How far each subject has come, module by module, and the standards that are not settled."""
    speak = Speaker(catalogue, language)
    yield said(message("I hela katalogen"), language), list(_in_all(speak))
    yield said(message("Per modul"), language), list(_by_module(speak))
    yield said(message("Begrepp"), language), list(_term_counts(speak))
    doubts = list(_doubts(speak))
    if len(doubts) > 1:
        yield said(message("Utkast och standarder på väg ut"), language), doubts


def _functions(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Funktion"), message("Viktighet"), message("Tas över från"), message("Villkor"))
    for one in tender.functions:
        texts = (marked(gate.text, gate.place.truth, speak.language) for gate in one.gates)
        gates = "; ".join(dict.fromkeys(texts)) or "–"
        yield (
            speak.name(one.function, one.place.truth),
            ", ".join(speak.choice("function", ("criticality",), value) for value in one.criticality) or "–",
            speak.names(one.takes_over_from),
            gates,
        )


def _interfaces(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Gränssnitt"), message("Modulen"), message("Andra änden"), message("Standard"))
    for one in tender.interfaces:
        (role,) = speak.words(_ROLES[one.role])
        name = speak.name(one.interface, one.place.truth)
        yield name, role, speak.names(one.others), _uses(speak, one.standards)


def _standards(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Standard"), message("Version"), message("Status"), message("Läge"), message("Beslut"))
    for use in tender.standards:
        yield (
            speak.name(use.standard, use.truth),
            use.version or "–",
            speak.choice("standard", ("status",), use.status),
            speak.choice("module", ("standards", "state"), use.state),
            speak.names([use.decision] if use.decision else []),
        )


def _information(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Information"), message("Modulen"), message("Begrepp"), message("Standard"))
    labels = speak.catalogue.metamodel.kinds["module"].properties
    for one in tender.information:
        handling = ", ".join(labels[name].label.in_(speak.language) for name in one.handling)
        name = speak.name(one.information, one.place.truth)
        yield name, handling, speak.names(one.terms), _uses(speak, one.standards)


def _terms(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Begrepp"), message("Status"), message("Definition"))
    for one in tender.terms:
        status = speak.choice("term", ("status",), one.status)
        yield speak.name(one.term, one.place.truth), status, one.definition or "–"


def _regulations(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(
        message("Regelverk"), message("Gäller från"), message("Gäller när modulen tas i drift"), message("Vad"),
        message("Rör"),
    )  # fmt: skip
    for one in tender.regulations:
        answer = _HOLDS[one.holds_at_start] if one.holds_at_start else message("kan inte bedömas")
        yield (
            speak.name(one.regulation, one.place.truth),
            *speak.words(phrase(one.date), answer),
            one.what or "–",
            speak.names(one.because),
        )


def _platforms(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Plattform"))
    yield from ((speak.name(one.entity, one.place.truth),) for one in tender.platforms)


def _principles(speak: Speaker, tender: Tender) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Princip"), message("Modulen"), message("Beslut"), message("Skäl"))
    for one in tender.principles:
        (stance,) = speak.words(message("följer") if one.follows else message("avviker"))
        decision = speak.names([one.decision] if one.decision else [])
        yield speak.name(one.principle, one.place.truth), stance, decision, one.reason or "–"


def _uses(speak: Speaker, uses: Iterable[Use]) -> str:
    """Standards with version and status: `IHE mPSC (version 2.0.0-draft, utkast)`."""
    return "; ".join(_use(speak, use) for use in uses) or "–"


def _use(speak: Speaker, use: Use) -> str:
    """One standard; marked as a whole only where neither the standard nor its user already says that it is made up."""
    version = [said(message("version {version}", version=use.version), speak.language)] if use.version else []
    status = [speak.choice("standard", ("status",), use.status)] if use.status else []
    more = ", ".join((*version, *status))
    name = speak.names([use.standard])
    whole = f"{name} ({more})" if more else name
    shown = {speak.catalogue.entities[id_].truth() for id_ in (use.user, use.standard)}
    return whole if "illustrative" in shown else marked(whole, use.truth, speak.language)


def _in_all(speak: Speaker) -> Iterator[tuple[str, ...]]:
    yield speak.words(
        message("Ämne"),
        message("Moduler med standard"),
        message("Moduler som saknar"),
        message("Delar som följer en standard"),
    )
    for one in standardising.in_all(speak.catalogue):
        modules = message("{n} av {m}", n=len(one.covered), m=len(one.covered) + len(one.missing))
        yield (_label(speak, one.subject), *speak.words(modules), _first(speak, one.missing), _things(speak, one))


def _first(speak: Speaker, modules: Sequence[str]) -> str:
    """The first of some modules, and how many more there are: the table module by module has them all."""
    if len(modules) <= _MOST_NAMES:
        return speak.names(modules)
    more = message("och {n} till", n=len(modules) - _MOST_NAMES)
    return f"{speak.names(modules[:_MOST_NAMES])} {said(more, speak.language)}"


def _things(speak: Speaker, one: Subject) -> str:
    if one.things is None:
        return "–"
    of, plural = len(one.things_covered) + len(one.things_missing), speak.catalogue.metamodel.kinds[one.things].plural
    return said(message("{n} av {m} {things}", n=len(one.things_covered), m=of, things=plural), speak.language)


def _by_module(speak: Speaker) -> Iterator[tuple[str, ...]]:
    subjects = standardising.subjects(speak.catalogue)
    yield (*speak.words(message("Modul")), *(_label(speak, subject) for subject in subjects))
    rows: dict[str, list[Cell]] = {}
    for cell in standardising.cells(speak.catalogue):
        rows.setdefault(cell.module, []).append(cell)
    for module, cells in rows.items():
        standings = speak.words(*(STANDING_WORDS[cell.standing] for cell in cells))
        yield (speak.name(module, weakest(cell.truth for cell in cells)), *standings)


def _term_counts(speak: Speaker) -> Iterator[tuple[str, ...]]:
    found = standardising.terms(speak.catalogue)
    yield speak.words(message("Vad"), message("Antal"), message("Saknas"))
    for status, n in found.by_status.items():
        if status or n:
            words = (
                message("begrepp med status {status}", status=speak.choice("term", ("status",), status))
                if status
                else _NO_STATUS
            )
            yield *speak.words(words), str(n), "–"
    named = message("{n} av {m}", n=len(found.with_term), m=len(found.with_term) + len(found.without_term))
    yield *speak.words(message("informationsobjekt med begrepp"), named), speak.names(found.without_term)


def _doubts(speak: Speaker) -> Iterator[tuple[str, ...]]:
    yield speak.words(message("Standard"), message("Vad"), message("Används av"), message("Moduler"))
    for doubt in standardising.doubts(speak.catalogue):
        use = doubt.use
        yield (
            speak.name(use.standard, use.truth),
            *speak.words(CONCERN_WORDS[doubt.concern]),
            speak.names([use.user]),
            speak.names(doubt.modules),
        )


def _label(speak: Speaker, subject: str) -> str:
    return speak.choice("standard", ("subject",), subject)

"""The tables as programs read them: every name here is promised, whatever the answers call their fields inside."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.analysis import standardisation as standardising
from modulkarta.analysis.coverage.gap import Gap
from modulkarta.analysis.followup import Assignment, National, Position, Principle, Recommendation
from modulkarta.analysis.information import Information, Master, Move
from modulkarta.analysis.integrations import Integration
from modulkarta.analysis.standardisation import Cell, Subject
from modulkarta.analysis.standards import Use
from modulkarta.analysis.tender import (
    FunctionDemand,
    InformationDemand,
    InterfaceDemand,
    Place,
    RegulationDemand,
    Stance,
    Tender,
)
from modulkarta.dates import Answer
from modulkarta.findings import dotted
from modulkarta.model import Catalogue
from modulkarta.records.values import Record, span, written


def tender(found: Tender) -> Record:
    """What a tender for a module must ask for."""
    return {
        "module": found.module,
        "live": written(found.live),
        "functions": [_function(one) for one in found.functions],
        "interfaces": [_interface(one) for one in found.interfaces],
        "standards": [_use(one) for one in found.standards],
        "information": [_demanded(one) for one in found.information],
        "terms": [
            {"term": one.term, "status": one.status, "definition": one.definition, "place": _place(one.place)}
            for one in found.terms
        ],
        "regulations": [_regulation(one) for one in found.regulations],
        "platforms": [{"entity": one.entity, "place": _place(one.place)} for one in found.platforms],
        "principles": [_stance(one) for one in found.principles],
        "truth": found.truth,
    }


def standardisation(catalogue: Catalogue) -> Record:
    """How far each subject has come, in all and module by module; what is in doubt; the terms."""
    terms = standardising.terms(catalogue)
    by_module: dict[str, list[Record]] = {}
    for cell in standardising.cells(catalogue):
        by_module.setdefault(cell.module, []).append(_cell(cell))
    return {
        "subjects": [_subject(subject) for subject in standardising.in_all(catalogue)],
        "modules": [{"module": module, "subjects": cells} for module, cells in by_module.items()],
        "in_doubt": [
            {"use": _use(doubt.use), "concern": doubt.concern, "modules": list(doubt.modules)}
            for doubt in standardising.doubts(catalogue)
        ],
        "terms": {
            **{status or "without_status": n for status, n in terms.by_status.items()},
            "information_with_term": list(terms.with_term),
            "information_without_term": list(terms.without_term),
        },
    }


def integration(found: Integration) -> Record:
    """An interface on a day."""
    one = found.interface
    return {
        "interface": one.interface,
        "standing": found.standing,
        "perhaps": found.perhaps,
        "providers": list(one.providers),
        "requirers": list(one.requirers),
        "temporary": one.temporary,
        "live": written(one.first),
        "retired": written(one.retired),
        "truth": one.truth,
    }


def information(found: Information, now: Mapping[str, Answer]) -> Record:
    """An information object, with its sources on the day that was asked about."""
    return {
        "information": found.information,
        "masters_on_date": [{"entity": id_, "there": there} for id_, there in now.items()],
        "systems": [_master(one) for one in found.systems],
        "modules": [_master(one) for one in found.modules],
        "competing": found.competing,
        "writers": list(found.writers),
        "readers": list(found.readers),
        "moves": [_move(one) for one in found.moves],
    }


def assignment(one: Assignment) -> Record:
    """An assignment of the follow-up."""
    return {
        "assignment": one.assignment,
        "standing": one.standing,
        "open": one.open,
        "starts": written(one.starts),
        "ends": written(one.ends),
        "handed_over_to": one.handed_over_to,
        "handed_over": written(one.handed_over),
        "known": written(one.known),
        "stale": one.stale,
        "truth": one.truth,
    }


def recommendation(one: Recommendation) -> Record:
    """A recommendation of the follow-up."""
    return {
        "recommendation": one.recommendation,
        "care": one.care,
        "taken_care_by": one.taken_care_by,
        "known": written(one.known),
        "truth": one.truth,
    }


def principle(one: Principle) -> Record:
    """One of the own principles; the modules that nothing is said of by name only."""
    return {"principle": one.principle, "framework": one.framework, "national": one.national, **_positions(one)}


def national(one: National) -> Record:
    """A national principle, through the own ones that answer to it."""
    return {"name": one.name, "principles": list(one.principles), **_positions(one)}


def _place(place: Place) -> Record:
    return {"entity": place.entity, "path": dotted(place.path), "truth": place.truth}


def _use(use: Use) -> Record:
    return {
        "user": use.user,
        "path": dotted(use.path),
        "standard": use.standard,
        "identifier": use.identifier,
        "subjects": list(use.subjects),
        "version": use.version,
        "status": use.status,
        "state": use.state,
        "decision": use.decision,
        "truth": use.truth,
    }


def _function(one: FunctionDemand) -> Record:
    return {
        "function": one.function,
        "criticality": list(one.criticality),
        "takes_over_from": list(one.takes_over_from),
        "gates": [
            {"replacement": gate.replacement, "system": gate.system, "text": gate.text, "place": _place(gate.place)}
            for gate in one.gates
        ],
        "place": _place(one.place),
    }


def _interface(one: InterfaceDemand) -> Record:
    return {
        "interface": one.interface,
        "role": one.role,
        "others": list(one.others),
        "version": one.version,
        "temporary": one.temporary,
        "retired": written(one.retired),
        "information": list(one.information),
        "standards": [_use(use) for use in one.standards],
        "place": _place(one.place),
    }


def _demanded(one: InformationDemand) -> Record:
    return {
        "information": one.information,
        "handling": list(one.handling),
        "classification": one.classification,
        "terms": list(one.terms),
        "standards": [_use(use) for use in one.standards],
        "place": _place(one.place),
    }


def _regulation(one: RegulationDemand) -> Record:
    return {
        "regulation": one.regulation,
        "because": list(one.because),
        "what": one.what,
        "date": written(one.date),
        "holds_at_start": one.holds_at_start,
        "place": _place(one.place),
    }


def _stance(one: Stance) -> Record:
    return {
        "principle": one.principle,
        "follows": one.follows,
        "decision": one.decision,
        "reason": one.reason,
        "place": _place(one.place),
    }


def _cell(cell: Cell) -> Record:
    return {
        "module": cell.module,
        "subject": cell.subject,
        "because": list(cell.because),
        "uses": [_use(use) for use in cell.uses],
        "standing": cell.standing,
        "truth": cell.truth,
    }


def _subject(subject: Subject) -> Record:
    return {
        "subject": subject.subject,
        "modules": {
            "covered": list(subject.covered), "missing": list(subject.missing), "no_reason": list(subject.no_reason),
        },
        "things": {
            "kind": subject.things, "covered": list(subject.things_covered), "missing": list(subject.things_missing),
        },
    }  # fmt: skip


def _master(one: Master) -> Record:
    return {"entity": one.entity, "since": written(one.since), "until": written(one.until), "truth": one.truth}


def _move(one: Move) -> Record:
    return {
        "from": one.old,
        "to": one.new,
        "ends": written(one.ends),
        "live": written(one.live),
        "gap": _gap(one.gap) if one.gap else None,
        "truth": one.truth,
    }


def _gap(gap: Gap) -> Record:
    return {
        **span(gap.first, gap.last),
        "days": gap.days,
        "certain": gap.certain,
        "days_min": gap.days_min,
        "days_max": gap.days_max,
    }


def _positions(one: Principle | National) -> Record:
    away = (*one.of("deviates"), *one.of("deviates-decided"))
    return {
        "follows": [{"module": position.module, "truth": position.truth} for position in one.of("follows")],
        "deviates": [_deviation(position) for position in away],
        "unsaid": [position.module for position in one.of("unsaid")],
    }


def _deviation(position: Position) -> Record:
    return {
        "module": position.module,
        "principle": position.principle,
        "decided": position.stance == "deviates-decided",
        "decision": position.decision,
        "reason": position.reason,
        "truth": position.truth,
    }

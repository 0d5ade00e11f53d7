"""What the section says on a day. Nothing here knows how it is written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from modulkarta.analysis import coverage, knowledge, lifecycle, roadmap
from modulkarta.analysis.coverage import Row, Summary
from modulkarta.analysis.roadmap import deadlines
from modulkarta.dates import phrase
from modulkarta.figures import Figure, Table, table, tallied
from modulkarta.figures.coverage import coverage_figure, hull_words, outcome
from modulkarta.figures.landscape import map_figure
from modulkarta.figures.timeline import roadmap_figure
from modulkarta.model import TRUTHS, Catalogue, Entity, Truth
from modulkarta.report.blocks import Block, Heading, Length, Paragraph, Picture, Section, Tabular, bullets, paragraph
from modulkarta.report.since import Since, chapter, headlines, moved_table
from modulkarta.wording import Language, marked, said

TITLE = "Målbild och färdplan"
TRUTH_WORDS: dict[Truth, str] = {
    "fact": "fakta",
    "assumption": "antaganden",
    "illustrative": "exempel",
    "unknown": "okända",
}


def section(
    catalogue: Catalogue, *, on: date, version: str, since: Since | None = None, length: Length = "bilaga",
    language: Language = "sv",
) -> Section:  # fmt: skip
    """The section of a catalogue on a day; `version` names exactly which catalogue, `since` the report before it."""
    blocks = tuple(_Writer(catalogue, on, version, since).blocks())
    return Section(title=TITLE, language=language, length=length, on=on, version=version, blocks=blocks)


class _Writer:
    """Numbers figures and tables as they come."""

    def __init__(self, catalogue: Catalogue, on: date, version: str, since: Since | None) -> None:
        self.catalogue, self.on, self.since = catalogue, on, since
        self.source = f"Läge {on.isoformat()}. Källa: {catalogue.settings.title}, version {version}."
        self.figures = self.tables = 0

    def blocks(self) -> Iterator[Block]:
        limits = " Det som vilar på något som inte visas här kan inte bedömas." if self.catalogue.untold else ""
        compared = f" Jämfört med förra rapporten ({self.since.name})." if self.since else ""
        yield paragraph(self.source + compared + limits)
        yield from self._summary()
        yield from self._vision()
        yield from self._map()
        yield from self._roadmap()
        yield from self._replacements()
        yield from self._changes()
        yield from self._decisions()
        yield from self._grounds()

    def _summary(self) -> Iterator[Block]:
        yield Heading(text="Läget i korthet", level=2)
        new = headlines(self.since) if self.since else ()
        sentences = [*new, self._milestones_said(), self._modules_said(), *self._systems_said(), self._decisions_said()]
        yield bullets(sentence for sentence in sentences if sentence)

    def _milestones_said(self) -> str:
        standing = [(m, roadmap.standing(m, self.on)) for m in roadmap.milestones(self.catalogue)]
        if not standing:
            return "Inga milstolpar är inlagda."
        done = sum(how == "done" for _, how in standing)
        passed = sum(how in ("late", "possibly-late") for _, how in standing)
        words = f"{done} av {len(standing)} milstolpar är klara."
        if passed:
            words += f" {passed} har ett datum som har eller kan ha passerat utan att katalogen säger att de är klara."
        ahead = next((m for m, how in standing if how in ("next", "later")), None)
        following = f" Härnäst: {self._titled(ahead.entity, ahead.truth)}, {said(phrase(ahead.when))}." if ahead else ""
        return words + following

    def _modules_said(self) -> str:
        modules = self.catalogue.of_kind["module"]
        counts = [lifecycle.phase(module, self.on).name for module in modules]
        words = {"live": "är i drift", "introducing": "införs", "planned": "är planerade", "retiring": "avvecklas",
                 "retired": "är avvecklade", "unknown": "saknar datum"}  # fmt: skip
        parts = [f"{counts.count(name)} {word}" for name, word in words.items() if name in counts]
        count = tallied(f"{len(modules)} moduler", (module.truth() for module in modules))
        return f"Katalogen har {count}: {_listed(parts)}." if parts else "Inga moduler är inlagda."

    def _systems_said(self) -> Iterator[str]:
        for summary in self._planned():
            name = self._titled(summary.system, summary.truth)
            counts = summary.counts
            words = (
                f"{name}: {counts['covered'] + counts['closed']} av {summary.rows} kombinationer av funktion och "
                f"område är lösta utan glapp, {counts['gap']} har glapp, {counts['possible-gap']} kan få glapp och "
                f"{counts['not-judged']} kan inte bedömas."
            )
            first = summary.gap.first if summary.gap else None
            yield words + (f" Det första glappet kan börja {first.isoformat()}." if first else "")

    def _decisions_said(self) -> str:
        needed = deadlines.needed(self.catalogue)
        if not needed:
            return "Inga beslut väntar."
        first = needed[0]
        latest = f", senast {said(phrase(first.when('latest')))}" if first.when("latest") else ""
        count = "1 beslut behövs" if len(needed) == 1 else f"{len(needed)} beslut behövs"
        return f"{count}, först ”{first.name}”{marked('', first.truth())}{latest}."

    def _vision(self) -> Iterator[Block]:
        yield Heading(text="Målbild", level=2)
        visions = self.catalogue.of_kind["vision"]
        if not visions:
            yield paragraph("Ingen målbild är inlagd.")
        for vision in visions:
            yield paragraph(f"{_example(vision)}. {vision.fields.get('summary', '')}".strip())
            if statements := vision.ids("statements"):
                yield bullets(statements)
        if principles := self.catalogue.of_kind["principle"]:
            yield Heading(text="Vägledande principer", level=3)
            if any(p.truth("statement") == "assumption" for p in principles):
                yield paragraph("Det som är märkt (antagande) är vår tolkning och är inte beslutat.")
            yield bullets(f"{_principle(p)}. {p.fields.get('statement', '')}".strip() for p in principles)

    def _map(self) -> Iterator[Block]:
        yield Heading(text="Modulerna", level=2)
        figure = map_figure(self.catalogue, self.on)
        yield paragraph(figure.alternative)
        yield self._picture(figure)
        yield self._table(figure.table)

    def _roadmap(self) -> Iterator[Block]:
        yield Heading(text="Färdplan", level=2)
        figure = roadmap_figure(self.catalogue, self.on, self.since.milestones if self.since else None)
        yield self._picture(figure)
        yield self._table(figure.table)

    def _replacements(self) -> Iterator[Block]:
        yield Heading(text="Ersättning av befintliga system", level=2)
        yield self._table(self._systems_table())
        for summary in self._planned():
            yield Heading(text=self.catalogue.name(summary.system), level=3)
            figure = coverage_figure(self.catalogue, summary.system)
            yield self._picture(figure)
            yield self._table(self._open_rows(summary))
            yield self._table(figure.table)

    def _systems_table(self) -> Table:
        rows = [
            (
                self._titled(s.system, s.truth),
                said(phrase(s.ends)),
                marked("Ja", self.catalogue.entities[s.plan].truth()) if s.plan else "Ingen plan inlagd",
                f"{s.counts['covered'] + s.counts['closed']} av {s.rows}",
                f"{s.counts['not-judged']} av {s.rows}",
                hull_words(coverage.of_system(self.catalogue, s.system)),
            )
            for s in coverage.summaries(self.catalogue)
        ]
        heading = ("System", "Upphör", "Plan för ersättning", "Löst utan glapp", "Kan inte bedömas", "Glapp")
        return table("Befintliga system", heading, rows)

    def _open_rows(self, summary: Summary) -> Table:
        still_open = (*coverage.gaps(self.catalogue), *coverage.not_judged(self.catalogue))
        rows = [
            (
                self.catalogue.name(row.function) if row.function else "Hela systemet",
                self.catalogue.name(row.area) if row.area else "Alla",
                outcome(row),
                self._interim(row),
            )
            for row in still_open
            if row.system == summary.system
        ]
        name = self.catalogue.name(summary.system)
        heading = ("Funktion", "Område", "Utfall", "Tills dess")
        return table(f"{name}: glapp, och det som inte kan bedömas", heading, rows)

    def _interim(self, row: Row) -> str:
        plan = self.catalogue.get(row.replacement or "")
        listed = plan.rows("functions")[row.position] if plan and row.position is not None else {}
        return str(listed.get("interim") or "uppgift saknas")

    def _changes(self) -> Iterator[Block]:
        if self.since:
            yield from chapter(self.since)
            if self.since.moved:
                yield Heading(text="Datum som har flyttats det senaste året", level=3)
                yield self._table(moved_table(self.since))

    def _decisions(self) -> Iterator[Block]:
        yield Heading(text="Beslut som behövs", level=2)
        needed = deadlines.needed(self.catalogue)
        if not needed:
            yield paragraph("Inga beslut väntar.")
            return
        rows = [
            (
                _example(decision),
                self.catalogue.name(str(decision.fields.get("by", ""))) or "uppgift saknas",
                said(phrase(decision.when("latest"))),
                ", ".join(self.catalogue.name(id_) for id_ in decision.ids("waiting")) or "–",
            )
            for decision in needed
        ]
        yield self._table(table("Beslut som behövs", ("Beslut", "Fattas av", "Senast", "Väntar på beslutet"), rows))

    def _grounds(self) -> Iterator[Block]:
        yield Heading(text="Underlag", level=2)
        stating = dict.fromkeys(statement.entity for statement in knowledge.statements(self.catalogue))
        truths = [self.catalogue.entities[id_].truth() for id_ in stating]
        if not truths:
            yield paragraph("Katalogen är tom.")
            return
        sources = len(self.catalogue.entities) - len(truths)
        evidence = f" Dessutom finns {sources} {'källa' if sources == 1 else 'källor'}." if sources else ""
        parts = [f"{truths.count(truth)} {TRUTH_WORDS[truth]}" for truth in TRUTHS if truth in truths]
        yield paragraph(
            f"Katalogen innehåller {len(truths)} poster: {_listed(parts)}.{evidence} Det som är märkt (exempel) "
            "är påhittat för att visa hur katalogen fungerar, och är inte beslut. Det som räknas fram ur ett exempel "
            "är också ett exempel. Glapp räknas från dagen efter det gamla systemets sista dag till och med dagen före "
            "ersättarens första dag."
        )

    def _planned(self) -> list[Summary]:
        return [summary for summary in coverage.summaries(self.catalogue) if summary.plan]

    def _picture(self, figure: Figure) -> Picture | Paragraph:
        if figure.why:
            return paragraph(said(figure.why))
        self.figures += 1
        return Picture(figure=figure, number=self.figures, label="Figur", text=f"{figure.title}. {self.source}")

    def _table(self, twin: Table) -> Tabular:
        self.tables += 1
        return Tabular(table=twin, number=self.tables, label="Tabell")

    def _titled(self, id_: str, truth: Truth) -> str:
        return marked(self.catalogue.name(id_), truth)


def _example(entity: Entity) -> str:
    return marked(entity.name, entity.truth())


def _principle(principle: Entity) -> str:
    truth = principle.truth("statement")
    return f"{principle.name} (antagande)" if truth == "assumption" else marked(principle.name, truth)


def _listed(parts: Sequence[str]) -> str:
    return " och ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)

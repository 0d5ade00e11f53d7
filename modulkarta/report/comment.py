"""The comment on a pull request: what follows if it is merged, then what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from modulkarta.changes.affected import affected
from modulkarta.changes.between import Changes
from modulkarta.changes.fields import Difference
from modulkarta.changes.plans import TURNS, Turn
from modulkarta.changes.sections import Section, sections
from modulkarta.changes.words import Words, told_together
from modulkarta.findings import SEVERITIES, Finding, Message, counted, message
from modulkarta.report.changes import bullets
from modulkarta.report.markdown import escaped
from modulkarta.wording import Language, marked, said

MARKER = "<!-- modulkarta: pr-comment -->"
"""What the comment is known by when it is to be written anew."""

LONGEST = 65_000
"""Characters; GitHub takes 262,144 bytes, and says 65,536 characters: of four bytes each."""

_CAPS = (100, 40, 15, 5, 0)
"""How many rows or lines of each sort are shown, tried in turn until the whole is short enough."""

_FOUND = message("Nya anmärkningar från kontrollen")
_MENDED = message("Anmärkningar som är borta")
_UNREAD = message("Går inte att jämföra, för filen har fel")

_SIGNS: dict[Turn, tuple[str, Message]] = {
    "opened": ("🔴", message("Nytt glapp: {gap}")),
    "longer": ("🔴", message("Längre glapp: {gap}")),
    "no-longer-accepted": ("🔴", message("Glappet är inte längre godtaget: {gap}")),
    "unjudged": ("🟠", message("Kan inte bedömas: {gap}")),
    "moved": ("🟠", message("Glappet flyttas: {gap}")),
    "shorter": ("🟢", message("Kortare glapp: {gap}")),
    "accepted": ("🟢", message("Glappet godtas: {gap}")),
    "judged": ("🟢", message("Kan nu bedömas, inget glapp: {gap}")),
    "closed": ("🟢", message("Glappet försvinner: {gap}")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What stands round a comment: the two versions, where they can be looked at, and the picture of the change.

    `preview` is the address of a viewer that shows the change, "" where there is none; `picture` that of a picture.
    """

    base: str
    base_version: str
    version: str
    preview: str = ""
    picture: str = ""


def comment(found: Changes, setting: Setting, language: Language, longest: int = LONGEST) -> str:
    """The comment as Markdown, at most so many characters; empty where nothing at all changed.

    What there is no room for is counted. The counts alone need room for about 2,000 characters.
    """
    if found.nothing and not (found.worded or found.found or found.mended or found.pairs.unread):
        return ""
    writing = _Writing(found, setting, Words(found, language))
    for cap in _CAPS:
        text = writing.whole(cap)
        if len(text) <= longest:
            break
    return text


@dataclass(frozen=True, slots=True)
class _Writing:
    found: Changes
    setting: Setting
    words: Words

    def whole(self, cap: int) -> str:
        """The comment with at most so many lines of each sort."""
        told = sections(self.found, self.words.language)
        blocks = (
            MARKER,
            self._heading(),
            self._picture(),
            self._capped(self._consequences(), cap),
            self._table(cap),
            self._links(),
            self._affected(cap),
            *(self._folded(section, cap) for section in told if section.folded),
            self._findings(_FOUND, self.found.found, cap, f"modulkarta check --since {self.setting.base}"),
            self._findings(_MENDED, self.found.mended, cap, ""),
            self._unread(cap),
            self._foot(),
        )
        return "\n\n".join(block for block in blocks if block) + "\n"

    def _heading(self) -> str:
        weighty = sum(1 for _ in self._weighty())
        what = message("inga ändringar i sak")
        if weighty:
            what = counted("{n} konsekvens att ta ställning till", "{n} konsekvenser att ta ställning till", weighty)
        elif not self.found.nothing:
            what = message("inga nya glapp eller försenade milstolpar")
        errors = sum(finding.severity == "error" for finding in self.found.found)
        check = counted("{n} nytt fel i kontrollen", "{n} nya fel i kontrollen", errors)
        if not errors:
            check = message("inga nya fel i kontrollen")
        return f"### {self._said(message('Modulkatalogen: {what} · {check}', what=what, check=check))}"

    def _weighty(self) -> Iterator[str]:
        """What somebody should take a stand on before the change is merged."""
        for turn in TURNS:
            if _SIGNS[turn][0] != "🟢":
                yield from self._gaps(turn)
        yield from self._handovers()
        yield from self._milestones()

    def _consequences(self) -> list[str]:
        good = [line for turn in TURNS if _SIGNS[turn][0] == "🟢" for line in self._gaps(turn)]
        lines = [*self._weighty(), *good]
        return [f"**{self._said(message('Om detta slås ihop:'))}**\n", *lines] if lines else []

    def _gaps(self, turn: Turn) -> Iterator[str]:
        sign, sentence = _SIGNS[turn]
        for several in told_together(change for change in self.found.gaps if change.turn == turn):
            told = Message(text=sentence.text, values={"gap": self.words.gaps(several)})
            yield f"- {sign} {escaped(marked(self._said(told), several[0].row.truth, self.words.language))}"

    def _handovers(self) -> Iterator[str]:
        for one in self.found.handovers:
            if one.turn == "lost":
                told = message(
                    "Utan ersättare: {function}, i dag i {system}", function=self.words.name(one.function),
                    system=self.words.name(one.system),
                )  # fmt: skip
                yield f"- 🔴 {escaped(self._said(told))}"

    def _milestones(self) -> Iterator[str]:
        for one in self.found.meant:
            if one.sort == "date" and self.words.subject(one).kind.name == "milestone" and _later(one):
                told = message("Milstolpe flyttas: {what}", what=self.words.sentence(one))
                yield f"- 🟠 {escaped(marked(self._said(told), self.words.truth(one), self.words.language))}"

    def _table(self, cap: int) -> str:
        rows = list(self._rows())
        if not rows:
            return ""
        heading = [self._said(word) for word in (message("Ändring"), message("Vad"), message("Före"), message("Efter"))]
        table = [heading, ["---"] * 4, *rows[:cap]]
        text = "\n".join(f"| {' | '.join(row)} |" for row in table)
        return f"{text}\n\n{self._more(len(rows) - cap)}" if len(rows) > cap else text

    def _rows(self) -> Iterator[list[str]]:
        pairs, new, old = self.found.pairs, self.found.after, self.found.before
        for sign, ids, side in ((message("Ny"), pairs.created, new), (message("Borttagen"), pairs.removed, old)):
            for entity in (side.entities[id_] for id_ in ids):
                kind = entity.kind.label.in_(self.words.language)
                name = marked(entity.name_in(self.words.language), entity.truth(), self.words.language)
                yield [self._said(sign), escaped(f"{kind}: {name}"), "", ""]
        for one in pairs.renamed:
            name = escaped(self.words.name(one.after))
            yield [self._said(message("Nytt id")), name, f"`{one.before}`", f"`{one.after}`"]
        for handover in self.found.handovers:
            what = self._said(message("{function}: ersättare", function=self.words.name(handover.function)))
            sides = (self._said(self.words.successor(one)) for one in (handover.before, handover.after))
            yield [self._said(message("Ändrad")), *(escaped(part) for part in (what, *sides))]
        for difference in self.found.meant:
            if self.found.is_handover(difference):
                continue
            cells = self.words.cells(difference)
            what = marked(self._said(cells.what), self.words.truth(difference), self.words.language)
            parts = (what, self._said(cells.before), self._said(cells.after))
            yield [self._said(message("Ändrad")), *(escaped(part) for part in parts)]

    def _picture(self) -> str:
        alternative = self._said(message("Det som ändras och det som hänger ihop med det, före och efter"))
        return f"![{alternative}]({self.setting.picture})" if self.setting.picture else ""

    def _links(self) -> str:
        if not self.setting.preview:
            return ""
        pages = (
            (message("Ändringar"), f"andringar?fran={self.setting.base_version}"),
            (message("Modulkarta"), "karta"),
            (message("Färdplan"), "fardplan"),
        )
        links = " · ".join(f"[{self._said(name)}]({self.setting.preview.rstrip('/')}/{page})" for name, page in pages)
        return self._said(message("Förhandsvisa: {links}", links=links))

    def _affected(self, cap: int) -> str:
        who = affected(self.found)
        several = (
            (message("Ansvariga"), who.owners),
            (message("Områden"), who.areas),
            (message("Användare"), who.user_groups),
        )
        told = [f"{self._said(what)}: {self._names(ids, cap)}" for what, ids in several if ids]
        return f"**{self._said(message('Berörda'))}** – {'. '.join(told)}." if told else ""

    def _names(self, ids: Sequence[str], cap: int) -> str:
        if not cap:
            return str(len(ids))
        names = escaped(", ".join(map(self.words.name, ids[:cap])))
        more = message("{names} och {n} till", names=names, n=len(ids) - cap)
        return self._said(more) if len(ids) > cap else names

    def _folded(self, section: Section, cap: int) -> str:
        return self._details(section.title, bullets(section).splitlines(), cap)

    def _findings(self, title: Message, findings: Sequence[Finding], cap: int, command: str) -> str:
        return self._details(self._said(title), [self._finding(one) for one in _ordered(findings)], cap, command)

    def _finding(self, one: Finding) -> str:
        at = one.location
        return f"- {self._code(f'{at.file}:{at.line}')} {one.code} {escaped(self._said(one.message))}"

    def _unread(self, cap: int) -> str:
        lines = [f"- {self._code(id_)}" for id_ in self.found.pairs.unread]
        return self._details(self._said(_UNREAD), lines, cap)

    def _details(self, title: str, lines: Sequence[str], cap: int, command: str | None = None) -> str:
        """Lines under a title to click on; `command` shows those that are left out, "" where none does."""
        if not lines:
            return ""
        more = f"\n\n{self._more(len(lines) - cap, command)}" if len(lines) > cap else ""
        inside = "\n".join(lines[:cap]) + more
        return f"<details><summary>{escaped(title)} ({len(lines)})</summary>\n\n{inside}\n\n</details>"

    def _capped(self, lines: Sequence[str], cap: int) -> str:
        more = f"\n- {self._more(len(lines) - 1 - cap)}" if len(lines) - 1 > cap else ""
        return "\n".join(lines[: cap + 1]) + more if lines else ""

    def _more(self, n: int, command: str | None = None) -> str:
        shows = self._code(f"modulkarta diff {self.setting.base}... --all" if command is None else command)
        if command == "":
            return self._said(message("… och {n} till", n=n))
        return self._said(message("… och {n} till; {command} visar dem", n=n, command=shows))

    def _foot(self) -> str:
        text = message(
            "Version {version} mot {base} ({old}) · skrivs om vid varje ny version · kör själv: {command}",
            version=self.setting.version, base=escaped(self.setting.base), old=self.setting.base_version,
            command=self._code(f"modulkarta diff {self.setting.base}..."),
        )  # fmt: skip
        return f"<sub>{self._said(text)}</sub>"

    def _code(self, text: str) -> str:
        return escaped(text) if "`" in text else f"`{text}`"

    def _said(self, what: Message | str) -> str:
        return said(what, self.words.language)


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Errors and warnings, errors first."""
    weighty = (finding for finding in findings if finding.severity != "info")
    return sorted(weighty, key=lambda finding: SEVERITIES.index(finding.severity))


def _later(one: Difference) -> bool:
    before, after = one.dates
    return before is not None and after is not None and after.latest > before.latest

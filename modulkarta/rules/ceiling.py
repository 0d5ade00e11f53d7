"""What is classified higher than the files may hold: no rule to weigh or let pass, but a fault of the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modulkarta.analysis.secrecy import above, level_of_prose
from modulkarta.findings import Finding, Path
from modulkarta.levels import LEVELS, Level
from modulkarta.model import Catalogue, Entity
from modulkarta.shape.problems import above_ceiling
from modulkarta.source.joined import Joined


def breaches(catalogue: Catalogue) -> Iterator[Finding]:
    """Each level above the catalogue's ceiling, where it is written: of a thing, of a field, of a month's text.

    What is laid over the files may be for as few as it likes.
    """
    ceiling = catalogue.settings.ceiling
    if ceiling == LEVELS[-1]:
        return
    for entity in (one for one in catalogue.described if one.file not in catalogue.laid_over):
        for path, level in _levels(entity):
            if above(level, ceiling):
                found = above_ceiling(entity.document.place(path), level, ceiling)
                yield replace(found, entity=entity.id, path=path)
    for prose in (one for one in catalogue.prose if one.file not in catalogue.laid_over):
        if prose.level in LEVELS and above(level_of_prose(prose), ceiling):
            line = prose.about["secrecy"][0]
            yield above_ceiling(prose.at(line, prose.level), prose.level, ceiling)


def _levels(entity: Entity) -> Iterator[tuple[Path, Level]]:
    """The levels that a file writes, but for what is no level: the schema tells of that."""
    document = entity.document
    secrecy = (document.first if isinstance(document, Joined) else document).tree.get("secrecy")
    if not isinstance(secrecy, dict):
        return
    single = secrecy.get("fields")
    fields = single.items() if isinstance(single, dict) else ()
    written: dict[Path, object] = {("secrecy", "level"): secrecy.get("level")}
    written |= {("secrecy", "fields", field): at for field, at in fields}
    yield from ((path, level) for path, said in written.items() for level in LEVELS if said == level)

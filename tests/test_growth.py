"""No answer about a whole catalogue takes more steps for each entity the more there are: counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import given
import pytest
from steps import steps

sys.path.insert(0, str(given.ROOT / "scripts"))

from measure import synthetic

from modulkarta.analysis import landscape
from modulkarta.analysis.roadmap.slips import Slip, consequences
from modulkarta.changes.between import changes
from modulkarta.figures import views
from modulkarta.records import changes as change_records
from modulkarta.records import relations, rows
from modulkarta.search import results
from modulkarta.snapshot import Snapshot

FEW, TIMES = 200, 4
MOST = 1.3
"""How many times more an entity may take among many than among few."""


def made_up(entities: int) -> dict[str, str]:
    return dict(synthetic.files(entities))


def changed(files: Mapping[str, str]) -> dict[str, str]:
    """The same catalogue later: of every ten files one has other words, one another id, and one is gone."""
    found = {}
    for number, (path, text) in enumerate(files.items()):
        if number % 10 == 3:
            text = text.replace("summary: ", "summary: Ändrad. ")
        elif number % 10 == 5:
            path = path.replace(".yaml", "-ny.yaml")
        if number % 10 != 7:
            found[path] = text
    return found


def _graph(read: Snapshot) -> object:
    return relations.graph(read.catalogue)


def _gaps(read: Snapshot) -> object:
    return rows.gaps(read.catalogue, None)


def _search(read: Snapshot) -> object:
    return results(read.catalogue, "ambulans")


def _whatif(read: Snapshot) -> object:
    module = read.catalogue.of_kind["module"][0]
    return consequences(read.catalogue, [Slip(entity=module.id, length=(6, "m"), wave=None)], given.TODAY)


def _map(read: Snapshot) -> object:
    return landscape.bands(read.catalogue)


def _roadmap(read: Snapshot) -> object:
    return views.figure(read.catalogue, views.VIEWS["roadmap"], on=given.TODAY)


def _relations(read: Snapshot) -> object:
    subject = read.catalogue.of_kind["module"][0]
    return views.figure(read.catalogue, views.VIEWS["relations"], on=given.TODAY, subject=subject)


def works(files: Mapping[str, str]) -> Mapping[str, Callable[[], object]]:
    """Each piece of work on a catalogue that is already read, which nothing has been asked of; and the reading."""

    def of(work: Callable[[Snapshot], object]) -> Callable[[], object]:
        read = given.read(files)
        return lambda: work(read)

    before, after = given.read(files), given.read(changed(files))
    return {
        "check": lambda: given.read(files),
        "graph": of(_graph), "gaps": of(_gaps), "search": of(_search), "whatif": of(_whatif),
        "diff": lambda: change_records.changes(changes(before, after), None, None, None),
        "map": of(_map), "roadmap": of(_roadmap), "relations": of(_relations),
    }  # fmt: skip


def test_an_entity_takes_no_more_steps_among_many_than_among_few() -> None:
    few, many = works(made_up(FEW)), works(made_up(TIMES * FEW))
    for work in works(made_up(FEW)).values():
        work()  # what is worked out once and kept, whatever the catalogue
    grown = {name: steps(many[name]) / steps(few[name]) / TIMES for name in few}
    assert {name: round(times, 2) for name, times in grown.items() if times > MOST} == {}


@pytest.mark.parametrize(("work", "much"), [(lambda n: range(n), False), (lambda n: range(n * n), True)])
def test_steps_tell_a_square_from_a_line(work: Callable[[int], range], much: bool) -> None:
    def counted(n: int) -> int:
        return steps(lambda: [divmod(one, 2) for one in work(n)])

    assert (counted(TIMES * 50) / counted(50) / TIMES > MOST) is much

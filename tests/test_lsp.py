"""The language server, asked by a real client over stdin and stdout."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import given
import pytest
from lsprotocol import types
from talking import Editor, after, editor

Story = Callable[[Editor, Path], Awaitable[None]]


@pytest.fixture
def vgr(tmp_path: Path) -> Path:
    """A copy of the real catalogue, with its schemas and the manual beside it."""
    for name in ("catalogue", "schemas", "docs"):
        shutil.copytree(given.ROOT / name, tmp_path / name)
    return tmp_path


def told(story: Story, *folders: Path, **options: object) -> None:
    """Run a story in an editor that has opened some folders."""

    async def all_of_it() -> None:
        async with editor(*folders, **options) as one:  # type: ignore[arg-type]
            await story(one, folders[0])

    asyncio.run(all_of_it())


def test_a_slip_is_marked_and_the_mark_goes_when_it_is_mended(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        right = one.texts[uri]
        one.write(uri, right.replace("name: Ambulink\n", "name: Ambulink 🚑\n", 1).replace("- rakel\n", "- rakkel\n"))
        await one.until(lambda: "MK301" in one.codes(uri))
        slip = next(d for d in one.marked[uri] if d.code == "MK301")
        start = after(one.texts[uri], "platforms:\n  - ")
        assert slip.range == types.Range(start=start, end=types.Position(start.line, start.character + len("rakkel")))
        assert slip.severity is types.DiagnosticSeverity.Error
        assert "”rakkel”" in slip.message and "menade du ”rakel”?" in slip.message
        assert slip.code_description and "/docs/rules.md#L" in slip.code_description.href
        assert slip.related_information and slip.related_information[0].location.uri.endswith("/rakel.yaml")
        one.write(uri, right)
        await one.until(lambda: "MK301" not in one.codes(uri))

    told(story, vgr)


def test_columns_are_counted_as_the_editor_counts_them(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml", 'name: Å\ntags: ["å🚑", å]\n')
        await one.until(lambda: len(one.codes(uri)) >= 2)
        columns[one.server.capabilities.position_encoding] = [
            (d.range.start.character, d.range.end.character) for d in one.marked[uri] if d.range.start.line == 1
        ]

    columns: dict[object, list[tuple[int, int]]] = {}
    told(story, vgr)
    told(story, vgr, encodings=["utf-8", "utf-16"])
    told(story, vgr, encodings=["utf-32"])
    assert columns == {
        "utf-16": [(7, 12), (14, 15)],
        "utf-8": [(7, 15), (17, 19)],
        "utf-32": [(7, 11), (13, 14)],
    }


def test_what_breaks_in_other_files_is_told_there(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        other = (root / "catalogue/applications/systems/ny.yaml").as_uri()
        one.open(root / "catalogue/applications/systems/ny.yaml", "name: Ny\nformer_ids: [ambulink]\n")
        await one.until(lambda: "MK304" in one.codes(other))
        one.close(other)
        await one.until(lambda: not one.codes(other))
        assert "MK304" not in one.codes(uri)

    told(story, vgr)


def test_half_a_line_breaks_nothing_elsewhere(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        await one.until(lambda: one.marked)
        await one.all_told()
        before = {uri: [d.code for d in several] for uri, several in one.marked.items()}
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        one.write(uri, one.texts[uri].replace("owner: koncern", "owner: [koncern", 1))
        await one.until(lambda: one.codes(uri) == ["MK105"])
        await one.all_told()
        elsewhere = {u: [d.code for d in several] for u, several in one.marked.items() if u != uri}
        before.pop(uri, None)
        assert elsewhere == before
        items = await one.completions(uri, after(one.texts[uri], "platforms:\n  - ra"))
        assert items["rakel"].detail

    told(story, vgr)

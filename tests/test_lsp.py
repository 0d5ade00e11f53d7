"""The language server, asked by a real client over stdin and stdout."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import given
import pytest
from commands import Run
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from talking import Editor, after, changed, document, editor

from modulkarta import snapshot

WHOLE = types.Range(types.Position(0, 0), types.Position(999, 0))
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

    # In a thread of its own: the browser tests leave a loop running in the main one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, all_of_it()).result()


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


def test_a_mistyped_id_is_mended_with_a_click(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        right = one.texts[uri]
        one.write(uri, right.replace("- rakel\n", "- rakkel  # å🚑\n"))
        await one.until(lambda: "MK301" in one.codes(uri))
        slip = next(d for d in one.marked[uri] if d.code == "MK301")
        fix = (await one.actions(uri, slip.range, types.CodeActionKind.QuickFix))[0]
        assert fix.title == "Byt ”rakkel” mot ”rakel”"
        assert [one.code for one in fix.diagnostics or ()] == ["MK301"]
        one.take(fix.edit)
        assert one.texts[uri] == right.replace("- rakel\n", "- rakel  # å🚑\n")
        await one.until(lambda: "MK301" not in one.codes(uri))

    told(story, vgr)


def test_what_is_named_and_does_not_exist_is_made_with_a_click(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        one.write(uri, one.texts[uri].replace("- rakel\n", "- helt-annan-radio\n"))
        await one.until(lambda: "MK301" in one.codes(uri))
        slip = next(d for d in one.marked[uri] if d.code == "MK301")
        made = (await one.actions(uri, slip.range, types.CodeActionKind.QuickFix))[-1]
        assert made.title == "Skapa ”helt-annan-radio” (plattform)" and not made.is_preferred
        one.take(made.edit)
        new = (root / "catalogue/infrastructure/platforms/helt-annan-radio.yaml").as_uri()
        assert "\nname: Helt annan radio\n" in one.texts[new]
        await one.until(lambda: "MK301" not in one.codes(uri))

    told(story, vgr)


def test_all_that_is_safe_is_mended_at_once(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        other = one.open(root / "catalogue/infrastructure/platforms/rakel.yaml")
        one.write(other, one.texts[other] + "former_ids: [radio]\n")
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        right = one.texts[uri].replace("\n", "\r\n")
        one.write(uri, right.replace("- rakel\r\n", "- radio\r\n").replace("name: Ambulink", "name: Ambulink å🚑"))
        await one.until(lambda: "MK301" in one.codes(uri))
        slip = next(d for d in one.marked[uri] if d.code == "MK301")
        assert types.DiagnosticTag.Deprecated in (slip.tags or ())
        found = await one.actions(uri, WHOLE, types.CodeActionKind.SourceFixAll)
        assert [action.title for action in found] == ["Rätta 1 sak som bara kan ha menats på ett sätt"]
        one.take(found[0].edit)
        assert one.texts[uri] == right.replace("name: Ambulink", "name: Ambulink å🚑")
        await one.until(lambda: "MK301" not in one.codes(uri))
        assert await one.actions(uri, WHOLE, types.CodeActionKind.SourceFixAll) == []

    told(story, vgr)


def test_an_id_leads_to_its_file_and_to_those_that_name_it(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        at = types.TextDocumentPositionParams(document(uri), after(one.texts[uri], "- rakel"))
        there = await one.text_document_definition_async(types.DefinitionParams(at.text_document, at.position))
        assert isinstance(there, types.Location) and there.uri.endswith("/platforms/rakel.yaml")
        context = types.ReferenceContext(include_declaration=True)
        params = types.ReferenceParams(context, at.text_document, at.position)
        places = await one.text_document_references_async(params) or []
        written = [file.read_text() for file in (root / "catalogue").rglob("*.yaml")]
        named = sum(line.strip() in ("- rakel", "- platform: rakel") for text in written for line in text.splitlines())
        assert places[0] == there and len(places) - 1 == named > 1
        one.write(uri, one.texts[uri] + "\nnamn: [\n")
        await one.until(lambda: one.codes(uri) == ["MK105"])
        assert await one.text_document_references_async(params) == places

    told(story, vgr)


def test_another_id_is_written_everywhere(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        one.write(uri, one.texts[uri].replace("name: Ambulink\n", "name: Ambulink å🚑\n"))
        at = after(one.texts[uri], "- rakel")
        ready = await one.text_document_prepare_rename_async(types.PrepareRenameParams(document(uri), at))
        assert isinstance(ready, types.PrepareRenamePlaceholder) and ready.placeholder == "rakel"
        assert (ready.range.start.character, ready.range.end.character) == (at.character - 5, at.character)
        for wrong, why in (("Två ord", "är inte ett id"), ("ambulink", "är redan id för något annat")):
            with pytest.raises(JsonRpcException, match=why):
                await one.text_document_rename_async(types.RenameParams(document(uri), at, wrong))
        made = await one.text_document_rename_async(types.RenameParams(document(uri), at, "rakel-natet"))
        one.take(made)
        assert "platforms:\n  - rakel-natet\n" in one.texts[uri] and "å🚑" in one.texts[uri]
        one.save_all()
        new = root / "catalogue/infrastructure/platforms/rakel-natet.yaml"
        assert "former_ids:\n  - rakel\n" in new.read_text()

    told(story, vgr)
    read = snapshot.load(vgr / "catalogue", given.SCHEMAS, given.TODAY)
    assert not read.count("error") and "rakel-natet" in read.catalogue.entities


def test_a_file_that_gets_another_name_takes_its_references_along(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        folder = root / "catalogue/infrastructure/platforms"
        file = types.FileRename((folder / "rakel.yaml").as_uri(), (folder / "rakel-natet.yaml").as_uri())
        one.take(await one.workspace_will_rename_files_async(types.RenameFilesParams([file])))
        one.save_all()
        (folder / "rakel.yaml").rename(folder / "rakel-natet.yaml")

    told(story, vgr)
    assert not snapshot.load(vgr / "catalogue", given.SCHEMAS, given.TODAY).count("error")


def test_what_stands_at_the_cursor_is_explained(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        text = one.texts[uri]
        assert "Organisationen som svarar för uppgifterna." in await one.hover(uri, after(text, "\nown"))
        assert "**Rakel**" in await one.hover(uri, after(text, "- rak"))
        assert "mars 2028" in await one.hover(uri, after(text, "retiring: 20"))
        assert "senast 2025-09-25" in await one.hover(uri, after(text, "live: .."))
        assert "fakta" in await one.hover(uri, after(text, "\ntruth: f"))
        assert await one.hover(uri, after(text, "av ambulanssj")) == ""
        one.write(uri, text.replace("- rakel", "- rakkel"))
        assert "Filen hänvisar till något" in await one.hover(uri, after(one.texts[uri], "- rakk"))

    told(story, vgr)


def test_an_editor_without_markdown_gets_plain_words(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        said = await one.hover(uri, after(one.texts[uri], "- rak"))
        assert said.startswith("Rakel · ") and "*" not in said

    told(story, vgr, markdown=False)


def test_the_parts_of_a_file_and_the_things_of_a_catalogue_are_listed(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        parts = await one.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri))) or []
        named = {part.name: part for part in parts if isinstance(part, types.DocumentSymbol)}
        assert named["name"].detail == "Ambulink"
        platforms = named["platforms"].children or []
        assert (platforms[0].name, platforms[0].detail) == ("rakel", "Rakel")
        found = await one.workspace_symbol_async(types.WorkspaceSymbolParams(query="ambul rapp")) or []
        assert found and all("ambul" in thing.name.casefold() for thing in found)

    told(story, vgr)


def test_what_is_in_no_catalogue_is_let_be(tmp_path: Path, vgr: Path) -> None:
    other = tmp_path / "annat"
    other.mkdir()
    (other / "x.yaml").write_text("a: [\n")
    (other / "catalogue").mkdir()
    (other / "catalogue/y.yaml").write_text("a: [\n")

    async def story(one: Editor, root: Path) -> None:
        loose = one.open(other / "x.yaml")
        one.open(other / "catalogue/y.yaml")
        nameless = types.TextDocumentItem(uri="untitled:Namnlös-1", language_id="yaml", version=0, text="a: [")
        one.text_document_did_open(types.DidOpenTextDocumentParams(text_document=nameless))
        misplaced = one.open(root / "catalogue/x.yaml", "name: A\n")
        start = types.Position(0, 0)
        for uri in (loose, nameless.uri, misplaced):
            assert await one.completions(uri, start) == {}
            assert await one.hover(uri, start) == ""
            assert await one.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri))) is None
        await one.until(lambda: one.codes(misplaced) == ["MK210"])
        assert not [uri for uri, several in one.marked.items() if "/annat/" in uri and several]

    told(story, vgr, other)


def test_each_folder_has_its_own_catalogue(vgr: Path, tmp_path: Path) -> None:
    other = given.written(tmp_path / "annan", {"systems/s": "name: S\nowner: ingen\n"})
    shutil.copytree(given.SCHEMAS, tmp_path / "annan/schemas")

    async def story(one: Editor, root: Path) -> None:
        faulty = (other / "applications/systems/s.yaml").as_uri()
        await one.until(lambda: "MK301" in one.codes(faulty))
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml", "name: A\nowner: ")
        assert "koncernstab-digitalisering" in await one.completions(uri, types.Position(1, 7))
        left = [types.WorkspaceFolder(uri=(tmp_path / "annan").as_uri(), name="annan")]
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=left)
        one.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        await one.until(lambda: not one.codes(faulty))

    told(story, vgr, tmp_path / "annan")


def test_without_its_library_the_command_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "modulkarta.lsp.server", raising=False)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "pygls.exceptions", None)
    ended = run("lsp")
    assert (ended.code, ended.out) == (2, "")
    assert "pip install 'modulkarta[lsp]'" in ended.err


def test_the_settings_in_the_manual_can_be_read() -> None:
    manual = (given.ROOT / "docs/editors.md").read_text("utf-8")
    shown = dict(re.findall(r"```(json|toml)\n(.*?)```", manual.partition("## Med språkservern")[2], re.DOTALL))
    assert json.loads(shown["json"])["glspc.server.commandArguments"] == ["lsp"]
    assert tomllib.loads(shown["toml"])["language-server"]["modulkarta"]["args"] == ["lsp"]


def test_schemas_that_cannot_be_used_are_told_of_once(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        await one.until(lambda: one.messages)
        assert await one.completions(uri, types.Position(0, 0)) == {}
        assert one.messages == ["Katalogen går inte att läsa: system.schema.json:1:1: Expecting value"]
        (root / "schemas/system.schema.json").write_bytes((given.SCHEMAS / "system.schema.json").read_bytes())
        change = types.FileEvent((root / "schemas/system.schema.json").as_uri(), types.FileChangeType.Changed)
        one.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[change]))
        await one.until(lambda: one.marked)
        assert await one.completions(uri, types.Position(0, 0))

    (vgr / "schemas/system.schema.json").write_text("nej")
    told(story, vgr)


def test_the_names_of_ids_are_shown_beside_them(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml")
        hints = await one.text_document_inlay_hint_async(types.InlayHintParams(document(uri), WHOLE)) or []
        beside = {one.texts[uri].split("\n")[hint.position.line].strip(): hint.label for hint in hints}
        assert beside["- ambulans-sas"] == "Ambulansen vid Södra Älvsborgs sjukhus"
        assert "- rakel" not in beside, "an id that says the name already needs no hint"

    told(story, vgr)


def test_a_file_is_put_in_the_style_of_the_catalogue(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        uri = one.open(root / "catalogue/applications/systems/ambulink.yaml", "name: A\nsecrecy:\n    level: public\n")
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        edits = await one.text_document_formatting_async(types.DocumentFormattingParams(document(uri), options))
        assert changed(one.texts[uri], edits or []) == "name: A\nsecrecy:\n  level: public\n"
        one.write(uri, "name: [\n")
        assert not await one.text_document_formatting_async(types.DocumentFormattingParams(document(uri), options))

    told(story, vgr)


def test_notes_are_shown_in_open_files_only(vgr: Path) -> None:
    async def story(one: Editor, root: Path) -> None:
        await one.until(lambda: one.marked)
        await one.all_told()
        information = types.DiagnosticSeverity.Information
        assert not [d for several in one.marked.values() for d in several if d.severity is information]
        uri = one.open(root / "catalogue/applications/systems/millennium.yaml")
        await one.until(lambda: "MK512" in one.codes(uri))
        one.close(uri)
        await one.until(lambda: not one.codes(uri))

    told(story, vgr)

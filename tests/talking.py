"""An editor, as the language server knows it: a real client over stdin and stdout."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.uris import to_fs_path

WAIT = 60
"""Seconds after which something is taken never to come."""


class Editor(LanguageClient):
    """Keeps the texts somebody has open, and what is marked in them."""

    def __init__(self) -> None:
        super().__init__("prov", "1")
        self.texts: dict[str, str] = {}
        self.marked: dict[str, list[types.Diagnostic]] = {}
        self.messages: list[str] = []
        self.server: types.InitializeResult
        self._news = asyncio.Event()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._mark(params))
        self.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self._hear(params))
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)

    def _mark(self, params: types.PublishDiagnosticsParams) -> None:
        self.marked[params.uri] = list(params.diagnostics)
        self._news.set()

    def _hear(self, params: types.ShowMessageParams) -> None:
        self.messages.append(params.message)
        self._news.set()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for news until something holds."""
        while not holds():
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), WAIT)
            except TimeoutError:
                raise AssertionError(f"it never came: {self.messages} {self.marked}") from None

    async def all_told(self) -> None:
        """Wait until everything that is on its way has come: an answer never overtakes a mark."""
        await asyncio.wait_for(self.hover("file:///nothing", types.Position(0, 0)), WAIT)

    def open(self, file: Path, text: str | None = None) -> str:
        """Open a file, maybe with a text that is not saved: its uri."""
        uri = file.as_uri()
        self.texts[uri] = file.read_bytes().decode() if text is None else text
        item = types.TextDocumentItem(uri=uri, language_id="yaml", version=0, text=self.texts[uri])
        self.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
        return uri

    def write(self, uri: str, text: str) -> None:
        self.texts[uri] = text
        self.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=1),
                content_changes=[types.TextDocumentContentChangeWholeDocument(text=text)],
            )
        )

    def close(self, uri: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(text_document=document(uri)))

    def take(self, edit: types.WorkspaceEdit | None) -> None:
        """Make an edit in the texts, opening what is not open."""
        assert edit
        for uri, edits in (edit.changes or {}).items():
            self._edit(uri, edits)
        for change in edit.document_changes or ():
            if isinstance(change, types.TextDocumentEdit):
                self._edit(change.text_document.uri, change.edits)
            elif isinstance(change, types.CreateFile):
                self.open(place(change.uri), "")
            elif isinstance(change, types.RenameFile):
                self.texts[change.new_uri] = self.texts.pop(change.old_uri)
                place(change.old_uri).rename(place(change.new_uri))

    def _edit(self, uri: str, edits: Sequence[Any]) -> None:
        if uri not in self.texts:
            self.open(place(uri))
        self.write(uri, changed(self.texts[uri], edits))

    def save_all(self) -> None:
        for uri, text in self.texts.items():
            place(uri).write_bytes(text.encode())

    def codes(self, uri: str) -> list[str]:
        """What is marked in a file now."""
        return [str(one.code) for one in self.marked.get(uri, [])]

    async def completions(self, uri: str, at: types.Position) -> dict[str, types.CompletionItem]:
        params = types.CompletionParams(text_document=document(uri), position=at)
        found = await self.text_document_completion_async(params)
        items = found.items if isinstance(found, types.CompletionList) else found or []
        return {item.label: item for item in items}

    async def actions(self, uri: str, span: types.Range, kind: types.CodeActionKind) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[], only=[kind])
        found = await self.text_document_code_action_async(types.CodeActionParams(document(uri), span, context))
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def hover(self, uri: str, at: types.Position) -> str:
        found = await self.text_document_hover_async(types.HoverParams(text_document=document(uri), position=at))
        assert found is None or isinstance(found.contents, types.MarkupContent)
        return found.contents.value if found else ""


@asynccontextmanager
async def editor(*folders: Path, encodings: Sequence[str] = (), markdown: bool = True) -> AsyncIterator[Editor]:
    """Start the program as an editor does, in some folders; at the end say goodbye and see that it ends well."""
    client = Editor()
    await client.start_io(sys.executable, "-c", "from modulkarta.cli import main; main()", "lsp", "--stdio")
    process: Any = client._server
    try:
        client.server = await asyncio.wait_for(client.initialize_async(_greeting(folders, encodings, markdown)), WAIT)
        client.initialized(types.InitializedParams())
        yield client
        await asyncio.wait_for(client.shutdown_async(None), WAIT)
        client.exit(None)
        code = await asyncio.wait_for(process.wait(), WAIT)
    finally:
        if process.returncode is None:
            process.kill()
        log = (await process.stderr.read()).decode()
        sys.stderr.write(log)
        await client.stop()
    assert (code, log) == (0, "")


def place(uri: str) -> Path:
    path = to_fs_path(uri)
    assert path
    return Path(path)


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri=uri)


def after(text: str, words: str) -> types.Position:
    """The place right after the first such words, in UTF-16 units."""
    before = text[: text.index(words) + len(words)]
    line = before.rsplit("\n", 1)[-1]
    return types.Position(line=before.count("\n"), character=len(line.encode("utf-16-le")) // 2)


def changed(text: str, edits: Sequence[Any], encoding: str = "utf-16-le") -> str:
    """A text with an editor's edits made, the last in the text first."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
    size = {"utf-8": 1, "utf-16-le": 2}[encoding]

    def offset(at: types.Position) -> int:
        line = text[starts[at.line] :].encode(encoding)
        return starts[at.line] + len(line[: at.character * size].decode(encoding))

    spans = [(offset(edit.range.start), offset(edit.range.end), edit.new_text) for edit in edits]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _greeting(folders: Sequence[Path], encodings: Sequence[str], markdown: bool) -> types.InitializeParams:
    kinds = [types.MarkupKind.Markdown] if markdown else [types.MarkupKind.PlainText]
    return types.InitializeParams(
        capabilities=types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=list(encodings) or None),
            text_document=types.TextDocumentClientCapabilities(
                hover=types.HoverClientCapabilities(content_format=kinds),
            ),
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=types.WorkspaceEditClientCapabilities(
                    document_changes=True, resource_operations=list(types.ResourceOperationKind)
                ),
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            ),
        ),
        workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name=folder.name) for folder in folders],
    )

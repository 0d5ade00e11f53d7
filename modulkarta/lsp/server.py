"""The server: what the editor says comes in, answers go out. Nothing is worked out here."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from modulkarta import __version__
from modulkarta.lsp.completion import completion
from modulkarta.lsp.diagnostics import Board
from modulkarta.lsp.hover import hover
from modulkarta.lsp.spot import Spot
from modulkarta.lsp.workplace import Workplace

PAUSE = 0.15
"""Seconds without a keystroke before the catalogue is read again."""

_TRIGGERS = types.CompletionOptions(trigger_characters=[" ", "-", "[", "{", ",", "'", '"'])


def serve(schemas_of: Callable[[Path], Path], today: Callable[[], date]) -> None:
    """Talk to an editor over stdin and stdout until it says goodbye.

    `schemas_of` answers where the schemas of a catalogue's folder are, `today` what day it is.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    Server(Workplace(schemas_of, today), today).start_io()


class Server(LanguageServer):
    """Keeps what is open up to date, and tells what is wrong a moment after each change."""

    def __init__(self, workplace: Workplace, today: Callable[[], date]) -> None:
        super().__init__("modulkarta", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.workplace, self.today, self.board = workplace, today, Board()
        self.complaint = ""
        self._waiting: asyncio.TimerHandle | None = None
        for name, notice in NOTICES.items():
            self.feature(name)(_kept_calm(self, notice))
        for name, (question, options) in QUESTIONS.items():
            self.feature(name, options)(_kept_calm(self, _at_a_spot(question)))

    def tell_soon(self, pause: float = PAUSE) -> None:
        """Tell what is wrong when nothing has happened for a while."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(pause, _kept_calm(self, _tell), None)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What the protocol's own machinery stumbles on is for the log, not for the one who writes."""
        print(f"modulkarta lsp: {source.__name__}: {error}", file=sys.stderr)

    def answers_in(self, kinds: list[types.MarkupKind] | None) -> types.MarkupKind:
        """Markdown, where the editor can show it."""
        known = kinds or []
        return types.MarkupKind.Markdown if types.MarkupKind.Markdown in known else types.MarkupKind.PlainText


def _kept_calm(server: Server, handler: Callable[[Server, Any], Any]) -> Callable[[Any], Any]:
    """A handler whose own mistakes end up in the log: an editor must never stop because of them."""

    def answered(params: Any) -> Any:
        try:
            return handler(server, params)
        except JsonRpcException:
            raise
        except (OSError, ValueError) as error:
            _complain(server, str(error))
        except Exception:
            traceback.print_exc()
        return None

    return answered


def _complain(server: Server, reason: str) -> None:
    """Say once why the catalogue cannot be read at all."""
    if reason != server.complaint:
        server.complaint = reason
        text = f"Katalogen går inte att läsa: {reason}"
        server.window_show_message(types.ShowMessageParams(type=types.MessageType.Error, message=text))


def _at_a_spot(question: Callable[[Server, Spot, Any], Any]) -> Callable[[Server, Any], Any]:
    """A question about a file; there is no answer where there is no catalogue."""

    def asked(server: Server, params: Any) -> Any:
        spot = server.workplace.spot(params.text_document.uri, getattr(params, "position", None))
        return question(server, spot, params) if spot else None

    return asked


def _tell(server: Server, _: object) -> None:
    for news in server.board.news(server.workplace.desks):
        server.text_document_publish_diagnostics(news)
    server.complaint = ""


def _initialize(server: Server, params: types.InitializeParams) -> None:
    server.workplace.encoding = server.workspace.position_encoding or types.PositionEncodingKind.Utf16
    for uri in server.workspace.folders or filter(None, [server.workspace.root_uri]):
        server.workplace.open_folder(uri)


def _initialized(server: Server, _: types.InitializedParams) -> None:
    server.tell_soon(0)
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(glob_pattern=glob) for glob in ("**/*.yaml", "**/*.schema.json")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        one = types.Registration(id=method, method=method, register_options=options)
        server.client_register_capability(types.RegistrationParams(registrations=[one]))


def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    server.workplace.open(document.uri, document.text, document.version)
    server.tell_soon(0)


def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    text = server.workspace.get_text_document(document.uri).source
    server.workplace.open(document.uri, text, document.version)
    server.tell_soon()


def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    server.workplace.close(params.text_document.uri)
    server.tell_soon()


def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    server.workplace.forget([params.text_document.uri])
    server.tell_soon(0)


def _on_disk(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    server.workplace.forget([change.uri for change in params.changes])
    server.tell_soon()


def _folders(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        server.workplace.close_folder(folder.uri)
    for folder in params.event.added:
        server.workplace.open_folder(folder.uri)
    server.tell_soon(0)


def _completion(server: Server, spot: Spot, _: types.CompletionParams) -> list[types.CompletionItem]:
    return completion(spot, server.today())


def _hover(server: Server, spot: Spot, _: types.HoverParams) -> types.Hover | None:
    said = server.client_capabilities.text_document
    kinds = said.hover.content_format if said and said.hover else None
    return hover(spot, server.answers_in(list(kinds or ())))


NOTICES: dict[str, Callable[[Server, Any], None]] = {
    types.INITIALIZE: _initialize,
    types.INITIALIZED: _initialized,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _on_disk,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders,
}
"""What the editor tells."""

QUESTIONS: dict[str, tuple[Callable[[Server, Spot, Any], Any], Any]] = {
    types.TEXT_DOCUMENT_COMPLETION: (_completion, _TRIGGERS),
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
}
"""What the editor asks about a file, and what it must know to ask."""

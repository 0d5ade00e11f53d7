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
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer

from modulkarta import __version__
from modulkarta.findings import Message, message
from modulkarta.lsp.answers.completion import completion
from modulkarta.lsp.answers.diagnostics import Board
from modulkarta.lsp.answers.fixing import FIX_ALL, actions, formatted
from modulkarta.lsp.answers.hover import hover
from modulkarta.lsp.answers.inlays import names
from modulkarta.lsp.answers.naming import definition, moved, references, renameable, renamed
from modulkarta.lsp.answers.symbols import parts, things
from modulkarta.lsp.desk import CannotRead
from modulkarta.lsp.spot import Spot
from modulkarta.lsp.workplace import Workplace
from modulkarta.wording import said

PAUSE = 0.15
"""Seconds without a keystroke that part one change from what is still being typed."""

_REQUEST_FAILED = -32803
"""By the protocol: nobody did anything wrong, it just cannot be done."""


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
        self._stirred = 0.0
        """When something was last written or told, by the clock of the loop."""
        for name, (handler, options) in HANDLERS.items():
            self.feature(name, options)(_kept_calm(self, handler))

    def tell_soon(self, pause: float = PAUSE) -> None:
        """Tell what is wrong when nothing has happened for a while."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(pause, _kept_calm(self, _tell), None)

    def tell_as_typed(self) -> None:
        """Tell of a change after a calm at once, and of what is typed right after it when the typing pauses.

        What is half typed is wrong by nature: to be told so at each key would only disturb.
        """
        self.tell_soon(0 if self._calm() else PAUSE)
        self.stir()

    def stir(self) -> None:
        """Something is written or told now."""
        self._stirred = asyncio.get_running_loop().time()

    def _calm(self) -> bool:
        return asyncio.get_running_loop().time() - self._stirred >= PAUSE

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What the protocol's own machinery stumbles on is for the log, not for the one who writes."""
        if source is not FeatureRequestError:
            print(f"modulkarta lsp: {source.__name__}: {error}", file=sys.stderr)

    def can(self, operation: types.ResourceOperationKind) -> bool:
        """Whether the editor can do a thing to files: make them, give them other names."""
        workspace = self.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace else None
        known = edit.resource_operations if edit and edit.document_changes else None
        return operation in (known or ())

    @property
    def marks_words(self) -> types.MarkupKind:
        """Markdown, where the editor can show it."""
        document = self.client_capabilities.text_document
        known = document.hover.content_format if document and document.hover else None
        markdown = types.MarkupKind.Markdown
        return markdown if markdown in (known or ()) else types.MarkupKind.PlainText


def _kept_calm(server: Server, handler: Callable[[Server, Any], Any]) -> Callable[[Any], Any]:
    """A handler whose own mistakes end up in the log: an editor must never stop because of them."""

    def answered(params: Any) -> Any:
        try:
            return handler(server, params)
        except JsonRpcException:
            raise
        except CannotRead as error:
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
    server.stir()


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
    server.tell_as_typed()


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
    return hover(spot, server.marks_words)


def _definition(server: Server, spot: Spot, _: types.DefinitionParams) -> types.Location | None:
    return definition(spot)


def _references(server: Server, spot: Spot, params: types.ReferenceParams) -> list[types.Location]:
    return references(spot, itself=params.context.include_declaration)


def _renameable(server: Server, spot: Spot, _: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    return renameable(spot)


def _renamed(server: Server, spot: Spot, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """A reason why not is the answer's error, which editors show as it is."""
    if not server.can(types.ResourceOperationKind.Rename):
        reason = message("editorn kan inte byta namn på filer; kör modulkarta rename")
        raise JsonRpcException(said(reason, spot.language), _REQUEST_FAILED)
    made = renamed(spot, params.new_name)
    if isinstance(made, Message):
        raise JsonRpcException(said(made, spot.language), _REQUEST_FAILED)
    return made


def _moved(server: Server, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """Somebody gives one file another name in the editor's list of files."""
    if len(params.files) != 1:
        return None
    old, new = (server.workplace.of(uri) for uri in (params.files[0].old_uri, params.files[0].new_uri))
    return moved(old[0], old[1], new[1]) if old and new and old[0] is new[0] else None


def _actions(server: Server, spot: Spot, params: types.CodeActionParams) -> list[types.CodeAction]:
    creating = server.can(types.ResourceOperationKind.Create)
    return list(actions(spot, params.range, params.context.only, creating=creating))


def _parts(server: Server, spot: Spot, _: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    return parts(spot)


def _things(server: Server, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return things(server.workplace.desks, params.query)


def _names(server: Server, spot: Spot, params: types.InlayHintParams) -> list[types.InlayHint]:
    return list(names(spot, params.range))


def _formatted(server: Server, spot: Spot, _: types.DocumentFormattingParams) -> list[types.TextEdit]:
    return list(formatted(spot))


_FILES = types.FileOperationFilter(pattern=types.FileOperationPattern(glob="**/*.yaml"), scheme="file")

HANDLERS: dict[str, tuple[Callable[[Server, Any], Any], Any]] = {
    types.INITIALIZE: (_initialize, None),
    types.INITIALIZED: (_initialized, None),
    types.TEXT_DOCUMENT_DID_OPEN: (_opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (_changed, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (_closed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (_saved, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_on_disk, None),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (_folders, None),
    types.WORKSPACE_WILL_RENAME_FILES: (_moved, types.FileOperationRegistrationOptions(filters=[_FILES])),
    types.WORKSPACE_SYMBOL: (_things, None),
    types.TEXT_DOCUMENT_COMPLETION: (
        _at_a_spot(_completion), types.CompletionOptions(trigger_characters=[" ", "-", "[", "{", ",", "'", '"']),
    ),
    types.TEXT_DOCUMENT_HOVER: (_at_a_spot(_hover), None),
    types.TEXT_DOCUMENT_DEFINITION: (_at_a_spot(_definition), None),
    types.TEXT_DOCUMENT_REFERENCES: (_at_a_spot(_references), None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (_at_a_spot(_renameable), None),
    types.TEXT_DOCUMENT_RENAME: (_at_a_spot(_renamed), types.RenameOptions(prepare_provider=True)),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        _at_a_spot(_actions), types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    ),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_at_a_spot(_parts), None),
    types.TEXT_DOCUMENT_INLAY_HINT: (_at_a_spot(_names), None),
    types.TEXT_DOCUMENT_FORMATTING: (_at_a_spot(_formatted), None),
}  # fmt: skip
"""What the editor tells and asks, who answers, and what the editor must know to ask."""

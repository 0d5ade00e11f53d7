"""Answers made smaller for those who can unpack them."""

from __future__ import annotations

import gzip

from flask import Flask, Response, g, request

from modulkarta.recent import Kept

_ROOM = 8_000_000
_SMALLEST = 1000
"""Bytes of an answer that is worth packing."""
_TEXTS = ("text/", "image/svg", "application/json", "application/problem+json", "application/atom+xml")
_MARK = "-gzip"
"""What tells the packed answer from the other by its ETag, since they differ byte for byte."""


def install(app: Flask) -> None:
    """To be installed before whatever reads or writes ETags, so that it comes before and after all of it."""
    kept: Kept[bytes] = Kept(_ROOM)
    app.before_request(_known_as_whole)
    app.after_request(lambda response: _packed(response, kept))


def _known_as_whole() -> None:
    """Who has a packed answer has the whole one."""
    known = request.headers.get("If-None-Match", "")
    if f'{_MARK}"' in known:
        g.has_packed = True
        request.environ["HTTP_IF_NONE_MATCH"] = known.replace(f'{_MARK}"', '"')


def _packed(response: Response, kept: Kept[bytes]) -> Response:
    if response.status_code == 304:
        return _marked(response) if g.get("has_packed") else response
    if response.status_code != 200 or not (response.mimetype or "").startswith(_TEXTS):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip"):
        return response
    data = _whole(response)
    if len(data) < _SMALLEST:
        return response
    response.set_data(_made_smaller(data, response.get_etag()[0], kept))
    response.headers["Content-Encoding"] = "gzip"
    return _marked(response)


def _made_smaller(data: bytes, tag: str | None, kept: Kept[bytes]) -> bytes:
    """The packed bytes; those of a page with an ETag are packed once."""
    packed = kept.get(tag) if tag else None
    if packed is None:
        packed = gzip.compress(data, 6, mtime=0)
        if tag:
            kept.put(tag, packed, len(packed))
    return packed


def _whole(response: Response) -> bytes:
    """What an answer holds, read from its file where it is one."""
    source = response.response
    response.direct_passthrough = False
    data = response.get_data()
    if close := getattr(source, "close", None):
        close()
    return data


def _marked(response: Response) -> Response:
    tag, weak = response.get_etag()
    if tag:
        response.set_etag(f"{tag}{_MARK}", bool(weak))
    return response

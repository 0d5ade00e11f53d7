"""Answers made smaller for those who can unpack them."""

from __future__ import annotations

import gzip

from flask import Flask, Response, g, request

_SMALLEST = 1000
"""Bytes of an answer that is worth packing."""
_TEXTS = ("text/", "image/svg", "application/json", "application/problem+json", "application/atom+xml")
_MARK = "-gzip"
"""What tells the packed answer from the other by its ETag, since they differ byte for byte."""


def install(app: Flask) -> None:
    """To be installed before whatever reads or writes ETags, so that it comes before and after all of it."""
    app.before_request(_known_as_whole)
    app.after_request(_packed)


def _known_as_whole() -> None:
    """Who has a packed answer has the whole one."""
    known = request.headers.get("If-None-Match", "")
    if f'{_MARK}"' in known:
        g.has_packed = True
        request.environ["HTTP_IF_NONE_MATCH"] = known.replace(f'{_MARK}"', '"')


def _packed(response: Response) -> Response:
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
    response.set_data(gzip.compress(data, 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return _marked(response)


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

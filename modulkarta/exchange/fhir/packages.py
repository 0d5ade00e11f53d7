"""A package of FHIR (`package.tgz`), unpacked in memory only, bounded, and never out of itself."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import Any

from modulkarta.exchange.inward import Source, refused, too_large, unreadable
from modulkarta.findings import Finding, Location, message

MOST_BYTES = 100_000_000
"""Of all that is in a package, unpacked."""
_MOST_FILES = 20_000
_BEGINS = b"\x1f\x8b"


def is_package(source: Source) -> bool:
    return source.data.startswith(_BEGINS) or source.name.endswith((".tgz", ".tar.gz"))


def unpacked(source: Source) -> tuple[Source, ...] | Finding:
    """The files of a package, named after it and their place in it; or why it is not read."""
    at = Location(file=source.name)
    if len(source.data) > MOST_BYTES:
        return too_large(at, MOST_BYTES)
    try:
        stream = _Bounded(gzip.GzipFile(fileobj=io.BytesIO(source.data)))
        with tarfile.open(fileobj=io.BufferedReader(stream), mode="r|") as archive:
            return tuple(_files(archive, source.name))
    except _TooLarge:
        return too_large(at, MOST_BYTES)
    except _Unsafe:
        return refused(at, message("arkivet har en länk, eller en sökväg ut ur det"))
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, RecursionError):
        return unreadable(at, message("arkivet är trasigt, eller inget tar-arkiv"))


class _TooLarge(Exception):
    """More came out of an archive than anything needs."""


class _Unsafe(Exception):
    """An archive with something that no package has."""


class _Bounded(io.RawIOBase):
    """A stream that ends in an exception once more has been read of it than anything needs."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        super().__init__()
        self._stream, self._read = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = memoryview(buffer)
        data = self._stream.read(len(room))
        self._read += len(data)
        if self._read > MOST_BYTES:
            raise _TooLarge
        room[: len(data)] = data
        return len(data)


def _files(archive: tarfile.TarFile, name: str) -> Iterator[Source]:
    for number, member in enumerate(archive):
        steps = member.name.replace("\\", "/").split("/")
        if not (member.isfile() or member.isdir()) or ".." in steps or steps[0] == "" or ":" in steps[0]:
            raise _Unsafe
        if number >= _MOST_FILES:
            raise _TooLarge
        if member.isfile():
            inside = archive.extractfile(member)
            yield Source(name=f"{name}!{member.name}", data=inside.read() if inside else b"")

"""What a file says to whoever opens it, whatever it is packed in."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import PurePosixPath


def words_in(name: str, data: bytes) -> str:
    """All text in a file: of a PDF what it prints, of what is packed every part with its name; none in a picture."""
    if data.startswith(b"%PDF"):
        command = ["pdftotext", "-q", "-raw", "-", "-"]
        return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout.decode()
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(f"{part}\n{words_in(part, packed.read(part))}" for part in packed.namelist())
    return "" if PurePosixPath(name).suffix in (".png", ".ttf") else data.decode("utf-8")

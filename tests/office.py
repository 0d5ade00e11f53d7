"""LibreOffice without a window: documents as it prints them."""

from __future__ import annotations

import subprocess
from pathlib import Path


def pdf(document: bytes, folder: Path, name: str = "document.docx") -> Path:
    """A document of an office program as PDF, in a folder of its own."""
    file = folder / name
    file.write_bytes(document)
    profile = (folder / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), str(file)], check=True, capture_output=True, timeout=120)
    return file.with_suffix(".pdf")


def words(printed: Path) -> str:
    """The text of a PDF, as it lies on its pages."""
    command = ["pdftotext", "-layout", str(printed), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()

"""The viewer as files for any web host: each page as a reader would get it, with links that need no server."""

from webapp.copy.checking import Dead, Links
from webapp.copy.crawling import Copy, File
from webapp.copy.horizon import days
from webapp.copy.manifest import Entry, entry, manifest
from webapp.copy.scope import Scope

__all__ = ["Copy", "Dead", "Entry", "File", "Links", "Scope", "days", "entry", "manifest"]

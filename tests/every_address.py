"""An address of each route of the viewer, as Region Exempel has it, and of its twin in Markdown."""

from __future__ import annotations

from flask import Flask

KNOWN = {
    "<slug>": "moduler",
    "<id_>": "prehospital-journal",
    "<path:filename>": "style.css",
    "<path:name>": "rapport.md",
    "<name>": "karta.svg",
}


def every_address(app: Flask) -> list[str]:
    found = set()
    for rule in app.url_map.iter_rules():
        address = rule.rule
        for name, value in KNOWN.items():
            address = address.replace(name, value)
        found |= {address, f"{address.rstrip('/') or '/index'}.md"}
    return sorted(found)

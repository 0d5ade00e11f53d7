"""The menus: what the pages about all of the catalogue are called, and which of them the footer leads to."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.findings import Message, message

TITLES: Mapping[str, Message] = {
    "map.karta": message("Modulkarta"),
    "roadmap.fardplan": message("Färdplan"),
    "replacement.replacements": message("Systemersättning"),
    "overview.standardisering": message("Standarder"),
    "report.rapport": message("Rapport"),
    "changes.andringar": message("Ändringar"),
    "overview.uppfoljning": message("Uppföljning"),
    "overview.integrationer": message("Integrationer"),
    "overview.information_": message("Källor till informationen"),
    "about.om": message("Om katalogen"),
    "about.kvalitet": message("Vad vi vet och inte vet"),
    "help.hjalp": message("Så läser du sidorna"),
    "help.tillganglighet": message("Tillgänglighet"),
}
"""The pages about all of the catalogue, and what they are called wherever they are named."""
FOOTER = (
    "help.hjalp", "about.om", "about.kvalitet", "changes.andringar", "overview.uppfoljning",
    "overview.integrationer", "overview.information_", "help.tillganglighet",
)  # fmt: skip
"""In their order; the header has the others."""

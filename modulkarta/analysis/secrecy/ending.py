"""Whether that with which a secrecy ends has happened."""

from __future__ import annotations

from datetime import date

from modulkarta.model import Entity


def ended(event: Entity, on: date) -> bool:
    """Whether an event has certainly happened by a day: a milestone reached, a decision taken, an assignment done, a
    contract at its end."""
    match event.kind.name:
        case "milestone":
            return _passed(event, "done", on)
        case "decision":
            return event.fields.get("state") == "taken"
        case "assignment":
            return event.fields.get("status") in ("done", "handed-over", "cancelled")
        case "contract":
            return _passed(event, "ends", on)
    return False


def _passed(event: Entity, field: str, on: date) -> bool:
    when = event.when(field)
    return when is not None and not when.unknown and when.latest < on

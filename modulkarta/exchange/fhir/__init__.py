"""FHIR: what a system can do and the guides it follows, brought in as interfaces and standards."""

from modulkarta.exchange.fhir.resources import TYPES
from modulkarta.exchange.fhir.taken import proposed

__all__ = ["TYPES", "proposed"]

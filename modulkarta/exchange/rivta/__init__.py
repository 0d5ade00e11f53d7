"""RIV-TA: service contracts in WSDL files, brought in as interfaces with their standards."""

from modulkarta.exchange.rivta.taken import proposed

__all__ = ["proposed"]

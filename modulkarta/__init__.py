"""modulkarta: a catalogue of a modular health-information environment, kept as YAML in git."""

__version__ = "0.1.0"

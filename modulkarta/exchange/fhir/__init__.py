"""FHIR: what a system can do and the guides it follows, brought in as interfaces and standards."""

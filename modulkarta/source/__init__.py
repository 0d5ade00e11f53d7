"""The only way in: bytes from disk or git become documents, or findings."""

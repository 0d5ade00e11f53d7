"""Changing the catalogue's texts: by position, byte for byte as they were outside the change."""

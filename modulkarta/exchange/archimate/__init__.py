"""The catalogue as an ArchiMate model, and ArchiMate models as a catalogue: the Open Group's exchange format."""

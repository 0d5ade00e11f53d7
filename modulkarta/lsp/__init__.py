"""The language server: what an editor asks while somebody writes in a catalogue."""

"""Pure questions about a catalogue; the answers are frozen values that carry their evidence."""

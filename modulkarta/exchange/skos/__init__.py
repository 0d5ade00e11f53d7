"""Terms as SKOS, out and in: what a catalogue's terms say in the vocabulary that thesauri and term banks use."""

"""Pure questions: a catalogue in, a frozen answer out, with the evidence it rests on.

A room is named by its first question, whose answers the others in it go on from.
"""

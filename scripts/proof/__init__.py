"""The parts of `scripts/trust`: each proves something that takes too long for the tests."""

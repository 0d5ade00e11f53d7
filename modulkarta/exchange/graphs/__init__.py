"""What hangs together with what, in the formats that draw it or count on it; and all of the catalogue at once."""

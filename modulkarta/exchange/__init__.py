"""In from what people have, out to what they use: each format in a room of its own, and nothing lost in silence."""

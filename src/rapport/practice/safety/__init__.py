"""The safety rules SR1 to SR12, from the facts of a moment to what happens."""

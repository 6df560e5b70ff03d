"""Which case definitions a sentence names, each in its version."""

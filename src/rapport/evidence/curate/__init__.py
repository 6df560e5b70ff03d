"""People and the rules: who read what, where they differ, what was decided, and what still fits."""

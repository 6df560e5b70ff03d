"""Pages for people who read and decide, and for everybody who finds a fault."""

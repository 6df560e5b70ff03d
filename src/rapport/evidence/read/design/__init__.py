"""How a study was done: its design, its conduct, and what it tells of harms."""

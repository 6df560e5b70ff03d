"""Who did what, when: a chain of entries that is only ever added to."""

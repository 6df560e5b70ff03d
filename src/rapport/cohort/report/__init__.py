"""The report of an analysis: one file that can be read, printed and heard, without a network."""

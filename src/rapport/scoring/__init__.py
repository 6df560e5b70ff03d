"""From answers to numbers: scales, findings, case definitions and the check-in, by their keys.

Pure: a key (rapport.knowledge.instrument) and answers in, a result out. What a key does not say is
not guessed.
"""

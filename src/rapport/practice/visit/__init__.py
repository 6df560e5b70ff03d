"""Before, in and after a visit: one page for both, sentences to show, three taps, what did harm."""

"""Solo mode: a practitioner in difficulty, seven screens, nobody else is asked and nothing is kept."""

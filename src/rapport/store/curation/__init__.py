"""What curators work on: questions about cards, readings by people, the log, corrections."""

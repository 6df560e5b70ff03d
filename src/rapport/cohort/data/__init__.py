"""From a file of measurements to people x waves, with nothing lost and nothing guessed."""

"""How each challenge went over time: what was said, what was tried, and never why."""

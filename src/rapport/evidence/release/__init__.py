"""The release: an immutable folder of cards, what it was made from, and what was set aside."""

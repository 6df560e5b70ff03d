"""Whether the words of the practice wing are plain: short, easy, and free of what must not be said."""

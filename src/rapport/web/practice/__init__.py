"""The pages of the practice wing."""

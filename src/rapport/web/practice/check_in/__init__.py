"""The pages of the two check-ins."""

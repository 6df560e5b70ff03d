"""The pages of the service map, and of what is missing in it."""

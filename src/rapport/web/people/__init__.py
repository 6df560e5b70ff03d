"""Signing in, in two steps, and who may open what."""

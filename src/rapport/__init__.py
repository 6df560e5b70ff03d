"""Rapport: study cards that say no more than what carries them."""

__version__ = "0.1.0"

"""Closed models of wide data, each with one fixed drawing; fitted, or refused in a sentence."""

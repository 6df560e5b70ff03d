"""Intervention cards that are ready to be shown: their evidence has passed the gate."""

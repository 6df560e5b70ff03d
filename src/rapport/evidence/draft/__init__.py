"""Sentences drafted by a model: off unless asked for, checked like all others, or not shown."""

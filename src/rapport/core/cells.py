"""Cells of tables that a spreadsheet may open: text stays text."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a cell begins that a spreadsheet might take for a formula; an apostrophe makes it text."""


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def bare(text: str) -> str:
    """The text without that guard."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text

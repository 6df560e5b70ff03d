"""Pieces of Markdown: headings, lists, tables, and text that keeps its characters."""

import re
from collections.abc import Iterable, Sequence

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>])")


def plain(text: str) -> str:
    """Text in which Markdown and HTML see no mark-up of their own."""
    for character in "\\`*_[]<>":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """Markdown for a terminal: what `plain` escaped stands there as it was."""
    return _ESCAPED.sub(r"\1", text)


def code(text: str) -> str:
    """Text as code, also where it holds back-ticks."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def bullets(items: Iterable[str], *, depth: int = 0) -> list[str]:
    """A line a bullet, indented by two spaces a level."""
    return ["  " * depth + "- " + item for item in items]


def paragraph(*sentences: str | None) -> list[str]:
    """The sentences that are there as one paragraph with the empty line after it; or nothing."""
    said = " ".join(sentence for sentence in sentences if sentence)
    return [said, ""] if said else []


def sentence(text: str) -> str:
    """The text with one full stop at its end."""
    return text.rstrip(".") + "."


def titled(title: str, lines: Sequence[str]) -> list[str]:
    """The lines under a bold title, and an empty line; nothing for no lines."""
    return [f"**{title}**", "", *lines, ""] if lines else []


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table with its head, and an empty line after it."""
    lines = [_row(head), "|" + "---|" * len(head)]
    lines += [_row(row) for row in rows]
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def page(title: str, lines: Iterable[str]) -> str:
    """A page drawn from the data, with the note that says so, ended by one newline."""
    note = (
        "<!-- Drawn from src/rapport/knowledge/data by scripts/generate.py; edit the data. -->"
    )
    return "\n".join([note, "", f"# {title}", "", *lines]).rstrip() + "\n"

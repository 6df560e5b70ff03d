"""Letters from templates: facts alone are filled in, and the person approves before one leaves."""

import datetime
import string
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from rapport.practice.records.coalition import Letter

FACTS = ("person", "writer", "provider", "what", "needs", "changes", "today", "sent", "due")
"""What a template may have filled in: facts, and nothing in anybody's own words."""

OPTIONAL = frozenset({"needs"})
"""Facts that there may be none of: a line that asks for one then falls away."""
UNKNOWN = "________"
"""Stands for a fact that is not known, for a person to fill in."""


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A letter with {facts} to be filled in; `about` says when to use it."""

    title: str
    about: str
    text: str


@cache
def templates() -> dict[str, Template]:
    """The templates by id, read once."""
    found = sorted(
        (each for each in files(__name__).iterdir() if each.name.endswith(".toml")),
        key=lambda each: each.name,
    )
    return {
        each.name.removesuffix(".toml"): msgspec.convert(
            tomllib.loads(each.read_text(encoding="utf-8")), Template
        )
        for each in found
    }


def wanted(template: Template) -> tuple[str, ...]:
    """The facts that the template asks for, each once, in their order."""
    named = (name for _, name, _, _ in string.Formatter().parse(template.text) if name)
    return tuple(dict.fromkeys(named))


def draft(template: str, facts: dict[str, str], *, need: str, on: datetime.date) -> Letter:
    """A letter that nobody has approved yet. A fact that is not known becomes a gap to fill in.

    Raises: KeyError for a template that does not exist.
    """
    of_it = templates()[template]
    known = {name: text.strip() for name, text in facts.items() if text.strip()}
    filled = {name: known.get(name, UNKNOWN) for name in wanted(of_it)}
    gone = [f"{{{name}}}" for name in OPTIONAL - known.keys()]
    lines = of_it.text.strip().splitlines()
    kept = [line for line in lines if not any(field in line for field in gone)]
    text = "\n".join(kept).format_map(filled) + "\n"
    return Letter(need=need, template=template, text=text, on=on)


def edited(letter: Letter, text: str) -> Letter:
    """The letter with another text. An approval is gone: it was given for other words."""
    if text == letter.text:
        return letter
    return msgspec.structs.replace(letter, text=text, approved_on=None)


def approved(letter: Letter, on: datetime.date) -> Letter:
    """The letter, approved by the person."""
    return msgspec.structs.replace(letter, approved_on=on)


def refusals(letter: Letter) -> tuple[str, ...]:
    """Why the letter may not leave; empty: it may."""
    found: list[str] = []
    if letter.approved_on is None:
        found.append("The person has not approved this letter yet.")
    if UNKNOWN in letter.text:
        found.append("A fact is missing. Fill in the line or take it out.")
    return tuple(found)

"""The rules of the coalition as data: thresholds, what asks a service for what, and its words."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The values of rules.toml, where the basis of each stands.

    `asks_for` leads from a wish of the person (an id of what makes a visit possible) to fields
    of a service's access profile; `words` says each of those fields.
    """

    owner_hint_above: float
    check_first_after_days: int
    can_be_asked_for: frozenset[str]
    severe_needs_one_of: tuple[str, ...]
    asks_for: dict[str, tuple[str, ...]]
    words: dict[str, str]


@cache
def rules() -> Rules:
    """The rules as they ship, read once."""
    text = (files("rapport.practice.coalition") / "rules.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Rules)

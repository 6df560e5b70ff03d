"""Every route with its rule of access: what may be asked, by whom, and what it leaves behind.

A route without a row here is refused by the site and fails a test.
"""

from enum import StrEnum

import msgspec


class Access(StrEnum):
    """Who may ask. In this part everything is public."""

    PUBLIC = "public"


class Effect(StrEnum):
    """What an answer leaves behind."""

    NONE = "none"
    LOOK_COOKIE = "look cookie"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of one route, under the name it has in `urls`."""

    access: Access = Access.PUBLIC
    methods: tuple[str, ...] = ("GET", "HEAD")
    effect: Effect = Effect.NONE


_READ = Rule()
_TEXT = Rule(methods=("GET", "HEAD", "POST"))
"""A text is sent, judged and forgotten; only the answer is left."""

RULES: dict[str, Rule] = {
    "home": _READ,
    "home-data": _READ,
    "search": _READ,
    "search-data": _READ,
    "card": _READ,
    "card-part": _READ,
    "card-data": _READ,
    "card-text": _READ,
    "card-bibtex": _READ,
    "card-ris": _READ,
    "card-csl": _READ,
    "definitions": _READ,
    "definitions-data": _READ,
    "definition": _READ,
    "definition-data": _READ,
    "how-it-works": _READ,
    "how-it-works-data": _READ,
    "what-it-gets-wrong": _READ,
    "what-it-gets-wrong-data": _READ,
    "glossary": _READ,
    "glossary-data": _READ,
    "gate": _TEXT,
    "gate-data": _TEXT,
    "looks": Rule(methods=("GET", "HEAD", "POST"), effect=Effect.LOOK_COOKIE),
    "looks-data": _READ,
    "api": _READ,
    "openapi": _READ,
    "style": _READ,
    "icon": _READ,
    "robots": _READ,
}

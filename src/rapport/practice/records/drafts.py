"""What is begun and not saved yet."""

import datetime

import msgspec


class Draft(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The answers so far of a form of several screens: its author's alone until it is saved.

    `form` is the name of the page that asks, `about` what its address names, `title` its heading.
    `need` is the need it is about, empty for none. `answers` are in the order they were given in,
    several of one question joined by a comma; what was left open on purpose is an empty one.
    """

    form: str
    about: dict[str, str]
    title: str
    need: str = ""
    answers: dict[str, str] = {}
    started_at: datetime.datetime

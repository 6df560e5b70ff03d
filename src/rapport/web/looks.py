"""The looks a reader can choose, and the cookie that remembers the choice on one device."""

from enum import StrEnum

import msgspec

COOKIE = "look"
COOKIE_AGE = 365 * 24 * 3600
"""Seconds: a year, so that nobody has to choose again and again."""


class Look(StrEnum):
    """How bright the pages are. `DEVICE` follows what the device prefers, light or dark."""

    DEVICE = "device"
    LIGHT = "light"
    DARK = "dark"
    DIM = "dim"
    CONTRAST = "contrast"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A look with the words a reader chooses it by."""

    look: Look
    name: str
    about: str


CHOICES: tuple[Choice, ...] = (
    Choice(
        look=Look.DEVICE, name="Like my device", about="Light or dark, as your device is set."
    ),
    Choice(
        look=Look.LIGHT, name="Calm light", about="Dark words on warm paper. Not pure white."
    ),
    Choice(look=Look.DARK, name="Dark", about="Light words on a dark page."),
    Choice(look=Look.DIM, name="Dim", about="Very little light. For sore eyes and dark rooms."),
    Choice(
        look=Look.CONTRAST, name="High contrast", about="The strongest difference there is."
    ),
)


def named(text: str | None) -> Look | None:
    """The look with this name, or None."""
    return next((look for look in Look if look.value == text), None)


def chosen(cookie: str | None) -> Look:
    """The look a cookie names; `DEVICE` for no cookie or one that names nothing known."""
    return named(cookie) or Look.DEVICE


def way_back(asked: str | None) -> str:
    """The page to go back to: a path on this site, else the home page.

    A path that a browser could take for another site (`//host`, a backslash, a control
    character) is not followed.
    """
    path = asked or ""
    harmless = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if harmless and path.isprintable() and len(path) <= 2000 else "/"

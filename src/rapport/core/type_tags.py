"""Tags of type that stand in titles and abstracts of some sources: "<i>p</i> < 0.05".

A source that is given as plain text keeps them, as offsets count in them; they are never shown.
"""

import re

TAGS = "i|b|em|u|sc|sub|sup|strong|italic|bold|p"
"""The names of the tags."""

_TAG = re.compile(rf"</?(?:{TAGS})>")


def without_tags(text: str) -> str:
    """The text without its tags; any other "<" stays, as it means "less than"."""
    return _TAG.sub("", text) if "<" in text else text

"""Which licences let a card quote at length, and how much it may quote under the others."""

import re

DIGEST_NOTE = "digest by Rapport, not the abstract"
"""Stands beside words of this project where the abstract may not be shown."""

MAX_WORDS_A_QUOTE = 60
"""Words of one quotation without an open licence: one sentence, whole, so that nothing is cut
out of its sense. A longer one is left out, and the card says so."""

MAX_WORDS_A_CARD = 160
"""Words quoted in all without an open licence: about half of a usual abstract."""

_OPEN = re.compile(
    r"\bcc[\s-]?0\b|\bcc[\s-]by\b|publicdomain|public[\s-]domain"
    r"|creativecommons\.org/licenses/by/|\bcreative commons attribution\b",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(
    r"\bby[\s-](?:nc|nd|sa)\b|/by-|non-?[\s-]?commercial|no[\s-]?deriv|share[\s-]?alike"
    r"|\b(?:nc|nd|sa)\b",
    re.IGNORECASE,
)


def is_open(licence: str | None) -> bool:
    """Whether text under this licence may be quoted at length: CC BY, CC0, public domain.

    Cards are passed on under CC BY 4.0. Text under NC, ND or SA conditions could not be passed
    on so, which is why quotes from it stay as short as those from text without any licence.
    Missing: None, no licence stated, is not open.
    """
    if licence is None:
        return False
    return bool(_OPEN.search(licence)) and not _CONDITIONS.search(licence)


def word_count(text: str) -> int:
    """The number of words, as white space divides them."""
    return len(text.split())

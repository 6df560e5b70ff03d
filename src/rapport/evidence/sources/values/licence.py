"""Licences by their short names, from the address or the sentence that grants them."""

import re

_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licen[sc]es/(by(?:-nc)?(?:-nd|-sa)?)|publicdomain/(zero|mark))"
    r"(?:/(\d(?:\.\d)?))?",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\bCC[\s-]?(BY(?:[\s-]NC)?(?:[\s-](?:ND|SA))?|0)(?![\w-])(?:[\s(v-]*(\d\.\d))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"Creative\s+Commons,?\s+Attribution(?P<terms>[\s\w–-]{0,60}?)\s*(?:\d\.\d|\(|Licen[sc]e|[.,;])",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\b([1-4]\.\d)\b")
_LONGEST = 200


def licence_name(text: str | None) -> str | None:
    """The licence's short name: "CC BY 4.0", "CC BY-NC-ND 4.0", "CC0 1.0", "CC BY".

    Missing: the version where the text names none. A text that names no Creative Commons
    licence comes back as it is, cut to 200 characters; None if there is no text.
    Source: names and addresses as on https://creativecommons.org/share-your-work/cclicenses/.
    """
    words = " ".join((text or "").split())
    return _from_address(words) or _from_words(words) or words[:_LONGEST] or None


def _from_address(words: str) -> str | None:
    match = _ADDRESS.search(words)
    if match is None:
        return None
    terms, public_domain, version = match.groups()
    if public_domain:
        name = "CC0" if public_domain.lower() == "zero" else "Public Domain Mark"
    else:
        name = f"CC {terms.upper()}"
    if not version:
        return name
    return f"{name} {version if '.' in version else f'{version}.0'}"


def _from_words(words: str) -> str | None:
    short = _SHORT.search(words)
    if short is not None:
        terms, version = short.groups()
        kept = re.sub(r"[\s-]+", "-", terms.upper())
        name = "CC0" if kept == "0" else f"CC {kept}"
        return f"{name} {version}" if version else name
    return _from_sentence(words)


def _from_sentence(words: str) -> str | None:
    """From a sentence: "the Creative Commons Attribution Non-Commercial License 4.0"."""
    match = _WORDS.search(words)
    if match is None:
        return None
    terms = re.sub(r"[\s–-]", "", match.group("terms").lower())
    name = "CC BY"
    if "noncommercial" in terms:
        name += "-NC"
    if "noderiv" in terms:
        name += "-ND"
    elif "sharealike" in terms:
        name += "-SA"
    version = _VERSION.search(words, match.start())
    return f"{name} {version.group(1)}" if version else name

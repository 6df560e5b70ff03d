"""Trial registrations by their numbers, as the registries write them."""

import re

_NUMBERS = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN\s?\d{8}|ACTRN\s?\d{14}|DRKS\s?\d{8}|UMIN\s?\d{9}|KCT\d{7}"
    r"|PACTR\d{15,16}|TCTR\d{11}|SLCTR/\d{4}/\d{3}|CTRI/\d{4}/\d{2,3}/\d{6}|jRCTs?\d{9,10}"
    r"|IRCT\d{8,14}(?:N\d+)?|ChiCTR(?:-[A-Z]{2,5}-)?\d{8,10}|RBR-\w{6,7}|NTR\s?\d{3,5}"
    r"|(?:EudraCT|EUCTR)[\s:]*\d{4}-\d{6}-\d{2}|CRD\d{8,11})\b"
)
"""The primary registries of the WHO platform, ClinicalTrials.gov, and PROSPERO for reviews.

Source: https://www.who.int/tools/clinical-trials-registry-platform (list of registries).
"""


def registrations(text: str) -> tuple[str, ...]:
    """Each registration number in `text` once, in order, without spaces inside."""
    numbers = (re.sub(r"\s", "", match) for match in _NUMBERS.findall(text))
    return tuple(dict.fromkeys(numbers))

"""The share of the patients who had PEM, where a sentence states it as a result."""

import re

from rapport.evidence.read.entry.clauses import PEM, about_pem, pem_names
from rapport.evidence.read.text.document import SectionKind
from rapport.evidence.read.text.lookup import Lookup

_PLACES = (
    SectionKind.ABSTRACT,
    SectionKind.RESULTS,
    SectionKind.CONCLUSION,
    SectionKind.METHODS,
)
_HAD = (
    r"(?:reported|experienced|had|have|endorsed|suffered from|presented with|described|"
    r"with|showed|complained of)"
)
_PERCENT = r"(?P<percent>\d{1,3}(?:[.,]\d+)?) ?%"
_SHARE = re.compile(
    rf"{_PERCENT}[^.;%]{{0,90}}\b{_HAD}\b[^.;%]{{0,40}}{PEM}"
    rf"|{PEM} (?:was|were) (?:reported|present|experienced|found|observed)[^.;%]{{0,60}}{_PERCENT.replace('percent', 'other')}",
    re.I,
)
_ALL = re.compile(
    rf"\ball (?:of the |the |our |\d+ )?(?:\w+ )?(?:patients|participants|subjects|cases|individuals)\b"
    rf"[^.;%]{{0,40}}\b{_HAD}\b[^.;%]{{0,30}}{PEM}",
    re.I,
)
_CONTROL = re.compile(r"\bcontrols?\b|\bprevious|\bet al\b|\bstudies\b", re.I)


def share_with_pem(lookup: Lookup) -> float | None:
    """From 0 to 1; None where no sentence of abstract or results states it of the patients."""
    for sentence in lookup.having(pem_names()):
        if sentence.section not in _PLACES:
            continue
        words = about_pem(sentence.text)
        if _CONTROL.search(words):
            continue
        match = _SHARE.search(words)
        if match is not None:
            percent = float((match["percent"] or match["other"]).replace(",", "."))
            return percent / 100 if percent <= 100 else None
        if sentence.section is not SectionKind.METHODS and _ALL.search(words):
            return 1.0
    return None

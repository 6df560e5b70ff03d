"""Identifiers of publications, in one normal form each."""

import re

import msgspec

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_ENCODED = re.compile(r"%([2-7][0-9a-f])", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\s?(\d{1,9})", re.IGNORECASE)
_PMID = re.compile(r"(?:^|\bPMID:?\s*|pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})\b", re.I)
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Identifiers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The identifiers of one publication; each is None where the source gives none.

    `pmid` is digits only, `pmcid` is "PMC" and digits, `doi` is lower case without a resolver.
    """

    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None

    def best(self) -> str | None:
        """PMCID, else PMID, else DOI: the id a reading goes by when it was given none."""
        return self.pmcid or self.pmid or self.doi


def normalise_doi(text: str | None) -> str | None:
    """The DOI in `text`, lower case, without resolver, prefix or trailing punctuation.

    DOIs are compared without regard to case (DOI Handbook, 2.4). A closing bracket at the end
    stays only if the DOI opened it, as in 10.1016/s0140-6736(11)60096-2.
    """
    match = _DOI.search(text or "")
    if match is None:
        return None
    # In links the brackets of a DOI are percent-encoded, as ASCII.
    doi = _ENCODED.sub(_decoded, match.group()).lower()
    while doi:
        last = doi[-1]
        if last in ".,;:'*" or (
            last in _CLOSING and doi.count(last) > doi.count(_CLOSING[last])
        ):
            doi = doi[:-1]
        else:
            break
    return doi


def _decoded(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return match.group() if character in '"<> \x7f' else character


def normalise_pmcid(text: str | None) -> str | None:
    """The PMCID in `text` as "PMC" and digits; bare digits are not taken for a PMCID."""
    match = _PMCID.search(text or "")
    return f"PMC{match.group(1)}" if match else None


def normalise_pmid(text: str | None) -> str | None:
    """The PMID in `text` as digits without leading zeros; text with other digits is None."""
    match = _PMID.search((text or "").strip())
    number = match.group(1).lstrip("0") if match else ""
    return number or None

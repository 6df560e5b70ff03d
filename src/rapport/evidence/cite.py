"""The citation of a card in the forms that reference managers read: BibTeX, RIS, CSL-JSON."""

import re
import unicodedata
from collections.abc import Iterator

from rapport.cards.study_card import StudyCard

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    # An escaped brace would still count when BibTeX looks for the end of the field.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_LINE_BREAK = re.compile(r"\s+")
_NOT_A_KEY = re.compile(r"[^A-Za-z0-9]+")
_GROUP = re.compile(r"^[^,]+$")


def bibtex(card: StudyCard) -> str:
    """One BibTeX entry, ended by a newline. Missing: fields that are not known are left out."""
    cited = card.citation
    kind = "article" if cited.journal else "misc"
    fields = (
        ("author", " and ".join(_bibtex_name(name) for name in cited.authors)),
        ("title", f"{{{_escaped(cited.title)}}}" if cited.title else ""),
        ("journal", _escaped(cited.journal)),
        ("year", str(cited.year or "")),
        ("volume", _escaped(cited.volume)),
        ("number", _escaped(cited.issue)),
        ("pages", _escaped(cited.pages).replace("-", "--")),
        ("doi", _one_line(card.identifiers.doi)),
        ("pmid", card.identifiers.pmid or ""),
        ("pmcid", card.identifiers.pmcid or ""),
        ("url", _one_line(cited.url)),
    )
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@{kind}{{{key(card)},", *lines, "}", ""])


def ris(card: StudyCard) -> str:
    """One RIS record, lines ended by carriage return and newline as the format asks."""
    cited = card.citation
    first, last = _pages(cited.pages)
    tags = (
        ("TY", "JOUR" if cited.journal else "GEN"),
        *(("AU", name) for name in cited.authors),
        ("TI", cited.title),
        ("JO", cited.journal),
        ("PY", str(cited.year) if cited.year else None),
        ("DA", (cited.date or "").replace("-", "/") or None),
        ("VL", cited.volume),
        ("IS", cited.issue),
        ("SP", first),
        ("EP", last),
        ("DO", card.identifiers.doi),
        ("AN", card.identifiers.pmid),
        ("C2", card.identifiers.pmcid),
        ("UR", cited.url),
    )
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(card: StudyCard) -> list[dict[str, object]]:
    """A CSL-JSON list with the one item (https://citeproc-js.readthedocs.io, CSL-JSON)."""
    cited = card.citation
    item: dict[str, object | None] = {
        "id": key(card),
        "type": "article-journal" if cited.journal else "document",
        "title": cited.title,
        "author": [_csl_name(name) for name in cited.authors] or None,
        "container-title": cited.journal,
        "issued": _csl_date(cited.date, cited.year),
        "volume": cited.volume,
        "issue": cited.issue,
        "page": cited.pages,
        "DOI": card.identifiers.doi,
        "PMID": card.identifiers.pmid,
        "PMCID": card.identifiers.pmcid,
        "URL": cited.url,
    }
    return [{name: value for name, value in item.items() if value is not None}]


def key(card: StudyCard) -> str:
    """A short key such as "Heins2013role"; plain letters and digits, never empty."""
    cited = card.citation
    family = cited.authors[0].split(",")[0] if cited.authors else "Anonymous"
    words = (_ascii(word) for word in (cited.title or "").split())
    telling = next((word.lower() for word in words if len(word) > 3), "")
    return f"{_ascii(family)}{cited.year or ''}{telling}" or _ascii(card.id) or "untitled"


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return _NOT_A_KEY.sub("", decomposed.encode("ascii", "ignore").decode())


def _one_line(text: str | None) -> str:
    return _LINE_BREAK.sub(" ", text or "").strip()


def _escaped(text: str | None) -> str:
    return "".join(_BIBTEX_SPECIAL.get(letter, letter) for letter in _one_line(text))


def _bibtex_name(name: str) -> str:
    """A name BibTeX takes as it is; that of a group in braces, so that it is not cut up."""
    escaped = _escaped(name)
    return f"{{{escaped}}}" if _GROUP.match(name) else escaped


def _csl_name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def _csl_date(date: str | None, year: int | None) -> dict[str, object] | None:
    parts = [int(part) for part in date.split("-")] if date else [year] if year else []
    return {"date-parts": [parts]} if parts else None


def _pages(pages: str | None) -> Iterator[str | None]:
    first, _, last = (pages or "").replace("–", "-").partition("-")
    return iter((first.strip() or None, last.strip() or None))

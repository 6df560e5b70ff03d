"""The table of Retraction Watch (now kept by Crossref), whole or only its pairs of DOIs.

Source: the column names of the database's own CSV, as Crossref publishes it. Only the DOI of the
paper must be among the columns.
"""

import csv
import io
import re

from rapport.cards.afterwards import EventKind
from rapport.core.ids import Identifiers, normalise_doi, normalise_pmid
from rapport.evidence.after.listed import Listed
from rapport.evidence.sources.values.written_dates import partial_date

NAME = "Retraction Watch"
FORMAT = "retraction_watch_csv"
PAPER = "OriginalPaperDOI"
"""The column by which the table is known."""

_KINDS = {
    "retraction": EventKind.RETRACTION,
    "correction": EventKind.CORRECTION,
    "expression of concern": EventKind.CONCERN,
}
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
"""Month first, as the database writes it: "3/21/2023 0:00"."""

Row = dict[str, str | None]


def is_table(text: str) -> bool:
    """Whether the first line names the columns of the table."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    return any(PAPER in columns for columns in csv.reader([first]))


def table(text: str) -> tuple[list[Listed], int]:
    """The notices of the table, and how many lines were passed over.

    A line is passed over without an identifier of the paper, or with neither an identifier of the
    notice nor a kind.
    Raises: csv.Error for a table that cannot be cut into cells.
    """
    found: list[Listed] = []
    passed_over = 0
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")):
        line = _line(row)
        if line is None:
            passed_over += 1
        else:
            found.append(line)
    return found, passed_over


def _line(row: Row) -> Listed | None:
    original, notice = _identifiers(row, "OriginalPaper"), _identifiers(row, "Retraction")
    nature = " ".join((row.get("RetractionNature") or "").split())
    if original.best() is None or (notice.best() is None and not nature):
        return None
    kind = _KINDS.get(nature.lower(), EventKind.NOTICE)
    return Listed(
        original=original,
        notice=notice,
        kind=kind,
        source=NAME,
        date=_date(row.get("RetractionDate")),
        label=nature if nature and kind is EventKind.NOTICE else None,
    )


def _identifiers(row: Row, of: str) -> Identifiers:
    """The DOI and PMID in the columns that begin with `of`; the table writes 0 for no PMID."""
    return Identifiers(
        doi=normalise_doi(row.get(f"{of}DOI")), pmid=normalise_pmid(row.get(f"{of}PubMedID"))
    )


def _date(text: str | None) -> str | None:
    match = _DATE.match((text or "").strip())
    if match is None:
        return None
    month, day, year = map(int, match.groups())
    return str(partial_date(year, month, day))

"""The export for research: consented, under made-up names, in days, without text, small groups hidden.

Its form is written down in docs/cohort.md; `rapport cohort analyse FOLDER` reads it.
"""

import csv
import io
from collections.abc import Iterable, Mapping

import msgspec

from rapport.core.encoding import to_pretty_json
from rapport.core.errors import UserError
from rapport.knowledge.instrument import Instrument
from rapport.practice.exchange.research.columns import (
    Column,
    columns,
    data_dictionary,
    redcap_dictionary,
)
from rapport.practice.exchange.research.hiding import Hidden, hidden
from rapport.practice.exchange.research.rows import Row, Rows, rows
from rapport.practice.records.kept import Kept

FORMAT = "rapport-codebook-1"


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """The files by name, and what was done to protect people, in numbers."""

    files: dict[str, bytes]
    people: int
    rows: int
    hidden: dict[str, int]


class TooFewError(UserError):
    """Too few people agreed: whoever knows one of them could find them."""

    code = "too-few-people"


def export(
    kept: Iterable[Kept],
    therapists: Mapping[str, str],
    *,
    key: bytes,
    k: int,
    instruments: Mapping[str, Instrument],
) -> Export:
    """The export of check-ins that a researcher may see.

    `therapists` leads from a pair to its practitioner. `key` makes the names of this export: the
    same within it, and others in the next. `k` is the smallest group of which anything is told.
    Raises: TooFewError where fewer than `k` people have agreed.
    """
    found = rows(kept, therapists, key=key, instruments=instruments)
    people = len({row.person for row in found.own})
    if people < k:
        raise TooFewError(
            f"fewer than {k} people have agreed and sent a check-in",
            where="the export for research",
            fix="wait until more have agreed; the smallest group is a threshold (k_anon)",
        )
    described = columns(instruments)
    tables: dict[str, Hidden] = {
        name: hidden(part, k)
        for name, part in (
            ("data.csv", found.own),
            ("proxy.csv", found.proxy),
            ("further_pairs.csv", found.further),
        )
        if name == "data.csv" or _people(part) >= k
    }
    own = tables["data.csv"]
    files = {name: _table(part.rows, described).encode() for name, part in tables.items()}
    files["codebook.json"] = _codebook(described, own, found, k)
    files["data_dictionary.csv"] = data_dictionary(described).encode()
    files["redcap_dictionary.csv"] = redcap_dictionary(described).encode()
    return Export(files=files, people=_people(own.rows), rows=len(own.rows), hidden=own.counts)


def _people(part: Iterable[Row]) -> int:
    return len({row.person for row in part})


def _table(part: Iterable[Row], described: tuple[Column, ...]) -> str:
    """The rows in the order of the made-up names, which says nothing about anybody."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["person", "wave", "days", "therapist", *(one.name for one in described)])
    for row in sorted(part, key=lambda row: (row.person, row.wave)):
        cells = (_cell(row.values.get(one.name)) for one in described)
        writer.writerow([row.person, row.wave, row.days, row.therapist, *cells])
    return out.getvalue()


def _cell(value: float | None) -> str:
    """A number as text; empty where it is missing or hidden."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else str(value)


def _codebook(described: tuple[Column, ...], own: Hidden, found: Rows, k: int) -> bytes:
    return to_pretty_json(
        {
            "format": FORMAT,
            "k_anon": k,
            "hidden": own.counts,
            "left_out": {"proxy": len(found.proxy), "further_pairs": len(found.further)}
            if min(len(found.proxy) or k, len(found.further) or k) >= k
            else {},
            "variables": [one.described() for one in described],
        }
    )

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
    EVENT,
    WAVE,
    Column,
    columns,
    data_dictionary,
    redcap_dictionary,
)
from rapport.practice.exchange.research.events import Table, tables
from rapport.practice.exchange.research.hiding import Hidden, hidden
from rapport.practice.exchange.research.rows import Row, Rows, rows
from rapport.practice.records.kept import Kept

FORMAT = "rapport-codebook-1"

Beside = dict[str, tuple[Table, Hidden]]
"""Tables beside the check-ins, by the name of their file, each with what is left of it."""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """The files by name, and what was done to protect people, in numbers.

    `events` are the rows of each table beside the check-ins that enough people are in.
    """

    files: dict[str, bytes]
    people: int
    rows: int
    hidden: dict[str, int]
    events: dict[str, int]


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
    """The export of check-ins that a researcher may see, and of what happened beside them.

    `therapists` leads from a pair to its practitioner. `key` makes the names of this export: the
    same within it, and others in the next. `k` is the smallest group of which anything is told.
    Raises: TooFewError where fewer than `k` people have agreed.
    """
    records = list(kept)
    found = rows(records, therapists, key=key, instruments=instruments)
    people = len({row.person for row in found.own})
    if people < k:
        raise TooFewError(
            f"fewer than {k} people have agreed and sent a check-in",
            where="the export for research",
            fix="wait until more have agreed; the smallest group is a threshold (k_anon)",
        )
    described = columns(instruments)
    own = hidden(found.own, k)
    beside = _beside(records, found, k)
    files = _files(found, own, beside, described, k)
    return Export(
        files={name: text.encode() for name, text in files.items()},
        people=_people(own.rows),
        rows=len(own.rows),
        hidden=own.counts,
        events={name: len(left.rows) for name, (_, left) in beside.items()},
    )


def _beside(records: Iterable[Kept], found: Rows, k: int) -> Beside:
    """The tables beside the check-ins that at least `k` people are in, and what is left of each."""
    return {
        name: (table, hidden(table.rows, k, [one.name for one in table.columns]))
        for name, table in tables(records, found.starts).items()
        if _people(table.rows) >= k
    }


def _files(
    found: Rows, own: Hidden, beside: Beside, described: tuple[Column, ...], k: int
) -> dict[str, str]:
    """The text of every file: tables first, then what describes them."""
    further = {"proxy.csv": found.proxy, "further_pairs.csv": found.further}
    events = {name: table.columns for name, (table, _) in beside.items()}
    return {
        "data.csv": _table("wave", own.rows, described),
        **{
            name: _table("wave", hidden(part, k).rows, described)
            for name, part in further.items()
            if _people(part) >= k
        },
        **{name: _table("event", beside[name][1].rows, events[name]) for name in beside},
        "codebook.json": _codebook(described, own, found, k, beside),
        "data_dictionary.csv": data_dictionary(
            {
                "data.csv": (WAVE, described),
                **{name: (EVENT, of_event) for name, of_event in events.items()},
            }
        ),
        "redcap_dictionary.csv": redcap_dictionary(described),
    }


def _people(part: Iterable[Row]) -> int:
    return len({row.person for row in part})


def _table(number: str, part: Iterable[Row], described: tuple[Column, ...]) -> str:
    """The rows in the order of the made-up names, which says nothing about anybody.

    `number` is what the column is called that numbers the rows of a person.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["person", number, "days", "therapist", *(one.name for one in described)])
    for row in sorted(part, key=lambda row: (row.person, row.wave)):
        cells = (_cell(row.values.get(one.name)) for one in described)
        writer.writerow([row.person, row.wave, row.days, row.therapist, *cells])
    return out.getvalue()


def _cell(value: float | None) -> str:
    """A number as text; empty where it is missing or hidden."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else str(value)


def _codebook(
    described: tuple[Column, ...],
    own: Hidden,
    found: Rows,
    k: int,
    beside: Beside,
) -> str:
    """The codebook: of the main table as the analysis of cohorts reads it, and of those beside."""
    return to_pretty_json(
        {
            "format": FORMAT,
            "k_anon": k,
            "hidden": own.counts,
            "left_out": {"proxy": len(found.proxy), "further_pairs": len(found.further)}
            if min(len(found.proxy) or k, len(found.further) or k) >= k
            else {},
            "variables": [one.described() for one in described],
            "tables": {
                name: {
                    "about": table.about,
                    "hidden": left.counts,
                    "variables": [one.described() for one in table.columns],
                }
                for name, (table, left) in beside.items()
            },
        }
    ).decode()

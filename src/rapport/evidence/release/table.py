"""The cards as a table (Parquet), for statistics programs; the one border to pyarrow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pyarrow as _untyped_arrow
import pyarrow.parquet as _untyped_parquet

from rapport.cards.study_card import StudyCard

_arrow: Any = _untyped_arrow  # pyarrow has no types
_parquet: Any = _untyped_parquet
_ROWS_A_GROUP = 2_000
"""Rows that wait in memory until they are written together."""

_TEXT = _arrow.string()
_WHOLE = _arrow.int64()
_REAL = _arrow.float64()
_CLAIM = _arrow.bool_()
_TEXTS = _arrow.list_(_arrow.string())

Column = tuple[Any, Callable[[StudyCard], object]]
COLUMNS: dict[str, Column] = {
    "id": (_TEXT, lambda card: card.id),
    "pmid": (_TEXT, lambda card: card.identifiers.pmid),
    "pmcid": (_TEXT, lambda card: card.identifiers.pmcid),
    "doi": (_TEXT, lambda card: card.identifiers.doi),
    "title": (_TEXT, lambda card: card.citation.title),
    "authors": (_TEXTS, lambda card: list(card.citation.authors)),
    "journal": (_TEXT, lambda card: card.citation.journal),
    "year": (_WHOLE, lambda card: card.citation.year),
    "read": (_TEXT, lambda card: card.read.value),
    "badge": (_TEXT, lambda card: card.badge.badge.value),
    "definitions": (_TEXTS, lambda card: list(card.badge.definitions)),
    "combination": (_TEXT, lambda card: card.badge.combination.value),
    "minimum_hours": (_REAL, lambda card: card.badge.minimum_hours),
    "share_with_pem": (_REAL, lambda card: card.badge.share_with_pem),
    "badge_rule": (_TEXT, lambda card: card.badge.rule),
    "design": (_TEXT, lambda card: card.design.value.value),
    "design_kinds": (_TEXTS, lambda card: [kind.value for kind in card.design.kinds]),
    "blinded": (_CLAIM, lambda card: card.design.blinded),
    "n_cases": (_WHOLE, lambda card: card.participants.n_cases),
    "n_enrolled": (_WHOLE, lambda card: card.participants.n_enrolled),
    "n_controls": (_WHOLE, lambda card: card.participants.n_controls),
    "quick_summary": (_TEXT, lambda card: " ".join(s.text for s in card.parts.quick_summary)),
    "topics": (_TEXTS, lambda card: list(card.topics)),
    "retracted": (_CLAIM, lambda card: card.retracted),
    "cohort": (_TEXT, lambda card: card.cohort),
    "licence": (_TEXT, lambda card: card.source.licence),
    "reader": (_TEXT, lambda card: card.versions.reader),
    "knowledge": (_TEXT, lambda card: card.versions.knowledge),
}
"""Name -> type and value; None is null: not known, and never 0 or an empty text."""


class TableWriter:
    """Writes cards row by row; memory holds one group of rows. A context manager.

    The same cards give the same bytes for one version of pyarrow, which signs the file.
    """

    def __init__(self, path: Path) -> None:
        self._schema = _arrow.schema([(name, kind) for name, (kind, _) in COLUMNS.items()])
        self._writer = _parquet.ParquetWriter(
            str(path), self._schema, compression="zstd", version="2.6", store_schema=False
        )
        self._columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self._rows = 0

    def add(self, card: StudyCard) -> None:
        """Append one card."""
        for name, (_, value) in COLUMNS.items():
            self._columns[name].append(value(card))
        self._rows += 1
        if self._rows >= _ROWS_A_GROUP:
            self._write()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._rows:
            table = _arrow.Table.from_pydict(self._columns, schema=self._schema)
            self._writer.write_table(table)
        self._columns = {name: [] for name in COLUMNS}
        self._rows = 0

"""Tables and figures of a JATS article, in the order of the article."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapport.evidence.publication import Figure, Table
from rapport.evidence.sources.jats.tree import Element, children, text_of, texts_of

_MAX_COLUMNS = 200
"""A span beyond this is a mistake or an attack."""


def tables(parts: Iterable[Element]) -> tuple[Table, ...]:
    """Every table; one that is only a picture has its label and caption, and no rows."""
    return tuple(_table(element) for part in parts for element in part.iter("table-wrap"))


def figures(parts: Iterable[Element]) -> tuple[Figure, ...]:
    """Every figure that has a label or a caption."""
    found = (
        Figure(label=text_of(element.find("label")) or None, caption=_caption(element))
        for part in parts
        for element in part.iter("fig")
    )
    return tuple(figure for figure in found if figure.label or figure.caption)


def _table(wrap: Element) -> Table:
    group = wrap.getparent()
    in_group = group is not None and group.tag == "table-wrap-group"
    captioned = wrap if wrap.find("caption") is not None or not in_group else group
    labelled = wrap if wrap.find("label") is not None or not in_group else group
    return Table(
        label=text_of(labelled.find("label") if labelled is not None else None) or None,
        caption=_caption(captioned),
        rows=tuple(_rows(wrap)),
        foot=_foot(wrap),
    )


def _caption(element: Element | None) -> str | None:
    """Title and paragraphs of the caption as one line."""
    caption = element.find("caption") if element is not None else None
    if caption is None:
        return None
    said = (text_of(child) for _, child in children(caption))
    return " ".join(filter(None, said)) or text_of(caption) or None


def _foot(wrap: Element) -> str | None:
    """The notes under the table, each with its mark, as one line."""
    return " ".join(filter(None, map(text_of, wrap.findall("table-wrap-foot")))) or None


def _rows(wrap: Element) -> Iterator[tuple[str, ...]]:
    """Rows in order, cells at their column; a cell that spans leaves its other places empty."""
    spans: dict[int, int] = {}
    for row in wrap.iter("tr"):
        cells = _cells(row, spans)
        if any(cells):
            yield cells


def _cells(row: Element, spans: dict[int, int]) -> tuple[str, ...]:
    """One row's cells; `spans` holds, by column, how many rows below are still taken."""
    cells: list[str] = []
    given = list(row.iterchildren("td", "th"))
    for cell, text in zip(given, texts_of(given), strict=True):
        if spans:
            _leave_empty(cells, spans)
        width, height = _span(cell.get("colspan")), _span(cell.get("rowspan"))
        if height > 1:
            spans.update(dict.fromkeys(range(len(cells), len(cells) + width), height - 1))
        cells.append(text)
        if width > 1:
            cells += [""] * (width - 1)
        if len(cells) > _MAX_COLUMNS:
            break
    _leave_empty(cells, spans)
    return tuple(cells)


def _leave_empty(cells: list[str], spans: dict[int, int]) -> None:
    while spans.get(len(cells), 0) > 0:
        spans[len(cells)] -= 1
        cells.append("")


@lru_cache(maxsize=64)  # nearly all are absent or "1"
def _span(value: str | None) -> int:
    if value is None or not value.isdecimal():
        return 1
    return min(max(int(value), 1), _MAX_COLUMNS)

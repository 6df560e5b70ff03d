"""Cutting a stream into batches that are worth sending to another process."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(
    items: Iterable[T], *, size: Callable[[T], int], most_bytes: int, most_items: int
) -> Iterator[list[T]]:
    """The items in order, in lists that end once they hold enough bytes or items."""
    batch: list[T] = []
    held = 0
    for item in items:
        batch.append(item)
        held += size(item)
        if held >= most_bytes or len(batch) >= most_items:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch

"""Search with facets over synthetic cards: how long one query takes inside the process."""

import hashlib
import math
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.evidence.search.index import IndexedCard, open_index, write_index
from rapport.evidence.search.query import Query, search

CARDS = 500_000
QUERIES = 2_000
LIMIT_P50_MS = 5.0
LIMIT_P99_MS = 20.0

_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "xo",
    "zu",
]
_WORDS = 20_000
_RUNNING_TEXT = 300_000
"""Words of made-up text that titles and texts are cut from, at any place."""
_DEFINITIONS = ("fukuda_1994", "ccc_2003", "icc_2011", "iom_2015", "oxford_1991", "nice_2021")


class _Draws:
    """A stream of numbers that is the same in every run (a linear congruential generator)."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, limit: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def word(self) -> str:
        """A made-up word; frequencies fall as in real text (Zipf, exponent about 1)."""
        return _spelled(int(math.exp(self.below(1_000_000) / 1_000_000 * math.log(_WORDS))))


def _spelled(rank: int) -> str:
    parts = []
    while rank:
        rank, rest = divmod(rank, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts) + "n"


def cards(count: int) -> Iterator[IndexedCard]:
    """Made-up cards with the lengths of real ones: 12 words of title, 90 of text."""
    draws = _Draws(1)
    badges, designs, scopes = list(Badge), list(Design), list(ReadScope)
    running_text = [draws.word() for _ in range(_RUNNING_TEXT)]
    for number in range(count):
        start = draws.below(_RUNNING_TEXT - 102)
        title = " ".join(running_text[start : start + 12])
        yield IndexedCard(
            id=f"pmid-{number:08d}",
            title=title,
            citation=f"{_spelled(number % 5000 + 300)} et al. {title}",
            badge=badges[draws.below(len(badges))],
            design=designs[draws.below(len(designs))],
            read=scopes[draws.below(len(scopes))],
            year=1980 + draws.below(46),
            n_cases=draws.below(400),
            authors=f"{_spelled(number % 5000 + 300)}, A",
            journal=_spelled(number % 300 + 20),
            definitions=(_DEFINITIONS[draws.below(len(_DEFINITIONS))],),
            topics=("me_cfs" if draws.below(4) else "long_covid",),
            text=" ".join(running_text[start + 12 : start + 102]),
        )


def queries(count: int) -> Iterator[Query]:
    """What readers ask: mostly one to three words, some with facets, some only facets."""
    draws = _Draws(2)
    badges, designs = list(Badge), list(Design)
    for number in range(count):
        words = " ".join(draws.word() for _ in range(1 + draws.below(3)))
        kind = number % 10
        yield Query(
            text="" if kind == 9 else words,
            badge=(badges[draws.below(5)].value,) if kind in (3, 4, 9) else (),
            design=(designs[draws.below(20)].value,) if kind in (4, 5) else (),
            year_from=2000 + draws.below(20) if kind == 6 else None,
            page=1 + (draws.below(3) if kind == 7 else 0),
        )


def run(count: int = CARDS, asked: int = QUERIES) -> dict[str, float | int]:
    """Percentiles of the time of one search, top 20 with the counts of six facets.

    Units: milliseconds; `cpu_` is the work of all threads together, which other programs on the
    machine hardly change; `index_seconds` is the time to write the index.
    """
    with tempfile.TemporaryDirectory() as folder:
        mark = hashlib.sha256(str(count).encode()).hexdigest()
        began = time.perf_counter()
        write_index(cards(count), Path(folder), mark=mark)
        index_seconds = time.perf_counter() - began
        index = open_index(Path(folder), mark=mark)
        assert index is not None
        taken, worked = [], []
        for query in queries(asked):
            start, started = time.perf_counter(), time.process_time()
            search(index, query)
            taken.append((time.perf_counter() - start) * 1000)
            worked.append((time.process_time() - started) * 1000)
    taken.sort()
    worked.sort()
    return {
        "cards": count,
        "queries": asked,
        "p50_ms": round(taken[len(taken) // 2], 2),
        "p99_ms": round(taken[int(len(taken) * 0.99)], 2),
        "max_ms": round(taken[-1], 2),
        "cpu_p50_ms": round(worked[len(worked) // 2], 2),
        "cpu_p99_ms": round(worked[int(len(worked) * 0.99)], 2),
        "limit_p50_ms": LIMIT_P50_MS,
        "limit_p99_ms": LIMIT_P99_MS,
        "index_seconds": round(index_seconds, 1),
    }


if __name__ == "__main__":
    print(run(*(int(argument) for argument in sys.argv[1:])))

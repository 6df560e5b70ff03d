"""A build from full texts to a served release: texts a second, and memory.

Reads ../shared/data/jats/longcovid-mecfs.tar.xz if that is there; else made-up full texts.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from rapport.evidence.build import build
from rapport.evidence.build.search_index import search_index
from rapport.evidence.release.opened import Release
from rapport.evidence.search.query import Query, search
from rapport.knowledge.load import load

ARCHIVE = Path(__file__).parent.parent.parent.parent / "shared/data/jats/longcovid-mecfs.tar.xz"
LIMIT_TEXTS_A_SECOND = 40.0
_SENTENCES = (
    "We asked people with ME/CFS how they rest. All of them met the Canadian criteria. Rest "
    "was associated with less pain. It may be that pacing helps. More research is needed. "
)


def run(source: Path | None = None) -> dict[str, float | int | str]:
    """Speed of a first build, of a rebuild from kept readings, and peak memory.

    Units: full texts a second over the whole way to a release that was searched; megabytes.
    """
    knowledge = load()
    with tempfile.TemporaryDirectory() as folder:
        papers = source or (ARCHIVE if ARCHIVE.exists() else _made_up(Path(folder)))
        out = Path(folder) / "out"
        first, records = _timed(papers, out, knowledge)
        again, _ = _timed(papers, out, knowledge)
    return {
        "source": papers.name,
        "full_texts": records,
        "texts_a_second": round(records / first, 1),
        "limit_texts_a_second": LIMIT_TEXTS_A_SECOND,
        "rebuild_texts_a_second": round(records / again, 1),
        "peak_mb_parent": _peak(resource.RUSAGE_SELF),
        "peak_mb_largest_worker": _peak(resource.RUSAGE_CHILDREN),
    }


def _timed(papers: Path, out: Path, knowledge: object) -> tuple[float, int]:
    began = time.perf_counter()
    manifest = build([papers], out, topic="me_cfs", knowledge=knowledge)  # type: ignore[arg-type]
    search(search_index(Release(out)), Query(text="fatigue"))
    return time.perf_counter() - began, manifest.counts.records


def _peak(who: int) -> float:
    """Linux counts in kilobytes, macOS in bytes."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return round(resource.getrusage(who).ru_maxrss / unit, 1)


def _made_up(folder: Path, count: int = 300) -> Path:
    path = folder / "made-up.jsonl"
    lines = (
        {
            "pmid": str(90_000_000 + n),
            "title": f"Made-up study {n} of ME/CFS",
            "text": _SENTENCES * 120,
        }
        for n in range(count)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


if __name__ == "__main__":
    print(run(*(Path(argument) for argument in sys.argv[1:])))

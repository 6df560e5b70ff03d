"""Reading alone, one core: abstracts and full texts a second, beside what its parts need alone.

The limits are measured in the same run on the same texts: cutting sentences (nupunkt), one pass
with all names of definitions (RE2), and encoding the readings. medSpaCy with target and context
rules runs in an environment of its own, which is no part of the project's, and only where
RAPPORT_BENCH_MEDSPACY=1 asks for it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
SECONDS = 4.0
ASKED_FOR = "RAPPORT_BENCH_MEDSPACY"
CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    / "rapport-bench"
    / "medspacy"
)
_PYTHON = CACHE / "bin" / "python"
MEDSPACY = """
import json, sys, time
import medspacy
from medspacy.ner import TargetRule
nlp = medspacy.load(enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
names = ["fatigue", "post-exertional malaise", "ME/CFS", "chronic fatigue syndrome", "long COVID",
         "Fukuda criteria", "Canadian consensus criteria", "sleep", "pain", "depression"]
nlp.get_pipe("medspacy_target_matcher").add([TargetRule(name, "TARGET") for name in names])
texts = json.load(sys.stdin)
for text in texts[:5]:
    nlp(text)
start = time.process_time()
for text in texts:
    nlp(text)
print(len(texts) / (time.process_time() - start))
"""


def _rate(work: Callable[[object], object], items: list[object]) -> float:
    """Items a second of processor time, over whole passes after one that is not counted."""
    for each in items:
        work(each)
    done, start = 0, time.process_time()
    while time.process_time() - start < SECONDS:
        for each in items:
            work(each)
        done += len(items)
    return done / (time.process_time() - start)


def run() -> dict[str, float | str]:
    """Readings a second and the limits; needs ../shared."""
    if not SHARED.exists():
        return {"skipped": "the folder ../shared is not there"}
    import msgspec

    from rapport.evidence.read.reader import Reader
    from rapport.evidence.read.text.document import document
    from rapport.evidence.read.text.sentences import sentence_bounds
    from rapport.knowledge.load import load
    from rapport.knowledge.patterns import TextPattern

    knowledge = load()
    reader = Reader(knowledge)
    names = TextPattern(p for each in knowledge.definitions.values() for p in each.patterns)
    abstracts = _publications(SHARED / "records" / "pubmed-mecfs-2025.jsonl")
    bodies = _publications(SHARED / "jats" / "mecfs")
    texts = ["\n".join(document(each).canonical.fields.values()) for each in abstracts]
    readings = [reader.read(each) for each in abstracts]
    rate = _rate(reader.read, abstracts)
    size = sum(len(json.dumps([s.paragraphs for s in p.sections])) for p in bodies)
    found: dict[str, float | str] = {
        "abstracts read a second (one core)": rate,
        "full texts read a second (one core)": _rate(reader.read, bodies),
        "characters in a full text (mean)": size / len(bodies),
        "limit: sentences of an abstract cut a second": _rate(sentence_bounds, texts),
        "limit: one pass with the names a second": _rate(names.occurs_in, texts),
        "limit: readings encoded a second": _rate(msgspec.json.encode, readings),
        "abstracts as documents a second": _rate(document, abstracts),
    }
    other = _medspacy(texts)
    found["medSpaCy, target and context, abstracts a second"] = other
    if isinstance(other, float):
        found["ratio to medSpaCy (not equal work)"] = rate / other
    return found


def _publications(path: Path) -> list:
    from rapport.evidence.publication import Publication
    from rapport.evidence.sources.files import publications

    return [each for each in publications([path]) if isinstance(each, Publication)]


def _medspacy(texts: Iterable[str]) -> float | str:
    """Abstracts a second of processor time, or why there is no such number.

    Its environment is large: it is made once, kept in a cache folder, and only where asked for.
    """
    if os.environ.get(ASKED_FOR) != "1":
        return f"not measured: set {ASKED_FOR}=1 to install it once, in {CACHE}, and measure it"
    try:
        fault = _install()
        if fault:
            return f"absent: it cannot be installed ({_last_line(fault)})"
        ran = _run(_PYTHON, "-c", MEDSPACY, told=json.dumps(list(texts)))
    except subprocess.TimeoutExpired:
        return "absent: it took more than ten minutes"
    if ran.returncode:
        return f"absent: it does not run ({_last_line(ran.stderr)})"
    return float(ran.stdout.split()[-1])


def _install() -> str:
    """Make its environment unless it is there; what went wrong, empty if nothing did."""
    if _PYTHON.exists() and not _run(_PYTHON, "-c", "import medspacy").returncode:
        return ""
    subprocess.run([sys.executable, "-m", "venv", CACHE], check=True)
    made = _run(_PYTHON, "-m", "pip", "install", "-q", "medspacy")
    return made.stderr if made.returncode else ""


def _run(*command: str | Path, told: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, input=told, capture_output=True, text=True, timeout=600, check=False
    )


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:120] if lines else "no reason given"

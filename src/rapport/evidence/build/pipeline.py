"""The build: the one place where sources, dedupe, reader, gate and release meet.

Gather (parse and screen every record, in several processes), join (one work, one card), read
(reading, card and gate, in several processes, kept readings used again), write, and put the
release in place in one step. Publications wait on disk between the passes.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

import rapport
from rapport.cards.study_card import StudyCard
from rapport.core.encoding import content_hash
from rapport.core.errors import UsageError, UserError
from rapport.evidence.after.listed import Lists
from rapport.evidence.build.crew import Crew
from rapport.evidence.build.gather import Gathering, gather
from rapport.evidence.build.making import Making, make
from rapport.evidence.build.names import Renamed
from rapport.evidence.build.plan import Plan, plan
from rapport.evidence.build.program import program_hash
from rapport.evidence.build.progress import Progress, Stage, Step, silent
from rapport.evidence.build.readings import Readings
from rapport.evidence.build.spill import Spill
from rapport.evidence.curate.decision import Log, log
from rapport.evidence.read.reading import READER_VERSION
from rapport.evidence.release.manifest import CARDS, INDEX, Counts, Inputs, Makers, Manifest
from rapport.evidence.release.swap import check_target, locked, put_in_place
from rapport.evidence.release.writing import (
    About,
    seal,
    write_aliases,
    write_aside,
    write_cards,
    write_works,
)
from rapport.evidence.search.index import indexed, write_index
from rapport.evidence.sources.files import raw_records
from rapport.knowledge.model import Knowledge, Topic

_SMALL = 4_000_000
"""Bytes of sources below which starting processes costs more than it saves."""


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    topic: str,
    knowledge: Knowledge,
    reviews_file: Path | None = None,
    notices: Lists | None = None,
    as_of: str | None = None,
    processes: int | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Manifest:
    """The manifest of the release that was built from `sources` and put in place at `out`.

    The same inputs give the same bytes of everything outside `index/`, whatever the order of
    the sources and the number of processes. A kill at any moment leaves the old release or the
    new one. Readings are kept beside `out`, so a later build reads only what is new.
    `notices` are lists of retractions and corrections. Missing: `processes` None means all cores. With `dry_run` nothing is put in place.
    Raises: InputError for sources that cannot be read, UsageError for an unknown topic or an
        `out` that holds something else, UserError if another build is writing there.
    """
    check_target(out)
    about = _topic(knowledge, topic)
    decisions = log(reviews_file)
    maker = content_hash(program_hash().encode(), knowledge.version.encode())
    with Crew(about, knowledge, _processes(processes, sources)) as crew, ExitStack() as opened:
        # Sources that cannot be read are refused here, before anything is written.
        pieces = raw_records(sources, wanted=crew.worker.screen.raw_pattern)
        work = opened.enter_context(locked(out))
        readings = opened.enter_context(Readings(work / "readings.bin"))
        spill = opened.enter_context(Spill(work / "publications.bin"))
        renamed = Renamed(sources)
        gathered = gather(pieces, renamed, crew, spill, progress)
        progress(Step(stage=Stage.JOIN, done=0, total=len(gathered.kept)))
        said = notices or Lists()
        planned = plan(gathered.handed_over(), maker=maker, listed=said.listed)
        drafts = work / "drafts.jsonl"
        opened.callback(drafts.unlink, missing_ok=True)
        making = make(
            planned, decisions.decisions, crew, spill.path, readings, drafts, progress
        )
        _demand_sound(making, planned)
        progress(Step(stage=Stage.WRITE, done=0))
        inputs = Inputs(sources=renamed.sources, sha256=gathered.sha256(), notices=said.read)
        counts = _counts(gathered, planned, making)
        told = _about(about.id, as_of, inputs, knowledge, counts, making, decisions)
        manifest = _written(work / "new", told, gathered, planned, making)
        if not dry_run:
            put_in_place(work / "new", out)
            readings.tidy()
    return manifest


def _demand_sound(making: Making, planned: Plan) -> None:
    """Raises: UserError if the reader failed on most works, so that a fault of the program never
    puts an empty atlas in the place of a good one."""
    failed = sorted(making.failed.values(), key=str)
    if 2 * len(failed) > len(planned.jobs):
        raise UserError(
            f"Reading failed on {len(failed)} of {len(planned.jobs)} works, so nothing was put "
            f"in place. The first reason: {failed[0].reason}",
            where=f"{failed[0].origin.file}, record {failed[0].origin.position}",
            fix="report it with this message; the old release, if there is one, is as it was",
        )


def _topic(knowledge: Knowledge, name: str) -> Topic:
    found = knowledge.topics.get(name)
    if found is None:
        raise UsageError(
            f"There is no topic called {name!r}.",
            where="--topic",
            fix=f"use one of: {', '.join(sorted(knowledge.topics))}",
        )
    return found


def _processes(wanted: int | None, sources: Iterable[Path]) -> int:
    if wanted is not None:
        return max(wanted, 1)
    if sum(_bytes(source) for source in sources) < _SMALL:
        return 1
    return (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )


def _bytes(source: Path) -> int:
    """The size of a file, or of the files in a folder, as far as it can be seen."""
    if not source.is_dir():
        return source.stat().st_size if source.is_file() else 0
    return sum(file.stat().st_size for file in source.rglob("*") if file.is_file())


def _counts(gathered: Gathering, planned: Plan, making: Making) -> Counts:
    """What became of every record; a sum that does not come out is a fault of the program."""
    counts = Counts(
        records=gathered.records,
        read=making.cards + len(making.refused),
        off_topic=gathered.off_topic,
        passed_over=gathered.passed_over,
        duplicate=planned.duplicates,
        quarantined=len(gathered.quarantined) + len(making.failed),
        cards=making.cards,
        refused=len(making.refused),
        withdrawn=gathered.withdrawn,
        studies=making.studies,
    )
    if not counts.balanced():
        raise RuntimeError(f"records were lost on the way: {counts}")
    return counts


def _about(
    topic: str,
    as_of: str | None,
    inputs: Inputs,
    knowledge: Knowledge,
    counts: Counts,
    making: Making,
    decisions: Log,
) -> About:
    return About(
        topic=topic,
        as_of=as_of,
        inputs=inputs,
        reviews=decisions.sha256,
        makers=Makers(
            rapport=rapport.__version__,
            reader=READER_VERSION,
            knowledge=knowledge.version,
            program=program_hash(),
        ),
        counts=counts,
        refusals=dict(sorted(making.rules.items())),
        topics=dict(sorted(making.topics.items())),
        flags=tuple(making.flags),
    )


def _written(
    folder: Path, about: About, gathered: Gathering, planned: Plan, making: Making
) -> Manifest:
    """Write the whole release into a new folder."""
    folder.mkdir()
    write_cards(folder, making.released())
    works = [work for work in planned.works if work.id not in making.failed]
    write_works(folder, works)
    write_aliases(folder, works, making.card_ids())
    write_aside(folder, [*gathered.quarantined, *making.failed.values()], making.refused)
    manifest = seal(folder, about)
    cards = (indexed(card) for card in _cards(folder))
    write_index(cards, folder / INDEX, mark=manifest.files[CARDS].sha256)
    return manifest


def _cards(folder: Path) -> Iterator[StudyCard]:
    with (folder / CARDS).open("rb") as lines:
        for line in lines:
            yield msgspec.json.decode(line, type=StudyCard)

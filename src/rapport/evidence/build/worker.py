"""The work on single records, done in every process alike: parse, screen, read, make the card."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from rapport.cards.gate import Gate
from rapport.cards.study_card import Refusal, StudyCard
from rapport.core.encoding import content_hash, to_json
from rapport.core.ids import Identifiers
from rapport.core.vocabulary import CardState
from rapport.evidence.build.spill import Place, spilled
from rapport.evidence.canonical import canonical
from rapport.evidence.card import study_card
from rapport.evidence.curate.applied import Applied, applied
from rapport.evidence.curate.decision import AnyDecision
from rapport.evidence.dedupe.among import with_family
from rapport.evidence.dedupe.entry import Entry, entry
from rapport.evidence.dedupe.merge import merged
from rapport.evidence.dedupe.relate import Family
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.reading import Reading
from rapport.evidence.screen import Screen
from rapport.evidence.sources.parse import wanted_publication
from rapport.evidence.sources.raw import RawRecord
from rapport.evidence.sources.record import Quarantined
from rapport.knowledge.model import Knowledge, Topic

_NOWHERE = Origin(file="", position=0, format="")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A record on the topic: what dedupe needs of it, and the publication as JSON."""

    entry: Entry
    origin: Origin
    identifiers: Identifiers
    given_id: str | None
    topic: str
    data: bytes


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one raw record; neither found nor quarantined means off-topic."""

    digest: bytes
    found: Found | None = None
    quarantined: Quarantined | None = None


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One work to be read: its records, the best first, and what is known of its family.

    `reading` is the reading that was kept from an earlier build; None if it must be read.
    `decisions` are people's decisions about its card, in the order of the log.
    """

    card: str
    key: str
    places: tuple[Place, ...]
    topic: str
    family: Family
    reading: bytes | None = None
    decisions: tuple[AnyDecision, ...] = ()


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one work: a released card as JSON, refusals, or the reader's failure.

    `reading` is set if it was read now, so that it can be kept. `flags` are decisions that no
    longer fit.
    """

    card: str
    topic: str
    key: str
    line: bytes | None = None
    citation: str = ""
    refusals: tuple[Refusal, ...] = ()
    failure: str | None = None
    reading: bytes | None = None
    flags: tuple[str, ...] = ()


class Worker:
    """Holds what is compiled once in a process: screen, reader and gate."""

    def __init__(self, topic: Topic, knowledge: Knowledge) -> None:
        self.screen = Screen(topic)
        self._knowledge = knowledge
        self._reader = Reader(knowledge)
        self._gate = Gate(knowledge)

    def gather(self, records: Iterable[RawRecord]) -> list[Gathered]:
        """What becomes of each record, in order."""
        return [self._gathered(raw) for raw in records]

    def make(self, jobs: Iterable[tuple[Path, Job]]) -> list[Made]:
        """What becomes of each work, in order; each comes with the file of its publications."""
        return [self._made(path, job) for path, job in jobs]

    def _gathered(self, raw: RawRecord) -> Gathered:
        digest = hashlib.sha256(raw.origin.format.encode() + b"\n" + raw.data).digest()
        topic: str | None = None

        def screened(told: Publication) -> bool:
            nonlocal topic
            topic = self.screen.topic_class(told)
            return topic is not None

        parsed = wanted_publication(raw, screened)
        if isinstance(parsed, Quarantined):
            return Gathered(digest=digest, quarantined=parsed)
        found = None if parsed is None or topic is None else _found(parsed, topic)
        return Gathered(digest=digest, found=found)

    def _made(self, path: Path, job: Job) -> Made:
        """Never raises for a bug of the reader: one record must not end a build of many."""
        try:
            return self._card(merged(spilled(path, job.places)), job)
        except Exception as error:
            return Made(card=job.card, topic=job.topic, key=job.key, failure=_failure(error))

    def _card(self, work: Publication, job: Job) -> Made:
        reading, fresh = self._reading(work, job)
        fields = canonical(work).fields
        told = applied(reading, job.decisions, fields, self._knowledge)
        card = self._decided(work, told, job, fields)
        refusals = (*card.refusals, *told.refusals)
        return Made(
            card=job.card,
            topic=job.topic,
            key=job.key,
            line=to_json(card) if card.state is CardState.RELEASED and not refusals else None,
            citation=card.citation.text,
            refusals=refusals,
            reading=fresh,
            flags=told.flags,
        )

    def _decided(
        self, work: Publication, told: Applied, job: Job, fields: Mapping[str, str]
    ) -> StudyCard:
        """The card as the gate left it: released, or refused with its reasons."""
        relatives = with_family(work, job.family)
        draft = study_card(relatives, told.reading, self._knowledge, topic_class=job.topic)
        draft = msgspec.structs.replace(
            draft, id=job.card, relations=job.family.related, events=job.family.events
        )
        card = self._gate.release(draft, fields)
        return card if isinstance(card, StudyCard) else card.card

    def _reading(self, work: Publication, job: Job) -> tuple[Reading, bytes | None]:
        """The reading, and its JSON if it was read now."""
        if job.reading is not None:
            return msgspec.json.decode(job.reading, type=Reading), None
        reading = self._reader.read(work)
        return reading, to_json(reading)


def _found(parsed: Publication, topic: str) -> Found:
    data = to_json(parsed)
    content = content_hash(to_json(msgspec.structs.replace(parsed, origin=_NOWHERE)))
    place = f"{parsed.origin.file}#{parsed.origin.position:09d}"
    return Found(
        entry=entry(parsed, f"{content} {place}"),
        origin=parsed.origin,
        identifiers=parsed.identifiers,
        given_id=parsed.given_id,
        topic=topic,
        data=data,
    )


def _failure(error: Exception) -> str:
    """The place in the program and the kind of error; never the words of the record."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"Rapport failed to read it, which is a bug: {type(error).__name__} at {line}."

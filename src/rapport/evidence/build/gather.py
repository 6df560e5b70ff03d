"""The first pass: every record parsed, screened and counted; publications spilled to disk."""

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from rapport.evidence.build.batches import batches
from rapport.evidence.build.crew import Crew
from rapport.evidence.build.names import Renamed
from rapport.evidence.build.plan import Kept
from rapport.evidence.build.progress import Progress, Stage, Step
from rapport.evidence.build.spill import Spill
from rapport.evidence.build.worker import Gathered, Worker
from rapport.evidence.sources.raw import PassedOver, Piece, RawRecord
from rapport.evidence.sources.record import Quarantined

_BATCH_BYTES = 400_000
_BATCH_RECORDS = 200


class Gathering:
    """What the first pass found. Memory: some hundred bytes for each record on the topic."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.quarantined: list[Quarantined] = []
        self.records = 0
        self.off_topic = 0
        self.passed_over = 0
        self.withdrawn = 0
        self._withdraws: set[str] = set()
        self._digests: list[bytes] = []

    def sha256(self) -> str:
        """One hash over all raw records, whatever their order and packing."""
        digest = hashlib.sha256()
        for one in sorted(self._digests):
            digest.update(one)
        digest.update(f"{self.passed_over} passed over".encode())
        return digest.hexdigest()

    def handed_over(self) -> list[Kept]:
        """What was kept of the records on the topic; it is let go of here.

        A record whose PMID PubMed withdraws in any of the sources is set aside instead.
        """
        kept = [record for record in self.kept if not self._is_withdrawn(record)]
        gone = [record for record in self.kept if self._is_withdrawn(record)]
        self.kept = []
        self.withdrawn = len(gone)
        self.quarantined += [
            Quarantined(
                origin=record.origin,
                reason=f"PubMed has withdrawn PMID {record.identifiers.pmid}",
            )
            for record in gone
        ]
        return kept

    def _is_withdrawn(self, record: Kept) -> bool:
        return record.identifiers.pmid in self._withdraws

    def pass_over(self, count: int) -> None:
        """Count records of a bulk file that did not match the topic and were not parsed."""
        self.records += count
        self.off_topic += count
        self.passed_over += count

    def set_aside(self, record: Quarantined) -> None:
        """Count a record that could not even be cut out of its file."""
        self.records += 1
        self.quarantined.append(record)
        self._withdraws.update(record.withdraws)
        self._digests.append(hashlib.sha256(record.reason.encode()).digest())

    def take(self, gathered: Gathered, spill: Spill) -> None:
        """Count one raw record, and keep it if it is on the topic."""
        self.records += 1
        self._digests.append(gathered.digest)
        if gathered.quarantined is not None:
            self.quarantined.append(gathered.quarantined)
        elif gathered.found is None:
            self.off_topic += 1
        else:
            found = gathered.found
            self.kept.append(
                Kept(
                    entry=found.entry,
                    origin=found.origin,
                    identifiers=found.identifiers,
                    given_id=found.given_id,
                    topic=found.topic,
                    place=spill.add(found.data),
                )
            )


def gather(
    pieces: Iterable[Piece], renamed: Renamed, crew: Crew, spill: Spill, progress: Progress
) -> Gathering:
    """Every record of the sources, counted as what it is."""
    gathering = Gathering()
    cut = _cut(pieces, renamed, gathering)
    raw = batches(cut, size=_size, most_bytes=_BATCH_BYTES, most_items=_BATCH_RECORDS)
    for results in crew.each(Worker.gather, raw):
        for result in results:
            gathering.take(result, spill)
        progress(Step(stage=Stage.GATHER, done=gathering.records))
    spill.finish()
    return gathering


def _cut(
    pieces: Iterable[Piece], renamed: Renamed, gathering: Gathering
) -> Iterator[RawRecord]:
    """The raw records under their public names; what is no raw record is counted here."""
    for piece in pieces:
        if isinstance(piece, PassedOver):
            gathering.pass_over(piece.count)
            continue
        named = msgspec.structs.replace(piece, origin=renamed.origin(piece.origin))
        if isinstance(named, Quarantined):
            gathering.set_aside(named)
        else:
            yield named


def _size(raw: RawRecord) -> int:
    return len(raw.data)

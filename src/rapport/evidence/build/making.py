"""The second pass: every work read, made into a card and put to the gate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from rapport.cards.afterwards import Event
from rapport.cards.study_card import RelatedWork, StudyCard
from rapport.evidence.after.cohorts import cohorts
from rapport.evidence.build.batches import batches
from rapport.evidence.build.crew import Crew
from rapport.evidence.build.plan import Plan
from rapport.evidence.build.progress import Progress, Stage, Step
from rapport.evidence.build.readings import Readings
from rapport.evidence.build.worker import Job, Made, Worker
from rapport.evidence.curate.decision import AnyDecision, about
from rapport.evidence.release.card_ids import alias_keys, aliases
from rapport.evidence.release.manifest import RefusedCard, Work
from rapport.evidence.sources.record import Quarantined

_Named = TypeVar("_Named", RelatedWork, Event)
_BATCH_BYTES = 250_000
_BATCH_JOBS = 50


class Making:
    """What the second pass made: cards in a file of drafts, refusals, failures, flags."""

    def __init__(self, drafts: Path) -> None:
        self.drafts = drafts
        self.cards = 0
        self.refused: list[RefusedCard] = []
        self.failed: dict[str, Quarantined] = {}
        self.rules: Counter[str] = Counter()
        self.topics: Counter[str] = Counter()
        self._ids: list[str] = []
        self._cohort_of: Mapping[str, str] = {}
        self.flags: list[str] = []

    def take(self, made: Made, work: Work) -> bytes:
        """Count what became of a work; its line for the file of drafts, empty without a card."""
        self.flags += made.flags
        if made.failure is not None:
            origin = work.members[0].origin
            self.failed[made.card] = Quarantined(origin=origin, reason=made.failure)
        elif made.line is None:
            self.refused.append(
                RefusedCard(id=made.card, citation=made.citation, refusals=made.refusals)
            )
            self.rules.update({one.rule for one in made.refusals})
        else:
            self.cards += 1
            self.topics[made.topic] += 1
            self._ids.append(made.card)
            return made.line + b"\n"
        return b""

    def card_ids(self) -> frozenset[str]:
        """The ids of the released cards."""
        return frozenset(self._ids)

    def released(self) -> Iterator[StudyCard]:
        """The released cards in order; a relation to a work without a card names none."""
        ids = self.card_ids()
        with self.drafts.open("rb") as lines:
            for line in lines:
                card = msgspec.json.decode(line, type=StudyCard)
                yield msgspec.structs.replace(
                    card,
                    relations=tuple(_existing(one, ids) for one in card.relations),
                    events=tuple(_existing(one, ids) for one in card.events),
                    cohort=self._cohort_of.get(card.id),
                )

    @property
    def studies(self) -> int:
        """The number of cards, those on the same people counted once."""
        return len({self._cohort_of.get(card, card) for card in self._ids})

    def join(self, works: Iterable[Work]) -> None:
        """Note for each released card on the same people as others the first of these cards.

        Works whose card was refused join those of others, but name none.
        """
        ids = self.card_ids()
        groups = cohorts({work.id: work.relations for work in works})
        shown = {work: groups[work] & ids for work in groups.keys() & ids}
        self._cohort_of = {work: min(cards) for work, cards in shown.items() if len(cards) > 1}


def make(
    planned: Plan,
    decisions: Sequence[AnyDecision],
    crew: Crew,
    spill: Path,
    readings: Readings,
    drafts: Path,
    progress: Progress,
) -> Making:
    """A card or a refusal for every work; readings that were kept are used, new ones kept."""
    making = Making(drafts)
    decided, making.flags = _by_card(decisions, planned.works)
    jobs = (
        (
            spill,
            msgspec.structs.replace(
                job, reading=readings.get(job.key), decisions=tuple(decided.get(job.card, ()))
            ),
        )
        for job in planned.jobs
    )
    cut = batches(jobs, size=_size, most_bytes=_BATCH_BYTES, most_items=_BATCH_JOBS)
    works = iter(planned.works)
    done = 0
    with drafts.open("wb") as lines:
        for results in crew.each(Worker.make, cut):
            for made in results:
                if made.reading is not None:
                    readings.add(made.key, made.reading)
                lines.write(making.take(made, next(works)))
            done += len(results)
            progress(Step(stage=Stage.READ, done=done, total=len(planned.jobs)))
    making.join(planned.works)
    return making


def _size(item: tuple[Path, Job]) -> int:
    return sum(place.length for place in item[1].places)


def _existing(named: _Named, ids: frozenset[str]) -> _Named:
    """The related work or the event, without a card that is not in the release."""
    if named.card is None or named.card in ids:
        return named
    return msgspec.structs.replace(named, card=None)


def _by_card(
    decisions: Sequence[AnyDecision], works: Iterable[Work]
) -> tuple[Mapping[str, list[AnyDecision]], list[str]]:
    """The decisions by card id, and a flag for each that fits no work."""
    found: dict[str, list[AnyDecision]] = {}
    flags: list[str] = []
    named = _named(works) if decisions else {}
    for decision in decisions:
        card = next((named[key] for key in alias_keys(decision.card) if key in named), None)
        if card is None:
            flags.append(f"{about(decision)} was not used: the work is not in this build")
        else:
            found.setdefault(card, []).append(decision)
    return found, flags


def _named(works: Iterable[Work]) -> dict[str, str]:
    names: dict[str, str] = {}
    for work in works:
        own = aliases(
            (member.identifiers for member in work.members),
            titles=work.titles,
            given_ids=(member.given_id for member in work.members if member.given_id),
        )
        for name in own:
            names.setdefault(name, work.id)
    return names | {work.id: work.id for work in works}

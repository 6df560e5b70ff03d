"""`rapport atlas card`: the whole way for a few records, with every refusal and its reasons."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from rapport.cards.gate import Gate
from rapport.cards.study_card import StudyCard
from rapport.cli.records import Files
from rapport.core.encoding import plain, to_json
from rapport.core.vocabulary import CardState
from rapport.evidence.after.lists import lists
from rapport.evidence.canonical import canonical
from rapport.evidence.card import study_card
from rapport.evidence.dedupe.among import families_among, with_family
from rapport.evidence.dedupe.relate import Family
from rapport.evidence.draft.asking import Endpoint
from rapport.evidence.draft.drafter import Drafter
from rapport.evidence.publication import Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.screen import Screen
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.raw import PassedOver
from rapport.evidence.sources.record import Quarantined
from rapport.knowledge.load import load
from rapport.knowledge.model import Knowledge

TOPIC = "me_cfs"
_STATEMENT: dict[str, object] = {"rule": None, "spans": [], "strength": None, "band": None}


class Cards:
    """Makes cards: reads, puts together, asks the gate. Compiled once."""

    def __init__(self, knowledge: Knowledge, endpoint: Endpoint | None = None) -> None:
        self._knowledge = knowledge
        self._reader = Reader(knowledge)
        self._gate = Gate(knowledge)
        self._drafter = (
            Drafter(self._gate, endpoint.answer, endpoint.model) if endpoint else None
        )
        topic = knowledge.topics.get(TOPIC)
        self._screen = Screen(topic) if topic else None

    def card(self, publication: Publication, family: Family | None = None) -> StudyCard:
        """The card, released or refused with all reasons; `family` is what belongs to its work,
        and what happened to it since."""
        if family is None:
            family = Family()
        draft = study_card(
            with_family(publication, family),
            self._reader.read(publication),
            self._knowledge,
            topic_class=self._screen.topic_class(publication) if self._screen else None,
        )
        draft = msgspec.structs.replace(draft, events=family.events)
        fields = canonical(publication).fields
        if self._drafter:
            drafted = self._drafter.drafted(draft, fields)
            draft = drafted.card
            for reason in drafted.not_shown:
                typer.echo(f"not drafted: {draft.id}: {reason}", err=True)
        outcome = self._gate.release(draft, fields)
        return outcome if isinstance(outcome, StudyCard) else outcome.card


Notices = Annotated[
    list[Path] | None,
    typer.Option(
        help="A list of retractions and corrections: the table of Retraction Watch (.csv), or "
        "works from Crossref (.jsonl); may be repeated."
    ),
]
DraftWith = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="An OpenAI-compatible endpoint that may draft sentences, such as "
        "http://127.0.0.1:8080/v1. Off unless given; the record's title and abstract are "
        "sent there. A key is read from RAPPORT_DRAFT_KEY.",
    ),
]
DraftModel = Annotated[str, typer.Option(help="The model to ask, shown beside what it drafts.")]
DraftSeconds = Annotated[float, typer.Option(min=0.1, help="Seconds to wait for one answer.")]


def atlas_card(
    files: Files,
    notices: Notices = None,
    draft_with: DraftWith = None,
    draft_model: DraftModel = "default",
    draft_seconds: DraftSeconds = 30.0,
) -> None:
    """Read records, make their cards, ask the gate, and print one JSON line a record.

    With --draft-with a model drafts sentences for the summary; each names the sentences it rests
    on, passes every rule and is marked as drafted, or it is left out with the reason on stderr.
    What the other records, and lists given with --notices, say of a work stands on its card: its
    relations, and what happened since it was published. A refused card is printed too, with
    every reason. Ends with exit status 1 if a card was
    refused or a record could not be read.

    Example: rapport atlas card paper.xml
    """
    endpoint = (
        Endpoint(
            draft_with,
            model=draft_model,
            key=os.environ.get("RAPPORT_DRAFT_KEY"),
            seconds=draft_seconds,
            clock=time.monotonic,
        )
        if draft_with
        else None
    )
    cards = Cards(load(), endpoint)
    counted = {"released": 0, "refused": 0, "not read": 0}
    records = list(publications(files))
    works = [record for record in records if isinstance(record, Publication)]
    family_of = iter(families_among(works, lists(notices or ()).listed))
    for record in records:
        family = next(family_of) if isinstance(record, Publication) else None
        for outcome in _lines(record, cards, family):
            counted[outcome] += 1
    told = ", ".join(f"{number} {what}" for what, number in counted.items())
    typer.echo(told, err=True)
    if counted["refused"] or counted["not read"]:
        raise typer.Exit(1)


def _lines(
    record: Publication | Quarantined | PassedOver, cards: Cards, family: Family | None
) -> Iterator[str]:
    """Prints what becomes of a record, and yields what that is called."""
    if isinstance(record, Publication):
        card = cards.card(record, family)
        typer.echo(to_json(card_line(card)).decode())
        yield "released" if card.state is CardState.RELEASED else "refused"
    elif isinstance(record, Quarantined):
        place = f"{record.origin.file}, record {record.origin.position}"
        typer.echo(f"not read: {place}: {record.reason}", err=True)
        yield "not read"


def card_line(card: StudyCard) -> dict[str, object]:
    """The card as its line of JSON, with every key of the contract, empty ones too."""
    line: dict[str, object] = plain(card)
    line["refusals"] = plain(card.refusals)
    line["parts"] = {
        part.name: [
            {**_STATEMENT, **plain(statement)} for statement in getattr(card.parts, part.name)
        ]
        for part in msgspec.structs.fields(card.parts)
    }
    return line

"""Reports from the public that a card is wrong, and the public ledger of what became of them.

Nobody needs an account, and nobody has to say who they are. What a reporter writes is private:
the ledger shows the card, the state, the dates, and what curators say in answer.
"""

import datetime
import secrets
from collections.abc import Iterator

import msgspec

from rapport.core.errors import UserError
from rapport.evidence.curate.workflow import Role
from rapport.store.audit.recording import Act, recording
from rapport.store.curation.models import Correction, CorrectionState, LogLine, Sender
from rapport.store.people.models import Person
from rapport.store.senders import hashed

LONGEST_REPORT = 4_000
LONGEST_CONTACT = 200
LONGEST_ANSWER = 2_000
"""Characters."""
HOUR = datetime.timedelta(hours=1)
MOST_FROM_ONE = 5
MOST_FROM_ALL = 100
"""Reports an hour: enough for a person who found several faults, too few to flood curators."""

FORGOTTEN = "(What the reporter wrote was deleted after the report was settled.)"

_ANSWERED_MEANWHILE = "Somebody else answered it since you opened it. Look at it again."
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for one another when read out."""


class NotTakenError(UserError):
    """A report or an answer that is not taken, with the reason."""

    code = "not-taken"


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What everybody may see of a report. `days` are those from report to answer."""

    id: str
    card: str
    state: str
    received: str
    answered: str | None = None
    days: int | None = None
    answer: str | None = None
    decision: int | None = None
    """The number of the line of the log of decisions that came of it."""


def receive(
    card: str,
    report: str,
    at: datetime.datetime,
    *,
    contact: str = "",
    address: str = "",
    key: str,
) -> str:
    """The id of a new report about a card, under which the ledger tells what becomes of it.

    `address` is where the report comes from; only its hash under `key` is kept, and it counts
    for an hour.
    Raises: NotTakenError for an empty or over-long report, or too many in an hour.
    """
    _demand_length(report, contact)
    sender = hashed(address, key)
    made = f"C-{''.join(secrets.choice(_LETTERS) for _ in range(6))}"
    with recording(Act(act="correction: received", about=f"{made} {card}", at=at)):
        Sender.objects.filter(at__lte=at - HOUR).delete()
        of_all = Sender.objects.count()
        of_one = Sender.objects.filter(key=sender).count()
        if of_one >= MOST_FROM_ONE or of_all >= MOST_FROM_ALL:
            raise NotTakenError(
                "Many reports came in the last hour, so this one was not taken.",
                where="the form",
                fix="keep your text and send it again in an hour",
            )
        Sender(key=sender, at=at).save()
        Correction(
            id=made, card=card, received=at, report=report.strip(), contact=contact.strip()
        ).save(force_insert=True)
    return made


def answer(
    correction: str,
    person: Person,
    state: CorrectionState,
    text: str,
    at: datetime.datetime,
    *,
    seen: str = "",
    log_line: int | None = None,
) -> None:
    """Say in public what became of a report; a later answer takes the place of an earlier one.

    `seen` is the `mark` of the report as it was looked at.
    Raises: NotTakenError with every reason; nothing is written then.
    """
    about = Act(act="correction: answered", about=correction, at=at, person=person.name)
    with recording(about) as detail:
        person.refresh_from_db()
        row = Correction.objects.filter(pk=correction).first()
        line = LogLine.objects.filter(pk=log_line).first() if log_line is not None else None
        reasons = [
            *_against_whom(person, row, seen),
            *_against_what(state, text),
            *([] if log_line is None or line else ["There is no such line in the log."]),
        ]
        if reasons or row is None:
            raise NotTakenError(" ".join(reasons), where=correction, fix="see the reasons")
        row.state, row.answer, row.answered, row.log_line = state, text.strip(), at, line
        row.save()
        detail["state"] = state.value


def forget(before: datetime.datetime, at: datetime.datetime) -> int:
    """How many reports answered before `before` lost what their reporters wrote, and contacts.

    The line in the ledger, the answer and the audit stay. A report that is not answered is kept.
    """
    with recording(Act(act="corrections: forgotten", about="settled reports", at=at)) as detail:
        settled = Correction.objects.exclude(state=CorrectionState.RECEIVED)
        rows = [
            row
            for row in settled.filter(answered__lt=before)
            if row.contact or row.report != FORGOTTEN
        ]
        for row in rows:
            row.report, row.contact = FORGOTTEN, ""
            row.save()
        detail["reports"] = [row.id for row in rows]
    return len(rows)


def _against_whom(person: Person, row: Correction | None, seen: str) -> Iterator[str]:
    """Why this person may not answer this report, as they have seen it."""
    if not person.is_active or Role.CURATOR not in person.role_set:
        yield "This needs the role curator."
    if row is None:
        yield "There is no such report."
    elif mark(row) != seen:
        yield _ANSWERED_MEANWHILE


def _against_what(state: CorrectionState, text: str) -> Iterator[str]:
    """Why this is no answer."""
    if state is CorrectionState.RECEIVED:
        yield "Say whether the card was corrected."
    if not text.strip():
        yield "Say in a sentence what was changed, or why nothing was."
    if len(text) > LONGEST_ANSWER:
        yield f"Use up to {LONGEST_ANSWER:,} characters."


def mark(row: Correction) -> str:
    """Which answer a report has; empty while it has none."""
    return row.answered.isoformat() if row.answered else ""


def of_card(card: str, correction: str) -> bool:
    """Whether there is such a report about the card."""
    return Correction.objects.filter(pk=correction, card=card).exists()


def ledger() -> Iterator[LedgerLine]:
    """Every report, the newest first, as everybody may see it."""
    for row in Correction.objects.select_related("log_line").order_by("-received", "id"):
        yield LedgerLine(
            id=row.id,
            card=row.card,
            state=row.state,
            received=row.received.date().isoformat(),
            answered=row.answered.date().isoformat() if row.answered else None,
            days=(row.answered.date() - row.received.date()).days if row.answered else None,
            answer=row.answer or None,
            decision=row.log_line.number if row.log_line else None,
        )


def _demand_length(report: str, contact: str) -> None:
    if not report.strip():
        raise NotTakenError(
            "The report is empty.",
            where="What is wrong?",
            fix="say in a sentence what is wrong",
        )
    if len(report) > LONGEST_REPORT or len(contact) > LONGEST_CONTACT:
        raise NotTakenError(
            f"The report is too long: {LONGEST_REPORT:,} characters are taken, and "
            f"{LONGEST_CONTACT} for how to reach you.",
            where="the form",
            fix="shorten it, or send two",
        )

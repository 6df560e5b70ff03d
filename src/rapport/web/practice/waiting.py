"""What waits for a patient beside the check-in: a question of two days later, a wish that was seen."""

import datetime

from rapport.core.dates import in_words
from rapport.practice.records.check_ins import CheckIn, HelpSeen
from rapport.practice.records.people import Role, Side
from rapport.practice.records.visits import TwoDaysLater, Visit
from rapport.practice.visit import after as taps
from rapport.web.practice.between import Between
from rapport.web.practice.says import screen_words


def to_ask(here: Between) -> tuple[str, ...]:
    """What the patient is to be asked about two days later: the ids, the oldest first."""
    if here.viewer.role is Role.PRACTITIONER:
        return ()
    noon = datetime.time(12, tzinfo=datetime.UTC)
    when = [
        (each.id, datetime.datetime.combine(each.record.on, noon))
        for each in here.kept(Visit)
        if isinstance(each.record, Visit)
    ]
    when += [
        (each.id, each.record.sent_at)
        for each in here.kept(CheckIn)
        if isinstance(each.record, CheckIn)
        and each.record.side is Side.PATIENT
        and each.record.sent_at is not None
    ]
    said = [r.record for r in here.kept(TwoDaysLater) if isinstance(r.record, TwoDaysLater)]
    return taps.to_ask_later(when, said, here.at)


def help_seen(here: Between, about: str | None = None) -> str:
    """Who has seen the wish for help of a check-in, and when; empty where nobody said so.

    Without `about`: of the last wish that was seen.
    """
    marks = [
        each.record
        for each in here.kept(HelpSeen)
        if isinstance(each.record, HelpSeen) and about in (None, each.record.check_in)
    ]
    if not marks:
        return ""
    return screen_words("seen", who=marks[-1].seen_by, day=in_words(marks[-1].at.date()))

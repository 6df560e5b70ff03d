"""Sam, made up: five months with Dr Lee, so that every page has something to show.

Three check-ins of both sides, three visits with what was said afterwards, what made things
worse, and a plan in which one need was met, one cannot be had, and one waits for an answer.
"""

import datetime
from collections.abc import Mapping

import msgspec

from rapport.practice.check_in import pairing
from rapport.practice.coalition import letters, plan
from rapport.practice.coalition.held import coalition_of
from rapport.practice.coalition.service_map import examples
from rapport.practice.records.check_ins import Reveal, Share
from rapport.practice.records.coalition import (
    Action,
    ActionState,
    Actor,
    ContactNote,
    Cost,
    DesiredResult,
    Domain,
    Fits,
    GapReason,
    Letter,
    Match,
    Need,
    NeedState,
    Plan,
    Request,
)
from rapport.practice.records.people import ConsentKind, Profile, Respondent, Role, Side
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.store.practice.demo_keeping import (
    WHY,
    Keep,
    check_in,
    consent,
    keeper,
    patient_of,
)

_SAM = {
    "S0": 1, "C1x": 3, "C1a": 1, "C1b": 1, "C2a": 3, "C2b": 2, "C3a": 2, "C3b": 3,
    "C4a": 3, "C4b": 4, "C5a": 1, "C5b": 2, "C6a": 0, "C6b": 1, "PICK": 6,
}  # fmt: skip
_LEE = {
    "C1o": 3, "C2o": 3, "C3o": 2, "C4o": 2, "C5o": 2, "C6o": 1, "PICKo": 6, "C1x_c": 2,
    "C1a_pred": 3, "C1b_pred": 3, "C2a_pred": 3, "C2b_pred": 2, "C3a_pred": 2, "C3b_pred": 2,
    "C4a_pred": 3, "C4b_pred": 3, "C5a_pred": 3, "C5b_pred": 3, "C6a_pred": 1, "C6b_pred": 1,
}  # fmt: skip
_EARLIER = (
    (150, {"S0": 0, "C2a": 1, "C2b": 0, "C3b": 1, "C4b": 1, "C5a": 0, "C5b": 1, "PICK": 5},
     {"C2o": 1, "C5o": 1, "PICKo": 2}),
    (70, {"S0": 0, "C2a": 3, "C2b": 2, "C4b": 3, "C5a": 3, "C5b": 3, "C6a": 1, "PICK": 2},
     {"C5o": 3, "PICKo": 6}),
)  # fmt: skip
"""Days ago, and where answers were others than in the last check-in: Sam's, Dr Lee's."""
_VISITS = (
    (148, (5,), True, Worse.A_LITTLE),
    (66, (2, 5), True, Worse.NO),
    (24, (6,), False, Worse.NO),
)
"""Days ago, the cards that were used, whether it was useful to Sam, and how it was afterwards."""


class _Time(msgspec.Struct, frozen=True, kw_only=True):
    """Moments before the demo was made."""

    at: datetime.datetime

    def ago(self, days: int) -> datetime.datetime:
        return self.at - datetime.timedelta(days=days)

    def day(self, days: int) -> datetime.date:
        """A day that many days ago; later ones are below zero."""
        return self.ago(days).date()


def make_sam(staff: Mapping[Role, Viewer], at: datetime.datetime) -> None:
    """Sam in the demo clinic: both sides have sent, a need is shared, research is agreed."""
    lee, time = staff[Role.PRACTITIONER], _Time(at=at)
    profile = Profile(
        shown_as="Sam",
        contact="sam@example.org",
        conditions=("dark", "short"),
        weekly_line=True,
    )
    invited = pairs.invite(lee, profile, at=time.ago(152))
    sam = patient_of(lee, invited.patient)
    keep = keeper(sam, invited.pair)
    for kind, about in ((ConsentKind.RELATIONSHIP, invited.pair), (ConsentKind.RESEARCH, None)):
        keep(consent(kind, time.ago(150), about=about), time.ago(150))
    for days, answers, expected in (*_EARLIER, (2, {}, {})):
        _both_sides(sam, lee, invited.pair, answers, expected, time.ago(days))
    _visits(keep, keeper(lee, invited.pair), time)
    _harm(keep, keeper(lee, invited.pair), time)
    _plan(sam, staff, time)


def _both_sides(
    sam: Viewer,
    lee: Viewer,
    pair: str,
    answers: dict[str, int],
    expected: dict[str, int],
    then: datetime.datetime,
) -> None:
    """Both sides of one check-in, revealed, and what they came to."""
    own = check_in(Side.PATIENT, Respondent.SELF, _SAM | answers, then)
    shares = dict.fromkeys((1, 2, 3, 5, 6), Share.ANSWERS)
    keeper(sam, pair)(msgspec.structs.replace(own, shares=shares, reveal=Reveal.AGREED), then)
    theirs = check_in(Side.PRACTITIONER, Respondent.PRACTITIONER, _LEE | expected, then)
    keeper(lee, pair)(msgspec.structs.replace(theirs, reveal=Reveal.AGREED), then)
    records.compute(
        sam,
        lambda kept: pairing.result(pairing.sides(kept), then.date()),
        patient=sam.id,
        pair=pair,
        at=then,
        why=WHY,
    )


def _visits(sam: Keep, lee: Keep, time: _Time) -> None:
    for days, cards, useful, worse in _VISITS:
        at, on = time.ago(days), time.day(days)
        visit = lee(Visit(on=on, cards=cards), at)
        for keep, side in ((sam, Side.PATIENT), (lee, Side.PRACTITIONER)):
            said = AfterVisit(
                visit=visit.id, side=side, on=on, talked=True, useful=useful, worse=worse
            )
            keep(said, at)
        sam(
            TwoDaysLater(about=visit.id, on=time.day(days - 2), worse=worse), time.ago(days - 2)
        )


def _harm(sam: Keep, lee: Keep, time: _Time) -> None:
    """One line that was looked at, and one that waits."""
    reviewed = Harm(
        side=Side.PATIENT,
        on=time.day(146),
        what="The visit took an hour. I was in bed for two days.",
        reviewed_on=time.day(140),
        review="Visits are now 15 minutes, with a pause. Written into the notes.",
    )
    sam(reviewed, time.ago(146))
    waits = "The desk asked me to phone for the letter. I cannot phone."
    sam(Harm(side=Side.PATIENT, on=time.day(20), what=waits), time.ago(20))
    mine = "I asked about work too early. Sam went quiet."
    lee(Harm(side=Side.PRACTITIONER, on=time.day(23), what=mine), time.ago(23))


def _plan(sam: Viewer, staff: Mapping[Role, Viewer], time: _Time) -> None:
    keep, at = keeper(sam, None), time.ago(60)
    helper = Actor(
        shown_as="Jo",
        role="social worker",
        capacity="an hour a week",
        account=staff[Role.COALITION_MEMBER].id,
    )
    jo = keep(helper, at).id
    lee = Actor(shown_as="Dr Lee", role="practitioner", account=staff[Role.PRACTITIONER].id)
    doctor = keep(lee, at).id
    me = keep(Actor(shown_as="Sam", role="the person", is_patient=True), at).id
    meals = _meals(keep, jo, me, time)
    keep(consent(ConsentKind.COALITION_MEMBER, at, about=jo, need=meals), at)
    _form(keep, doctor, me, time)
    _ended(keep, doctor, time)
    _agreed(sam, (doctor, me), time)


def _meals(keep: Keep, jo: str, me: str, time: _Time) -> str:
    """A need that is shared with Jo: nobody has found a service that fits so far."""
    need = keep(
        Need(
            label="Help with meals on bad days",
            domain=Domain.FOOD,
            why="I cannot stand long enough to cook.",
            priority=1,
            cost=Cost.LOW,
            first_seen=time.day(60),
        ),
        time.ago(60),
    ).id
    better = DesiredResult(
        need=need, what="One warm meal a day", how_known="I eat at noon", by=time.day(-30)
    )
    keep(better, time.ago(60))
    service = examples()[0].id
    looked = Match(need=need, service=service, fits=Fits.UNKNOWN, checked_on=time.day(30))
    keep(looked, time.ago(30))
    done = Action(
        need=need,
        what="List what can be eaten cold",
        owner=me,
        due=time.day(40),
        state=ActionState.DONE,
        burden=Cost.LOW,
        came_of_it="The list hangs on the fridge",
        benefit="Three easier evenings a week",
    )
    keep(done, time.ago(50))
    what = "Ask the council about meals brought home"
    keep(Action(need=need, what=what, owner=jo, due=time.day(-7)), time.ago(10))
    told = ContactNote(
        need=need,
        on=time.day(12),
        who="The council",
        what="They answer letters within 4 weeks.",
    )
    keep(told, time.ago(12))
    return need


def _form(keep: Keep, doctor: str, me: str, time: _Time) -> None:
    """A need with a request that nobody has answered, an approved letter, and a draft of one."""
    label, service = "Help with the form for benefits", examples()[1]
    need = keep(
        Need(
            label=label,
            domain=Domain.INCOME,
            why="Forty pages. I manage one a day.",
            priority=2,
            cost=Cost.HIGH,
            first_seen=time.day(58),
        ),
        time.ago(58),
    ).id
    fits = Match(need=need, service=service.id, fits=Fits.WITH_CHANGES, checked_on=time.day(50))
    keep(fits, time.ago(50))
    facts = {
        "person": "Sam",
        "writer": "Dr Lee",
        "provider": service.provider,
        "what": label,
        "needs": "in writing; short pieces",
        "today": f"{time.day(48):%-d %B %Y}",
        "due": f"{time.day(20):%-d %B %Y}",
    }
    first = letters.draft("ask_for_service", facts, need=need, on=time.day(48))
    sent = keep(letters.approved(first, time.day(46)), time.ago(48)).id
    asked = Request(
        need=need,
        service=service.id,
        reason="Help with the form, in writing",
        attachments=(sent,),
        sent_how="by letter",
        sent_on=time.day(45),
        due=time.day(17),
    )
    keep(asked, time.ago(45))
    again = {**facts, "sent": f"{time.day(45):%-d %B %Y}", "today": f"{time.day(3):%-d %B %Y}"}
    keep(letters.draft("no_answer", again, need=need, on=time.day(3)), time.ago(3))
    _to_do(keep, need, doctor, me, time)


def _to_do(keep: Keep, need: str, doctor: str, me: str, time: _Time) -> None:
    """What is still to be done for a need: by the doctor, and by Sam."""
    keep(
        Action(need=need, what="Ask again for an answer", owner=doctor, due=time.day(5)),
        time.ago(17),
    )
    keep(
        Action(
            need=need,
            what="Fill in one page a day",
            owner=me,
            due=time.day(-14),
            burden=Cost.HIGH,
        ),
        time.ago(40),
    )


def _ended(keep: Keep, doctor: str, time: _Time) -> None:
    """A need that was met, and one that cannot be had here."""
    stool = Need(
        label="A stool for the shower",
        domain=Domain.AIDS,
        cost=Cost.LOW,
        state=NeedState.MET,
        first_seen=time.day(60),
        closed_on=time.day(35),
    )
    met = keep(stool, time.ago(60)).id
    fetched = Action(
        need=met,
        what="Order the stool",
        owner=doctor,
        due=time.day(45),
        state=ActionState.DONE,
        came_of_it="It came by post",
        benefit="A shower twice a week",
    )
    keep(fetched, time.ago(55))
    home = Need(
        label="A specialist who visits at home",
        domain=Domain.SPECIALIST,
        cost=Cost.HIGH,
        state=NeedState.UNMET,
        first_seen=time.day(60),
        closed_on=time.day(28),
    )
    unmet = keep(home, time.ago(60)).id
    none = Match(
        need=unmet,
        service="",
        fits=Fits.DOES_NOT_FIT,
        gap=GapReason.NONE_EXISTS,
        checked_on=time.day(29),
    )
    keep(none, time.ago(29))


def _agreed(sam: Viewer, who: tuple[str, ...], time: _Time) -> None:
    """The plan as it was agreed at the last visit."""
    held = coalition_of(
        records.kept(sam, Need, DesiredResult, Action, Actor, Request, Plan, Letter)
    )
    services = {each.id: each for each in examples()}
    made = plan.version_of(
        held, services, agreed_by=who, on=time.day(24), review_on=time.day(-32)
    )
    keeper(sam, None)(made, time.ago(24))

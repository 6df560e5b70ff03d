"""Two ticks of a practitioner that safety rules answer to: severely ill (SR6), and harm (SR8)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.load_practice import own
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Profile, SafetyMark, Side
from rapport.practice.safety.rules import Moment
from rapport.practice.visibility.states import CONCERN
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.store.practice.scope import not_there
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import viewer
from rapport.web.practice.near import pack_of
from rapport.web.practice.own.wishes import profile
from rapport.web.safe import moment, severity

_WHY = "safety"
"""What the audit is told: the same for every tick of the page, so that it gives none away."""


def safety(request: HttpRequest, patient: str) -> HttpResponse:
    """What was ticked for a patient, what follows, and the ticks themselves."""
    asks = viewer(request)
    mine = [each for each in pairs.of(asks) if each.patient == patient]
    if not mine:
        raise not_there()
    entry, found = profile(asks, patient)
    open_mark = _open_mark(asks, patient)
    if request.method == "POST":
        act = sent(request).get("act", "")
        if act in ("severe", "not severe"):
            how = records.with_fields(severe=act == "severe")
            records.change(asks, entry.id, how, at=now(), why=_WHY)
        elif act == "concern" and open_mark is None:
            mark = SafetyMark(rule=CONCERN, by=Side.PRACTITIONER, on=now().date())
            records.keep(asks, mark, patient=patient, pair=mine[0].id, at=now(), why=_WHY)
        elif act == "settled" and open_mark is not None:
            how = records.with_fields(closed_on=now().date())
            records.change(asks, open_mark, how, at=now(), why=_WHY)
        elif act not in ("concern", "settled"):
            raise PageError(400, "That did not make sense to us.")
        return HttpResponseRedirect(request.path_info)
    where = pack_of(asks)
    return form_page(
        request,
        "practice/safety.html",
        shown_as=found.shown_as,
        patient=patient,
        ticked=found.severe,
        severe=_severity(asks, patient, found),
        bearable=own().texts["severe_pathway"].lines.values(),
        concern=moment(harm_concern="none" if open_mark is None else "practitioner"),
        is_open=open_mark is not None,
        contacts=(where.safeguarding_adults, where.safeguarding_children),
    )


def _severity(asks: Viewer, patient: str, profile: Profile) -> Moment:
    """The moment of how ill a patient is, as far as the practitioner may know it."""
    found = [each.record for each in records.kept(asks, CheckIn, patient=patient)]
    return severity(profile, [each for each in found if isinstance(each, CheckIn)])


def _open_mark(asks: Viewer, patient: str) -> str | None:
    """The id of the concern that is open; None if there is none."""
    for each in records.kept(asks, SafetyMark, patient=patient):
        mark = each.record
        if not isinstance(mark, SafetyMark) or mark.by is not Side.PRACTITIONER:
            continue
        if mark.rule == CONCERN and mark.closed_on is None:
            return each.id
    return None

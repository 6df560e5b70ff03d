"""Two ticks of a practitioner that safety rules answer to: severely ill (SR6), and harm (SR8)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.knowledge.load_practice import own
from rapport.practice.records.people import SafetyMark, Side
from rapport.practice.safety.rules import what_happens
from rapport.practice.visibility.states import CONCERN
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.store.practice.scope import not_there
from rapport.web.clock import now
from rapport.web.errors import PageError
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import viewer
from rapport.web.practice.near import pack_of
from rapport.web.practice.wishes import profile

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
        severe=own().texts["severe_pathway"] if found.severe else None,
        concern=_told() if open_mark is not None else (),
        contacts=(where.safeguarding_adults, where.safeguarding_children),
    )


def _open_mark(asks: Viewer, patient: str) -> str | None:
    """The id of the concern that is open; None if there is none."""
    for each in records.kept(asks, SafetyMark, patient=patient):
        mark = each.record
        if not isinstance(mark, SafetyMark) or mark.by is not Side.PRACTITIONER:
            continue
        if mark.rule == CONCERN and mark.closed_on is None:
            return each.id
    return None


def _told() -> tuple[str, ...]:
    """What rule SR8 says to a practitioner who has a concern."""
    happenings = what_happens({"harm_concern": "practitioner"}, own().safety_rules)
    return tuple(
        line for each in happenings if each.rule == CONCERN for line in each.practitioner
    )

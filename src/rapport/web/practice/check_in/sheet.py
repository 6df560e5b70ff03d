"""The sheet of paper to print: the same questions under the same ids, in large print."""

from django.http import HttpRequest, HttpResponse

from rapport.practice.check_in.screens import INSTRUMENT, Names, screens
from rapport.practice.records.check_ins import Length
from rapport.practice.records.people import Respondent, Side
from rapport.web.errors import not_found
from rapport.web.practice.says import screen_words, wording
from rapport.web.render import page

_BLANK = Names(patient="this person", practitioner="your practitioner")


def sheet(request: HttpRequest, side: str, length: str) -> HttpResponse:
    """One side's questions with boxes, in large print, with the ids they are keyed in by."""
    of_side = next((each for each in Side if each.value == side), None)
    if of_side is None or length not in (Length.FULL.value, Length.SHORT.value):
        raise not_found("There is no such sheet.")
    respondent = Respondent.SELF if of_side is Side.PATIENT else Respondent.PRACTITIONER
    asked = screens(of_side, Length(length), respondent, wording(), _BLANK)
    return page(
        request,
        "practice/check_in/sheet.html",
        screens=asked,
        side=side,
        length=length,
        edition=wording().instruments[INSTRUMENT[of_side]].edition,
        says=screen_words,
        about=[wording().says("about_check_in", each) for each in ("new", "talk", "missing")],
    )

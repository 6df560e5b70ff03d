"""The front page of the practice wing: what it is, what it is not, who made it, and the six cards."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rapport.web.practice.held import practice
from rapport.web.practice.open.cards import rows
from rapport.web.practice.open.shapes import Wing
from rapport.web.render import page


def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    texts = practice().texts
    return page(
        request,
        "practice/front.html",
        says=texts["wing"].passages,
        solo=texts["solo"].passages,
        intended=texts["intended_use"].passages,
        rows=rows(),
        is_demo=settings.IS_DEMO,
    )


def wing() -> Wing:
    """The same as data."""
    texts = practice().texts
    return Wing(
        says=texts["wing"].passages, intended_use=texts["intended_use"].passages, cards=rows()
    )

"""The data of the open practice pages, each at its page's own address with `.json`."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from rapport.knowledge.practice import CountryPack
from rapport.web.api_answers import answers, content
from rapport.web.practice.open import cards, front, help_now, solo
from rapport.web.practice.open.shapes import (
    CardData,
    CardList,
    HelpData,
    SoloAnswer,
    SoloAsked,
    SoloScreens,
    WarningSigns,
    Wing,
)
from rapport.web.render import data

SHAPES = (
    Wing,
    CardList,
    CardData,
    HelpData,
    CountryPack,
    WarningSigns,
    SoloScreens,
    SoloAsked,
    SoloAnswer,
)

router = Router()


@router.get("/practice.json", url_name="practice-data", openapi_extra=answers(Wing))
def practice_data(request: HttpRequest) -> HttpResponse:
    """The practice wing: what it is, what it is not, and its six cards."""
    return data(front.wing())


@router.get(
    "/practice/cards.json", url_name="practice-cards-data", openapi_extra=answers(CardList)
)
def cards_data(request: HttpRequest) -> HttpResponse:
    """The six intervention cards."""
    return data(cards.card_list())


@router.get(
    "/practice/cards/{int:number}.json",
    url_name="practice-card-data",
    openapi_extra=answers(CardData),
)
def card_data(request: HttpRequest, number: int) -> HttpResponse:
    """One intervention card, with its evidence for and against."""
    return data(cards.card_data(number))


@router.get(
    "/practice/solo.json", url_name="practice-solo-data", openapi_extra=answers(SoloScreens)
)
def solo_questions(request: HttpRequest) -> HttpResponse:
    """The seven questions of solo mode."""
    return data(solo.solo_questions())


@router.post(
    "/practice/solo.json",
    url_name="practice-solo-data",
    openapi_extra={
        **answers(SoloAnswer),
        "requestBody": {"required": True, **content(SoloAsked, "Answers by item.")},
    },
)
def solo_data(request: HttpRequest) -> HttpResponse:
    """The challenge at hand and its card, for a practitioner's own answers. Nothing is kept."""
    return data(solo.solo_data(request))


@router.get(
    "/practice/help.json", url_name="practice-help-data", openapi_extra=answers(HelpData)
)
def help_data(request: HttpRequest) -> HttpResponse:
    """Where help is."""
    return data(help_now.help_data())


@router.get(
    "/practice/red-flags.json",
    url_name="practice-red-flags-data",
    openapi_extra=answers(WarningSigns),
)
def red_flags_data(request: HttpRequest) -> HttpResponse:
    """Warning signs that ask for a look at once."""
    return data(help_now.warning_signs())

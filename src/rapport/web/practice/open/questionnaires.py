"""The two check-ins as FHIR Questionnaires, for whoever builds on them: nothing about anybody."""

from django.http import HttpRequest, HttpResponse

from rapport.core.encoding import to_pretty_json
from rapport.knowledge.load import instrument
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS
from rapport.practice.exchange.fhir.questionnaire import questionnaire as written
from rapport.practice.safety.effects import Effect
from rapport.web.errors import not_found
from rapport.web.safe import moment


def questionnaire(request: HttpRequest, name: str) -> HttpResponse:
    """One of the two, with the expressions that work out its scores."""
    key = instrument(name)
    asks = "yes" if key is not None and key.attention else "no"
    refused = moment(asks_about_self_harm=asks, place="practice")
    told = refused.practitioner(Effect.REFUSE_QUESTIONNAIRE)
    if told:
        raise not_found(" ".join(told))
    if key is None or name not in INSTRUMENTS.values():
        raise not_found(
            "There is no such questionnaire.", f"There are: {', '.join(INSTRUMENTS.values())}."
        )
    return HttpResponse(to_pretty_json(written(key)), content_type="application/fhir+json")

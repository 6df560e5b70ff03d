"""The two check-ins as FHIR Questionnaires, for whoever builds on them: nothing about anybody."""

from django.http import HttpRequest, HttpResponse

from rapport.core.encoding import to_pretty_json
from rapport.knowledge.load import instrument
from rapport.practice.exchange.fhir.check_ins import INSTRUMENTS
from rapport.practice.exchange.fhir.questionnaire import questionnaire as written
from rapport.web.errors import not_found


def questionnaire(request: HttpRequest, name: str) -> HttpResponse:
    """One of the two, with the expressions that work out its scores."""
    key = instrument(name) if name in INSTRUMENTS.values() else None
    if key is None:
        raise not_found(
            "There is no such questionnaire.", f"There are: {', '.join(INSTRUMENTS.values())}."
        )
    return HttpResponse(to_pretty_json(written(key)), content_type="application/fhir+json")

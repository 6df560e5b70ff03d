"""Who takes part and what they agreed to, as FHIR resources and back."""

from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.names import OWN, concept, instant
from rapport.practice.exchange.fhir.shape import Shape, Within
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Consent, Profile, SafetyMark, Supporter

_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/consentcategorycodes"
_POLICY = f"{OWN}:consent"


def _profile(profile: Profile, _kept: Kept, _within: Within) -> Json:
    return {
        # How somebody is reached is not sorted here: a telephone, a mail or a neighbour.
        "telecom": [{"system": "other"}] if profile.contact else [],
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47"}]}}],
    }


PROFILE = Shape(
    kind=Profile,
    resource="Patient",
    why="a name and a way to reach the person; no date of birth, address or diagnosis is kept",
    fields={
        "shown_as": "name[0].text",
        "contact": "telecom[0].value",
        "language": "communication[0].language.coding[0].code",
    },
    also=_profile,
)


def _supporter(supporter: Supporter, _kept: Kept, within: Within) -> Json:
    return {
        "active": supporter.cut_on is None,
        "patient": within.subject(),
        "period": {"end": (supporter.cut_on or supporter.until).isoformat()},
    }


SUPPORTER = Shape(
    kind=Supporter,
    resource="RelatedPerson",
    why="somebody who helps the person to answer, for a time",
    fields={"shown_as": "name[0].text", "relation": "relationship[0].text"},
    also=_supporter,
)


def _consent(given: Consent, _kept: Kept, within: Within) -> Json:
    end = {"end": instant(given.withdrawn_at)} if given.withdrawn_at else {}
    return {
        "status": "inactive" if given.withdrawn_at else "active",
        "scope": concept(_SCOPE, "patient-privacy"),
        "category": [concept(_CATEGORY, "INFA"), {"coding": [{"system": _POLICY}]}],
        "patient": within.subject(),
        "performer": [{"display": given.decided_by} if given.decided_by else within.subject()],
        "policy": [{"uri": f"{_POLICY}:{given.text}:{given.version}"}],
        "verification": [{"verified": True, "verifiedWith": {"display": "-"}}],
        "provision": {
            "type": "permit",
            "period": {"start": instant(given.given_at), **end},
        },
    }


CONSENT = Shape(
    kind=Consent,
    resource="Consent",
    why="what was agreed to, and by whom: purpose, version of the text, time and method",
    fields={
        "consent": "category[1].coding[0].code",
        "given_at": "dateTime",
        "method": "verification[0].verifiedWith.display",
        "decided_by": "performer[0].display",
    },
    also=_consent,
)


def _mark(mark: SafetyMark, _kept: Kept, within: Within) -> Json:
    return {
        "status": "inactive" if mark.closed_on else "active",
        "subject": within.subject(),
        "code": {"coding": [{"system": f"{OWN}:safety-rule"}]},
    }


MARK = Shape(
    kind=SafetyMark,
    resource="Flag",
    why="something to keep in mind, by the id of its safety rule; a Condition would be a diagnosis",
    fields={
        "rule": "code.coding[0].code",
        "on": "period.start",
        "closed_on": "period.end",
    },
    also=_mark,
)

"""Every route with its rule of access: what may be asked, by whom, and what it leaves behind.

A route without a row here is refused by the site and fails a test.
"""

import re
from enum import StrEnum

import msgspec


class Access(StrEnum):
    """Who may ask. In the practice wing patients and supporters come by a link of theirs;
    everybody else needs an account with a second factor.
    """

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    ROLE = "any role"
    CURATOR = "curator"
    MEMBER = "anybody of a clinic"
    PATIENT = "patient"
    HELPED = "patient or supporter"
    PRACTITIONER = "practitioner"
    PAIR = "patient, supporter or practitioner"
    CARE = "patient or practitioner"
    COALITION = "patient, supporter, practitioner or coalition member"
    SERVICES = "service editor or practitioner"
    ADMIN = "admin of a clinic"
    RESEARCHER = "researcher"
    AUDITOR = "auditor"
    DEMO = "anybody, in the demo clinic alone"


class Effect(StrEnum):
    """What an answer leaves behind."""

    NONE = "none"
    LOOK_COOKIE = "look cookie"
    SESSION = "session"
    """Who is signed in, on this device until the browser is closed."""
    STORE = "store"
    """A row of the store, with an entry in the audit."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of one route, under the name it has in `urls`."""

    access: Access = Access.PUBLIC
    methods: tuple[str, ...] = ("GET", "HEAD")
    effect: Effect = Effect.NONE


_READ = Rule()
_GET_AND_POST = ("GET", "HEAD", "POST")
_SESSION = Rule(methods=_GET_AND_POST, effect=Effect.SESSION)
_TEXT = Rule(methods=_GET_AND_POST)
"""A text is sent, judged and forgotten; only the answer is left."""


def _kept_by(access: Access) -> Rule:
    """The rule of a page with a form whose answers go to the store."""
    return Rule(methods=_GET_AND_POST, access=access, effect=Effect.STORE)


RULES: dict[str, Rule] = {
    "home": _READ,
    "home-data": _READ,
    "search": _READ,
    "search-data": _READ,
    "card": _READ,
    "card-part": _READ,
    "card-data": _READ,
    "card-text": _READ,
    "card-bibtex": _READ,
    "card-ris": _READ,
    "card-csl": _READ,
    "definitions": _READ,
    "definitions-data": _READ,
    "definition": _READ,
    "definition-data": _READ,
    "how-it-works": _READ,
    "how-it-works-data": _READ,
    "what-it-gets-wrong": _READ,
    "what-it-gets-wrong-data": _READ,
    "changes": _READ,
    "changes-data": _READ,
    "cohort": _READ,
    "cohort-data": _READ,
    "glossary": _READ,
    "glossary-data": _READ,
    "gate": _TEXT,
    "gate-data": _TEXT,
    "looks": Rule(methods=_GET_AND_POST, effect=Effect.LOOK_COOKIE),
    "looks-data": _READ,
    "api": _READ,
    "openapi": _READ,
    "practice": _READ,
    "practice-data": _READ,
    "practice-cards": _READ,
    "practice-cards-data": _READ,
    "practice-card": _READ,
    "practice-card-data": _READ,
    "practice-card-text": _READ,
    "practice-solo": _TEXT,
    "practice-solo-data": _TEXT,
    "practice-help": _READ,
    "practice-help-data": _READ,
    "practice-red-flags": _READ,
    "practice-red-flags-data": _READ,
    "style": _READ,
    "icon": _READ,
    "robots": _READ,
}

RULES_OF_THE_STORE: dict[str, Rule] = {
    "set-up": Rule(methods=_GET_AND_POST, effect=Effect.STORE),
    "sign-in": _SESSION,
    "sign-in-number": _SESSION,
    "sign-in-app": Rule(methods=_GET_AND_POST, effect=Effect.STORE),
    "sign-out": Rule(methods=("POST",), access=Access.SIGNED_IN, effect=Effect.SESSION),
    "curate": Rule(access=Access.SIGNED_IN),
    "curate-card": Rule(access=Access.ROLE),
    "curate-question": Rule(methods=_GET_AND_POST, access=Access.ROLE, effect=Effect.STORE),
    "curate-reports": Rule(access=Access.CURATOR),
    "curate-report": Rule(methods=_GET_AND_POST, access=Access.CURATOR, effect=Effect.STORE),
    "report": Rule(methods=_GET_AND_POST, effect=Effect.STORE),
    "corrections": _READ,
    "corrections-data": _READ,
    "decisions": _READ,
}
"""The routes that are there where the site has a store; what they answer is never kept."""

RULES_OF_PRACTICE: dict[str, Rule] = {
    "practice-home": Rule(access=Access.MEMBER),
    "practice-role": Rule(
        methods=_GET_AND_POST, access=Access.SIGNED_IN, effect=Effect.SESSION
    ),
    "practice-link": _SESSION,
    "practice-demo": Rule(methods=_GET_AND_POST, access=Access.DEMO, effect=Effect.SESSION),
    "practice-leave": Rule(methods=("POST",), access=Access.MEMBER, effect=Effect.SESSION),
    "practice-yours": Rule(access=Access.HELPED),
    "practice-left": Rule(methods=("POST",), access=Access.PATIENT, effect=Effect.STORE),
    "practice-seen": Rule(access=Access.PATIENT),
    "practice-consents": _kept_by(Access.PATIENT),
    "practice-supporters": _kept_by(Access.PATIENT),
    "practice-wishes": _kept_by(Access.PATIENT),
    "practice-deciding": _kept_by(Access.PATIENT),
    "practice-devices": _kept_by(Access.PATIENT),
    "practice-harm-at-home": Rule(access=Access.PATIENT),
    "practice-copy": _kept_by(Access.PATIENT),
    "practice-erase": _kept_by(Access.PATIENT),
    "practice-confirm": Rule(methods=("POST",), access=Access.PATIENT, effect=Effect.STORE),
    "practice-erased": _READ,
    "practice-invite": _kept_by(Access.PRACTITIONER),
    "practice-person": _kept_by(Access.PRACTITIONER),
    "practice-safety": _kept_by(Access.PRACTITIONER),
    "practice-own-side": _kept_by(Access.PRACTITIONER),
    "practice-members": _kept_by(Access.ADMIN),
    "practice-inbox": _kept_by(Access.ADMIN),
    "practice-ways-back": _kept_by(Access.ADMIN),
    "practice-log": Rule(access=Access.AUDITOR),
    "practice-research": _kept_by(Access.RESEARCHER),
    "practice-begin": _kept_by(Access.PAIR),
    "practice-help-seen": Rule(
        methods=("POST",), access=Access.PRACTITIONER, effect=Effect.STORE
    ),
    "practice-paper": _kept_by(Access.PAIR),
    "practice-deleted": Rule(access=Access.PAIR),
    "practice-check-in": Rule(access=Access.PAIR),
    "practice-check-in-next": Rule(access=Access.PAIR),
    "practice-check-in-step": _kept_by(Access.PAIR),
    "practice-question": _kept_by(Access.PAIR),
    "practice-send": _kept_by(Access.PAIR),
    "practice-sent": Rule(access=Access.PAIR),
    "practice-sharing": _kept_by(Access.HELPED),
    "practice-sharing-each": _kept_by(Access.HELPED),
    "practice-sharing-when": _kept_by(Access.HELPED),
    "practice-confirm-answers": _kept_by(Access.PATIENT),
    "practice-comment": _kept_by(Access.PATIENT),
    "practice-reveal": _kept_by(Access.PAIR),
    "practice-visits": Rule(access=Access.PAIR),
    "practice-visit-held": _kept_by(Access.CARE),
    "practice-summary": Rule(access=Access.PAIR),
    "practice-summary-text": Rule(access=Access.PAIR),
    "practice-tap": _kept_by(Access.PAIR),
    "practice-later": _kept_by(Access.HELPED),
    "practice-worse": _kept_by(Access.PAIR),
    "practice-worse-noted": Rule(access=Access.PAIR),
    "practice-harm": _kept_by(Access.PAIR),
    "practice-over-time": Rule(access=Access.PAIR),
    "practice-show": _READ,
    "practice-show-sentence": _READ,
    "practice-sheet": _READ,
    "practice-needs": Rule(access=Access.COALITION),
    "practice-plan": Rule(access=Access.COALITION),
    "practice-actors": Rule(access=Access.COALITION),
    "practice-ledger": Rule(access=Access.COALITION),
    "practice-plan-page": Rule(access=Access.COALITION),
    "practice-dates": Rule(access=Access.COALITION),
    "practice-need": Rule(access=Access.COALITION),
    "practice-need-services": Rule(access=Access.COALITION),
    "practice-need-service": Rule(access=Access.COALITION),
    "practice-letter-text": Rule(access=Access.COALITION),
    "practice-need-add": _kept_by(Access.CARE),
    "practice-actor-add": _kept_by(Access.CARE),
    "practice-plan-agree": _kept_by(Access.CARE),
    "practice-need-detail": _kept_by(Access.CARE),
    "practice-need-result": _kept_by(Access.CARE),
    "practice-need-close": _kept_by(Access.CARE),
    "practice-need-none": _kept_by(Access.CARE),
    "practice-need-who": _kept_by(Access.CARE),
    "practice-letter-add": _kept_by(Access.CARE),
    "practice-letter": _kept_by(Access.CARE),
    "practice-need-word": _kept_by(Access.CARE),
    "practice-request-add": _kept_by(Access.COALITION),
    "practice-action-add": _kept_by(Access.COALITION),
    "practice-note-add": _kept_by(Access.COALITION),
    "practice-request": _kept_by(Access.COALITION),
    "practice-request-with": _kept_by(Access.PATIENT),
    "practice-action": _kept_by(Access.COALITION),
    "practice-need-reopen": Rule(methods=("POST",), access=Access.CARE, effect=Effect.STORE),
    "practice-week": Rule(methods=("POST",), access=Access.PATIENT, effect=Effect.STORE),
    "practice-services": _kept_by(Access.SERVICES),
    "practice-services-file": Rule(access=Access.SERVICES),
    "practice-gaps": Rule(access=Access.SERVICES, effect=Effect.STORE),
    "practice-services-table": _kept_by(Access.SERVICES),
    "practice-service": _kept_by(Access.SERVICES),
    "practice-take-in": _kept_by(Access.CARE),
    "practice-take-in-data": Rule(methods=("POST",), access=Access.CARE, effect=Effect.STORE),
    "practice-questionnaire": _READ,
}
"""The routes of the practice wing; what they answer is never kept."""

FROM_THE_STORE = (
    "/set-up/",
    "/sign-in",
    "/sign-out",
    "/curate/",
    "/report/",
    "/corrections",
    "/decisions",
)
"""How the addresses of those routes begin, and of no others."""


PRACTICE = "/practice"
"""How the addresses of the practice wing begin."""
OPEN_PRACTICE = r"(?:cards|solo|help|red-flags|show|sheet|questionnaires)(?:[/.]|\Z)"
"""How the addresses below it go on that everybody may ask. Help is there even if the store is not."""
_IS_OPEN = re.compile(rf"{PRACTICE}(?:/?\Z|\.json\Z|/{OPEN_PRACTICE})")


def needs_store(path: str) -> bool:
    """Whether the answer at this address depends on the store, and so is never kept."""
    is_private = path.startswith(PRACTICE) and _IS_OPEN.match(path) is None
    return is_private or path.startswith(FROM_THE_STORE)


def rule_of(name: str) -> Rule | None:
    """The rule of a route; None for one that nobody may ask."""
    return RULES.get(name) or RULES_OF_THE_STORE.get(name) or RULES_OF_PRACTICE.get(name)

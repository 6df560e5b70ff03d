"""What curators' pages say for questions, answers, states and moves. Every value has its words."""

from collections.abc import Mapping, Sequence

from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import Badge, Combination, Design
from rapport.evidence.curate.answers import SHOW, taken_apart
from rapport.evidence.curate.decision import Question
from rapport.evidence.curate.workflow import Move, Role, State
from rapport.knowledge.model import CaseDefinition
from rapport.store.curation.models import CorrectionState
from rapport.web import words

QUESTIONS: dict[Question, str] = {
    Question.BADGE: "Did everybody have to have PEM to take part?",
    Question.DESIGN: "What kind of study is it?",
    Question.PATIENTS: "How many patients were there?",
    Question.SHOWN: "Should this card be shown?",
}

STATES: dict[State, str] = {
    State.OPEN: "Open: a second reading is missing.",
    State.AGREED: "Agreed: two readings say the same. It can be released.",
    State.DISPUTED: "Disputed: two readings differ. A third person decides.",
    State.DECIDED: "Decided. Another person can release it.",
    State.RELEASED: "Released: it is in the log, and on the card from the next build on.",
}

MOVES: dict[Move, str] = {
    Move.READ: "Give my reading",
    Move.DECIDE: "Decide",
    Move.RELEASE: "Release it",
    Move.REOPEN: "Open it again",
}

DONE: dict[Move, str] = {
    Move.READ: "Your reading is kept.",
    Move.DECIDE: "Your decision is kept.",
    Move.RELEASE: "You have released it.",
    Move.REOPEN: "You have opened it again.",
}

ROLES: dict[Role, str] = {
    Role.READER: "reader",
    Role.CURATOR: "curator",
    Role.RELEASER: "releaser",
}

CORRECTIONS: dict[CorrectionState, str] = {
    CorrectionState.RECEIVED: "Received",
    CorrectionState.CORRECTED: "Corrected",
    CorrectionState.NOT_CHANGED: "Not changed",
}

_JOINED = {Combination.ALL: "and", Combination.ANY: "or"}


def done(name: str) -> str:
    """What is said after a move that worked; empty for anything else."""
    return next((told for move, told in DONE.items() if move == name), "")


def in_words(question: Question, answer: str, definitions: Mapping[str, CaseDefinition]) -> str:
    """An answer in words for people: "PEM not required (Fukuda 1994)"."""
    match question:
        case Question.BADGE:
            return _badge(answer, definitions)
        case Question.DESIGN:
            return words.DESIGNS[Design(answer)]
        case Question.PATIENTS:
            known = answer.isdecimal()
            return f"{int(answer):,} patients" if known else "Number of patients not stated"
        case Question.SHOWN:
            return "The card is shown" if answer == SHOW else "The card is not shown"


def _badge(answer: str, definitions: Mapping[str, CaseDefinition]) -> str:
    named = taken_apart(answer)
    label = BADGES[Badge(named.value)].label
    names = [
        definitions[one].short_name if one in definitions else one.replace("_", " ")
        for one in named.definitions
    ]
    return (
        f"{label} ({_listed(names, _JOINED.get(named.combination, 'and'))})" if names else label
    )


def _listed(names: Sequence[str], word: str) -> str:
    """Names in a row: "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last

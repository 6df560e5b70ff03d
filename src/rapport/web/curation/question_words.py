"""What curators' pages say for questions, states and moves. Every value has its words."""

from rapport.evidence.curate.decision import Question
from rapport.evidence.curate.workflow import Move, State
from rapport.store.curation.models import CorrectionState

QUESTIONS: dict[Question, str] = {
    Question.BADGE: "Did everybody have to have PEM to take part?",
    Question.DESIGN: "What kind of study is it?",
    Question.PATIENTS: "How many patients were there?",
    Question.SHOWN: "Should this card be shown?",
}

STATES: dict[State, str] = {
    State.OPEN: "Open: it needs a reading by a person.",
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

CORRECTIONS: dict[CorrectionState, str] = {
    CorrectionState.RECEIVED: "Received",
    CorrectionState.CORRECTED: "Corrected",
    CorrectionState.NOT_CHANGED: "Not changed",
}

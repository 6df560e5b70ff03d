"""A made-up study of a therapy, and the card of a study."""

from rapport.cards.gate import Gate
from rapport.core.vocabulary import Design, StatementKind
from rapport.evidence.card import study_card
from rapport.knowledge.load import load

KNOWLEDGE = load()
GATE = Gate(KNOWLEDGE)
AIM = "This study asked whether the bond between patient and therapist matters in therapy."
METHOD = "A cohort of 90 patients was followed; there was no control group."
FOUND = "Agreement on the tasks of therapy predicted fatigue after therapy."
JOINT = (
    "Agreement and changes in daily habits jointly explained a part of the variance in fatigue."
)


CONCLUDED = "The authors suggest that agreement may facilitate changes in daily habits."
OPEN = "Further studies should ask how agreement comes about."
SENTENCES = (FOUND, JOINT, CONCLUDED, OPEN, METHOD, AIM)


def process_study(made_up, **publication):
    """A correlational study of a therapy: what goes together, without a comparison group."""
    publication.setdefault(
        "title",
        "The role of the therapeutic bond in talking therapy for chronic fatigue syndrome",
    )
    text = " ".join([AIM, METHOD, FOUND, JOINT, CONCLUDED, OPEN])
    return (
        made_up(text, **publication)
        .designed(Design.COHORT_PROSPECTIVE, "A cohort of 90 patients was followed")
        .counted("90 patients", n_cases=90)
        .says(StatementKind.AIM, AIM)
        .says(StatementKind.METHOD, METHOD)
        .says(StatementKind.OBSERVED, FOUND, JOINT)
        .says(StatementKind.INFERRED, CONCLUDED)
        .says(StatementKind.OPEN, OPEN)
    )


def card_of(study, **more):
    return study_card(study.publication, study.reading(), KNOWLEDGE, **more)


def texts(part):
    return [statement.text for statement in part]


def findings_of(made_up, *sentences, **publication):
    study = made_up(" ".join(sentences), licence="CC0", **publication)
    return card_of(study.says(StatementKind.OBSERVED, *sentences)).parts

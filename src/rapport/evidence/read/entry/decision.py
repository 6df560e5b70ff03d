"""The decision over definitions and clauses: three-valued, never guessed."""

from collections.abc import Mapping

from rapport.core.answers import Answer, all_of, any_of
from rapport.core.vocabulary import Badge, Combination
from rapport.knowledge.model import CaseDefinition, Decision, PemStatus

_ASKS: dict[PemStatus, Answer] = {
    PemStatus.REQUIRED: Answer.YES,
    PemStatus.REQUIRED_REWORDED: Answer.YES,
    PemStatus.OPTIONAL_K_OF_N: Answer.NO,
    PemStatus.NOT_PART: Answer.NO,
    PemStatus.UNCLEAR: Answer.NOT_STATED,
}
_BADGES: dict[Decision, Badge | None] = {
    Decision.REQUIRED: Badge.REQUIRED,
    Decision.REQUIRED_REWORDED: Badge.REQUIRED,
    Decision.OPTIONAL_ITEM: Badge.NOT_REQUIRED,
    Decision.NOT_REQUIRED: Badge.NOT_REQUIRED,
    Decision.SUBGROUP_ONLY: Badge.MIXED,
    Decision.NOT_STATED: Badge.NOT_STATED,
    Decision.UNCLEAR: Badge.NOT_STATED,
    Decision.NOT_APPLICABLE: Badge.NOT_APPLICABLE,
    Decision.IGNORE: None,
}


PEM_WAIVED = "P035"
"""The entry rule of a definition without its PEM."""


def badge_of(decision: Decision) -> Badge | None:
    """The badge a decision stands for; None for a sentence that decides nothing."""
    return _BADGES[decision]


def is_ascertainment(definition: CaseDefinition) -> bool:
    """Whether the entry says who made a diagnosis, and states no criteria."""
    return definition.category == "none"


def asks(
    which: str | None, definitions: Mapping[str, CaseDefinition], *, alone: bool
) -> Answer:
    """Whether a definition makes PEM compulsory; not stated for one that is not resolved.

    An ascertainment decides nothing, but as one alternative of several it asks for no PEM.
    """
    if which is None:
        return Answer.NOT_STATED
    definition = definitions[which]
    if is_ascertainment(definition):
        return Answer.NOT_STATED if alone else Answer.NO
    return _ASKS[definition.pem.status]


def agreed(
    candidates: tuple[str, ...], definitions: Mapping[str, CaseDefinition]
) -> str | None:
    """One of the candidates, where all of them answer alike; else None."""
    answers = {asks(which, definitions, alone=True) for which in candidates}
    return candidates[0] if len(answers) == 1 else None


def combined(
    ids: tuple[str | None, ...],
    combination: Combination | None,
    definitions: Mapping[str, CaseDefinition],
    extra: tuple[Answer, ...] = (),
) -> Answer:
    """Whether the whole rule makes PEM compulsory; `extra` are clauses that hold as well.

    An open combination is answered only where all and any would answer the same.
    """
    alone = combination is not Combination.ANY
    answers = [asks(which, definitions, alone=alone) for which in ids]
    conjunction = _conjunction(answers)
    if combination is Combination.ANY:
        rule = all_of(answers)
    elif combination is None:
        other = all_of(answers)
        rule = conjunction if conjunction is other else Answer.NOT_STATED
    else:
        rule = conjunction
    return any_of((rule, *extra)) if extra else rule


def _conjunction(answers: list[Answer]) -> Answer:
    """A rule that holds in full asks for PEM as soon as one part of it does."""
    return any_of(answers)


def decision_of(
    answer: Answer, ids: tuple[str | None, ...], definitions: Mapping[str, CaseDefinition]
) -> Decision:
    """The decision in the words of the entry rules."""
    known = [definitions[which] for which in ids if which is not None]
    statuses = {each.pem.status for each in known if not is_ascertainment(each)}
    if answer is Answer.YES:
        reworded = (
            PemStatus.REQUIRED_REWORDED in statuses and PemStatus.REQUIRED not in statuses
        )
        return Decision.REQUIRED_REWORDED if reworded else Decision.REQUIRED
    if answer is Answer.NO:
        optional = PemStatus.OPTIONAL_K_OF_N in statuses and PemStatus.REQUIRED not in statuses
        return Decision.OPTIONAL_ITEM if optional else Decision.NOT_REQUIRED
    if known and all(is_ascertainment(each) for each in known):
        return Decision.NOT_STATED
    return Decision.UNCLEAR


def without_waived(answer: Answer, ids: tuple[str | None, ...], rule: str | None) -> Answer:
    """What a rule asks for without the part that was waived (by the entry rule `rule`).

    PEM left out of the one definition is not asked for; of several, it is open which one.
    """
    if answer is Answer.YES and not (rule == PEM_WAIVED and len(ids) == 1):
        return Answer.NOT_STATED
    return Answer.NO

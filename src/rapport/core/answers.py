"""Three-valued answers: yes, no, and not stated, which is never guessed to be either."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """Kleene's strong three-valued logic; NOT_STATED is the unknown."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not_stated"


def all_of(answers: Iterable[Answer]) -> Answer:
    """NO if any is no; else NOT_STATED if any is not stated; else YES (also for none at all)."""
    found = set(answers)
    if Answer.NO in found:
        return Answer.NO
    return Answer.NOT_STATED if Answer.NOT_STATED in found else Answer.YES


def any_of(answers: Iterable[Answer]) -> Answer:
    """YES if any is yes; else NOT_STATED if any is not stated; else NO (also for none at all)."""
    found = set(answers)
    if Answer.YES in found:
        return Answer.YES
    return Answer.NOT_STATED if Answer.NOT_STATED in found else Answer.NO


def at_least(k: int, answers: Iterable[Answer]) -> Answer:
    """YES if k answers are yes, NO if k can no longer be reached, else NOT_STATED."""
    listed = list(answers)
    yes = listed.count(Answer.YES)
    if yes >= k:
        return Answer.YES
    return Answer.NOT_STATED if yes + listed.count(Answer.NOT_STATED) >= k else Answer.NO


def negation(answer: Answer) -> Answer:
    """YES and NO change places; NOT_STATED stays."""
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, Answer.NOT_STATED)

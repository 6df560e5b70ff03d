"""Whether a person fits a case definition, in three-valued logic over named features."""

from collections.abc import Iterator, Mapping

from rapport.core.answers import Answer, all_of, any_of, at_least, negation
from rapport.knowledge.model import Criterion


def fits(logic: str | Criterion, features: Mapping[str, bool | float]) -> Answer:
    """YES if the person meets the criterion, NO if not, NOT_STATED if it cannot be known.

    Units: those in the names of the features (`illness_months`).
    Missing: a feature that `features` does not list is not known, and never taken for absent.
    Raises: ValueError for a criterion of no known form, or a value of the wrong type: both are
        mistakes in a data file, which rapport.knowledge.checking.whole finds beforehand.
    """
    if isinstance(logic, str):
        return _has(logic, features)
    if logic.all_of:
        return all_of(fits(part, features) for part in logic.all_of)
    if logic.any_of:
        return any_of(fits(part, features) for part in logic.any_of)
    if logic.none_of:
        return negation(any_of(fits(part, features) for part in logic.none_of))
    if logic.at_least is not None:
        return at_least(logic.at_least, (fits(part, features) for part in logic.of))
    return _within(logic, features)


def feature_names(logic: str | Criterion) -> Iterator[str]:
    """Every feature name in the tree, in its order, repeated where it is used twice."""
    if isinstance(logic, str):
        yield logic
        return
    if logic.feature is not None:
        yield logic.feature
    for part in parts(logic):
        yield from feature_names(part)


def parts(logic: Criterion) -> tuple[str | Criterion, ...]:
    """The criteria directly below this one; none for a bound on one feature."""
    return (*logic.all_of, *logic.any_of, *logic.none_of, *logic.of)


def _has(feature: str, features: Mapping[str, bool | float]) -> Answer:
    value = features.get(feature)
    if value is None:
        return Answer.NOT_STATED
    if not isinstance(value, bool):
        raise ValueError(f"the feature {feature} is used as yes or no, but is {value}")
    return Answer.YES if value else Answer.NO


def _within(bound: Criterion, features: Mapping[str, bool | float]) -> Answer:
    if bound.feature is None:
        raise ValueError(
            "a criterion says neither all_of, any_of, none_of, at_least nor feature"
        )
    value = features.get(bound.feature)
    if value is None:
        return Answer.NOT_STATED
    if isinstance(value, bool):
        raise ValueError(f"the feature {bound.feature} is used as a number, but is {value}")
    holds = all(
        (
            bound.minimum is None or value >= bound.minimum,
            bound.more_than is None or value > bound.more_than,
            bound.maximum is None or value <= bound.maximum,
            bound.less_than is None or value < bound.less_than,
        )
    )
    return Answer.YES if holds else Answer.NO

"""A cohort's own record in sentences: what a card of it may quote, and nothing else.

A paper's card rests on words of the paper. A cohort's card rests on this account, which is made
from plan and results alone. Every sentence has its place, so that the same gate can check it.
"""

from collections.abc import Iterator

import msgspec

from rapport.cards.card_facts import criteria_words, joined
from rapport.cohort.analysis.prediction import Coefficient
from rapport.cohort.analysis.result import Estimate, Interval
from rapport.cohort.analysis.results import Results
from rapport.cohort.analysis.terms import terms
from rapport.cohort.plan.model import HighIs, Plan
from rapport.core.spans import Span
from rapport.core.vocabulary import Combination, Design
from rapport.knowledge.model import Knowledge

_FIELD = "text"

_DESIGNS: dict[Design, str] = {
    Design.RCT: "randomised trial",
    Design.NONRANDOMISED_TRIAL: "trial without randomisation",
    Design.SINGLE_ARM_TRIAL: "trial with a single arm",
    Design.COHORT_PROSPECTIVE: "prospective cohort",
    Design.COHORT_RETROSPECTIVE: "retrospective cohort",
}
"""Designs that repeated measurements of one cohort can have."""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the account: by which rule it was made, and its place."""

    rule: str
    span: Span

    @property
    def text(self) -> str:
        """Its words."""
        return self.span.quote


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The record of a cohort. `fields` is what spans count in."""

    fields: dict[str, str]
    sentences: tuple[Sentence, ...]

    def of(self, prefix: str) -> tuple[Sentence, ...]:
        """The sentences of the rules whose names begin so."""
        return tuple(each for each in self.sentences if each.rule.startswith(prefix))


_SIDES: dict[HighIs | None, tuple[str, str]] = {
    HighIs.WORSE: ("higher (worse)", "lower (better)"),
    HighIs.BETTER: ("higher (better)", "lower (worse)"),
}

_CHANCE = 0.05

Said = tuple[str, str]


def account(results: Results, knowledge: Knowledge) -> Account:
    """The account of a cohort: how it was made, and what was observed."""
    said = [*_methods(results, knowledge), *_observed(results), *_inferred(results)]
    text, sentences = "", list[Sentence]()
    for rule, words in said:
        start = len(text)
        text += words + "\n"
        section = "methods" if rule.startswith("method") else "results"
        span = Span(
            field=_FIELD, start=start, end=start + len(words), quote=words, section=section
        )
        sentences.append(Sentence(rule=rule, span=span))
    return Account(
        fields={"title": title(results.plan), _FIELD: text}, sentences=tuple(sentences)
    )


def title(plan: Plan) -> str:
    """The title of the cohort's card and report."""
    return plan.title or f"Process analysis of the cohort {plan.id}"


def design_words(design: Design) -> str:
    """What those who do research call a design, for the middle of a sentence."""
    return _DESIGNS.get(design, design.value.replace("_", " "))


def sides(plan: Plan) -> tuple[str, str]:
    """What a higher and a lower outcome is called; without judgement where the plan has none."""
    return _SIDES.get(plan.outcome_high_is, ("higher", "lower"))


# --- How it was made --------------------------------------------------------------------------


def _methods(results: Results, knowledge: Knowledge) -> Iterator[Said]:
    plan = results.plan
    yield "method/design", f"This is a {design_words(plan.design)}."
    yield "method/entry", _entry(plan, knowledge)
    n = results.data.people
    analysed = results.prediction.about.n if results.prediction else n
    yield (
        "method/people",
        f"{n} people were in the cohort, and {analysed} are in the main analysis.",
    )
    waves = f"{len(plan.waves)} times, from {plan.first} to {plan.last}"
    yield "method/waves", f"{_upper(plan.label(plan.outcome))} was measured {waves}."
    if results.imputation is not None:
        sets = results.imputation.imputations
        yield "method/gaps", f"Gaps were filled in {sets} completed data sets."


def _entry(plan: Plan, knowledge: Knowledge) -> str:
    if not plan.entry_rule:
        return "The plan does not state how people entered."
    named = [criteria_words(knowledge.definitions[one], knowledge) for one in plan.entry_rule]
    connector = "or" if plan.entry_combination is Combination.ANY else "and"
    if len(named) > 1 and plan.entry_combination is None:
        return f"Of these criteria, the plan does not state how they were combined: {joined(named, 'and')}."
    return f"People entered by {joined(named, connector)}."


# --- What was observed ------------------------------------------------------------------------


def _observed(results: Results) -> Iterator[Said]:
    yield from _change(results)
    yield from _attrition(results)
    yield from _partition(results)
    yield from _predictors(results)
    yield from _paths(results)


def _change(results: Results) -> Iterator[Said]:
    found, plan = results.change, results.plan
    if found is None:
        return
    outcome, (higher, lower) = plan.label(plan.outcome), sides(plan)
    by = " by more than the error of the instrument" if found.reliable else ""
    yield (
        "observed/change",
        (
            f"Of {found.about.n} people measured at the start and the end, {outcome} at the end was "
            f"{lower}{by} in {found.fell.n} and {higher}{by} in {found.rose.n}."
        ),
    )


def _attrition(results: Results) -> Iterator[Said]:
    if results.description is None:
        return
    lost = results.data.people - results.description.attrition[-1].n
    if lost:
        yield (
            "observed/attrition",
            (
                f"{lost} of {results.data.people} people had no value of "
                f"{results.plan.label(results.plan.outcome)} at the last measurement."
            ),
        )


def _partition(results: Results) -> Iterator[Said]:
    found = results.partition
    if found is None:
        return
    outcome = results.plan.label(results.plan.outcome)
    both = found.r2["relation+process"]
    yield (
        "observed/partition",
        (
            f"Relation and process together went with {percent(both)} of the differences between people "
            f"in {outcome} at the end: {percent(found.unique['relation'])} went with the relation alone, "
            f"{percent(found.unique['process'])} with the process variables alone, and "
            f"{percent(found.common)} with both jointly."
        ),
    )


def _predictors(results: Results) -> Iterator[Said]:
    if results.prediction is None:
        return
    step = results.prediction.steps[-1]
    tested = {*terms(results.plan).relation, *terms(results.plan).process}
    clear = [one for one in step.coefficients if one.term in tested and _is_clear(one)]
    for one in clear:
        yield "observed/predictor", _predictor(results.plan, one)
    if not clear:
        yield (
            "observed/predictor",
            (
                "No single relation or process variable clearly went together with "
                f"{results.plan.label(results.plan.outcome)} at the end, the others held equal."
            ),
        )


def _is_clear(one: Coefficient) -> bool:
    """Whether the interval leaves out 0, and the p value that allows for other tests is small."""
    p = one.p if one.p_adjusted is None else one.p_adjusted
    low, high = one.interval
    apart = low is not None and high is not None and low * high > 0
    return apart and p is not None and p < _CHANCE


def _predictor(plan: Plan, one: Coefficient) -> str:
    outcome = plan.label(plan.outcome)
    more = "higher" if one.estimate > 0 else "lower"
    return (
        f"Where {term_words(plan, one.term)} was higher, {outcome} at the end was {more} "
        f"({decimal(one.standardised)} standard deviations), the other variables held equal."
    )


def _paths(results: Results) -> Iterator[Said]:
    for path in results.paths or ():
        for effect in path.effects:
            if not effect.name.endswith(": indirect") or effect.raw.interval is None:
                continue
            exposure = term_words(results.plan, effect.name.removesuffix(": indirect"))
            through = joined([term_words(results.plan, name) for name in path.mediators], "and")
            yield (
                "observed/path",
                (
                    f"Along the path from {exposure} over {through} to the outcome, the product of "
                    f"associations was {between(effect.raw)}."
                ),
            )


# --- What may be inferred ---------------------------------------------------------------------


def _inferred(results: Results) -> Iterator[Said]:
    """No more than what goes together, and which readings the numbers leave open."""
    found = results.partition
    if found is None:
        return
    outcome, relation = results.plan.label(results.plan.outcome), results.plan.relation_words
    if _above_nothing(found.common):
        yield (
            "inferred/common",
            (
                f"Part of what {relation} goes together with in {outcome} is shared with the process "
                "variables. That fits a path through them, and other orders just as well."
            ),
        )
    if _above_nothing(found.unique["relation"]):
        yield (
            "inferred/unique",
            (
                f"{_upper(relation)} goes together with {outcome} beyond what the process variables "
                "carry, as far as they were measured."
            ),
        )


def _above_nothing(value: Estimate) -> bool:
    """Whether the interval lies above 0."""
    low = value.interval[0] if value.interval else None
    return low is not None and low > 0


# --- Words ------------------------------------------------------------------------------------


def term_words(plan: Plan, term: str) -> str:
    """A column in words: "agreement on tasks at t0", "change in sense of control"."""
    if term.endswith("_change") and term.removesuffix("_change") in plan.process:
        return f"change in {plan.label(term.removesuffix('_change'))}"
    for wave in plan.waves:
        variable = term.removesuffix(f"_{wave}")
        if variable != term and variable in plan.repeated:
            return f"{plan.label(variable)} at {wave}"
    return plan.label(term)


def percent(value: Estimate) -> str:
    """A share with its interval: "8.9 % (3.4 to 15.8 %)"."""
    if value.estimate is None:
        return "an unknown share"
    return f"{100 * value.estimate:.1f} %{_bounds(value.interval, 100, 1, ' %')}"


def between(value: Estimate) -> str:
    """A number with its interval: "-1.05 (-1.86 to -0.41)"."""
    return f"{decimal(value.estimate)}{_bounds(value.interval, 1, 2, '')}"


def decimal(value: float | None) -> str:
    """A number with two decimals, or that it is not known."""
    return "not known" if value is None else f"{value:.2f}"


def _bounds(interval: Interval | None, times: float, decimals: int, unit: str) -> str:
    if interval is None or None in interval:
        return ""
    low, high = (times * (end or 0.0) for end in interval)
    return f" ({low:.{decimals}f} to {high:.{decimals}f}{unit})"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]

"""Questionnaires: every id the contracts name, keys that hold together, reasons where there is none."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.instrument import Instrument, Scale, ScaleKind
from rapport.knowledge.logic import feature_names
from rapport.knowledge.model import Knowledge

CONTRACT = (
    "care",
    "ceq",
    "cfq-11",
    "cis-fatigue",
    "collaborate",
    "dsq-1",
    "dsq-2",
    "dsq-pem",
    "dsq-sf",
    "funcap27",
    "funcap55",
    "gad-7",
    "imq-focusing",
    "pdrq-9",
    "phq-9",
    "rand36-pf",
    "scc-c",
    "scc-p",
    "ses28",
    "wai-s",
    "wai-sr",
)
"""Ids of the contracts (docs/reference): each is there, if only to say why it is not scored."""


def instrument_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong with the questionnaires; nothing where none were loaded."""
    if not knowledge.instruments:
        return
    for name in CONTRACT:
        if name not in knowledge.instruments:
            yield error(
                name,
                "the contracts name this questionnaire, and there is none",
                "add it; a key that is not known well enough says why in incomplete",
            )
    for instrument in knowledge.instruments.values():
        if instrument.other_side and instrument.other_side not in knowledge.instruments:
            yield error(
                instrument.id,
                f"its other side, {instrument.other_side}, is not there",
                "add it",
            )
        yield from _complete_or_not(instrument)
        yield from _items(instrument)
        for scale in instrument.scales:
            yield from _scale(instrument, scale)
        yield from _logic(instrument)
        yield from _definitions(instrument, knowledge)
        yield from _examples(instrument)


def _complete_or_not(instrument: Instrument) -> Iterator[Problem]:
    scored = instrument.scales or instrument.findings or instrument.definitions
    if instrument.incomplete and (scored or instrument.examples):
        yield error(
            instrument.id,
            "it says that its key is incomplete, and has one",
            "take the key out, or incomplete if the key is verified",
        )
    if not instrument.incomplete and not (scored and instrument.examples):
        yield error(
            instrument.id,
            "it has no key with examples, and does not say why",
            "say in incomplete what is not verified",
        )


def _items(instrument: Instrument) -> Iterator[Problem]:
    named = Counter((*instrument.answer_ids(), *instrument.not_scored))
    for name, count in named.items():
        if count > 1:
            yield error(instrument.id, f"the item {name} is there twice", "name it once")
    for group in instrument.items:
        if group.lowest >= group.highest:
            yield error(
                instrument.id,
                f"the items from {group.ids[0]} on have no range",
                "correct lowest and highest",
            )
        for item in set(group.texts) - set(group.ids):
            yield error(instrument.id, f"a text is for no item: {item}", "correct the id")
        for word, value in group.words.items():
            if not group.lowest <= value <= group.highest:
                yield error(
                    instrument.id,
                    f"the answer '{word}' stands for {value}, outside the range",
                    "correct it",
                )


def _scale(instrument: Instrument, scale: Scale) -> Iterator[Problem]:
    known = set(instrument.answer_ids())
    for item in (*scale.items, *scale.reversed):
        if item not in known:
            yield error(
                instrument.id,
                f"{scale.id} names the item {item}, and there is none",
                "correct it",
            )
            return
    if set(scale.reversed) - set(scale.items):
        yield error(instrument.id, f"{scale.id} reverses what it does not use", "correct it")
    needed = scale.least_answered
    if needed is not None and not 1 <= needed <= len(scale.items):
        yield error(
            instrument.id,
            f"{scale.id} asks for {needed} of {len(scale.items)} answers",
            "correct least_answered",
        )
    if _range(instrument, scale) != (scale.lowest, scale.highest):
        low, high = _range(instrument, scale)
        yield error(
            instrument.id,
            f"{scale.id} says {scale.lowest:g} to {scale.highest:g}; its items give {low:g} to {high:g}",
            "correct the range, the items or the factor",
        )
    starts = [band.from_score for band in scale.bands]
    if starts and (starts != sorted(set(starts)) or starts[0] != scale.lowest):
        yield error(
            instrument.id,
            f"the bands of {scale.id} do not rise from its lowest score",
            "begin at the lowest score and rise",
        )


def item_values(instrument: Instrument, scale: Scale, item: str) -> list[float]:
    """The values the ends of an item's range take in the scale, with those that are recoded."""
    group = next(g for g in instrument.items if item in _answers(g.ids, g.parts))
    numbers = [group.lowest, group.highest]
    if group.whole:
        numbers = [float(n) for n in range(int(group.lowest), int(group.highest) + 1)]
    if item in scale.reversed:
        numbers = [group.lowest + group.highest - number for number in numbers]
    return [scale.recode.get(f"{number:g}", number) for number in numbers]


def _answers(ids: tuple[str, ...], parts: Iterable[str]) -> set[str]:
    return {f"{item}{part}" for item in ids for part in parts or ("",)}


def _range(instrument: Instrument, scale: Scale) -> tuple[float, float]:
    """The lowest and highest score that the answers can give."""
    values = [item_values(instrument, scale, item) for item in scale.items]
    ends = [[min(each) for each in values], [max(each) for each in values]]
    if scale.kind is ScaleKind.LEAST:
        made = [min(each) for each in ends]
    else:
        shared = 1 if scale.kind is ScaleKind.SUM else len(values)
        made = [sum(each) / shared for each in ends]
    low, high = (scale.factor * each for each in made)
    return round(low, 9), round(high, 9)


def _logic(instrument: Instrument) -> Iterator[Problem]:
    used = [name for each in instrument.findings for name in feature_names(each.logic)]
    for logic in instrument.derived.values():
        used += feature_names(logic)
    used += instrument.derived
    for key in instrument.definitions:
        for logic in key.features.values():
            used += feature_names(logic)
        used += [item for items in key.counts.values() for item in items]
    known = {item for group in instrument.items for item in group.ids}
    for name in sorted(set(used) - known):
        yield error(
            instrument.id, f"its logic names {name}, and there is no such item", "correct it"
        )
    if any(group.parts for group in instrument.items) and instrument.threshold is None:
        yield error(instrument.id, "it does not say when a symptom counts", "give a threshold")


def _definitions(instrument: Instrument, knowledge: Knowledge) -> Iterator[Problem]:
    for key in instrument.definitions:
        definition = knowledge.definitions.get(key.definition)
        if definition is None or definition.logic is None:
            yield error(
                instrument.id,
                f"there is no definition {key.definition} with a logic",
                "correct the id",
            )
            continue
        said = [*key.features, *key.counts, *key.not_asked]
        if sorted(said) != sorted(definition.features):
            wrong = set(said) ^ set(definition.features) or {"one that is there twice"}
            yield error(
                instrument.id,
                f"its features for {key.definition} are not those of the definition: "
                f"{', '.join(sorted(wrong))}",
                "give each feature once, in features, counts or not_asked",
            )


def _examples(instrument: Instrument) -> Iterator[Problem]:
    known = {
        "answers": set(instrument.answer_ids()),
        "scores": {scale.id for scale in instrument.scales},
        "findings": {finding.id for finding in instrument.findings},
        "definitions": {key.definition for key in instrument.definitions},
    }
    for example in instrument.examples:
        for part, names in known.items():
            said: dict[str, object] = getattr(example, part)
            for name in sorted(set(said) - names):
                yield error(
                    instrument.id,
                    f"an example has {part} with {name}, and there is none: {example.who}",
                    "correct it",
                )

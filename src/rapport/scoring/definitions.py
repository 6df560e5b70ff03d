"""Case definitions applied to a person's answers, by the logic that the knowledge base has of them."""

from collections.abc import Iterator, Mapping

from rapport.core.answers import Answer
from rapport.knowledge.criterion import Criterion
from rapport.knowledge.instrument import DefinitionKey, Instrument, Threshold
from rapport.knowledge.logic import feature_names, fits
from rapport.knowledge.model import CaseDefinition
from rapport.knowledge.pages.definition import bound_words
from rapport.knowledge.pages.markdown import unescaped
from rapport.scoring.results import FIT_OF, DefinitionFit, Unknown

Facts = Mapping[str, bool | float]


def facts(
    instrument: Instrument, answers: Mapping[str, float], threshold: Threshold | None
) -> dict[str, bool | float]:
    """Item to what its answers say: a symptom had or not, yes or no, or a number.

    Missing: a symptom of which a part was not answered is not known, and not in the result.
    """
    known: dict[str, bool | float] = {}
    for group in instrument.items:
        for item in group.ids:
            given = [answers.get(f"{item}{part}") for part in group.parts or ("",)]
            if any(value is None for value in given):
                continue
            if group.parts and threshold is not None:
                known[item] = all(
                    answers[f"{item}{part}"] >= least for part, least in threshold.least.items()
                )
            elif (group.lowest, group.highest) == (0, 1):
                known[item] = bool(answers[item])
            else:
                known[item] = answers[item]
    for item, logic in instrument.derived.items():
        _settle(known, item, logic)
    return known


def _settle(known: dict[str, bool | float], name: str, logic: str | Criterion) -> None:
    answer = fits(logic, known)
    if name not in known and answer is not Answer.NOT_STATED:
        known[name] = answer is Answer.YES


def definition_fit(
    instrument: Instrument, key: DefinitionKey, definition: CaseDefinition, known: Facts
) -> DefinitionFit:
    """Whether the answers fit the definition, with the criteria that are unmet or open.

    Missing: a feature that the answers do not settle is not known, and never taken for absent.
    Raises: ValueError for a definition whose logic is not known (rapport knowledge check finds it).
    """
    if definition.logic is None:
        raise ValueError(f"the logic of {definition.id} is not known")
    fewest, most = features(key, definition, known)
    answers = [
        (part, both(fits(part, fewest), fits(part, most)))
        for part in definition.logic.all_of or (definition.logic,)
    ]
    whole = both(fits(definition.logic, fewest), fits(definition.logic, most))
    return DefinitionFit(
        definition=definition.id,
        name=definition.short_name,
        result=FIT_OF[whole],
        unmet=tuple(
            in_words(part, definition.features)
            for part, answer in answers
            if answer is Answer.NO
        ),
        unknown=tuple(
            Unknown(
                criterion=in_words(part, definition.features),
                because=tuple(dict.fromkeys(_because(instrument, key, part, fewest, known))),
            )
            for part, answer in answers
            if answer is Answer.NOT_STATED
        ),
        notes=key.notes,
    )


def features(
    key: DefinitionKey, definition: CaseDefinition, known: Facts
) -> tuple[dict[str, bool | float], dict[str, bool | float]]:
    """The features of the definition with the fewest and with the most symptoms there can be.

    They differ where symptoms are counted and some are not known. An answer under a feature's
    own name decides it, unless the feature asks for more than that answer.
    """
    fewest: dict[str, bool | float] = {
        name: known[name]
        for name in definition.features
        if name in known and name not in feature_names(key.features.get(name, ""))
    }
    for name, logic in key.features.items():
        if name not in fewest and (answer := fits(logic, known)) is not Answer.NOT_STATED:
            fewest[name] = answer is Answer.YES
    most = dict(fewest)
    for name, items in key.counts.items():
        if name not in fewest:
            fewest[name] = sum(known.get(item) is True for item in items)
            most[name] = sum(known.get(item) is not False for item in items)
    return fewest, most


def both(one: Answer, other: Answer) -> Answer:
    """What holds whichever of the two is so."""
    return one if one is other else Answer.NOT_STATED


def in_words(part: str | Criterion, said: Mapping[str, str]) -> str:
    """A criterion as one phrase, in the words of the definition."""
    if isinstance(part, str):
        return said.get(part, part)
    if part.feature is not None:
        return unescaped(bound_words(part, said))
    groups = (
        ("all of", part.all_of),
        ("one of", part.any_of),
        ("none of", part.none_of),
        (f"at least {part.at_least} of", part.of),
    )
    return "; ".join(
        f"{title} ({'; '.join(in_words(each, said) for each in parts)})"
        for title, parts in groups
        if parts
    )


def _because(
    instrument: Instrument,
    key: DefinitionKey,
    part: str | Criterion,
    settled: Facts,
    known: Facts,
) -> Iterator[str]:
    """Why a criterion is open: the answers that are missing for each feature not settled."""
    for name in feature_names(part):
        if name in key.not_asked and name not in settled:
            yield f"{name}: {key.not_asked[name]}"
        elif name in key.counts:
            yield from _missing(name, key.counts[name], known)
        elif name not in settled:
            yield from _missing(name, _items(instrument, key.features[name]), known)


def _items(instrument: Instrument, logic: str | Criterion) -> tuple[str, ...]:
    """The items a logic asks for, with those that would settle them in their stead."""
    asked: list[str] = []
    for item in feature_names(logic):
        asked.append(item)
        if item in instrument.derived:
            asked += feature_names(instrument.derived[item])
    return tuple(dict.fromkeys(asked))


def _missing(name: str, items: tuple[str, ...], known: Facts) -> Iterator[str]:
    absent = [item for item in items if item not in known]
    if absent:
        yield f"{name}: not answered, or not wholly: {', '.join(absent)}"

"""One person's answers to one questionnaire: scores, findings, case definitions, check-in."""

from collections.abc import Mapping

import msgspec
import numpy as np

from rapport.core.errors import UsageError
from rapport.knowledge.instrument import Band, Instrument, Scale, Threshold
from rapport.knowledge.logic import fits
from rapport.knowledge.model import CaseDefinition
from rapport.scoring.answers import WHERE, checked, refuse_incomplete
from rapport.scoring.check_in import Thresholds, check_in
from rapport.scoring.definitions import definition_fit, facts
from rapport.scoring.results import (
    FIT_OF,
    Found,
    InstrumentVersion,
    Needs,
    Said,
    ScaleScore,
    Scored,
)
from rapport.scoring.scales import scale_scores

CHECK_INS = ("scc-p", "scc-c")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What may be chosen. `least` replaces from which answers a symptom counts (part to value).

    `thresholds` are those of the check-in; with the key of the `other` side, answers of both
    sides may be given together.
    """

    least: dict[str, int] | None = None
    thresholds: Thresholds | None = None
    other: Instrument | None = None


def score(
    instrument: Instrument,
    given: Mapping[str, object],
    definitions: Mapping[str, CaseDefinition],
    options: Options | None = None,
    *,
    where: str = WHERE,
) -> Scored:
    """Everything that the key of the questionnaire makes of the answers.

    Units, directions and what is done about missing answers stand in the result.
    Errors: UserError for a key that is incomplete, with the reason; InputError for answers that
        are not possible, naming the item (see rapport.scoring.answers).
    """
    refuse_incomplete(instrument)
    asked = options or Options()
    asked_of = _with_other(instrument, asked.other)
    answers = checked(asked_of, given, where=where)
    threshold = _threshold(instrument, asked.least)
    known = facts(instrument, answers, threshold)
    return Scored(
        instrument=instrument.id,
        title=instrument.title,
        version=InstrumentVersion(
            edition=instrument.edition,
            key=instrument.version,
            verification=instrument.verification.value,
            reviewed_on=instrument.reviewed_on,
        ),
        answered=sum(item in answers for item in instrument.answer_ids()),
        missing=tuple(item for item in instrument.answer_ids() if item not in answers),
        not_scored=tuple(item for item in given if item.strip() in asked_of.not_scored),
        attention=_attention(instrument, answers),
        scores={each.id: _scale(instrument, each, answers) for each in instrument.scales},
        findings=_findings(instrument, known),
        definitions=tuple(
            definition_fit(instrument, key, definitions[key.definition], known)
            for key in instrument.definitions
        ),
        threshold=None if threshold is None else _in_words(instrument, threshold),
        check_in=check_in(answers, instrument.edition, asked.thresholds)
        if instrument.id in CHECK_INS
        else None,
        research_only=instrument.research_only or None,
        never=instrument.never,
        notes=instrument.notes,
    )


def _attention(instrument: Instrument, answers: Mapping[str, float]) -> tuple[Needs, ...]:
    """What an answer asks a person to look at."""
    return tuple(
        Needs(item=each.item, says=each.says)
        for each in instrument.attention
        if answers.get(each.item, each.above) > each.above
    )


def _findings(instrument: Instrument, known: Mapping[str, bool | float]) -> tuple[Found, ...]:
    """Whether the answers fit each finding that the key names."""
    return tuple(
        Found(
            id=each.id,
            says=each.says,
            result=FIT_OF[fits(each.logic, known)],
            source=each.source,
            note=each.note,
        )
        for each in instrument.findings
    )


def _with_other(instrument: Instrument, other: Instrument | None) -> Instrument:
    """The key with the items of the other side, whose ids are others."""
    if other is None:
        return instrument
    return msgspec.structs.replace(
        instrument,
        items=(*instrument.items, *other.items),
        not_scored=(*instrument.not_scored, *other.not_scored),
    )


def _threshold(instrument: Instrument, least: dict[str, int] | None) -> Threshold | None:
    """The threshold of the questionnaire, or the one that was chosen in its stead.

    Errors: UsageError where it has none, or has not these parts.
    """
    own = instrument.threshold
    if least is None:
        return own
    if own is None or set(own.least) != set(least):
        raise UsageError(
            f"{instrument.id} has no such threshold of symptoms",
            where="the threshold",
            fix="leave it out" if own is None else f"give {' and '.join(own.least)}",
        )
    return Threshold(least=least, says="chosen for this result", source="the one who asked")


def _in_words(instrument: Instrument, threshold: Threshold) -> str:
    names = next(group.parts for group in instrument.items if group.parts)
    said = " and ".join(
        f"{names[part]} at least {least}" for part, least in threshold.least.items()
    )
    return f"a symptom counts with {said}: {threshold.says} ({threshold.source})"


def _scale(instrument: Instrument, scale: Scale, answers: Mapping[str, float]) -> ScaleScore:
    columns = {item: np.array([answers.get(item, np.nan)]) for item in instrument.answer_ids()}
    made = float(scale_scores(instrument, scale, columns)[0])
    value = None if np.isnan(made) else made
    missing = tuple(item for item in scale.items if item not in answers)
    return ScaleScore(
        name=scale.name,
        value=value,
        lowest=scale.lowest,
        highest=scale.highest,
        high_is=scale.high_is,
        answered=len(scale.items) - len(missing),
        items=len(scale.items),
        missing=missing,
        filled=() if value is None else missing,
        missing_rule=scale.missing_rule,
        band=_band(scale, value),
        cutoffs=() if value is None else tuple(_said(each, value) for each in scale.cutoffs),
    )


def _band(scale: Scale, value: float | None) -> Said | None:
    """The band the score lies in; None without one."""
    within = [each for each in scale.bands if value is not None and value >= each.from_score]
    return _said(within[-1], value or 0.0) if within else None


def _said(band: Band, value: float) -> Said:
    return Said(
        from_score=band.from_score,
        says=band.says,
        source=band.source,
        reached=value >= band.from_score,
    )

"""The design of a study, read from its title, its text and its publication types.

The rules, with their reasons and examples, are knowledge/data/reading/design/designs.toml.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from rapport.cards.facts import DesignRecord
from rapport.core.vocabulary import TRIALS_OR_PLANS, Design, DesignKind
from rapport.evidence.read.text.cue_reader import CueReader
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.reading.designs import DesignRule, design_rules

_PLACES = (
    SectionKind.TITLE,
    SectionKind.ABSTRACT,
    SectionKind.METHODS,
    SectionKind.UNKNOWN,
    SectionKind.INTRODUCTION,
)
_MOST_SENTENCES = {SectionKind.UNKNOWN: 25, SectionKind.INTRODUCTION: 40}
_MOST_SPANS = 3
_FEWEST_POINTS = 6.0
_CERTAIN_POINTS = 15.0
_CERTAIN_LEAD = 0.8
"""Of the points of the design that is chosen, the most that another may have for it to be certain."""
_FURTHER = 0.25
"""What a further rule for the same design adds: many weak signs do not outweigh a strong one."""
_BACKGROUND = re.compile(r"background|introduction|context|rationale|importance", re.I)
_OWN = re.compile(
    r"\b(?:we|our|ours|here|this|the (?:present|current)|aim\w*|objectives?)\b", re.I
)
_WITHOUT_KINDS = {
    Design.SYSTEMATIC_REVIEW,
    Design.META_ANALYSIS,
    Design.SCOPING_REVIEW,
    Design.NARRATIVE_REVIEW,
    Design.COMMENTARY,
    Design.GUIDELINE,
    Design.OTHER,
}


_Place = tuple[str, int]
_EVERYWHERE: _Place = ("", 0)


class _Score(msgspec.Struct, frozen=True, kw_only=True):
    """Points of one rule, and the sentence in which it earned them (None: publication type)."""

    rule: DesignRule
    points: float
    sentence: Sentence | None


def design(document: Document) -> DesignRecord:
    """The design with the sentences that decide it.

    Missing: `other` without evidence where no rule finds enough; `blinded` is None where the
    text does not say, and for studies that treat nobody.
    """
    lookup = document.placed.within(_PLACES, at_most=_MOST_SENTENCES)
    value, scores, is_certain = _decide(_scores(document, lookup))
    evidence = tuple(document.span(sentence) for sentence in _sentences(scores))
    kinds = () if value in _WITHOUT_KINDS else _kinds(lookup, value)
    return DesignRecord(
        value=value,
        blinded=_blinded(lookup) if value in TRIALS_OR_PLANS else None,
        kinds=kinds,
        evidence=evidence,
        is_certain=is_certain
        and not (value in TRIALS_OR_PLANS and set(kinds) - {DesignKind.CROSSOVER}),
    )


def _scores(document: Document, lookup: Lookup) -> list[_Score]:
    """The best score of each rule that was found; rules of last resort where no other suffices."""
    has_data = _has_own_data(lookup)
    out = _ruled_out(lookup)
    best: dict[str, _Score] = {}
    _keep_best(best, _by_words(lookup, _rule_cues(has_data, last_resort=False), out))
    _keep_best(best, _by_label(lookup))
    _keep_types(best, document.publication.publication_types)
    if not any(score.points > _FEWEST_POINTS for score in best.values()):
        _keep_best(best, _by_words(lookup, _rule_cues(has_data, last_resort=True), out))
    return [best[each] for each in _rules() if each in best]


def _keep_best(best: dict[str, _Score], scores: Iterable[_Score]) -> None:
    for score in scores:
        if score.rule.id not in best or score.points > best[score.rule.id].points:
            best[score.rule.id] = score


def _keep_types(best: dict[str, _Score], publication_types: Iterable[str]) -> None:
    """A type counts as the words of a title would; it leaves the sentence that was found."""
    for rule in _by_type(publication_types):
        points = rule.points * design_rules().places[SectionKind.TITLE.value]
        if rule.id not in best or points > best[rule.id].points:
            sentence = best[rule.id].sentence if rule.id in best else None
            best[rule.id] = _Score(rule=rule, points=points, sentence=sentence)


def _by_words(
    lookup: Lookup, cues: CueReader, out: Mapping[_Place, set[Design]]
) -> Iterator[_Score]:
    """A score for each sentence in which the words of a rule count."""
    rules = _rules()
    places = design_rules().places
    for found in cues.read(lookup):
        rule = rules[found.cue]
        if _is_background(found.sentence):
            continue
        is_out = rule.design in out.get(_place(found.sentence), out[_EVERYWHERE])
        if is_out and not rule.of_itself:
            continue
        place = places[found.sentence.section.value]
        weight = max(place, 1.0) if rule.of_itself else place
        yield _Score(rule=rule, points=rule.points * weight, sentence=found.sentence)


def _ruled_out(lookup: Lookup) -> dict[_Place, set[Design]]:
    """The designs that are ruled out in sentences, by their places, and in the whole text.

    A title rules out nothing that it names itself.
    """
    rules = {rule.id: rule for rule in design_rules().ruled_out}
    found = [(rules[each.cue], each.sentence) for each in _ruling_out_cues().read(lookup)]
    everywhere = {design for rule, _ in found if rule.in_all for design in rule.designs}
    out = {_EVERYWHERE: everywhere}
    for rule, sentence in found:
        out.setdefault(_place(sentence), set(everywhere)).update(rule.designs)
    for sentence in lookup.sentences:
        if sentence.section is SectionKind.TITLE:
            out[_place(sentence)] = set()
    return out


def _place(sentence: Sentence) -> _Place:
    return sentence.field, sentence.start


def _is_background(sentence: Sentence) -> bool:
    """Whether an abstract tells there what was known before, and not what this study did."""
    if sentence.section is not SectionKind.ABSTRACT or not sentence.titles:
        return False
    labelled = _BACKGROUND.search(sentence.titles[-1]) is not None
    return labelled and _OWN.search(sentence.text) is None


def _has_own_data(lookup: Lookup) -> bool:
    """Whether the text tells of data of its own; a title alone is taken to have some behind it."""
    only_title = all(each.section is SectionKind.TITLE for each in lookup.sentences)
    return only_title or _own_data_cues().first(lookup) is not None


def _by_label(lookup: Lookup) -> Iterator[_Score]:
    """Scores of the rules that a label in the abstract speaks for, with its first sentence."""
    weight = design_rules().places[SectionKind.ABSTRACT.value]
    last = ""
    for sentence in lookup.sentences:
        label = sentence.titles[-1] if sentence.titles else ""
        if label and label != last and sentence.section is SectionKind.ABSTRACT:
            for rule in _rules_of_label(label.strip(" :.").casefold()):
                yield _Score(rule=rule, points=rule.points * weight, sentence=sentence)
        last = label


@lru_cache(maxsize=4096)
def _rules_of_label(label: str) -> tuple[DesignRule, ...]:
    """The rules of which one label fits the whole of this one."""
    return tuple(
        rule
        for rule in design_rules().rules
        if any(re.fullmatch(each, label) for each in rule.labels)
    )


def _by_type(publication_types: Iterable[str]) -> list[DesignRule]:
    """The rules that one of the types speaks for, in the order of their file."""
    types = {each.casefold() for each in publication_types}
    named = [ids for each, ids in _rules_by_type().items() if each in types]
    if not named:
        return []
    return [rule for rule in _rules().values() if any(rule.id in ids for ids in named)]


@cache
def _rules() -> dict[str, DesignRule]:
    return {rule.id: rule for rule in design_rules().rules}


@cache
def _rules_by_type() -> dict[str, set[str]]:
    """The ids of the rules that each type of publication speaks for."""
    found: dict[str, set[str]] = {}
    for rule in design_rules().rules:
        for each in rule.publication_types:
            found.setdefault(each.casefold(), set()).add(rule.id)
    return found


def _decide(scores: Sequence[_Score]) -> tuple[Design, list[_Score], bool]:
    """The design with most points, what decided it, and whether it is certain.

    It is certain where the authors name it, and no other design has nearly as many points. Of
    equal ones it is the one whose rule is listed first.

    A rule that barely suffices decides where no other does, and adds nothing to another.
    """
    totals: dict[Design, float] = {}
    for score in sorted(scores, key=lambda each: -each.points):
        share = 1.0
        if score.rule.design in totals:
            share = _FURTHER if score.points > _FEWEST_POINTS else 0.0
        totals[score.rule.design] = totals.get(score.rule.design, 0) + share * score.points
    value = max(totals, key=lambda each: totals[each], default=Design.OTHER)
    most = totals.pop(value, 0.0)
    if most < _FEWEST_POINTS:
        return Design.OTHER, [], False
    next_most = max(totals.values(), default=0.0)
    deciding = [score for score in scores if score.rule.design is value]
    is_certain = (
        most >= _CERTAIN_POINTS
        and next_most <= _CERTAIN_LEAD * most
        and any(score.rule.is_named for score in deciding)
    )
    return value, deciding, is_certain


def _sentences(scores: Iterable[_Score]) -> list[Sentence]:
    """The sentences that weigh most, in the order of the text, each once."""
    ranked = sorted(scores, key=lambda score: -score.points)
    chosen: dict[tuple[str, int], Sentence] = {}
    for score in ranked:
        if score.sentence is not None and len(chosen) < _MOST_SPANS:
            chosen[score.sentence.field, score.sentence.start] = score.sentence
    return sorted(chosen.values(), key=lambda each: (each.paragraph, each.start))


def _blinded(lookup: Lookup) -> bool | None:
    """Whether those who were treated were blinded; the first statement counts."""
    found = _blinding_cues().first(lookup)
    return None if found is None else found.cue == "blinded"


def _kinds(lookup: Lookup, value: Design) -> tuple[DesignKind, ...]:
    kinds = {rule.id: rule.kind for rule in design_rules().kinds}
    found = {kinds[each.cue] for each in _kind_cues().read(lookup)}
    if value not in TRIALS_OR_PLANS:
        found.discard(DesignKind.CROSSOVER)
    return tuple(kind for kind in DesignKind if kind in found)


@cache
def _rule_cues(has_data: bool, *, last_resort: bool) -> CueReader:
    """The rules that count in texts with or without data of their own.

    A rule is a last resort if even in an abstract it barely suffices.
    """
    abstract = design_rules().places[SectionKind.ABSTRACT.value]
    return CueReader(
        rule
        for rule in design_rules().rules
        if rule.own_data in {None, has_data}
        and (rule.points * abstract <= _FEWEST_POINTS) is last_resort
    )


@cache
def _own_data_cues() -> CueReader:
    return CueReader(design_rules().own_data)


@cache
def _ruling_out_cues() -> CueReader:
    return CueReader(design_rules().ruled_out)


@cache
def _kind_cues() -> CueReader:
    return CueReader(design_rules().kinds)


@cache
def _blinding_cues() -> CueReader:
    return CueReader(design_rules().blinding)

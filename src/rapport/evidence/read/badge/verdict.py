"""The verdict of a document: its statements about entry put together, with their reasons."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rapport.core.answers import Answer, any_of
from rapport.core.vocabulary import Combination
from rapport.evidence.read.badge.compared import FORMING, TELLS_GROUPS, as_groups
from rapport.evidence.read.badge.foremost import RANKS, foremost
from rapport.evidence.read.badge.judgement import MOST_SPANS, Verdict
from rapport.evidence.read.badge.reasons import flags_of, rule_of
from rapport.evidence.read.badge.unnamed import by_other_names, by_own_rule
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.decision import PEM_WAIVED, decision_of
from rapport.evidence.read.entry.entry_reader import EntryReader, Statement
from rapport.evidence.read.entry.own_rule import OwnEntry, own_entry
from rapport.evidence.read.entry.parts import another_part
from rapport.evidence.read.people.population import Population, pattern_of
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.model import CaseDefinition, Decision

_OF_ALL = re.compile(
    r"\b(?:all|every|everyone|each|also|additionally|in addition"
    r"|only (?:those|patients|participants|samples|people|cases|data|individuals)"
    r"|(?:for|in) (?:this|the present|the current) (?:study|analysis|work)\b[^.;]{0,40}\bonly)\b",
    re.I,
)
_NEAR = 2
"""Sentences before and behind the rule of one part in which the other part is told of."""
_FEWEST_OF_COVID = 2
"""Mentions in title and abstract from which a study is one of people after COVID-19."""
# Among the results a second definition is one that was looked at, and no account of entry.
_ACCOUNTS = frozenset({SectionKind.ABSTRACT, SectionKind.METHODS})
_OF_SOME = (*FORMING, "analysis_of_some")
"""Rules for words that say a definition was asked of some."""
_ANSWERED = {
    Decision.REQUIRED: Answer.YES,
    Decision.REQUIRED_REWORDED: Answer.YES,
    Decision.OPTIONAL_ITEM: Answer.NO,
    Decision.NOT_REQUIRED: Answer.NO,
}


def of_participants(
    document: Document, people: Population, reader: EntryReader, lookup: Lookup
) -> Verdict:
    """The verdict of a document about people: by its entry rule, its groups, or its own rule."""
    if not lookup.has(pattern_of("illness")):
        own = own_entry(lookup, people, reader)
        return by_own_rule(document, own, (), reader)
    title = document.publication.title or ""
    statements = as_groups(reader.statements(document, people, lookup), title)
    entries = [s for s in statements if s.role is Role.ENTRY]
    named = [s for s in entries if not is_weak(s, reader.definitions)]
    if named:
        stratum = _one_stratum(foremost(named), entries, people, reader.physician)
        if stratum is not None:
            return stratum
        part = _one_part(foremost(named), document.sentences, reader.physician)
        if part is not None:
            return part
        verdict = by_entry(foremost(named), statements, people, reader.definitions)
        return _unless_contradicted(verdict, named)
    own = own_entry(lookup, people, reader)
    grouped = _by_groups(statements, people, own)
    if grouped is not None:
        return grouped
    other = None if own.is_rule else by_other_names(statements, people, reader.definitions)
    return other or by_own_rule(document, own, entries, reader)


def _one_stratum(
    named: list[Statement],
    entries: Sequence[Statement],
    people: Population,
    physician: str | None,
) -> Verdict | None:
    """Mixed: the rule was asked of some only, and the others entered with a diagnosis."""
    weak = [s for s in entries if s not in named and s.definitions]
    of_some = [s for s in named if s.stratum or (s.covid and not people.is_covid_cohort)]
    others = [s for s in named if s not in of_some and not s.explicit]
    told = bool(weak) or any(s.stratum for s in of_some)
    alone = people.studied_as_me_cfs and all(s.covid and s.explicit for s in of_some)
    is_asked = Answer.YES in {s.answer for s in of_some}
    if not is_asked or not (told or alone) or others:
        return None
    verdict = _mixed([*of_some, *weak[:1]], ("one_stratum",), "P039")
    ids = tuple(
        dict.fromkeys((*verdict.definitions, *((physician,) if physician and told else ())))
    )
    joined = Combination.ANY if len(ids) > 1 else verdict.joined
    return msgspec.structs.replace(verdict, definitions=ids, joined=joined)


def _one_part(
    named: Sequence[Statement], sentences: Sequence[Sentence], physician: str | None
) -> Verdict | None:
    """Mixed: the rule is told of one part of the people, and others came in without criteria."""
    asking = [s for s in named if s.answer is Answer.YES and s.definitions]
    beside = [s for s in named if s not in asking]
    of_the_same = {s.sentence for s in asking}
    if not asking or any(not s.explicit or s.sentence not in of_the_same for s in beside):
        return None
    last = asking[-1]
    place = sentences.index(last.sentence)
    near = (*sentences[place + 1 :][:_NEAR], *sentences[max(0, place - _NEAR) : place])
    if not another_part(last.sentence, near, last.ends):
        return None
    verdict = _mixed(asking, ("one_stratum",), "P039")
    ids = (*verdict.definitions, *((physician,) if physician else ()))
    return msgspec.structs.replace(verdict, definitions=ids, joined=Combination.ANY)


def is_weak(statement: Statement, definitions: Mapping[str, CaseDefinition]) -> bool:
    """Whether a statement names only who made the diagnosis, or a label for comparison."""
    if statement.explicit or statement.waives:
        return False
    return all(
        which is not None
        and (
            definitions[which].category == "none"
            or definitions[which].scope == "comparator label"
        )
        for which in statement.definitions
    )


def by_entry(
    entries: list[Statement],
    statements: Sequence[Statement],
    people: Population,
    definitions: Mapping[str, CaseDefinition],
) -> Verdict:
    """The verdict of statements about entry."""
    entries = _without_parts(entries)
    if _only_classify(entries, people):
        return _mixed(entries, ("classified_after_entry",), "P043")
    if _cohorts_differ(entries):
        return _mixed(entries, ("cohorts_differ",), "P026")
    answer = _together(entries)
    if answer is Answer.NO and (groups := _formed_groups(statements)):
        told = [*entries, *(s for s in groups if TELLS_GROUPS.search(s.sentence.text))]
        return msgspec.structs.replace(
            _mixed(told, ("subgroup",), "P040"), statements=(*entries, *groups)
        )
    ids, joined = joined_definitions(entries)
    if derived := _study_specific(ids, definitions):
        ids = [which for which in ids if which not in derived]
        joined = Combination.SINGLE if len(ids) == 1 else joined
    flags = flags_of(entries, answer, definitions)
    decision = decision_of(answer, tuple(ids), definitions)
    if any(s.waives for s in entries) and answer is Answer.NO:
        decision = Decision.NOT_REQUIRED
    if answer is Answer.NOT_STATED:
        decision = Decision.UNCLEAR
    return Verdict(
        decision=decision,
        statements=tuple(entries),
        definitions=tuple(ids),
        joined=joined,
        rule=rule_of(entries, decision, joined),
        flags=flags,
    )


def _without_parts(entries: list[Statement]) -> list[Statement]:
    """The statements without those of some of the people whom an alternative let in.

    Where either of two definitions was enough, those who met one of them are a part, unless a
    sentence says that all of them did.
    """
    wide = [s for s in entries if s.joined is Combination.ANY and s.answer is Answer.NO]
    return [
        s
        for s in entries
        if not s.definitions
        or _OF_ALL.search(s.sentence.text)
        or not any(set(s.definitions) < set(other.definitions) for other in wide)
    ]


def _unless_contradicted(verdict: Verdict, named: Sequence[Statement]) -> Verdict:
    """The verdict; unclear, with both accounts, where another part of the text tells another rule.

    A short account may leave one of several definitions out; only one that names none of those
    that the full account names, and answers otherwise, contradicts it.
    """
    answer = _ANSWERED.get(verdict.decision)
    if answer is None:
        return verdict
    against = [
        s
        for s in named
        if s not in verdict.statements
        and s.sentence.section in _ACCOUNTS
        and {answer, s.answer} == {Answer.YES, Answer.NO}
        and s.cue == "entry"
        and verdict.definitions
        and s.definitions
        and not set(s.definitions) & set(verdict.definitions)
        and _names_patients(s)
    ]
    if not against:
        return verdict
    both = (*verdict.statements[:1], *against[:1])
    ids = dict.fromkeys(which for s in both for which in s.definitions if which)
    return Verdict(
        decision=Decision.UNCLEAR,
        statements=both,
        definitions=tuple(ids),
        joined=Combination.ANY,
        flags=("contradictory",),
    )


def _study_specific(
    ids: Sequence[str], definitions: Mapping[str, CaseDefinition]
) -> frozenset[str]:
    """Names of a study's own rule, where the definitions it is built from are named as well."""
    return frozenset(
        which
        for which in ids
        if definitions[which].scope == "study-specific"
        and set(definitions[which].modified_of) & set(ids)
    )


def _only_classify(entries: Sequence[Statement], people: Population) -> bool:
    """Whether ME/CFS with PEM was looked for in a cohort that entered in another way."""
    if not people.found_afterwards or Answer.YES not in {s.answer for s in entries}:
        return False
    if people.studied_as_me_cfs and not people.is_covid_cohort:
        return False
    return not any(s.cue == "entry" and _names_patients(s) for s in entries)


def _names_patients(statement: Statement) -> bool:
    return pattern_of("entered").occurs_in(statement.sentence.text)


def _mixed(entries: Sequence[Statement], flags: tuple[str, ...], rule: str) -> Verdict:
    ids, joined = joined_definitions(entries)
    # Nobody had to meet them all: each was the rule of some, or made a group.
    joined = Combination.ANY if len(ids) > 1 else joined
    return Verdict(
        decision=Decision.SUBGROUP_ONLY,
        statements=tuple(entries),
        definitions=tuple(ids),
        joined=joined,
        rule=rule,
        flags=flags,
    )


def _cohorts_differ(entries: Sequence[Statement]) -> bool:
    """Whether statements about separate cohorts make PEM compulsory in one and not in another."""
    if _parts_differ(entries):
        return True
    if any(s.cue == "but_not" and s.answer is Answer.NO for s in entries):
        return Answer.YES in {s.answer for s in entries}
    told_apart = {s.sentence for s in entries if s.cohort and s.definitions}
    separate = [s for s in entries if s.cohort or s.sentence in told_apart]
    asking = {s.part for s in separate if s.answer is Answer.YES}
    others = {s.part for s in separate if s.answer is Answer.NO}
    in_turn = len({s.sentence for s in separate}) < len(separate)
    is_same = asking == others and None not in asking and not in_turn
    return bool(asking) and bool(others) and not is_same


def _parts_differ(entries: Sequence[Statement]) -> bool:
    """Whether two parts of the people that the text names have rules that answer otherwise."""
    named = [s for s in entries if s.part is not None and s.definitions]
    asking = {s.part for s in named if s.answer is Answer.YES}
    others = {s.part for s in named if s.answer is Answer.NO}
    return bool(asking) and bool(others) and not asking & others


def _together(entries: Sequence[Statement]) -> Answer:
    """All statements hold of all patients: PEM is compulsory as soon as one makes it so.

    What is waived is waived for the definition of its own sentence.
    """
    waived = {s.sentence for s in entries if s.waives and s.rule == PEM_WAIVED}
    if any(s.waives for s in entries):
        others = {
            s.answer
            for s in entries
            if not s.waives and (s.explicit or s.sentence not in waived)
        }
        return Answer.NOT_STATED if Answer.YES in others else Answer.NO
    return any_of(s.answer for s in entries)


def _formed_groups(statements: Iterable[Statement]) -> list[Statement]:
    """Groups formed by a PEM-requiring definition, told where entry is told."""
    return [
        s
        for s in statements
        if s.role is Role.SUBGROUP
        and s.cue in FORMING
        and s.answer is Answer.YES
        and s.sentence.section in _ACCOUNTS
    ]


def joined_definitions(entries: Sequence[Statement]) -> tuple[list[str], Combination]:
    """All definitions in order, and how the fullest statement joins them."""
    ids = list(dict.fromkeys(which for s in entries for which in s.definitions if which))
    if len(ids) <= 1:
        return ids, Combination.SINGLE if ids else Combination.NONE
    for statement in entries:
        if set(ids) <= set(statement.definitions):
            return ids, statement.joined or Combination.ANY
    if any(s.cohort for s in entries) or len({s.part for s in entries if s.part}) > 1:
        return ids, Combination.ANY
    joins = {s.joined for s in entries if len(s.definitions) > 1}
    return ids, Combination.ANY if joins == {Combination.ANY} else Combination.ALL


def _by_groups(
    statements: Sequence[Statement], people: Population, own: OwnEntry
) -> Verdict | None:
    """Mixed: a PEM-requiring definition formed groups, or was the outcome, after entry.

    A definition that is one endpoint among others, in a study with an entry rule of its own,
    forms no groups.
    """
    roles = (Role.OUTCOME, Role.SUBGROUP)
    groups = [s for s in statements if s.role in roles and s.answer is Answer.YES]
    after_covid = people.is_covid_cohort or people.long_covid >= _FEWEST_OF_COVID
    looked_for = people.found_afterwards and not people.studied_as_me_cfs
    told = [s for s in groups if s.cue != "share" or after_covid or looked_for]
    if own.is_rule and not people.found_afterwards:
        told = [s for s in told if s.cue in (*_OF_SOME, "share")]
    if people.studied_as_me_cfs and not people.found_afterwards and not after_covid:
        told = [s for s in told if s.cue in _OF_SOME and s.sentence.section in RANKS]
    if not told:
        return None
    sorted_by = {s.sentence for s in told if s.cohort}
    beside = [s for s in statements if s.role in roles and s.sentence in sorted_by]
    told = [s for s in statements if s in told or s in beside]
    return _mixed(told[:MOST_SPANS], ("classified_after_entry",), "P043")

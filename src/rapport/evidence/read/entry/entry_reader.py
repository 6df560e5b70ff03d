"""Statements about entry: each clause that names a definition or asks for PEM, and its role."""

from collections.abc import Iterable, Sequence

import msgspec

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.definitions.mentions import Mention, Mentions
from rapport.evidence.read.definitions.surroundings import Surroundings, surroundings_of
from rapport.evidence.read.entry.asked_of_pem import asks_covid_alone, pem_cue, waivers
from rapport.evidence.read.entry.cited_criteria import cites_criteria
from rapport.evidence.read.entry.clauses import (
    BUT_NOT,
    DEFINITION,
    PEM,
    clause_bounds,
    masked,
    pem_names,
)
from rapport.evidence.read.entry.connectors import combination, joined_by_or
from rapport.evidence.read.entry.context import Role, Told, about_controls, told_by, told_of_pem
from rapport.evidence.read.entry.decision import (
    agreed,
    combined,
    decision_of,
    is_ascertainment,
    without_waived,
)
from rapport.evidence.read.entry.how_measured import hours_in, instrument_in
from rapport.evidence.read.entry.inclusion_lists import as_item, in_lists, listed_in
from rapport.evidence.read.entry.left_over import with_left_over
from rapport.evidence.read.entry.parts import part_of, with_parts
from rapport.evidence.read.entry.periods import in_periods, with_periods
from rapport.evidence.read.entry.sequel import with_sequels
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.entry.this_illness import of_this_illness
from rapport.evidence.read.entry.told_apart import TOLD_APART, as_rule_of_all, sorted_by_pem
from rapport.evidence.read.entry.turns import by_parts, counted_in_turn, entering, told_in_turn
from rapport.evidence.read.people.population import (
    Population,
    pattern_of,
    said_by,
)
from rapport.evidence.read.text.cues import Cue, cues
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.model import Decision, Knowledge, PemStatus
from rapport.knowledge.names import Name

_TOLD_IN_FULL = "eight_symptoms"


class EntryReader:
    """Reads the statements of a document; compiled once from the knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.definitions = knowledge.definitions
        told = knowledge.plain_names.names if knowledge.plain_names else {}
        self.plain_names = {
            each.id: told.get(each.id, each.short_name) for each in self.definitions.values()
        }
        self.mentions = Mentions(knowledge)
        self.physician = next(
            (each.id for each in self.definitions.values() if is_ascertainment(each)), None
        )
        self.long_covid = next(
            (each.id for each in self.definitions.values() if each.category == "long COVID"),
            None,
        )

    def statements(
        self, document: Document, people: Population, lookup: Lookup
    ) -> tuple[Statement, ...]:
        """Every statement of a document about entry or against it, in order."""
        named = self.mentions.named_in(lookup)
        certain = {
            which
            for index, names in named.items()
            for which in self._certain(document.sentences[index], names)
        }
        if named and lookup.has(pattern_of(_TOLD_IN_FULL)):
            certain.add(said_by(_TOLD_IN_FULL))
        surroundings = (
            surroundings_of(document, frozenset(certain), lookup) if named else Surroundings()
        )
        cited = cites_criteria(document, lookup)
        if cited and not named:
            surroundings = surroundings_of(document, frozenset(), lookup)
        asking = {*lookup.indices(pem_names()), *lookup.indices(waivers())}
        of_covid = people.is_covid_cohort and people.studied_as_me_cfs == 0
        listed = in_lists(lookup) if asking or named else set[int]()
        found: list[Statement] = []
        for index in sorted({*named, *cited, *asking}):
            sentence = document.sentences[index]
            mentions = self.mentions.find(sentence.text, surroundings, named.get(index, ()))
            mentions = of_this_illness(sentence.text, mentions, of_covid=of_covid)
            if mentions or index in asking:
                found.extend(self._of_sentence(sentence, mentions, is_listed=index in listed))
        timed = with_periods(found, document.sentences)
        placed = with_left_over(with_parts(timed, document.sentences), document.sentences)
        return with_sequels(placed, document.sentences, self.definitions)

    def _certain(self, sentence: Sentence, names: tuple[Name, ...]) -> Iterable[str]:
        """The definitions that a sentence names without doubt; a replaced one, if people met it."""
        certain = {name.definitions[0] for name in names if name.is_certain}
        if any(self.definitions[which].replaced_by for which in certain):
            words = masked(sentence.text, 0, len(sentence.text), names)
            if told_by(words, sentence.section, sentence.titles).role is not Role.ENTRY:
                return {w for w in certain if not self.definitions[w].replaced_by}
        return certain

    def _of_sentence(
        self, sentence: Sentence, mentions: tuple[Mention, ...], *, is_listed: bool
    ) -> Iterable[Statement]:
        whole = masked(sentence.text, 0, len(sentence.text), mentions)
        if len(mentions) > 1 and cues("entry_roles").first(whole, prefix="union"):
            statement = self._named(sentence, whole, mentions)
            if statement is not None:
                yield statement
            return
        periods = in_periods(sentence.text, mentions)
        turns = periods or by_parts(sentence.text, mentions)
        words = entering(sentence, turns, mentions)
        if words is None:
            yield from self._of_clauses(sentence, mentions, is_listed=is_listed)
        else:
            yield from self._in_turns(sentence, words, [turn.mentions for turn in turns])

    def _answer(self, mention: Mention) -> Answer:
        return combined((mention.definition,), Combination.SINGLE, self.definitions)

    def _of_clauses(
        self, sentence: Sentence, mentions: tuple[Mention, ...], *, is_listed: bool
    ) -> Iterable[Statement]:
        before: tuple[Mention, ...] = ()
        for start, end in clause_bounds(sentence.text, mentions):
            inside = tuple(m for m in mentions if start <= m.start < end)
            if not inside and before:
                again = cues("connectors").first(sentence.text[start:end], prefix="again")
                if again is not None:
                    yield self._again(sentence, before, again, sentence.text[start:end])
                    continue
            before = inside or before
            words = masked(sentence.text, start, end, mentions)
            words = as_item(words, is_item=start > 0 and listed_in(sentence.text, start))
            if told_in_turn(sentence.text, inside) or counted_in_turn(
                sentence.text, inside, self._answer
            ):
                yield from self._in_turns(sentence, words, [(each,) for each in inside])
                continue
            statement = self._named(sentence, words, inside) if inside else None
            words = as_item(words, is_item=is_listed)
            if inside and is_listed and statement is None:
                statement = self._named(sentence, words, inside)
            statement = statement or self._unnamed(sentence, words, sentence.text[start:end])
            if statement is None and inside:
                # What the next sentence says may make it one: "Those who met them were included."
                statement = self._named(sentence, words, inside, Told(role=Role.NONE))
            if statement is not None:
                yield statement

    def _in_turns(
        self, sentence: Sentence, words: str, turns: Iterable[tuple[Mention, ...]]
    ) -> Iterable[Statement]:
        """One statement a turn: each is the rule of another group."""
        for turn in turns:
            statement = self._named(sentence, words, turn)
            if statement is not None:
                role = Role.ENTRY if statement.cue == "share" else statement.role
                yield msgspec.structs.replace(statement, cohort=True, role=role)

    def _again(
        self, sentence: Sentence, before: tuple[Mention, ...], cue: Cue, words: str
    ) -> Statement:
        """A clause that takes up the definitions of the clause before it."""
        ids = tuple(mention.definition for mention in before)
        joined = Combination.ANY if cue.says == "any" else Combination.ALL
        answer = combined(ids, joined, self.definitions)
        return Statement(
            sentence=sentence,
            role=Role.ENTRY,
            answer=answer,
            decision=decision_of(answer, ids, self.definitions),
            definitions=ids,
            joined=joined,
            cohort=pattern_of("separate_cohorts").occurs_in(words),
        )

    def _named(
        self,
        sentence: Sentence,
        words: str,
        inside: tuple[Mention, ...],
        told: Told | None = None,
    ) -> Statement | None:
        """The statement of a clause that names definitions; `told` is its role where it is known."""
        if told is None:
            told = told_by(words, sentence.section, sentence.titles)
            if told.role is Role.NONE:
                return None
        kept, joined = self._rule(sentence.text, inside)
        if not kept:
            return None
        ids: tuple[str | None, ...] = tuple(mention.definition for mention in kept)
        or_physician = self._or_physician(sentence.text, kept)
        if or_physician:
            ids = (*ids, self.physician)
        joined = _joined(joined, told, or_physician=or_physician)
        cue = pem_cue(words)
        answer, decision = self._answered(sentence.text, kept, ids, joined, cue)
        told = as_rule_of_all(
            _or_the_others(told, words, answer), [self._answer(m) for m in kept]
        )
        return Statement(
            sentence=sentence,
            role=told.role,
            answer=answer,
            decision=decision,
            definitions=ids,
            joined=joined,
            rule=_rule_id(told, cue),
            cue=told.cue,
            explicit=_says(cue, "mandatory"),
            waives=_says(cue, "waived"),
            stratum=pattern_of("without_diagnosis").occurs_in(words),
            cohort=pattern_of("separate_cohorts").occurs_in(words),
            part=part_of(sentence.text[: inside[-1].end]),
            ends=inside[-1].end,
            covid=pattern_of("long_covid").occurs_in(words.split(DEFINITION, 1)[0]),
            candidates=tuple(dict.fromkeys(c for m in kept for c in m.candidates)),
            hours=self._hours(sentence.text, ids),
            instrument=instrument_in(sentence.text),
        )

    def _answered(
        self,
        text: str,
        kept: tuple[Mention, ...],
        ids: tuple[str | None, ...],
        joined: Combination | None,
        cue: Cue | None,
    ) -> tuple[Answer, Decision]:
        """Whether the rule makes PEM compulsory, with what the clause itself says of PEM."""
        asks = _says(cue, "mandatory")
        extra = (Answer.YES,) if asks else ()
        answer = combined(self._agreed(kept, ids), joined, self.definitions, extra)
        if not asks and self._is_modified(text, kept[0]):
            answer = Answer.NOT_STATED
        if not _says(cue, "waived"):
            return answer, decision_of(answer, ids, self.definitions)
        answer = without_waived(answer, ids, cue.rule if cue else None)
        if answer is Answer.NO:
            return answer, Decision.NOT_REQUIRED
        return answer, decision_of(answer, ids, self.definitions)

    def _rule(
        self, text: str, mentions: tuple[Mention, ...]
    ) -> tuple[tuple[Mention, ...], Combination | None]:
        """The mentions that make the rule, and how they are joined.

        A diagnosis by a physician counts as an alternative to a definition, and as nothing
        beside one; a label for a group of comparison counts only where it stands alone.
        """
        mentions = tuple(m for m in mentions if not _is_ruled_out(text, m))
        real = tuple(m for m in mentions if not self._is_label(m) and not self._is_dx(m))
        others = tuple(m for m in mentions if m not in real)
        if not real:
            labels = tuple(m for m in mentions if self._is_label(m)) or others
            return labels[:1], Combination.SINGLE
        limbs = tuple(m for m in others if self._is_dx(m) and joined_by_or(text, m, real))
        joined = combination(text, real)
        if not limbs:
            return real, joined
        return (*real, *limbs), Combination.ANY

    def _agreed(
        self, kept: tuple[Mention, ...], ids: tuple[str | None, ...]
    ) -> tuple[str | None, ...]:
        """The definitions that answer: beside another, an open name does if its candidates agree."""
        if len(ids) == 1:
            return ids
        found = (m.definition or agreed(m.candidates, self.definitions) for m in kept)
        return (*found, *ids[len(kept) :])

    def _or_physician(self, text: str, kept: tuple[Mention, ...]) -> bool:
        """Whether a physician's judgement is the last alternative of the list."""
        if not kept or any(self._is_dx(mention) for mention in kept):
            return False
        after = text[kept[-1].end : kept[-1].end + 80]
        return cues("connectors").first(after, prefix="after_physician") is not None

    def _is_modified(self, text: str, first: Mention) -> bool:
        """Whether a definition was changed; a published modification has an entry of its own."""
        which = first.definition
        if which is not None and self.definitions[which].modified_of:
            return False
        before = text[max(0, first.start - 60) : first.start]
        return cues("connectors").first(before, prefix="modified") is not None

    def _is_dx(self, mention: Mention) -> bool:
        which = mention.definition
        return which is not None and is_ascertainment(self.definitions[which])

    def _is_label(self, mention: Mention) -> bool:
        which = mention.definition
        return which is not None and self.definitions[which].scope == "comparator label"

    def _unnamed(self, sentence: Sentence, words: str, clause: str) -> Statement | None:
        """A clause that asks for PEM, or waives it, without naming a definition."""
        cue = pem_cue(words)
        if cue is None or cue.says not in ("mandatory", "waived"):
            return sorted_by_pem(sentence, words)
        if sentence.section in (SectionKind.TABLE, SectionKind.CAPTION, SectionKind.TITLE):
            return None
        told = told_of_pem(words, sentence.section, sentence.titles)
        asked = cue.says == "mandatory"
        # "With or without PEM" forms groups only where people are not taken in by it.
        roles = {Role.ENTRY} if asked else {Role.ENTRY, Role.SUBGROUP}
        if told.role not in roles or (PEM in words and about_controls(words, PEM)):
            return None
        return Statement(
            sentence=sentence,
            role=Role.ENTRY,
            answer=Answer.YES if asked else Answer.NO,
            decision=Decision.REQUIRED if asked else Decision.NOT_REQUIRED,
            rule=cue.rule,
            cue=cue.id,
            explicit=asked,
            waives=not asked,
            stratum=pattern_of("without_diagnosis").occurs_in(words),
            cohort=pattern_of("separate_cohorts").occurs_in(words),
            covid=asks_covid_alone(words),
            hours=hours_in(clause),
            instrument=instrument_in(clause),
        )

    def _hours(self, text: str, ids: Sequence[str | None]) -> float | None:
        hard = [
            hours
            for which in ids
            if which is not None
            and self.definitions[which].pem.status is PemStatus.REQUIRED
            and (hours := self.definitions[which].pem.minimum_hours) is not None
        ]
        said = hours_in(text) if pem_names().occurs_in(text) else None
        return said if said is not None else max(hard, default=None)


def _is_ruled_out(text: str, mention: Mention) -> bool:
    """Whether a definition is named as not enough, or as another than the one used."""
    after = text[mention.end : mention.end + 60]
    if cues("connectors").first(after, prefix="not_accepted") is not None:
        return True
    before = text[max(0, mention.start - 60) : mention.start]
    return cues("connectors").first(before, prefix="set_against") is not None


def _joined(
    joined: Combination | None, told: Told, *, or_physician: bool
) -> Combination | None:
    """How the names are joined, where the rule that was found says more than the words between."""
    if told.cue == TOLD_APART:
        # One of the groups asks for PEM as soon as one of the names does.
        return Combination.ALL
    return Combination.ANY if or_physician or told.cue == "union" else joined


def _or_the_others(told: Told, words: str, answer: Answer) -> Told:
    """Its role, but that of the others where people met one definition "but not" another.

    They are this study's own where the definition that they met does without PEM.
    """
    if told.role is not Role.ENTRY or not BUT_NOT.search(words):
        return told
    return Told(role=Role.ENTRY if answer is Answer.NO else Role.OTHER_GROUP, cue="but_not")


def _rule_id(told: Told, cue: Cue | None) -> str | None:
    if told.rule is not None or cue is None:
        return told.rule
    return cue.rule if cue.says in ("mandatory", "waived") else None


def _says(cue: Cue | None, what: str) -> bool:
    return cue is not None and cue.says == what

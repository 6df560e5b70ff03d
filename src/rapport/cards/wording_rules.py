"""One rule of wording compiled, and the clause it is asked about."""

from enum import StrEnum

import msgspec

from rapport.cards.clauses import Clause
from rapport.cards.facts import DesignRecord
from rapport.cards.limits import Limit, is_beyond
from rapport.cards.parts import Part
from rapport.cards.refusal import Grounds, Reasons, missing
from rapport.cards.strength import HEDGED, IMPLIED, PROOF, Link
from rapport.cards.verdicts import Verdict
from rapport.cards.weaker import Swaps
from rapport.core.vocabulary import Badge, Band, Ground, Own, band_of
from rapport.knowledge.model import WordingRule
from rapport.knowledge.patterns import TextPattern


class Manner(StrEnum):
    """In what manner words say too much: what is said beside them differs."""

    PLAIN = "plain"
    HEDGED = "hedged"
    SHADE = "shade"
    """Above the limit, but in its band: a difference that readers do not tell."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A clause with all that a rule may look at.

    `said` and `sentence` are the clause and its sentence without what they quote, `text` is all
    of the text. `results_level` is the level of the strongest result, None where no result was
    found. `people` is how many were studied, None where that is not known. `limit` is that of
    the sentence, `most` that of the study. `claimed` is the highest level that a link claims
    beyond doubt, 0 for none. `own` is why the sentence is the text's own claim, None where it
    may only tell what is known. What is doubtful is refused in a text of our own (`is_ours`),
    and warned of in one of others. `is_read_as_method`: it looks like one, but no label says
    so, as in a press release.
    """

    clause: Clause
    said: str
    sentence: str
    text: str
    part: Part
    links: tuple[Link, ...]
    level: int
    claimed: int
    limit: int
    most: Limit
    results_level: int | None
    words: dict[str, str]
    design: DesignRecord
    badge: Badge | None
    people: int | None
    is_ours: bool
    own: Own | None
    is_read_as_method: bool = False


class Rule:
    """A rule of the knowledge base with its patterns compiled."""

    def __init__(
        self, entry: WordingRule, hedges: TextPattern, others: TextPattern, reasons: Reasons
    ) -> None:
        self.entry = entry
        self._reasons = reasons
        self.swaps = Swaps(entry.swaps)
        self._hedges = hedges
        self._others = others
        self._groups = [TextPattern(group, ignore_case=True) for group in entry.patterns]
        self._unless = TextPattern(entry.unless, ignore_case=True)
        self._softened = TextPattern(entry.softened_by, ignore_case=True)
        self._to_the_letter = TextPattern(entry.to_the_letter, ignore_case=True)
        self._general = TextPattern(entry.general, ignore_case=True)
        self._elsewhere = TextPattern(entry.elsewhere, ignore_case=True)

    def speaks_up(self, case: Case) -> bool:
        """Whether the rule has something to say of these words, if it `concerns` the study."""
        return (
            self._concerns_level(case)
            and self._concerns_part(case)
            and self._finds_words(case)
            and self._finds_elsewhere(case)
        )

    def verdict(self, case: Case) -> tuple[Verdict, tuple[Ground, ...]]:
        """What the rule says of the clause, once it speaks up, and what it lacks to refuse it.

        A text of others is refused only on all the grounds that the rule names.
        """
        found, _ = self._verdict(case)
        if found is not Verdict.REFUSAL or case.is_ours:
            return found, ()
        lacking = missing(self.entry.rests_on, self._grounds(case))
        return (Verdict.WARNING if lacking else found), lacking

    def note(self, case: Case, verdict: Verdict) -> str | None:
        """What is said beside a quotation of the clause; None where the badge says it."""
        beside = self.entry.beside
        if verdict is Verdict.REFUSAL:
            return beside.refused or beside.warned or None
        _, manner = self._verdict(case)
        special = {Manner.HEDGED: beside.hedged, Manner.SHADE: beside.shade}
        return special.get(manner) or beside.warned or None

    def _grounds(self, case: Case) -> Grounds:
        return Grounds(
            own=case.own,
            is_limit_sure=case.design.is_certain and not self._is_limit_doubtful(case),
            is_claimed=self._is_beyond(case.claimed, case)
            and self._reasons.is_straight(case.level, case.most.level, case.own),
            is_alone=case.own is Own.SHORT
            or case.results_level is None
            or _shows_association(case.results_level),
        )

    def _is_limit_doubtful(self, case: Case) -> bool:
        """Whether a limit that decides may be another; proof is beyond any of them.

        Of cells and mice more may be said than of people, and the rule on patients sees to that.
        """
        entry, most = self.entry, case.most
        if not (entry.above_limit or entry.above_results) or case.claimed == PROOF:
            return False
        doubt = TextPattern(most.doubtful_if, ignore_case=True)
        is_doubtful = doubt.occurs_in(case.text) or self._reasons.doubts(case.text)
        return bool(most.only_with) or is_doubtful

    def _verdict(self, case: Case) -> tuple[Verdict, Manner]:
        """What the words alone come to, and in what manner they say too much."""
        entry = self.entry
        if entry.elsewhere_verdict and self._is_elsewhere(case):
            return Verdict(entry.elsewhere_verdict), Manner.PLAIN
        if entry.hedged and self._is_hedged(case):
            return Verdict(entry.hedged), Manner.HEDGED
        if entry.hedged and self._is_softened(case):
            return Verdict(entry.hedged), Manner.PLAIN
        if self._is_few(case):
            return Verdict(entry.if_few or entry.verdict), Manner.PLAIN
        if entry.within_band and not self._is_beyond(case.level, case):
            return Verdict(entry.within_band), Manner.SHADE
        return Verdict(entry.verdict), Manner.PLAIN

    def _is_few(self, case: Case) -> bool:
        entry, people = self.entry, case.people
        return bool(entry.if_few) and people is not None and people < (entry.enough_people or 0)

    def _is_beyond(self, level: int, case: Case) -> bool:
        """Whether words of this level go beyond the study: by a band, or by proof.

        Only bands count, since readers tell no finer difference, but for what people felt in a
        trial that is known not to be blinded.
        """
        if case.is_ours:
            return level > case.most.level and band_of(level) is not Band.ASSOCIATION
        is_open = case.design.blinded is False and self._to_the_letter.occurs_in(case.said)
        return level > case.most.level if is_open else is_beyond(level, case.most.level)

    def _is_hedged(self, case: Case) -> bool:
        """Whether a hedge governs what the rule found.

        Links are graded with their hedges. Other words are hedged by what stands before them, or
        as links that they are themselves.
        """
        if self.entry.above_limit or self.entry.above_results:
            return case.level == HEDGED
        text = self._looked_at(case)
        first = [places[0] for group in self._groups if (places := group.places(text))]
        starts = [start for start, _ in first]
        said = {text[start:end].lower() for start, end in first}
        if any(link.hedged and link.words.lower() in said for link in case.links):
            return True
        return any(start <= max(starts, default=0) for start, _ in self._hedges.places(text))

    def _is_softened(self, case: Case) -> bool:
        """Whether others said it, or it stands where a text only reports or names."""
        only_told = case.part in self.entry.softened_parts and not self._is_general(case)
        return only_told or any(
            words.occurs_in(case.said) for words in (self._softened, self._others)
        )

    def _is_general(self, case: Case) -> bool:
        """Whether a clause that tells what was done or seen says how things are, not were."""
        is_told_as_done = case.part is Part.RESULTS or case.is_read_as_method
        if not is_told_as_done or case.most.retells:
            return False
        links = any((link.claimed or 0) >= IMPLIED and not link.is_past for link in case.links)
        return links or self._general.occurs_in(case.said)

    def concerns(self, design: DesignRecord, badge: Badge | None) -> bool:
        """Whether the rule applies to such a study."""
        entry = self.entry
        return (
            (not entry.designs or design.value in entry.designs)
            and (not entry.badges or badge in entry.badges)
            and not (entry.unblinded_only and design.blinded)
        )

    def _concerns_level(self, case: Case) -> bool:
        entry = self.entry
        return (
            (entry.lowest_level is None or case.level >= entry.lowest_level)
            and (entry.highest_limit is None or case.limit <= entry.highest_limit)
            and (not entry.above_limit or (bool(case.links) and case.level > case.limit))
        )

    def _concerns_part(self, case: Case) -> bool:
        entry = self.entry
        if entry.parts and case.part not in entry.parts:
            return False
        is_guess = case.level == HEDGED
        if case.part in entry.plain_parts and not (case.claimed or is_guess or case.is_ours):
            return False
        if not entry.above_results:
            return True
        return case.level >= IMPLIED and _shows_association(case.results_level)

    def _finds_words(self, case: Case) -> bool:
        text = self._looked_at(case)
        return (
            all(group.occurs_in(text) for group in self._groups)
            and (not self._groups or self._groups[-1].occurs_in(case.said))
            and not self._unless.occurs_in(text)
        )

    def _looked_at(self, case: Case) -> str:
        return case.sentence if self.entry.whole_sentence else case.said

    def _finds_elsewhere(self, case: Case) -> bool:
        entry = self.entry
        return not entry.elsewhere or bool(entry.elsewhere_verdict) or self._is_elsewhere(case)

    def _is_elsewhere(self, case: Case) -> bool:
        return not self._may_be_few(case) and self._elsewhere.occurs_in(case.text)

    def _may_be_few(self, case: Case) -> bool:
        """Whether a study has too few people for what stands elsewhere to count.

        Where nobody knows how many there were, a text of others has the benefit of the doubt.
        """
        enough = self.entry.enough_people if self.entry.elsewhere_verdict else None
        if enough is None or case.design.value in self.entry.pooled:
            return False
        return case.is_ours if case.people is None else case.people < enough


def _shows_association(results_level: int | None) -> bool:
    """Whether results were read, and the strongest of them names no cause."""
    return results_level is not None and band_of(results_level) is Band.ASSOCIATION

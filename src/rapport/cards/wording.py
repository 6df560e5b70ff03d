"""Whether a text says more than a study carries: clause by clause, with the reason."""

from enum import StrEnum

import msgspec

from rapport.cards.clauses import Clause, clauses
from rapport.cards.facts import DesignRecord
from rapport.cards.limits import LEVEL_ABOUT_PEOPLE, Limit, limit
from rapport.cards.strength import DESCRIBED, HEDGED, Strength
from rapport.core.vocabulary import Badge, Band, Design, band_of
from rapport.knowledge.model import Knowledge, Swap, WordingRule
from rapport.knowledge.patterns import TextPattern

HEDGE_GUARD = "hedge"
ABOVE_LIMIT = "level_above_limit"
"""The id of the rule on the strength of words, beside which all others are about their sense."""
_QUOTED_AT_LEAST = 4
"""Words in quotation marks from which on they are someone's speech. Fewer may be the writer's
own claim in disguise, as in: the therapy "cures" it."""

_QUOTATION = TextPattern((r'"[^"]*"', "“[^”]*”"))

BADGE_WORDS = {
    Badge.REQUIRED: "post-exertional malaise was required to take part",
    Badge.NOT_REQUIRED: "post-exertional malaise was not required to take part",
    Badge.MIXED: "post-exertional malaise was required for only part of the people",
    Badge.NOT_STATED: "the text does not say whether post-exertional malaise was required",
    Badge.NOT_APPLICABLE: "the paper has no participants of its own",
}


class Verdict(StrEnum):
    """What the gate says of a clause, from mild to severe."""

    OK = "ok"
    WARNING = "warning"
    REFUSAL = "refusal"


_SEVERITY = {Verdict.OK: 0, Verdict.WARNING: 1, Verdict.REFUSAL: 2}


class Remark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one rule says of a clause; `weaker` is offered, never put in its place."""

    rule: str
    verdict: Verdict
    reason: str
    weaker: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A clause of the text, at `[start, end)` in characters, and what the gate says of it.

    `level` and `limit` are strength levels 0-8. `rule`, `reason` and `weaker` are those of the
    most severe remark; `also` are the others. Missing: `rule` and `reason` are None where no
    rule speaks up, `weaker` where no weaker wording is known.
    """

    clause: str
    start: int
    end: int
    level: int
    band: Band
    limit: int
    verdict: Verdict
    rule: str | None = None
    reason: str | None = None
    weaker: str | None = None
    also: tuple[Remark, ...] = ()


def findings(
    text: str, *, design: DesignRecord, badge: Badge | None, knowledge: Knowledge
) -> tuple[Finding, ...]:
    """One finding a clause, in the order of the text; see `Wording` for many texts."""
    return Wording(knowledge).findings(text, design=design, badge=badge)


class Wording:
    """The rules of wording, compiled once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._strength = Strength(knowledge)
        self._hedges = TextPattern(
            (
                pattern
                for guard in knowledge.wording_guards.values()
                if guard.kind == HEDGE_GUARD
                for pattern in guard.patterns
            ),
            ignore_case=True,
        )
        self._rules = tuple(_Rule(rule) for _, rule in sorted(knowledge.wording_rules.items()))

    def findings(
        self, text: str, *, design: DesignRecord, badge: Badge | None
    ) -> tuple[Finding, ...]:
        """One finding a clause, in the order of the text.

        Missing: without a badge (None) nothing is said about who was studied.
        """
        most = limit(design.value, design.blinded, design.kinds, self._knowledge)
        return tuple(self._finding(clause, design, badge, most) for clause in clauses(text))

    def _finding(
        self, clause: Clause, design: DesignRecord, badge: Badge | None, most: Limit
    ) -> Finding:
        said = _without_quotations(clause.text)
        levels = [link.level for link in self._strength.links(said)]
        level = max(levels, default=DESCRIBED)
        limit_level = _limit_for(clause.sentence, most)
        case = _Case(
            clause=clause,
            said=said,
            level=level,
            linked=bool(levels),
            limit=limit_level,
            words=self._level_words(level, limit_level, most),
            hedged=level == HEDGED or self._hedges.occurs_in(said),
            design=design,
            badge=badge,
        )
        remarks = self._remarks(case)
        worst = remarks[0] if remarks else None
        return Finding(
            clause=clause.text,
            start=clause.start,
            end=clause.end,
            level=level,
            band=band_of(level),
            limit=case.limit,
            verdict=worst.verdict if worst else Verdict.OK,
            rule=worst.rule if worst else None,
            reason=worst.reason if worst else None,
            weaker=worst.weaker if worst else None,
            also=tuple(remarks[1:]),
        )

    def _level_words(self, level: int, limit_level: int, most: Limit) -> dict[str, str]:
        """What the placeholders of a reason stand for."""
        names = {number: entry.name for number, entry in self._knowledge.wording_levels.items()}
        return {
            "level": str(level),
            "band": names.get(level, "").lower(),
            "limit": str(limit_level),
            "limit_band": names.get(limit_level, "").lower(),
            "limit_reason": " ".join(most.reasons),
        }

    def _remarks(self, case: "_Case") -> list[Remark]:
        """What the rules say, most severe first; a rule that says `ok` silences the others."""
        speaking = [rule for rule in self._rules if rule.speaks_up(case)]
        silencing = [rule for rule in speaking if rule.entry.verdict == Verdict.OK]
        remarks = [self._remark(rule, case) for rule in silencing[:1] or speaking]
        return sorted(remarks, key=lambda remark: -_SEVERITY[remark.verdict])

    def _remark(self, rule: "_Rule", case: "_Case") -> Remark:
        entry = rule.entry
        return Remark(
            rule=entry.id,
            verdict=rule.verdict(case),
            reason=_reason(entry.reason, case),
            weaker=self._weaker(rule, case),
        )

    def _weaker(self, rule: "_Rule", case: "_Case") -> str | None:
        """The clause with weaker words, as far as needed to keep within the limit."""
        text = case.clause.text
        for pattern, swap in rule.swaps:
            text = _swapped(text, pattern, swap)
            is_within = not rule.entry.above_limit or self._strength.level(text) <= case.limit
            if text != case.clause.text and is_within:
                return text
        return None


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """A clause with all that a rule may look at.

    `said` is the clause without what it quotes, `linked` whether it has any linking word.
    """

    clause: Clause
    said: str
    level: int
    linked: bool
    limit: int
    words: dict[str, str]
    hedged: bool
    design: DesignRecord
    badge: Badge | None


class _Rule:
    """A rule of the knowledge base with its patterns compiled."""

    def __init__(self, entry: WordingRule) -> None:
        self.entry = entry
        self.swaps = [
            (TextPattern((swap.words,), ignore_case=True), swap) for swap in entry.swaps
        ]
        self._groups = [TextPattern(group, ignore_case=True) for group in entry.patterns]
        self._unless = TextPattern(entry.unless, ignore_case=True)

    def speaks_up(self, case: _Case) -> bool:
        """Whether the rule applies to such a study, and to these words."""
        return (
            self._concerns_study(case)
            and self._concerns_level(case)
            and self._finds_words(case)
        )

    def verdict(self, case: _Case) -> Verdict:
        """What the rule says of the clause, once it speaks up."""
        entry = self.entry
        if case.hedged and entry.hedged:
            return Verdict(entry.hedged)
        if entry.within_association and band_of(case.level) is Band.ASSOCIATION:
            return Verdict(entry.within_association)
        return Verdict(entry.verdict)

    def _concerns_study(self, case: _Case) -> bool:
        entry = self.entry
        return (
            (not entry.designs or case.design.value in entry.designs)
            and (not entry.badges or case.badge in entry.badges)
            and not (entry.unblinded_only and case.design.blinded)
        )

    def _concerns_level(self, case: _Case) -> bool:
        entry = self.entry
        return (
            (entry.lowest_level is None or case.level >= entry.lowest_level)
            and (entry.highest_limit is None or case.limit <= entry.highest_limit)
            and (not entry.above_limit or (case.linked and case.level > case.limit))
        )

    def _finds_words(self, case: _Case) -> bool:
        text = (
            _without_quotations(case.clause.sentence)
            if self.entry.whole_sentence
            else case.said
        )
        return all(group.occurs_in(text) for group in self._groups) and not (
            self._unless.occurs_in(text)
        )


def _limit_for(sentence: str, most: Limit) -> int:
    """The limit for a sentence: lower where it should say `in mice` or `in cells` and does not."""
    if not most.only_with or TextPattern(most.only_with, ignore_case=True).occurs_in(sentence):
        return most.level
    return min(most.level, LEVEL_ABOUT_PEOPLE)


def _without_quotations(text: str) -> str:
    """The text with each quotation of some length replaced by three dots: others said that."""
    kept: list[str] = []
    at = 0
    for start, end in _QUOTATION.places(text):
        if len(text[start:end].split()) >= _QUOTED_AT_LEAST:
            kept += [text[at:start], "..."]
            at = end
    return "".join([*kept, text[at:]])


def _swapped(text: str, pattern: TextPattern, swap: Swap) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in pattern.places(text):
        weaker = swap.weaker
        if text[start].isupper():
            weaker = weaker[:1].upper() + weaker[1:]
        pieces += [text[at:start], weaker]
        at = end
    return "".join([*pieces, text[at:]])


def _reason(template: str, case: _Case) -> str:
    badge = {"badge": BADGE_WORDS[case.badge] if case.badge else ""}
    for name, value in {**case.words, **badge}.items():
        template = template.replace("{" + name + "}", value)
    return template


def design_record(value: Design, blinded: bool | None = None) -> DesignRecord:
    """A design by itself, without evidence, for a text that comes without its study."""
    return DesignRecord(value=value, blinded=blinded)

"""Whether a text says more than a study carries: clause by clause, with the reason."""

from collections.abc import Iterator, Sequence

import msgspec

from rapport.cards.clauses import Clause, clauses_of
from rapport.cards.facts import DesignRecord
from rapport.cards.limits import LEVEL_ABOUT_PEOPLE, Limit, limit
from rapport.cards.parts import Part, Parts, Sentence
from rapport.cards.refusal import Reasons
from rapport.cards.strength import DESCRIBED, Link, Strength
from rapport.cards.verdicts import SEVERITY, Verdict
from rapport.cards.wording_rules import Case, Rule
from rapport.core.vocabulary import Badge, Band, Ground, Own, band_of
from rapport.knowledge.model import Knowledge, WordingRule
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.grounds import refusal_grounds
from rapport.knowledge.reading.text_parts import text_parts

HEDGE_GUARD = "hedge"
OTHERS_GUARD = "others"
ABOVE_LIMIT = "level_above_limit"
"""The id of the rule on the strength of words, beside which all others are about their sense."""
DRIFT = "conclusion_stronger_than_results"
"""The id of the rule on titles and conclusions that say more than the results beside them."""
_QUOTED_AT_LEAST = 4
"""Words in quotation marks from which on they are someone's speech. Fewer may be the writer's
own claim in disguise, as in: the therapy "cures" it."""

_QUOTATION = TextPattern((r'"[^"]*"', "“[^”]*”"))

_BESIDE = frozenset({Part.TITLE, Part.ASIDE})
"""Parts that stand beside what a text has to say, and count for no place in it."""

BADGE_WORDS = {
    Badge.REQUIRED: "post-exertional malaise was required to take part",
    Badge.NOT_REQUIRED: "post-exertional malaise was not required to take part",
    Badge.MIXED: "post-exertional malaise was required for only part of the people",
    Badge.NOT_STATED: "the text does not say whether post-exertional malaise was required",
    Badge.NOT_APPLICABLE: "the paper has no participants of its own",
}


class Remark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one rule says of a clause; `weaker` is offered, never put in its place.

    `rests_on` is what a refusal rests on, `missing` what it would need where there is only a
    warning; `grounds` tells these in sentences. `note` is what is said beside a quotation of
    the words.
    """

    rule: str
    verdict: Verdict
    reason: str
    weaker: str | None = None
    rests_on: tuple[Ground, ...] = ()
    missing: tuple[Ground, ...] = ()
    grounds: tuple[str, ...] = ()
    note: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A clause of the text, at `[start, end)` in characters, and what the gate says of it.

    `level` and `limit` are strength levels 0-8. `rule`, `reason` and `weaker` are those of the
    most severe remark, as are `rests_on`, `missing`, `grounds` and `note`; `also` are the others.
    `limit_from` are the ids of the design entries that set the limit. Missing: `rule` and `reason` are None where no
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
    limit_from: tuple[str, ...] = ()
    rests_on: tuple[Ground, ...] = ()
    missing: tuple[Ground, ...] = ()
    grounds: tuple[str, ...] = ()
    note: str | None = None


def findings(
    text: str,
    *,
    design: DesignRecord,
    badge: Badge | None,
    knowledge: Knowledge,
    people: int | None = None,
    read: Sequence[Sentence] = (),
) -> tuple[Finding, ...]:
    """One finding a clause, in the order of the text; see `Wording` for many texts."""
    return Wording(knowledge).findings(
        text, design=design, badge=badge, people=people, read=read
    )


class _Study(msgspec.Struct, frozen=True, kw_only=True):
    """What the text is about, and what its results say at most."""

    design: DesignRecord
    badge: Badge | None
    people: int | None
    is_ours: bool
    most: Limit
    text: str
    result: str
    results_level: int | None
    rules: tuple[Rule, ...]
    """Those that concern such a study."""
    offers: bool


class _Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, what it says itself without quotations, its links, and whose claim it is."""

    place: Sentence
    said: str
    links: tuple[Link, ...]
    own: Own | None = None

    @property
    def level(self) -> int:
        return max((link.level for link in self.links), default=DESCRIBED)


class Wording:
    """The rules of wording, compiled once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._strength = Strength(knowledge)
        self._parts = Parts(text_parts())
        self._reasons = Reasons(refusal_grounds())
        hedges, others = (_guards(knowledge, kind) for kind in (HEDGE_GUARD, OTHERS_GUARD))
        rules = sorted(knowledge.wording_rules.items())
        self._rules = tuple(Rule(rule, hedges, others, self._reasons) for _, rule in rules)
        self._watched = TextPattern(
            (pattern for _, rule in rules for pattern in _claiming(rule)), ignore_case=True
        )

    def findings(
        self,
        text: str,
        *,
        design: DesignRecord,
        badge: Badge | None,
        people: int | None = None,
        read: Sequence[Sentence] = (),
        is_ours: bool = False,
    ) -> tuple[Finding, ...]:
        """One finding a clause, in the order of the text.

        A text of others is warned of where it is doubtful whether it says too much; of our own
        (`is_ours`) that is refused.

        Links are read in their sentence, so that its hedges and denials count; a title is
        compared with the results below it. `read` are sentences of the text with their parts,
        in order, where somebody has read it; without them its labels tell the parts.
        Missing: without a badge (None) nothing is said about who was studied; without `people`
        they count as few in a text of our own.
        """
        return self.judged(
            text,
            self._parts.sentences(text, read),
            design=design,
            badge=badge,
            people=people,
            is_ours=is_ours,
        )

    def judged(
        self,
        text: str,
        places: Sequence[Sentence],
        *,
        design: DesignRecord,
        badge: Badge | None,
        people: int | None = None,
        is_ours: bool = False,
        offers: bool = True,
    ) -> tuple[Finding, ...]:
        """The same for a text that was cut already: only what stands at these places is judged.

        `offers`: with weaker wordings, which take their time.
        """
        sentences = [self._sentence(text, each) for each in places]
        results = [each for each in sentences if each.place.part is Part.RESULTS]
        strongest = max(results, key=lambda each: each.level, default=None)
        study = _Study(
            design=design,
            badge=badge,
            people=people,
            is_ours=is_ours,
            most=limit(design.value, design.blinded, design.kinds, self._knowledge),
            text=" ".join(each.said for each in sentences),
            result=strongest.said if strongest else "",
            results_level=strongest.level if strongest else None,
            rules=tuple(rule for rule in self._rules if rule.concerns(design, badge)),
            offers=offers,
        )
        return tuple(
            self._finding(clause, sentence, study)
            for sentence in self._claimed(sentences, study.most)
            for clause in clauses_of(text, sentence.place.start, sentence.place.end)
        )

    def beside(self, remarks: Sequence[Remark]) -> tuple[str, ...]:
        """What is said beside a quotation for these remarks, each note once.

        A note that another one covers is left out: advice on exertion is advice.
        """
        entries = self._knowledge.wording_rules
        covered = {rule for each in remarks for rule in entries[each.rule].covers}
        notes = (each.note for each in remarks if each.rule not in covered and each.note)
        return tuple(dict.fromkeys(notes))

    def _sentence(self, text: str, place: Sentence) -> _Sentence:
        said = _without_quotations(text[place.start : place.end])
        return _Sentence(place=place, said=said, links=self._strength.links(said))

    def _claimed(self, sentences: list[_Sentence], most: Limit) -> Iterator[_Sentence]:
        """The sentences, each with why it is the text's own claim."""
        of = sum(each.place.part not in _BESIDE for each in sentences)
        for each in sentences:
            own = self._reasons.own(each.place, each.said, of, retells=most.retells)
            yield msgspec.structs.replace(each, own=own)

    def _finding(self, clause: Clause, sentence: _Sentence, study: _Study) -> Finding:
        case = self._case(clause, sentence, study)
        remarks = self._remarks(case, study)
        worst = remarks[0] if remarks else None
        return Finding(
            clause=clause.text,
            start=clause.start,
            end=clause.end,
            level=case.level,
            band=band_of(case.level),
            limit=case.limit,
            verdict=worst.verdict if worst else Verdict.OK,
            rule=worst.rule if worst else None,
            reason=worst.reason if worst else None,
            weaker=worst.weaker if worst else None,
            also=tuple(remarks[1:]),
            limit_from=study.most.sources,
            rests_on=worst.rests_on if worst else (),
            missing=worst.missing if worst else (),
            grounds=worst.grounds if worst else (),
            note=worst.note if worst else None,
        )

    def _case(self, clause: Clause, sentence: _Sentence, study: _Study) -> Case:
        start, end = (place - sentence.place.start for place in (clause.start, clause.end))
        links = tuple(link for link in sentence.links if start <= link.start < end)
        level = max((link.level for link in links), default=DESCRIBED)
        limit_level = _limit_for(clause.sentence, study.most)
        return Case(
            clause=clause,
            said=sentence.said[start:end],
            sentence=sentence.said,
            text=study.text,
            part=sentence.place.part,
            is_read_as_method=sentence.place.part is Part.METHODS
            and not sentence.place.is_labelled,
            links=links,
            level=level,
            claimed=max((_claim(link, study.most) for link in links), default=0),
            limit=limit_level,
            most=study.most,
            results_level=study.results_level,
            words=self._reason_words(level, limit_level, study),
            design=study.design,
            badge=study.badge,
            people=study.people,
            is_ours=study.is_ours,
            own=sentence.own,
        )

    def _reason_words(self, level: int, limit_level: int, study: _Study) -> dict[str, str]:
        """What the placeholders of a reason stand for."""
        names = {number: entry.name for number, entry in self._knowledge.wording_levels.items()}
        return {
            "level": str(level),
            "band": names.get(level, "").lower(),
            "limit": str(limit_level),
            "limit_band": names.get(limit_level, "").lower(),
            "limit_reason": " ".join(study.most.reasons),
            "badge": BADGE_WORDS[study.badge] if study.badge else "",
            "result": " ".join(study.result.split()),
        }

    def _remarks(self, case: Case, study: _Study) -> list[Remark]:
        """What the rules say, most severe first; a rule that says `ok` silences the others."""
        # Most clauses word no link and hold no word of any rule: they are asked once, not by all.
        if not (case.links or self._watched.occurs_in(case.sentence)):
            return []
        speaking = [rule for rule in study.rules if rule.speaks_up(case)]
        silencing = [rule for rule in speaking if rule.entry.verdict == Verdict.OK]
        chosen = silencing[:1] or speaking
        remarks = [self._remark(rule, case, offers=study.offers) for rule in chosen]
        return sorted(remarks, key=lambda remark: -SEVERITY[remark.verdict])

    def _remark(self, rule: Rule, case: Case, *, offers: bool) -> Remark:
        entry = rule.entry
        verdict, lacking = rule.verdict(case)
        is_refused = verdict is Verdict.REFUSAL and not case.is_ours
        held = entry.rests_on if is_refused else ()
        return Remark(
            rule=entry.id,
            verdict=verdict,
            reason=_reason(entry.reason, case.words),
            weaker=self._weaker(rule, case) if offers else None,
            rests_on=held,
            missing=lacking,
            grounds=self._reasons.told(held, lacking, case.own),
            note=_reason(rule.note(case, verdict) or "", case.words) or None,
        )

    def _weaker(self, rule: Rule, case: Case) -> str | None:
        """The clause with weaker words, as far as needed to keep within the limit."""
        text = case.clause.text
        if not rule.entry.above_limit:
            return rule.swaps.anywhere(text)
        return rule.swaps.within(text, case.limit, self._strength.links)


def _claiming(rule: WordingRule) -> tuple[str, ...]:
    """The words without which the rule says nothing; none for one that only silences, or that
    looks at links alone."""
    silences = rule.verdict == Verdict.OK
    return () if silences or not rule.patterns else rule.patterns[-1]


def _claim(link: Link, most: Limit) -> int:
    """The level that the link claims, 0 for none: what was found once, told again, is no claim."""
    is_told_again = most.retells and link.is_past
    return 0 if is_told_again else link.claimed or 0


def _guards(knowledge: Knowledge, kind: str) -> TextPattern:
    """All guard words of a kind."""
    guards = [guard for guard in knowledge.wording_guards.values() if guard.kind == kind]
    return TextPattern(
        (pattern for guard in guards for pattern in guard.patterns), ignore_case=True
    )


def _limit_for(sentence: str, most: Limit) -> int:
    """The limit for a sentence: lower where it should say `in mice` or `in cells` and does not."""
    if not most.only_with or TextPattern(most.only_with, ignore_case=True).occurs_in(sentence):
        return most.level
    return min(most.level, LEVEL_ABOUT_PEOPLE)


def _without_quotations(text: str) -> str:
    """The text with each quotation of some length made blank: others said that."""
    for start, end in _QUOTATION.places(text):
        if len(text[start:end].split()) >= _QUOTED_AT_LEAST:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _reason(template: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        template = template.replace("{" + name + "}", value)
    return template

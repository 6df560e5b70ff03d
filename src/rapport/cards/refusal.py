"""What a refusal rests on: whose claim it is, what the study can show, and that it is meant.

To refuse a sentence is a claim of its own. It is made only on all the grounds that its rule
names; where one is missing, a warning says which. The words are knowledge/data/reading/strength/
grounds.toml.
"""

from collections.abc import Iterable

import msgspec

from rapport.cards.parts import Part, Sentence
from rapport.core.vocabulary import Ground, Own, band_of
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.grounds import RefusalGrounds

_ALONE = 2
"""Sentences below which a text that retells has one sentence, and that is its claim."""
_TELLS_OTHERS = frozenset({Part.BACKGROUND, Part.ASIDE})


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a clause: why it is the text's own claim (None: it may not be), whether
    the limit is sure, whether it claims a link beyond that limit beyond doubt, and whether no
    result beside it says as much."""

    own: Own | None
    is_limit_sure: bool
    is_claimed: bool
    is_alone: bool

    def held(self) -> frozenset[Ground]:
        """The grounds on which a refusal could stand."""
        found = {
            Ground.OWN_CLAIM: self.own is not None,
            Ground.SURE_LIMIT: self.is_limit_sure,
            Ground.PLAIN_CLAIM: self.is_claimed,
            Ground.OWN_RESULTS: self.is_alone,
        }
        return frozenset(ground for ground, holds in found.items() if holds)


def missing(needed: Iterable[Ground], grounds: Grounds) -> tuple[Ground, ...]:
    """The grounds that a refusal would need and does not have, in their order; empty: it stands."""
    held = grounds.held()
    return tuple(ground for ground in needed if ground not in held)


class Reasons:
    """The words of the file, compiled: who claims a sentence, and what a refusal rests on."""

    def __init__(self, rules: RefusalGrounds) -> None:
        self._rules = rules
        self._concludes = TextPattern(rules.concludes, ignore_case=True)
        self._announces = TextPattern(rules.announces, ignore_case=True)
        self._doubtful = TextPattern(rules.doubtful_if, ignore_case=True)

    def own(self, sentence: Sentence, said: str, of: int, *, retells: bool) -> Own | None:
        """Why the sentence is the text's own claim; None where it may only tell what is known,
        or what happened.

        `of`: how many sentences the text has, beside its title and asides. `retells`: the text
        tells what others found, in its conclusion too.
        """
        if sentence.part is Part.TITLE:
            return Own.TITLE
        if self._tells_others(sentence, said) or self._is_labelled_method(sentence):
            return None
        if of < (_ALONE if retells else self._rules.short):
            return Own.SHORT
        if retells:
            return None
        if sentence.is_labelled:
            return Own.LABEL if sentence.part is Part.CONCLUSION else None
        concludes = self._concludes.occurs_in(said) or self._announces.occurs_in(said)
        return Own.CONCLUDES if concludes else None

    def _tells_others(self, sentence: Sentence, said: str) -> bool:
        """Whether a sentence is about others; the news of a press release only looks so."""
        is_news = not sentence.is_labelled and self._announces.occurs_in(said)
        return sentence.part in _TELLS_OTHERS and not is_news

    def doubts(self, text: str) -> bool:
        """Whether the methods that a text tells of may show more than its design does."""
        return self._doubtful.occurs_in(text)

    def is_straight(self, level: int, limit: int, own: Own | None) -> bool:
        """Whether words of this level are a claim beyond doubt that the study does not carry.

        In a text of some length only direct words are, in a stronger band than the limit.
        """
        if own is Own.SHORT:
            return True
        return level >= self._rules.direct and band_of(level) is not band_of(limit)

    def told(
        self, held: Iterable[Ground], lacking: Iterable[Ground], own: Own | None
    ) -> tuple[str, ...]:
        """What a refusal rests on, or would need, a sentence for each ground."""
        why = self._rules.own[own] if own else ""
        return (
            *(self._rules.held[ground].replace("{own}", why) for ground in held),
            *(self._rules.missing[ground] for ground in lacking),
        )

    @staticmethod
    def _is_labelled_method(sentence: Sentence) -> bool:
        return sentence.part is Part.METHODS and sentence.is_labelled

"""What a refusal rests on: whose claim it is, what the study can show, and that it is meant.

To refuse a sentence is a claim of its own. It is made only on all the grounds that its rule
names; where one is missing, a warning says which. The words are knowledge/data/reading/strength/
grounds.toml.
"""

from collections.abc import Iterable

import msgspec

from rapport.cards.parts import Part, Sentence
from rapport.core.vocabulary import Ground, Own
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.refusal_grounds import RefusalGrounds

_SHORT = 5
"""Sentences below which a text is no abstract: it has no room but for what it claims."""
_LAST = 3
"""Sentences at the end of a text in which it concludes, if no label says where."""
_TELLS_OTHERS = frozenset({Part.BACKGROUND, Part.ASIDE})


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sentence stands: how many follow it, and how many the text has, without asides."""

    after: int
    of: int


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a clause: why it is the text's own claim (None: it may not be), whether
    the limit is sure, and whether it claims a link beyond that limit beyond doubt."""

    own: Own | None
    is_limit_sure: bool
    is_claimed: bool

    def held(self) -> frozenset[Ground]:
        """The grounds on which a refusal could stand."""
        found = {
            Ground.OWN_CLAIM: self.own is not None,
            Ground.SURE_LIMIT: self.is_limit_sure,
            Ground.PLAIN_CLAIM: self.is_claimed,
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
        self._says_so = TextPattern(rules.says_so, ignore_case=True)

    def own(self, sentence: Sentence, said: str, place: Place, *, retells: bool) -> Own | None:
        """Why the sentence is the text's own claim; None where it may only tell what is known.

        `retells`: the text tells what others found, so that its place alone says nothing.
        """
        if sentence.part is Part.TITLE:
            return Own.TITLE
        if sentence.part in _TELLS_OTHERS or self._is_labelled_method(sentence):
            return None
        if place.of < _SHORT:
            return Own.SHORT
        if self._says_so.occurs_in(said):
            return Own.SAYS_SO
        if sentence.is_labelled:
            return Own.LABEL
        return Own.END if place.after < _LAST and not retells else None

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

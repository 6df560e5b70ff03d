"""The badge of a stated entry rule."""

import pytest

from rapport.cards.entry_rule import entry_badge
from rapport.core.vocabulary import Badge, Combination
from rapport.knowledge.load import load

FUKUDA, CANADIAN, IOM = "fukuda_1994", "ccc_2003", "iom_2015"

CASES = {
    "no rule": ((), None, Badge.NOT_STATED),
    "one that requires PEM": ((CANADIAN,), None, Badge.REQUIRED),
    "one that does not": ((FUKUDA,), None, Badge.NOT_REQUIRED),
    "one of two that both require it": ((CANADIAN, IOM), Combination.ANY, Badge.REQUIRED),
    "one of two of which one does": ((FUKUDA, CANADIAN), Combination.ANY, Badge.NOT_REQUIRED),
    "both of which one does": ((FUKUDA, CANADIAN), Combination.ALL, Badge.REQUIRED),
    "two, without a word on how": ((FUKUDA, CANADIAN), None, Badge.NOT_STATED),
    "two that require it, without a word on how": ((CANADIAN, IOM), None, Badge.REQUIRED),
}


@pytest.mark.parametrize(("ids", "combination", "badge"), CASES.values(), ids=CASES)
def test_an_entry_rule_has_the_badge_that_follows_from_it(ids, combination, badge):
    definitions = load().definitions
    for order in (ids, ids[::-1]):
        assert entry_badge([definitions[each] for each in order], combination) is badge

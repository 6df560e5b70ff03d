"""And and or decide; a slash does not."""

import pytest

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.definitions.mentions import Mentions
from rapport.evidence.read.definitions.surroundings import Surroundings
from rapport.evidence.read.entry.connectors import combination
from rapport.evidence.read.entry.decision import combined, decision_of
from rapport.knowledge.load import load
from rapport.knowledge.model import Decision

KNOWLEDGE = load()
MENTIONS = Mentions(KNOWLEDGE)
ALL, ANY, SINGLE = Combination.ALL, Combination.ANY, Combination.SINGLE
YES, NO, OPEN = Answer.YES, Answer.NO, Answer.NOT_STATED


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("met the Fukuda criteria", SINGLE),
        ("met both the Fukuda and the Canadian criteria", ALL),
        ("met the Fukuda criteria as well as the Canadian criteria", ALL),
        ("met the Fukuda criteria plus the Canadian criteria", ALL),
        ("met the Fukuda, Holmes and Oxford criteria", ALL),
        ("met either the Fukuda or the Canadian criteria", ANY),
        ("met the Fukuda criteria and/or the Canadian criteria", ANY),
        ("met at least one of the Fukuda, Canadian and IOM criteria", ANY),
        ("met any of the Fukuda, Canadian or IOM criteria", ANY),
        ("met either or both of the Fukuda and the Canadian criteria", ANY),
        ("met the Fukuda criteria, the Canadian criteria, or both", ANY),
        ("met the Fukuda criteria (1) or the Canadian criteria (2)", ANY),
        ("met the Fukuda/Canadian criteria", None),
    ],
)
def test_connectors_say_how_definitions_are_combined(text, joined):
    assert combination(text, MENTIONS.find(text, Surroundings())) is joined


@pytest.mark.parametrize(
    ("ids", "joined", "answer"),
    [
        (("ccc_2003",), SINGLE, YES),
        (("fukuda_1994",), SINGLE, NO),
        (("oxford_1991",), SINGLE, NO),
        ((None,), SINGLE, OPEN),
        (("fukuda_1994", "ccc_2003"), ALL, YES),
        (("fukuda_1994", "ccc_2003"), ANY, NO),
        (("ccc_2003", "icc_2011"), ANY, YES),
        (("ccc_2003", None), ALL, YES),  # what is open cannot take away what is asked for
        (("ccc_2003", None), ANY, OPEN),
        (("fukuda_1994", None), ANY, NO),  # one way in without PEM is enough
        (("fukuda_1994", None), ALL, OPEN),
        # A slash is answered only where and and or agree.
        (("fukuda_1994", "ccc_2003"), None, OPEN),
        (("ccc_2003", "icc_2011"), None, YES),
        (("fukuda_1994", "oxford_1991"), None, NO),
        # A diagnosis by a physician decides nothing alone, and opens a way in without PEM.
        (("physician_dx_or_code",), SINGLE, OPEN),
        (("ccc_2003", "physician_dx_or_code"), ANY, NO),
    ],
)
def test_the_decision_is_three_valued(ids, joined, answer):
    assert combined(ids, joined, KNOWLEDGE.definitions) is answer


def test_swapping_and_for_or_flips_exactly_where_one_definition_asks_for_no_pem():
    definitions = KNOWLEDGE.definitions
    for one in ("ccc_2003", "icc_2011", "fukuda_1994", "oxford_1991"):
        for other in ("iom_2015", "holmes_1988"):
            both = combined((one, other), ALL, definitions)
            either = combined((one, other), ANY, definitions)
            alone = {combined((which,), SINGLE, definitions) for which in (one, other)}
            assert (both is either) == (len(alone) == 1)


def test_an_extra_clause_makes_pem_compulsory_whatever_the_definition():
    ids = ("fukuda_1994",)
    assert combined(ids, SINGLE, KNOWLEDGE.definitions, (YES,)) is YES


def test_a_definition_in_its_own_words_is_told_apart():
    definitions = KNOWLEDGE.definitions
    assert decision_of(YES, ("london_1994",), definitions) is Decision.REQUIRED_REWORDED
    assert decision_of(YES, ("ccc_2003",), definitions) is Decision.REQUIRED
    assert decision_of(NO, ("fukuda_1994",), definitions) is Decision.OPTIONAL_ITEM
    assert decision_of(NO, ("oxford_1991",), definitions) is Decision.NOT_REQUIRED

"""The kind of a sentence is the one for which the weights of the file add up to most."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rapport.core.vocabulary import StatementKind
from rapport.evidence.read.statements.weights import kind_of
from rapport.knowledge.reading.statements import statement_weights

NAMES = sorted(statement_weights().weights)


@given(st.sets(st.sampled_from(NAMES), max_size=40))
def test_the_heaviest_kind_is_taken_and_of_equal_ones_the_first(names):
    file = statement_weights()
    sums = [
        sum(Decimal(str(file.weights[name][lane])) for name in {*names, "bias"})
        for lane in range(len(file.kinds))
    ]
    signs = [name for name in names if not name.startswith("word:") and name != "bias"]
    words = {name[5:].encode() for name in names if name.startswith("word:")}
    assert kind_of(signs, words)[0] is file.kinds[sums.index(max(sums))]


def test_what_has_no_weight_changes_nothing():
    known, _ = kind_of(["section:abstract"], set())
    assert kind_of(["section:abstract", "cue:unheard-of"], {b"unheardof"})[0] is known


def test_a_kind_leads_those_it_is_not_counted_with():
    kind, lead = kind_of(
        ["section:results", "cue:p_value"], set(), frozenset({StatementKind.OBSERVED})
    )
    assert kind is StatementKind.OBSERVED
    assert lead > 0
    assert kind_of(["section:results", "cue:p_value"], set())[1] == 0

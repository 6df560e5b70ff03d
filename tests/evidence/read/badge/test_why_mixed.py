"""The reason of *mixed* names as requiring PEM only what requires it."""

import pytest

from rapport.core.vocabulary import Combination
from rapport.evidence.read.badge.why import why
from rapport.knowledge.load import load
from rapport.knowledge.model import Decision, PemStatus

KNOWLEDGE = load()
NAMES = KNOWLEDGE.plain_names.names
WITHOUT = sorted(
    name
    for name, one in KNOWLEDGE.definitions.items()
    if name in NAMES and one.pem.status not in (PemStatus.REQUIRED, PemStatus.REQUIRED_REWORDED)
)


def reason(*ids, flags=()):
    return why(
        Decision.SUBGROUP_ONLY, ids, Combination.ANY, flags, KNOWLEDGE.definitions, NAMES
    )


@pytest.mark.parametrize("flags", [(), ("one_stratum",)], ids=["groups", "stratum"])
@pytest.mark.parametrize("name", WITHOUT)
def test_a_definition_that_does_not_require_pem_is_not_named_as_requiring_it(name, flags):
    assert NAMES[name] not in reason(name, flags=flags)
    assert NAMES[name] not in reason(name, "ccc_2003", flags=flags)


def test_a_definition_that_requires_pem_is_named():
    assert NAMES["ccc_2003"] in reason("fukuda_1994", "ccc_2003")


def test_where_cohorts_entered_by_different_rules_all_of_them_are_named():
    said = reason("fukuda_1994", "ccc_2003", flags=("cohorts_differ",))
    assert NAMES["fukuda_1994"] in said
    assert NAMES["ccc_2003"] in said

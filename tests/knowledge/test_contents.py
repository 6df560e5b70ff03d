"""The knowledge base holds what the contracts name: definitions, rules, designs, levels."""

import pytest

from rapport.core.vocabulary import Design, DesignKind
from rapport.knowledge.entries import NOT_CHECKED, checked_words, entries, near_matches
from rapport.knowledge.load import everything
from rapport.knowledge.model import Decision, PemStatus

KNOWLEDGE = everything()


def test_there_are_35_definitions_and_99_entry_rules():
    assert len(KNOWLEDGE.definitions) == 35
    assert sorted(KNOWLEDGE.entry_rules) == [f"P{number:03d}" for number in range(1, 100)]


def test_16_definitions_say_that_they_are_not_verified():
    assert sum(not each.is_verified for each in KNOWLEDGE.definitions.values()) == 16


@pytest.mark.parametrize(
    ("status", "definitions"),
    [
        (
            PemStatus.REQUIRED,
            {"ccc_2003", "icc_2011", "iom_2015", "nice_2021", "nice_2007", "jason_ped_2006"},
        ),
        (PemStatus.OPTIONAL_K_OF_N, {"fukuda_1994", "holmes_1988", "reeves_2005"}),
        (PemStatus.NOT_PART, {"oxford_1991", "rcpch_2004", "who_pcc_2021"}),
        (PemStatus.REQUIRED_REWORDED, {"ramsay_1986", "london_1994"}),
        (PemStatus.UNCLEAR, {"physician_dx_or_code", "ho_yen_1990"}),
    ],
)
def test_what_a_definition_asks_of_pem(status, definitions):
    assert {KNOWLEDGE.definitions[name].pem.status for name in definitions} == {status}


LIMITS = [
    # design or kind, blinded, highest level (the table of the contracts)
    (Design.RCT, True, 7),
    (Design.RCT, False, 6),
    (Design.NONRANDOMISED_TRIAL, None, 4),
    (Design.SINGLE_ARM_TRIAL, None, 3),
    (Design.COHORT_PROSPECTIVE, None, 3),
    (Design.COHORT_RETROSPECTIVE, None, 2),
    (Design.CASE_CONTROL, None, 2),
    (Design.CROSS_SECTIONAL, None, 2),
    (Design.CASE_SERIES, None, 1),
    (Design.CASE_REPORT, None, 1),
    (Design.QUALITATIVE, None, 1),
    (Design.MIXED_METHODS, None, 2),
    (Design.SYSTEMATIC_REVIEW, None, 3),
    (Design.META_ANALYSIS, None, 3),
    (Design.SCOPING_REVIEW, None, 1),
    (Design.NARRATIVE_REVIEW, None, 4),
    (Design.COMMENTARY, None, 4),
    (Design.MODELLING, None, 4),
    (Design.GUIDELINE, None, 4),
    (Design.PROTOCOL, None, 0),
    (Design.OTHER, None, 2),
    (Design.IN_VITRO_OR_ANIMAL, None, 7),
    (DesignKind.DIAGNOSTIC_ACCURACY, None, 3),
    (DesignKind.BIOMARKER_OMICS, None, 2),
    (DesignKind.GWAS_GENETIC, None, 2),
    (DesignKind.MENDELIAN_RANDOMISATION, None, 4),
    (DesignKind.IMAGING, None, 2),
    (DesignKind.PHYSIOLOGY_CHALLENGE, None, 3),
    (DesignKind.CROSSOVER, None, 6),
]


@pytest.mark.parametrize(("value", "blinded", "level"), LIMITS)
def test_a_design_has_one_limit_and_the_contracts_level(value, blinded, level):
    (limit,) = [
        each
        for each in KNOWLEDGE.designs.values()
        if (value in each.designs or value in each.kinds) and each.blinded == blinded
    ]
    assert (limit.highest_level or limit.level_if_not_stated or 0) == level


def test_every_design_and_kind_is_in_the_table_above():
    assert {value for value, _, _ in LIMITS} == {*Design, *DesignKind}


def test_what_holds_in_cells_only_must_say_so():
    assert KNOWLEDGE.designs["animal_invitro"].only_with


def test_every_decision_is_shown_by_some_example():
    shown = {
        example.decision for rule in KNOWLEDGE.entry_rules.values() for example in rule.examples
    }
    assert shown == set(Decision)


def test_no_checker_is_invented():
    assert {entry.checked_by for _, entry in entries(KNOWLEDGE)} == {""}
    assert {checked_words(entry) for _, entry in entries(KNOWLEDGE)} == {NOT_CHECKED}


def test_examples_do_not_repeat_each_other():
    texts = [
        (example.text, tuple(example.references.items()))
        for rule in KNOWLEDGE.entry_rules.values()
        for example in rule.examples
    ]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("fukuda", "fukuda_1994"),  # the beginning of an id
        ("CCC", "ccc_2003"),  # an alias
        ("rct", "rct_blinded"),
        ("icc_2010", "icc_2011"),  # a slip
    ],
)
def test_a_word_that_is_no_id_leads_to_near_ones(word, first):
    near = near_matches(word, KNOWLEDGE)
    assert near[0] == first
    assert len(near) <= 5


def test_an_empty_word_is_near_to_nothing():
    assert near_matches("", KNOWLEDGE) == ()

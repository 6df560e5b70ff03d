"""What each design allows: the table of the architecture, and the strictest of all that apply."""

import pytest

from rapport.cards.limits import LEVEL_WITHOUT_ENTRY, limit
from rapport.core.vocabulary import Design, DesignKind
from rapport.knowledge.load import load
from rapport.knowledge.model import Knowledge

HIGHEST = {
    Design.RCT: 6,
    Design.NONRANDOMISED_TRIAL: 4,
    Design.SINGLE_ARM_TRIAL: 3,
    Design.COHORT_PROSPECTIVE: 3,
    Design.COHORT_RETROSPECTIVE: 2,
    Design.CASE_CONTROL: 2,
    Design.CROSS_SECTIONAL: 2,
    Design.CASE_SERIES: 1,
    Design.CASE_REPORT: 1,
    Design.QUALITATIVE: 1,
    Design.MIXED_METHODS: 2,
    Design.SYSTEMATIC_REVIEW: 3,
    Design.META_ANALYSIS: 3,
    Design.SCOPING_REVIEW: 1,
    Design.NARRATIVE_REVIEW: 4,
    Design.COMMENTARY: 4,
    Design.MODELLING: 4,
    Design.GUIDELINE: 4,
    Design.PROTOCOL: 0,
    Design.IN_VITRO_OR_ANIMAL: 7,
    Design.OTHER: 2,
}

HIGHEST_OF_KIND = {
    DesignKind.DIAGNOSTIC_ACCURACY: 3,
    DesignKind.BIOMARKER_OMICS: 2,
    DesignKind.GWAS_GENETIC: 2,
    DesignKind.MENDELIAN_RANDOMISATION: 4,
    DesignKind.IMAGING: 2,
    DesignKind.PHYSIOLOGY_CHALLENGE: 3,
    DesignKind.CROSSOVER: 6,
}


def test_every_design_and_every_kind_has_a_row():
    assert set(HIGHEST) == set(Design)
    assert set(HIGHEST_OF_KIND) == set(DesignKind)


@pytest.mark.parametrize(("design", "level"), HIGHEST.items())
def test_a_design_sets_its_highest_level(design, level):
    assert limit(design, None, (), load()).level == level


def test_only_a_blinded_trial_carries_level_seven():
    assert limit(Design.RCT, True, (), load()).level == 7
    assert limit(Design.RCT, False, (), load()).level == 6
    assert limit(Design.RCT, None, (), load()).level == 6


@pytest.mark.parametrize(("kind", "level"), HIGHEST_OF_KIND.items())
@pytest.mark.parametrize("design", Design)
def test_the_stricter_of_design_and_kind_holds(design, kind, level):
    most = limit(design, None, (kind,), load())
    assert most.level == min(HIGHEST[design], level)


@pytest.mark.parametrize("design", Design)
def test_a_limit_names_the_entries_that_set_it_and_why(design):
    knowledge = load()
    most = limit(design, None, (), knowledge)
    assert most.sources
    assert all(source in knowledge.designs for source in most.sources)
    assert len(most.reasons) == len(most.sources)


def test_work_on_cells_must_name_them():
    assert limit(Design.IN_VITRO_OR_ANIMAL, None, (), load()).only_with


def test_a_design_without_an_entry_is_held_to_an_association():
    empty = Knowledge(
        definitions={},
        entry_rules={},
        designs={},
        wording_levels={},
        wording_guards={},
        topics={},
        version="none",
    )
    most = limit(Design.RCT, True, (), empty)
    assert (most.level, most.sources) == (LEVEL_WITHOUT_ENTRY, ())

"""The made-up people of every definition whose logic is known, in, out and not knowable."""

import pytest

from rapport.core.answers import Answer
from rapport.knowledge.load import load
from rapport.knowledge.logic import fits
from rapport.knowledge.model import PemStatus

DEFINITIONS = load().definitions
PEOPLE = [
    pytest.param(definition, person, id=f"{definition.id}-{number}")
    for definition in DEFINITIONS.values()
    for number, person in enumerate(definition.people)
]
KNOWN = [each for each in DEFINITIONS.values() if each.logic_known]


@pytest.mark.parametrize(("definition", "person"), PEOPLE)
def test_a_person_fits_as_the_entry_says(definition, person):
    assert fits(definition.logic, person.features).value == person.fits, person.who


@pytest.mark.parametrize("definition", KNOWN, ids=lambda each: each.id)
def test_a_known_logic_shows_somebody_in_out_and_not_knowable(definition):
    assert {person.fits for person in definition.people} == {each.value for each in Answer}


@pytest.mark.parametrize(
    "definition",
    [each for each in DEFINITIONS.values() if not each.logic_known],
    ids=lambda each: each.id,
)
def test_where_the_logic_is_not_known_the_entry_says_so(definition):
    assert definition.people == ()
    assert "logic" in " ".join(definition.notes)


WITHOUT_PEM = {
    "fukuda_1994": {"pem_hours": 0},
    "holmes_1988": {"fatigue_after_exercise_hours": 0},
    "oxford_1991": {},
    "ccc_2003": {"post_exertional_malaise_or_fatigue": False},
    "icc_2011": {"pene": False},
    "iom_2015": {"post_exertional_malaise": False},
    "nice_2007": {"post_exertional_malaise_or_fatigue": False},
    "nice_2021": {"post_exertional_malaise": False},
    "jason_ped_2006": {"post_exertional_malaise": False},
    "jason_revised_ccc_2010": {"post_exertional_malaise": False},
    "london_1994": {"exercise_induced_fatigue": False},
}


@pytest.mark.parametrize("name", WITHOUT_PEM)
def test_the_logic_agrees_with_the_pem_status(name):
    """Everything else of the definition met: in without PEM if and only if it is not required."""
    definition = DEFINITIONS[name]
    requires = definition.pem.status in (PemStatus.REQUIRED, PemStatus.REQUIRED_REWORDED)
    person = {**everything(definition), **WITHOUT_PEM[name]}
    assert (fits(definition.logic, person) is Answer.NO) == requires


def everything(definition):
    """A grown-up person who meets every criterion of the definition."""
    excluded = set(excluding(definition.logic))
    person = {feature: feature not in excluded for feature in definition.features}
    numbers = {
        "illness_months": 60,
        "age_years": 40,
        "pem_hours": 48,
        "fatigue_after_exercise_hours": 48,
        "activity_share": 0.2,
        "share_of_time": 1,
        "neurocognitive_symptoms": 5,
        "sf36_role_physical": 0,
        "sf36_social_functioning": 0,
        "sf36_vitality": 0,
    }
    return {**person, **{name: value for name, value in numbers.items() if name in person}}


def excluding(node):
    """The features that keep people out."""
    if isinstance(node, str):
        return []
    below = (*node.all_of, *node.any_of, *node.of)
    return [*node.none_of, *(name for part in below for name in excluding(part))]


@pytest.mark.parametrize("name", WITHOUT_PEM)
def test_somebody_who_meets_everything_is_in(name):
    definition = DEFINITIONS[name]
    assert fits(definition.logic, everything(definition)) is Answer.YES

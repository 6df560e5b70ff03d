"""Why a badge was given, in one sentence a patient can read, for every way to a badge."""

import re

import pytest

from rapport.core.vocabulary import Badge
from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

KNOWLEDGE = load()
READER = Reader(KNOWLEDGE)
ABSTRACT = "People with ME/CFS and healthy controls were compared. Sleep differed."


def read(methods, abstract=ABSTRACT, title="Sleep in people with ME/CFS"):
    return READER.read(
        Publication(
            origin=Origin(file="made up", position=1, format="example"),
            title=title,
            abstract=(AbstractPart(text=abstract),),
            sections=(Section(title="Methods", paragraphs=(methods,)),) if methods else (),
        )
    ).pem


@pytest.mark.parametrize(
    ("methods", "words"),
    [
        ("Patients met the Canadian criteria.", "which require PEM."),
        ("Patients met the Fukuda and Canadian criteria.", "together they require PEM."),
        ("Patients met the Canadian or IOM criteria.", "each of them requires PEM."),
        ("PEM was mandatory for inclusion.", "had to have PEM"),
        ("Patients met the Fukuda criteria and PEM was required.", "and to have PEM"),
        ("Patients met the London criteria.", "in their own words"),
        ("Patients met the Fukuda criteria.", "not a must"),
        ("Patients met the Fukuda or Canadian criteria.", "can be met without PEM"),
        ("Patients met the Fukuda criteria without the PEM item.", "was left out"),
        ("Patients met the Oxford criteria.", "do not ask for PEM"),
        ("Patients met the Fukuda criteria. A subgroup met the Canadian criteria.", "groups"),
        ("Cohort A met the Fukuda criteria and cohort B met the Canadian criteria.", "different rules"),
        ("Patients met the CDC criteria.", "more than one thing"),
        ("Patients had been diagnosed with ME/CFS by a physician.", "a diagnosis"),
        ("Patients came from one clinic.", "does not say which criteria"),
        ("Patients met the Fukuda criteria. PEM was required. PEM was not required.", "two different things"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_decided(methods, words):
    why = read(methods).why
    assert words in why
    assert why.count(".") == 1
    assert why.endswith(".")
    assert len(why) < 260
    assert not re.search(r"_|\bP\d{3}\b|<|>", why)


def test_bodies_that_share_a_definition_of_long_covid_are_not_mistaken_for_one_another():
    found = read(
        "Long COVID was defined according to the NICE guideline.",
        abstract="Adults with long COVID were seen. Long COVID limits sleep.",
        title="Sleep in long COVID",
    )
    assert found.badge is Badge.NOT_REQUIRED
    assert "published definition of Long COVID" in found.why


# Definitions whose wording nobody here has checked: required by what is known of them, and said so.
@pytest.mark.parametrize(
    "methods",
    [
        "Patients met the Australian criteria (Lloyd et al., 1990).",
        "Patients fulfilled the Dowsett criteria for ME.",
        "Participants met the ME criteria of Goudsmit et al. (2009).",
    ],
)
def test_a_definition_in_other_words_that_was_not_checked_says_both(methods):
    found = read(methods)
    assert found.badge is Badge.REQUIRED
    assert {"reworded", "unchecked_definition"} <= set(found.flags)
    assert "in their own words" in found.why
    assert "not been able to check their wording" in found.why


def test_a_definition_that_was_checked_carries_no_such_note():
    found = read("Patients met the London criteria.")
    assert "reworded" in found.flags
    assert "unchecked_definition" not in found.flags


# Contradictions are shown as such, with a span of each account.


@pytest.mark.parametrize(
    ("abstract", "methods"),
    [
        ("Patients met the Fukuda criteria.", "All patients met the Canadian criteria."),
        ("Patients met the Canadian criteria.", "All patients met the Oxford criteria."),
    ],
)
def test_two_accounts_that_do_not_fit_are_not_settled(abstract, methods):
    found = read(methods, abstract=f"{abstract} People with ME/CFS slept badly.")
    assert found.badge is Badge.NOT_STATED
    assert found.flags == ("contradictory",)
    assert {span.field for span in found.evidence} == {"abstract", "body"}


@pytest.mark.parametrize(
    ("abstract", "methods", "badge"),
    [
        # A short account leaves out; it does not contradict.
        ("Patients met the Fukuda criteria.", "Patients met the Fukuda and Canadian criteria.", Badge.REQUIRED),
        ("Patients with ME/CFS took part.", "Patients met the Canadian criteria.", Badge.REQUIRED),
        ("Patients met the Canadian criteria.", "Patients met the IOM criteria.", Badge.REQUIRED),
    ],
)  # fmt: skip
def test_a_short_account_is_no_contradiction(abstract, methods, badge):
    found = read(methods, abstract=f"{abstract} People with ME/CFS slept badly.")
    assert found.badge is badge
    assert "contradictory" not in found.flags

"""Intervention cards pass the same gate as study cards, or are refused whole."""

import msgspec
import pytest

from rapport.knowledge.load import everything
from rapport.knowledge.practice import EvidenceDirection, RegisterPem
from rapport.practice.cards.evidence import BADGES, PEM_WORDS, record
from rapport.practice.cards.plain_text import full_text
from rapport.practice.cards.ready import DIRECTION_WORDS, Cards, ReadyCard, RefusedCard

KNOWLEDGE = everything()
PRACTICE = KNOWLEDGE.practice
CARDS = Cards(KNOWLEDGE, PRACTICE)
change = msgspec.structs.replace


def with_evidence(number, **fields):
    """A card of which the first line of evidence says something else."""
    card = PRACTICE.card_of(number)
    first = change(card.evidence[0], **fields)
    return change(card, evidence=(first, *card.evidence[1:]))


def in_one_line(text):
    return " ".join(text.split())


@pytest.mark.parametrize("number", range(1, 7))
def test_each_card_passes_the_gate(number):
    ready = CARDS.ready(PRACTICE.card_of(number))
    assert isinstance(ready, ReadyCard)
    assert len(ready.evidence) == len(ready.card.evidence)


@pytest.mark.parametrize("entry", PRACTICE.register.values(), ids=list(PRACTICE.register))
def test_each_finding_of_the_register_is_worded_as_its_design_allows(entry):
    made = record(entry)
    assert CARDS._gate.refusals(made.card, made.fields) == ()


REFUSED = [
    # what is said of E02, a guideline; the rule that refuses it
    ({"about": "Being believed cures people."}, "wording/level_above_limit"),
    ({"does_not_prove": "It proves that kindness heals."}, "wording/level_above_limit"),
    ({"about": "In Finland 4,000 people ask for it."}, "outside-knowledge"),
    ({"id": "E99"}, "not-in-register"),
]


@pytest.mark.parametrize(("fields", "rule"), REFUSED)
def test_a_card_that_says_more_than_its_evidence_is_refused_whole(fields, rule):
    refused = CARDS.ready(with_evidence(1, **fields))
    assert isinstance(refused, RefusedCard)
    assert rule in {each.rule for each in refused.refusals}
    assert all(each.where.startswith("evidence.E") for each in refused.refusals)


def test_a_summary_that_claims_a_cause_is_refused():
    card = change(PRACTICE.card_of(5), summary="Listening cures the illness.")
    refused = CARDS.ready(card)
    assert isinstance(refused, RefusedCard)
    assert [each.where for each in refused.refusals] == ["summary"]


def test_a_finding_that_is_worded_above_its_design_is_refused_on_every_card_that_cites_it():
    entry = change(PRACTICE.register["E06"], finding=("Being heard cures the illness.",))
    practice = change(PRACTICE, register={**PRACTICE.register, "E06": entry})
    cards = Cards(KNOWLEDGE, practice)
    refused = [
        n for n in range(1, 7) if isinstance(cards.ready(practice.card_of(n)), RefusedCard)
    ]
    assert refused == [1, 5]


def test_what_speaks_for_a_card_stands_before_what_speaks_against_it():
    ready = CARDS.ready(PRACTICE.card_of(5))
    assert ready.evidence[0].direction is EvidenceDirection.SUPPORTS
    assert ready.evidence[-1].direction is EvidenceDirection.CONTRADICTS
    assert ready.evidence[-1].entry.id == "E30"
    assert ready.evidence[-1].pem_words == "PEM not required"


def test_every_direction_and_every_badge_has_its_words():
    assert set(DIRECTION_WORDS) == set(EvidenceDirection)
    assert set(BADGES) == set(PEM_WORDS) == set(RegisterPem)


@pytest.mark.parametrize("number", range(1, 7))
def test_the_whole_card_as_text_says_for_and_against_and_what_is_not_proved(number):
    ready = CARDS.ready(PRACTICE.card_of(number))
    text = full_text(ready, ready.card.safety)
    assert all(len(row) <= 78 for row in text.splitlines())
    assert text.startswith(ready.card.title)
    said = in_one_line(text)
    assert "Written by this project from the model of Stein and others." in said
    for line in ready.evidence:
        assert f"{line.entry.id}. {line.direction_words}. {line.pem_words}." in said
        assert line.does_not_prove in said
    for entry in (line.entry for line in ready.evidence):
        assert all(f"To be checked: {open_}" in said for open_ in entry.to_check)

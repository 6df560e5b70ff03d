"""Which part of a card a sentence belongs in, and that it stands in one part only."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.core.vocabulary import Design, Origin, StatementKind
from rapport.evidence.card import study_card
from rapport.evidence.card.belongs import announces, asks, only_reports
from rapport.knowledge.load import load
from rapport.knowledge.reading.belonging import belonging

KNOWLEDGE = load()

QUESTIONS = [
    "Does rest help people who fall ill after effort?",
    "Further studies should ask how rest helps.",
    "More research with longer follow-up is needed.",
    "Whether rest helps children remains unknown.",
    "How noise and pain go together is still poorly understood.",
    "This needs to be confirmed in a larger sample.",
    "The effect of quiet rooms should be tested in a trial.",
    "We are planning future research on quiet rooms.",
    "There is a need for prospective studies of noise.",
    "It is unclear why only some of them got better.",
    "Future work will have to show whether this is true of children.",
]
NO_QUESTIONS = [
    "Our data further support prior work on noise.",
    "Pain is a burden for many people.",
    "Future research can be narrowed to these measures.",
    "In general, longitudinal studies have noted that pain gets less over time.",
    "Further research has examined quiet rooms.",
    "Noise is indeed an important issue to consider in designing future studies.",
    "These findings add to what is known of noise.",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_remaining_question_asks_for_work_or_names_what_is_not_known(text):
    assert asks(text)


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_a_general_remark_is_no_remaining_question(text):
    assert not asks(text)


@pytest.mark.parametrize("example", belonging().examples, ids=lambda example: example.text)
def test_the_examples_of_the_file_ask_report_and_announce_as_it_says(example):
    text = example.text
    assert (asks(text), only_reports(text), announces(text)) == (
        example.asks,
        example.only_reports,
        example.announces,
    )


def test_a_thin_space_in_a_statistic_counts_as_a_space():
    assert only_reports("Scores were lower in patients (p\u2009=\u20090.02).")


RESULTS = [
    "Scores were lower in patients (p = 0.02).",
    "Pain fell by 12% in the quiet group (95% CI 4 to 20).",
    "Medians of 8 (6 to 13) and 22 (20 to 26) were measured.",
    "Supplement 2 lists the rooms and their noise.",
    "Lower scores were observed in three of six rooms.",
]
CONCLUSIONS = [
    "Scores were lower in patients (p = 0.02), which suggests that noise matters.",
    "Noise may explain 12% of the pain.",
    "These results show that quiet matters to nine in ten (90%).",
    "Quiet rooms should be offered.",
    "Long illness has a high burden.",
]


@pytest.mark.parametrize("text", RESULTS)
def test_a_plain_result_is_no_conclusion(text):
    assert only_reports(text)


@pytest.mark.parametrize("text", CONCLUSIONS)
def test_a_sentence_that_draws_something_from_a_result_is_one(text):
    assert not only_reports(text)


def card_of(study):
    return study_card(study.publication, study.reading(), KNOWLEDGE)


def quoted(card, *names):
    return [
        each.text
        for name in names
        for each in getattr(card.parts, name)
        if each.origin is Origin.QUOTED
    ]


PARTS = ("observed", "inferred", "remaining_questions")
LEAD_INS = ["Importantly, ", "While this needs to be verified by future research, "]
SAID = [
    "people who fall ill after effort should not be studied together with people who do not.",
    "quiet rooms and long rest were asked for by most of the people who took part here.",
]


@pytest.mark.parametrize(("lead_in", "said"), list(itertools.product(LEAD_INS, SAID)))
def test_what_is_said_twice_with_another_lead_in_stands_on_a_card_once(made_up, lead_in, said):
    first = f"An implication is that {said}"
    again = f"{lead_in}an implication is that {said}"
    study = made_up(f"Ninety were asked. {first} {again}", licence="CC0")
    study.designed(Design.CROSS_SECTIONAL, "Ninety were asked")
    study.says(StatementKind.INFERRED, first).says(StatementKind.OPEN, again)
    assert quoted(card_of(study), *PARTS) == [first]


def test_two_findings_that_differ_by_one_word_both_stand(made_up):
    found = [
        "At rest pain was higher in the noisy rooms than it was in the quiet ones.",
        "At rest pain was not higher in the noisy rooms than it was in the quiet ones.",
    ]
    study = made_up(" ".join(found), licence="CC0").says(StatementKind.OBSERVED, *found)
    assert quoted(card_of(study), "observed") == found


POOL = [*QUESTIONS, *NO_QUESTIONS, *RESULTS, *CONCLUSIONS]
KINDS = [StatementKind.OBSERVED, StatementKind.INFERRED, StatementKind.OPEN]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(POOL), st.sampled_from(KINDS)), max_size=8))
def test_no_sentence_stands_in_two_parts_however_often_and_as_what_it_was_read(made_up, read):
    study = made_up(
        " ".join(dict.fromkeys(text for text, _ in read)) or "Nothing.", licence="CC0"
    )
    for text, kind in read:
        study.says(kind, text)
    shown = quoted(card_of(study), *PARTS)
    assert len(shown) == len(set(shown))
    assert all(map(asks, quoted(card_of(study), "remaining_questions")))
    assert not any(map(only_reports, quoted(card_of(study), "inferred")))


def test_who_took_part_does_not_stand_beside_enough_findings(made_up):
    people = "The mean age was 40 years in the sample that was studied."
    found = [
        "Pain was higher in noisy rooms than in quiet ones.",
        "Sleep was related to noise.",
    ]
    study = made_up(" ".join([people, *found]), licence="CC0")
    study.says(StatementKind.OBSERVED, people, *found)
    assert quoted(card_of(study), "observed") == found


def test_the_summary_quotes_the_comparison_and_not_a_mean_cut_out_of_it(made_up):
    mean = (
        "Peak flow averaged 22 in the patients, which was most of what had been expected of "
        "people of their age, height, weight and sex by the tables that were used in the clinic "
        "for that purpose and comparable to the healthy people."
    )
    found = "Of the patients 42% breathed badly compared to 16% of the healthy people."
    study = made_up(f"{mean} {found}", licence="CC0").says(StatementKind.OBSERVED, mean, found)
    assert quoted(card_of(study), "quick_summary") == [found]

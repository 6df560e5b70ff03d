"""What a card quotes: how much, from where, and which finding comes first."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.card.studies import GATE, SENTENCES, card_of, findings_of, texts

from rapport.cards import licences
from rapport.cards.gate import statements
from rapport.core.vocabulary import Design, Origin, StatementKind
from rapport.evidence.card.excerpt import PART_NOTE
from rapport.evidence.publication import Section


def test_a_finding_beyond_the_design_is_not_the_main_finding(made_up):
    claim = "Poor sleep causes pain."
    study = made_up(f"Sleep was asked about. {claim}", licence="CC0")
    study.designed(Design.CROSS_SECTIONAL, "asked about").says(StatementKind.OBSERVED, claim)
    assert claim not in texts(card_of(study).parts.quick_summary)


def test_the_sentence_that_counts_people_is_not_the_main_finding(made_up):
    count, finding = "The study saw 90 people.", "Those who slept little had pain more often."
    study = made_up(f"{count} {finding}", licence="CC0").counted(count, n_cases=90)
    study.designed(Design.CROSS_SECTIONAL, "The study").says(
        StatementKind.OBSERVED, count, finding
    )
    told = texts(card_of(study).parts.quick_summary)
    assert finding in told
    assert count not in told


def test_the_plan_of_a_study_found_nothing(made_up):
    told, hoped = "Rest helped ten people in an earlier study.", "Rest may help many people."
    study = made_up(f"{told} {hoped}", licence="CC0").designed(Design.PROTOCOL)
    study.says(StatementKind.OBSERVED, told).says(StatementKind.INFERRED, hoped)
    parts = card_of(study).parts
    assert (texts(parts.observed), texts(parts.inferred)) == ([], [hoped])
    assert told not in texts(parts.quick_summary)


def test_a_clause_is_not_cut_out_of_a_bracket(made_up):
    finding = (
        "Pain was much more common in those who slept badly [27.8% or 15 of all those who were "
        "asked; a risk that was three times as high, and higher still in summer, in the rain and "
        "in the many long dark nights of a cold winter at the sea, as it was told by the people]."
    )
    told = texts(findings_of(made_up, finding).quick_summary)
    assert not any("27.8%" in text and "people]" not in text for text in told)


def test_a_label_set_in_type_is_no_part_of_a_finding(made_up):
    parts = findings_of(made_up, "Results:</b> Pain was lower after rest.")
    assert texts(parts.observed) == ["Pain was lower after rest."]


def long_text(number, words):
    return [f"Result {index} was {'very ' * words}high." for index in range(number)]


def test_without_an_open_licence_quotes_are_few_and_the_rest_is_counted(made_up):
    sentences = long_text(6, 50)
    closed = made_up(" ".join(sentences)).says(StatementKind.OBSERVED, *sentences)
    opened = made_up(" ".join(sentences), licence="CC BY 4.0").says(
        StatementKind.OBSERVED, *sentences
    )
    few, all_of_them = card_of(closed), card_of(opened)
    assert len(all_of_them.parts.observed) == 6
    assert 0 < len(few.parts.observed) < 5
    quoted = sum(licences.word_count(each.text) for each in few.parts.observed)
    assert quoted <= licences.MAX_WORDS_A_CARD
    left = 6 - len(few.parts.observed)
    assert any(each.startswith(f"{left} more sentences are not quoted") for each in few.missing)
    assert GATE.refusals(few, closed.fields) == ()


def test_a_sentence_that_is_too_long_to_quote_is_left_out_whole(made_up):
    (sentence,) = long_text(1, 80)
    study = made_up(sentence).says(StatementKind.OBSERVED, sentence)
    assert card_of(study).parts.observed == ()


def test_the_full_text_fills_up_after_the_abstract(made_up):
    body = Section(paragraphs=("Pain was lower in the second week.",), title="Results")
    study = made_up("Sleep was better in week two.", sections=(body,), licence="CC BY 4.0")
    study.says(StatementKind.OBSERVED, "Pain was lower in the second week.")
    study.says(StatementKind.OBSERVED, "Sleep was better in week two.")
    assert texts(card_of(study).parts.observed) == [
        "Sleep was better in week two.",
        "Pain was lower in the second week.",
    ]


LONG = (
    "Pain was lower among the rested in the first and in the second week of the autumn term, "
    "with the largest change among those who had slept at home on most of the nights before, "
    "as was seen in the diaries that they had kept from the first day of the study on."
)


TURNED = (
    "Pain was lower among the rested in the first and in the second week of the autumn term, "
    "with a difference that was not found any more when those who had left the study before the "
    "end of the term, who were many, were counted as not having changed at all."
)


def test_of_a_long_finding_the_summary_quotes_a_clause_and_says_so(made_up):
    said = findings_of(made_up, LONG).quick_summary[-1]
    assert said.text == LONG.split(", with")[0]
    assert said.spans[0].quote == said.text
    assert PART_NOTE in (said.note or "")


def test_a_clause_that_the_rest_takes_back_is_not_quoted_alone(made_up):
    assert all(
        "Pain was lower" not in each
        for each in texts(findings_of(made_up, TURNED).quick_summary)
    )


def test_labels_stay_outside_the_quotes(made_up):
    parts = findings_of(made_up, "Results: Pain was lower in the second week.")
    assert texts(parts.observed) == ["Pain was lower in the second week."]


def test_a_fragment_is_not_quoted(made_up):
    assert findings_of(made_up, "and pain was lower in the second week.").observed == ()


def test_the_primary_outcome_comes_first_and_who_took_part_is_told_elsewhere(made_up):
    people = "The mean age was 40 years."
    other = "Sleep was poor in the second week."
    primary = "The primary outcome was pain, which was lower in the second week."
    parts = findings_of(made_up, people, other, primary)
    assert texts(parts.observed) == [primary, other]


def test_a_plain_finding_is_the_main_one_before_one_full_of_abbreviations(made_up):
    crowded = "Higher ABC was associated with XYZ, QRS and KLM."
    plain = "Poor sleep was associated with pain."
    parts = findings_of(made_up, crowded, plain)
    assert parts.quick_summary[-1].text == plain


@pytest.mark.parametrize("left_out", SENTENCES)
def test_leaving_out_a_sentence_adds_no_quotation(made_up, left_out):
    kinds = [
        StatementKind.OBSERVED,
        StatementKind.OBSERVED,
        StatementKind.INFERRED,
        StatementKind.OPEN,
        StatementKind.METHOD,
        StatementKind.AIM,
    ]

    def quoted_of(sentences):
        study = made_up(" ".join(sentences), licence="CC0")
        for kind, sentence in zip(kinds, SENTENCES, strict=True):
            if sentence in sentences:
                study.says(kind, sentence)
        found = [each for _, each in statements(card_of(study))]
        return {
            (each.text, each.strength) for each in found if each.origin is Origin.QUOTED
        }, study.statements

    every, read = quoted_of(SENTENCES)
    fewer, _ = quoted_of([each for each in SENTENCES if each != left_out])
    assert fewer <= every
    strengths = {each.quote: each.strength for each in read}
    assert all(strength == strengths[text] for text, strength in every)


QUOTED_WORDS = st.sampled_from(
    ["rest", "pain", "sleep", "fell", "rose", "by", "half", "patients"]
)


QUOTED_SENTENCES = st.lists(
    st.lists(QUOTED_WORDS, min_size=4, max_size=70).map(
        lambda words: "We saw " + " ".join(words) + "."
    ),
    min_size=1,
    max_size=12,
    unique=True,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    QUOTED_SENTENCES,
    st.sampled_from([StatementKind.OBSERVED, StatementKind.INFERRED]),
    st.booleans(),
)
def test_no_card_quotes_more_than_its_licence_allows(made_up, sentences, kind, with_clause):
    if with_clause:
        sentences = [
            "Sleep improved in most of the people who rested; "
            + "and so on " * 10
            + "it went.",
            *sentences,
        ]
    study = made_up(" ".join(sentences)).says(StatementKind.OBSERVED, sentences[0])
    card = card_of(study.says(kind, *sentences[1:]))
    found = {each.rule for each in GATE.refusals(card, study.fields)}
    assert found.isdisjoint({"quote-too-long", "too-much-quoted"})

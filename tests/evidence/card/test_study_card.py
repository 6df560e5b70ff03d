"""What a card says of a made-up study, and what it keeps silent about."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.cards import licences
from rapport.cards.gate import Gate, statements
from rapport.cards.licences import DIGEST_NOTE
from rapport.cards.released import ReleasedCard
from rapport.core.ids import Identifiers
from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Badge, CardState, Combination, Design, Origin, StatementKind
from rapport.evidence.card import study_card
from rapport.evidence.card.assemble import SUMMARY_WORDS
from rapport.evidence.card.excerpt import PART_NOTE
from rapport.evidence.publication import Relation, RelationKind, Section, TextOrigin
from rapport.knowledge.load import load

KNOWLEDGE = load()
GATE = Gate(KNOWLEDGE)

AIM = "This study asked whether the bond between patient and therapist matters in therapy."
METHOD = "A cohort of 90 patients was followed; there was no control group."
FOUND = "Agreement on the tasks of therapy predicted fatigue after therapy."
JOINT = (
    "Agreement and changes in daily habits jointly explained a part of the variance in fatigue."
)
CONCLUDED = "The authors suggest that agreement may facilitate changes in daily habits."
OPEN = "Further studies should ask how agreement comes about."


def process_study(made_up, **publication):
    """A correlational study of a therapy: what goes together, without a comparison group."""
    publication.setdefault(
        "title",
        "The role of the therapeutic bond in talking therapy for chronic fatigue syndrome",
    )
    text = " ".join([AIM, METHOD, FOUND, JOINT, CONCLUDED, OPEN])
    return (
        made_up(text, **publication)
        .designed(Design.COHORT_PROSPECTIVE, "A cohort of 90 patients was followed")
        .counted("90 patients", n_cases=90)
        .says(StatementKind.AIM, AIM)
        .says(StatementKind.METHOD, METHOD)
        .says(StatementKind.OBSERVED, FOUND, JOINT)
        .says(StatementKind.INFERRED, CONCLUDED)
        .says(StatementKind.OPEN, OPEN)
    )


def card_of(study, **more):
    return study_card(study.publication, study.reading(), KNOWLEDGE, **more)


def texts(part):
    return [statement.text for statement in part]


def test_a_process_study_says_in_its_own_terms_what_it_does_not_prove(made_up):
    study = process_study(made_up).entered(
        Badge.NOT_REQUIRED,
        "90 patients",
        definitions=("fukuda_1994",),
        combination=Combination.SINGLE,
    )
    assert texts(card_of(study).parts.does_not_prove) == [
        "It does not show that the therapeutic bond caused any change in fatigue. "
        "It can only show whether the two go together.",
        "It does not show that talking therapy helped: there was no comparison group.",
        "It does not show that changing the therapeutic bond alone would change fatigue, "
        "without a change in daily habits.",
        "It does not show that talking therapy works for everyone with ME/CFS.",
        "Patients entered by the Fukuda criteria of 1994 and were not required to have "
        "post-exertional malaise. It does not show that the results hold for people who have it.",
        "It shows nothing about people who were too ill to take part.",
    ]


def test_each_sentence_about_limits_carries_its_rule_and_the_facts_it_used(made_up):
    first = card_of(process_study(made_up)).parts.does_not_prove[0]
    assert first.rule == "not_proved_cause_outcome"
    assert first.facts == {
        "design": "cohort_prospective",
        "exposure": "the therapeutic bond",
        "outcome": "fatigue",
    }
    assert {span.field for span in first.spans} == {"abstract", "title"}


def test_the_quick_summary_says_the_badge_the_design_and_one_finding(made_up):
    card = card_of(process_study(made_up))
    assert texts(card.parts.quick_summary) == [
        "The abstract does not say whether patients had to have post-exertional malaise.",
        "It followed 90 patients over time.",
        FOUND,
    ]
    assert card.badge.why == card.parts.quick_summary[0].text


def test_findings_conclusions_and_questions_are_quoted_in_the_order_of_the_text(made_up):
    parts = card_of(process_study(made_up)).parts
    assert texts(parts.observed) == [FOUND, JOINT]
    assert texts(parts.inferred) == [CONCLUDED]
    assert parts.remaining_questions[0].text == OPEN
    assert parts.remaining_questions[0].origin is Origin.QUOTED
    assert "How were the patients selected?" in texts(parts.remaining_questions)


def test_a_whole_card_is_released(made_up):
    study = process_study(made_up, licence="CC BY 4.0")
    released = GATE.release(card_of(study), study.fields)
    assert isinstance(released, ReleasedCard)
    assert released.card.state is CardState.RELEASED


def test_without_abstract_and_text_there_is_no_summary_and_the_card_says_so(made_up):
    study = made_up(title="A randomised trial of rest")
    study.designed(Design.RCT, "randomised trial")
    card = card_of(study)
    assert card.parts.quick_summary == card.parts.why_it_matters == ()
    assert card.parts.observed == card.parts.inferred == card.parts.remaining_questions == ()
    assert texts(card.parts.does_not_prove) == [
        "We could read the title only. It shows nothing about what was found."
    ]
    assert any("no abstract and no text" in each for each in card.missing)
    assert isinstance(GATE.release(card, study.fields), ReleasedCard)


def test_a_digest_is_marked_wherever_it_is_quoted(made_up):
    card = card_of(process_study(made_up, text_origin=TextOrigin.DIGEST))
    quotes = [each for _, each in statements(card) if each.origin is Origin.QUOTED]
    assert quotes
    assert all(DIGEST_NOTE in (quote.note or "") for quote in quotes)
    assert card.parts.quick_summary[0].text.startswith("Our digest does not say")
    assert any("not the abstract" in each for each in card.missing)


@pytest.mark.parametrize(
    "publication",
    [
        {"publication_types": ("Retracted Publication",)},
        {"relations": (Relation(kind=RelationKind.RETRACTED_BY),)},
        {"title": "RETRACTED: Sleep and pain"},
    ],
)
def test_a_retracted_paper_says_so_first(made_up, publication):
    card = card_of(process_study(made_up, **publication))
    assert card.retracted
    assert card.parts.quick_summary[0].rule == "summary_retracted"
    assert card.parts.does_not_prove[0].rule == "not_proved_retracted"


def test_a_notice_of_retraction_is_no_retracted_paper(made_up):
    card = card_of(process_study(made_up, publication_types=("Retraction of Publication",)))
    assert not card.retracted
    assert card.parts.quick_summary[0].rule == "summary_notice_retraction"


def test_related_works_come_onto_the_card(made_up):
    relation = Relation(kind=RelationKind.PREPRINT_OF, identifiers=Identifiers(doi="10.1/x"))
    (related,) = card_of(process_study(made_up, relations=(relation,))).relations
    assert (related.kind, related.identifiers.doi) == ("preprint_of", "10.1/x")


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


def test_a_design_taken_from_publication_types_names_them(made_up):
    study = made_up("Old work is told again.", publication_types=("Journal Article", "Review"))
    card = card_of(study.designed(Design.NARRATIVE_REVIEW))
    assert card.design.basis == "publication type: Review"
    assert GATE.refusals(card, study.fields) == ()


def test_a_paper_in_another_language_says_that_little_was_read(made_up):
    card = card_of(made_up("Der Schlaf war schlecht.", language="ger"))
    assert any("not in English" in each for each in card.missing)


def test_the_topic_class_is_kept(made_up):
    assert card_of(process_study(made_up), topic_class="me_cfs").topics == ("me_cfs",)


DESIGNS = st.sampled_from(Design)
SENTENCES = (FOUND, JOINT, CONCLUDED, OPEN, METHOD, AIM)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    design=DESIGNS,
    blinded=st.none() | st.booleans(),
    badge=st.sampled_from(Badge),
    definitions=st.lists(
        st.sampled_from(sorted(KNOWLEDGE.definitions)), unique=True, max_size=2
    ),
    how=st.sampled_from(Combination),
    n=st.sampled_from([None, 90]),
    kinds=st.lists(st.sampled_from(StatementKind), min_size=6, max_size=6),
    licence=st.sampled_from([None, "CC BY 4.0", "CC BY-NC 4.0"]),
    origin=st.sampled_from(TextOrigin),
    retracted=st.booleans(),
)
def test_any_card_that_is_released_is_verbatim_short_and_within_its_limits(
    made_up, design, blinded, badge, definitions, how, n, kinds, licence, origin, retracted
):
    types = ("Retracted Publication",) if retracted else ()
    study = made_up(
        " ".join(SENTENCES), licence=licence, text_origin=origin, publication_types=types
    )
    study.designed(design, "A cohort", blinded=blinded)
    study.entered(badge, "followed", definitions=tuple(definitions), combination=how)
    study.counted("90 patients", n_cases=n)
    for kind, sentence in zip(kinds, SENTENCES, strict=True):
        study.says(kind, sentence)
    card = card_of(study)
    outcome = GATE.release(card, study.fields)
    assert isinstance(outcome, ReleasedCard), outcome.refusals
    found = [each for _, each in statements(outcome.card)]
    assert all(is_verbatim(span, study.fields) for each in found for span in each.spans)
    summary = outcome.card.parts.quick_summary
    assert sum(len(each.text.split()) for each in summary) <= SUMMARY_WORDS
    assert any(each.kind == "badge" for each in summary)


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


def findings_of(made_up, *sentences, **publication):
    study = made_up(" ".join(sentences), licence="CC0", **publication)
    return card_of(study.says(StatementKind.OBSERVED, *sentences)).parts


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


def test_what_was_unknown_before_is_no_question_that_the_study_leaves(made_up):
    gap, found = "It is not known what helps.", "Pain was lower in the second week."
    study = made_up(f"{gap} {found}", licence="CC0")
    study.says(StatementKind.OPEN, gap).says(StatementKind.OBSERVED, found)
    assert gap not in texts(card_of(study).parts.remaining_questions)


def test_a_group_of_people_is_no_cause(made_up):
    finding = "Patients had higher resting pulse than controls."
    study = made_up(finding, licence="CC0").says(StatementKind.OBSERVED, finding)
    study.designed(Design.CASE_CONTROL, "Patients")
    said = texts(card_of(study).parts.does_not_prove)
    assert any("a difference in resting pulse" in each for each in said)
    assert not any("patients caused" in each for each in said)


def test_a_trial_names_its_treatment_and_its_outcome(made_up):
    finding = "The breathing course reduced daily pain."
    study = made_up(finding, licence="CC0", title="A small trial")
    study.says(StatementKind.OBSERVED, finding).designed(Design.RCT, finding, blinded=False)
    said = " ".join(texts(card_of(study).parts.does_not_prove))
    assert "any effect of the breathing course" in said
    assert "a difference in daily pain is more than hope" in said


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

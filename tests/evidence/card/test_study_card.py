"""What a card says of a made-up study, and what it keeps silent about."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.card.studies import (
    CONCLUDED,
    FOUND,
    GATE,
    JOINT,
    KNOWLEDGE,
    OPEN,
    SENTENCES,
    card_of,
    process_study,
    texts,
)

from rapport.cards.gate import statements
from rapport.cards.licences import DIGEST_NOTE
from rapport.cards.released import ReleasedCard
from rapport.core.ids import Identifiers
from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Badge, CardState, Combination, Design, Origin, StatementKind
from rapport.evidence.card.assemble import SUMMARY_WORDS
from rapport.evidence.publication import Relation, RelationKind, TextOrigin


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

"""The gate: every reason to refuse a card, all at once, and no way around it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards import licences
from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.gate import Gate
from rapport.cards.released import ReleasedCard
from rapport.cards.study_card import Citation, Parts, Source, StudyCard, Versions
from rapport.core.ids import Identifiers
from rapport.core.spans import Span, is_verbatim
from rapport.core.vocabulary import Badge, CardState, Design, Origin, ReadScope
from rapport.knowledge.load import load

GATE = Gate(load())
ABSTRACT = "Ninety patients were followed. Rest was associated with less pain."
FIELDS = {"title": "Rest and pain", "abstract": ABSTRACT}
WHO = Span(field="abstract", start=0, end=15, quote="Ninety patients")
FINDING = Span(field="abstract", start=31, end=66, quote="Rest was associated with less pain.")
ELSEWHERE = Span(field="abstract", start=1, end=16, quote="Ninety patients")

QUOTE = Statement(text=FINDING.quote, kind="observed", origin=Origin.QUOTED, spans=(FINDING,))
RULE = Statement(
    text="It followed 90 patients over time.",
    kind="design",
    origin=Origin.RULE,
    rule="design_cohort_prospective_n",
    facts={"design": "cohort_prospective"},
)


def card(**changes):
    whole = StudyCard(
        id="made-up",
        identifiers=Identifiers(),
        citation=Citation(text="Made up.", title="Rest and pain"),
        read=ReadScope.ABSTRACT,
        badge=PemRecord(badge=Badge.NOT_STATED),
        design=DesignRecord(value=Design.COHORT_PROSPECTIVE, evidence=(WHO,)),
        participants=Participants(n_cases=90, evidence=(WHO,)),
        parts=Parts(quick_summary=(RULE,), observed=(QUOTE,)),
        source=Source(file="made-up.jsonl", position=1, format="jsonl"),
        versions=Versions(reader="1", knowledge="1"),
    )
    return msgspec.structs.replace(whole, **changes)


def with_part(**parts):
    return card(parts=Parts(**{"quick_summary": (RULE,), "observed": (QUOTE,), **parts}))


def changed(statement, **changes):
    return msgspec.structs.replace(statement, **changes)


def rules(refused, fields=FIELDS):
    return [(refusal.rule, refusal.where) for refusal in GATE.refusals(refused, fields)]


LONG = " ".join(["word"] * (licences.MAX_WORDS_A_QUOTE + 1))

REFUSED = [
    # what is asserted needs words of the source
    (
        card(badge=PemRecord(badge=Badge.REQUIRED)),
        ("badge-without-evidence", "badge"),
    ),
    (
        card(badge=PemRecord(badge=Badge.NOT_REQUIRED)),
        ("badge-without-evidence", "badge"),
    ),
    (
        card(design=DesignRecord(value=Design.RCT)),
        ("design-without-evidence", "design"),
    ),
    (
        card(participants=Participants(n_controls=3)),
        ("participants-without-evidence", "participants"),
    ),
    # and those words must stand where it says
    (
        card(badge=PemRecord(badge=Badge.REQUIRED, evidence=(ELSEWHERE,))),
        ("span-not-verbatim", "badge.evidence[0]"),
    ),
    (
        with_part(observed=(changed(QUOTE, spans=(ELSEWHERE,), text=ELSEWHERE.quote),)),
        ("span-not-verbatim", "parts.observed[0].spans[0]"),
    ),
    (
        with_part(observed=(changed(QUOTE, spans=()),)),
        ("span-missing", "parts.observed[0]"),
    ),
    (
        with_part(observed=(changed(QUOTE, text="Rest was associated with more pain."),)),
        ("quote-changed", "parts.observed[0]"),
    ),
    # what is not quoted names its rule and its facts
    (
        with_part(quick_summary=(changed(RULE, rule=None),)),
        ("rule-missing", "parts.quick_summary[0]"),
    ),
    (
        with_part(quick_summary=(changed(RULE, facts={}),)),
        ("facts-missing", "parts.quick_summary[0]"),
    ),
    # and says no more than the design carries, whoever wrote it
    (
        with_part(why_it_matters=(changed(RULE, text="Rest reduces pain."),)),
        ("wording/level_above_limit", "parts.why_it_matters[0]"),
    ),
    (
        with_part(
            why_it_matters=(changed(RULE, text="Rest cures pain.", origin=Origin.PERSON),)
        ),
        ("wording/level_above_limit", "parts.why_it_matters[0]"),
    ),
    (
        with_part(why_it_matters=(changed(RULE, text="Rest is safe.", origin=Origin.MODEL),)),
        ("wording/called_safe", "parts.why_it_matters[0]"),
    ),
    (
        card(citation=Citation(text="Nobody.")),
        ("title-missing", "citation.title"),
    ),
]


@pytest.mark.parametrize(("refused", "expected"), REFUSED)
def test_a_card_is_refused_with_the_rule_and_the_place(refused, expected):
    assert expected in rules(refused)
    outcome = GATE.release(refused, FIELDS)
    assert isinstance(outcome, StudyCard)
    assert outcome.state is CardState.REFUSED
    assert all(refusal.reason.strip() for refusal in outcome.refusals)


def test_a_whole_card_is_released():
    assert rules(card()) == []
    outcome = GATE.release(card(), FIELDS)
    assert isinstance(outcome, ReleasedCard)
    assert outcome.card.state is CardState.RELEASED


def test_where_only_a_title_was_read_nothing_is_summed_up():
    silent = card(
        design=DesignRecord(value=Design.OTHER),
        participants=Participants(),
        parts=Parts(quick_summary=(RULE,), why_it_matters=(RULE,)),
    )
    only_title = {"title": "Rest and pain", "abstract": "  "}
    assert [found for found in rules(silent, only_title) if found[0] == "silence"] == [
        ("silence", "parts.quick_summary"),
        ("silence", "parts.why_it_matters"),
    ]


def test_all_reasons_are_given_at_once():
    refused = card(
        citation=Citation(text="Nobody."),
        badge=PemRecord(badge=Badge.MIXED),
        parts=Parts(observed=(changed(QUOTE, spans=()),)),
    )
    assert {rule for rule, _ in rules(refused)} == {
        "title-missing",
        "badge-without-evidence",
        "span-missing",
    }


def quoting(*texts):
    text = " ".join(texts)
    places = [text.index(each) for each in texts]
    spans = [
        Span(field="text", start=start, end=start + len(each), quote=each)
        for start, each in zip(places, texts, strict=True)
    ]
    listed = tuple(
        Statement(text=span.quote, kind="observed", origin=Origin.QUOTED, spans=(span,))
        for span in spans
    )
    return {"text": text, **FIELDS}, Parts(observed=listed)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"licence": None}, ["quote-too-long"]),
        ({"licence": "CC BY-NC 4.0"}, ["quote-too-long"]),
        ({"licence": "CC BY 4.0"}, []),
        ({"licence": None, "text_origin": "digest"}, []),
    ],
)
def test_without_an_open_licence_a_quotation_stays_short(source, expected):
    fields, parts = quoting(LONG)
    origin = Source(file="x", position=1, format="jsonl", **source)
    found = rules(card(source=origin, parts=parts), fields)
    assert [rule for rule, _ in found] == expected


def test_without_an_open_licence_a_card_quotes_little_in_all():
    fields, parts = quoting(*(f"{number} " + "word " * 49 + "end" for number in range(4)))
    assert rules(card(parts=parts), fields) == [("too-much-quoted", "parts")]


def test_a_design_taken_from_publication_types_needs_no_words_of_the_text():
    typed = card(design=DesignRecord(value=Design.RCT, basis="publication type: Trial"))
    assert rules(typed) == []


def test_a_checked_card_bears_its_refusals_and_cannot_talk_its_way_out():
    checked = GATE.checked(card(badge=PemRecord(badge=Badge.REQUIRED)), FIELDS)
    assert checked.state is CardState.CHECKED
    assert [refusal.rule for refusal in checked.refusals] == ["badge-without-evidence"]
    wiped = msgspec.structs.replace(checked, refusals=())
    outcome = GATE.release(wiped, FIELDS)
    assert isinstance(outcome, StudyCard)
    assert outcome.refusals == checked.refusals


@pytest.mark.parametrize("state", [CardState.RELEASED, CardState.REFUSED])
def test_a_card_at_its_end_is_not_moved_again(state):
    with pytest.raises(ValueError, match="cannot become"):
        GATE.release(card(state=state), FIELDS)


def test_a_card_is_checked_once():
    with pytest.raises(ValueError, match="cannot become"):
        GATE.checked(card(state=CardState.CHECKED), FIELDS)


SPANS = st.builds(
    lambda start, length, moved: Span(
        field="abstract",
        start=start + moved,
        end=start + moved + length,
        quote=ABSTRACT[start : start + length],
    ),
    st.integers(0, 60),
    st.integers(0, 20),
    st.sampled_from([0, 0, 0, 1, -1, 500]),
)
STATEMENTS = st.builds(
    lambda spans, origin, text, rule: Statement(
        text=" ".join(span.quote for span in spans) if text is None else text,
        kind="observed",
        origin=origin,
        rule=rule,
        spans=tuple(spans),
    ),
    st.lists(SPANS, max_size=2),
    st.sampled_from(Origin),
    st.none() | st.sampled_from(["Rest reduces pain.", "It followed patients over time."]),
    st.none() | st.just("some_rule"),
)


@given(st.lists(STATEMENTS, max_size=4), st.lists(STATEMENTS, max_size=2), st.lists(SPANS))
def test_whatever_is_released_is_verbatim_and_says_how_it_came_to_be(observed, why, evidence):
    made = card(
        participants=Participants(n_cases=90, evidence=tuple(evidence)),
        parts=Parts(observed=tuple(observed), why_it_matters=tuple(why)),
    )
    outcome = GATE.release(made, FIELDS)
    if isinstance(outcome, ReleasedCard):
        assert evidence
        said = [*observed, *why]
        places = [*evidence, *(span for each in said for span in each.spans)]
        assert all(is_verbatim(span, FIELDS) for span in places)
        assert all(each.spans if each.origin is Origin.QUOTED else each.rule for each in said)
        assert not any(
            "reduces" in each.text for each in said if each.origin is not Origin.QUOTED
        )
    else:
        assert outcome.refusals


@pytest.mark.parametrize("origin", [Origin.RULE, Origin.PERSON, Origin.MODEL])
@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("It followed 90 patients over time.", False),
        ("It followed 91 patients over time.", True),
        ("It followed 90 patients in Norway.", True),
        ("It followed 90 children over time.", True),
    ],
)
def test_a_sentence_says_only_what_its_record_says_whoever_wrote_it(origin, text, refused):
    statement = changed(RULE, text=text, origin=origin, rule="draft/1")
    found = rules(with_part(quick_summary=(statement,)))
    assert (("outside-knowledge", "parts.quick_summary[0]") in found) is refused


def test_quoted_sentences_are_the_record_itself():
    assert "outside-knowledge" not in dict(rules(with_part(observed=(QUOTE,))))

"""What stands beside a quotation: nothing that says too much stands on a card unmarked."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.gate import Gate
from rapport.cards.notes import noted, quotations, remarks_on
from rapport.cards.study_card import Citation, Parts, Source, StudyCard, Versions
from rapport.cards.verdicts import Verdict
from rapport.cards.wording import Wording
from rapport.core.ids import Identifiers
from rapport.core.spans import span_of
from rapport.core.vocabulary import Badge, Design, Origin, ReadScope
from rapport.knowledge.load import load

KNOWLEDGE = load()
WORDING = Wording(KNOWLEDGE)
GATE = Gate(KNOWLEDGE)
RULES = KNOWLEDGE.wording_rules


def card(*, title="Noise and pain", design=Design.CROSS_SECTIONAL, **parts):
    """A card that quotes these sentences, and the fields they stand in."""
    said = list(dict.fromkeys(text for texts in parts.values() for text in texts))
    fields = {"title": title, "abstract": " ".join(said)}

    def quoted(text, kind):
        start = fields["abstract"].index(text)
        span = span_of(fields, "abstract", start, start + len(text))
        return Statement(text=text, kind=kind, origin=Origin.QUOTED, spans=(span,))

    kinds = {"remaining_questions": "open"}
    made = StudyCard(
        id="made-up",
        identifiers=Identifiers(),
        citation=Citation(text="Made up.", title=title),
        read=ReadScope.ABSTRACT,
        badge=PemRecord(badge=Badge.NOT_STATED),
        design=DesignRecord(value=design, basis="publication type: made up"),
        participants=Participants(),
        parts=Parts(
            **{
                name: tuple(quoted(text, kinds.get(name, name)) for text in texts)
                for name, texts in parts.items()
            }
        ),
        source=Source(file="made-up.jsonl", position=1, format="jsonl", licence="CC0"),
        versions=Versions(reader="1", knowledge="1"),
    )
    return made, fields


def note_of(text, design=Design.CROSS_SECTIONAL):
    made, fields = card(design=design, inferred=[text])
    (statement,) = GATE.checked(made, fields).parts.inferred
    return statement.note


ADVICE = [
    "Breathing exercises and pulmonary rehabilitation are possible targets of treatment.",
    "Patients could benefit from a graded programme of exercise.",
    "Rehabilitation should be offered to these patients.",
    "These findings support the use of physical training in their care.",
    "Activity programmes may help people with the illness.",
    "We recommend gentle exercise.",
]


@pytest.mark.parametrize("text", ADVICE)
@pytest.mark.parametrize(
    "design",
    [Design.CASE_CONTROL, Design.CROSS_SECTIONAL, Design.QUALITATIVE, Design.NARRATIVE_REVIEW],
)
def test_exertion_that_nobody_tried_is_never_advised_without_a_note(text, design):
    assert "this study did not try it" in note_of(text, design)


def test_advice_after_an_association_has_a_note():
    assert "advice of the authors" in note_of("Clinicians should screen for poor sleep.")


def test_a_sentence_that_says_no_more_than_was_seen_has_no_note():
    assert note_of("Poor sleep was associated with pain.") is None


def test_what_is_refused_is_marked_otherwise_than_a_careful_guess():
    notes = {note_of("Noise causes pain."), note_of("Noise may cause pain.")}
    assert len(notes) == 2
    assert None not in notes


def test_a_note_comes_after_what_is_noted_already_and_is_said_once():
    made, _ = card(inferred=["Noise causes pain."])
    marked = msgspec.structs.replace(made.parts.inferred[0], note="digest")
    made = msgspec.structs.replace(made, parts=Parts(inferred=(marked,)))
    (said,) = noted(made, WORDING).parts.inferred
    assert said.note.startswith("digest; ")


TITLES = [
    ("Noise causes pain", ["Noise was associated with pain."], True),
    ("Noise leads to pain in adults.", ["Pain was reported by ten people."], True),
    ("Noise and pain: a survey", ["Noise was associated with pain."], False),
    ("Does noise cause pain?", ["Noise was associated with pain."], False),
    ("Noise is associated with pain", ["Noise was associated with pain."], False),
]


@pytest.mark.parametrize(("title", "observed", "is_marked"), TITLES)
def test_a_title_is_held_against_the_results_on_its_card(title, observed, is_marked):
    made, fields = card(title=title, observed=observed)
    assert (GATE.checked(made, fields).title_note is not None) is is_marked


def test_a_title_that_its_results_carry_has_no_note():
    made, fields = card(
        title="Rest reduces pain",
        design=Design.RCT,
        observed=["Pain was lower with rest than with care as usual."],
    )
    assert GATE.checked(made, fields).title_note is None


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_that_speaks_up_has_words_for_a_card(rule):
    speaks = {rule.verdict, rule.if_few, rule.hedged, rule.elsewhere_verdict} - {None, "ok"}
    beside = rule.beside.warned or rule.noted_by_badge
    assert bool(beside) is bool(speaks)


SENTENCES = sorted(
    {example.text for rule in RULES.values() for example in rule.examples} | set(ADVICE)
)
some = st.lists(st.sampled_from(SENTENCES), max_size=4)


@given(some, some, some, st.sampled_from(SENTENCES), st.sampled_from(Design))
def test_whatever_a_card_quotes_what_the_gate_warns_of_has_its_note(
    observed, inferred, opened, title, design
):
    made, fields = card(
        title=title,
        design=design,
        observed=observed,
        inferred=inferred,
        remaining_questions=opened,
    )
    released = GATE.checked(made, fields)
    warned = remarks_on(made, WORDING)
    for statement in quotations(released):
        for remark in warned[statement.text]:
            assert remark.verdict is not Verdict.OK
            rules = {one.rule for one in warned[statement.text]}
            covering = (one for one in rules if remark.rule in RULES[one].covers)
            assert (
                RULES[remark.rule].noted_by_badge
                or any(True for _ in covering)
                or remark.note in statement.note
            ), (remark.rule, statement.text)


@given(some, some)
def test_notes_change_no_words_and_no_order(observed, inferred):
    made, _ = card(observed=observed, inferred=inferred)
    after = noted(made, WORDING)
    assert [each.text for each in quotations(after)] == [each.text for each in quotations(made)]

"""The log of decisions: read whole or not at all, laid over a reading only where it still fits."""

import json
from typing import get_args

import msgspec
import pytest

from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.cards.study_card import Versions
from rapport.core.errors import InputError
from rapport.core.ids import Identifiers
from rapport.core.spans import is_verbatim, span_of
from rapport.core.vocabulary import Badge, Combination, Design, ReadScope
from rapport.evidence.curate.answers import asserts, of_decision, of_rules
from rapport.evidence.curate.applied import applied
from rapport.evidence.curate.decision import (
    AnyDecision,
    Question,
    SetBadge,
    SetDesign,
    SetPatients,
    Show,
    Withhold,
    in_force,
    log,
)
from rapport.evidence.read.reading import Reading
from rapport.knowledge.load import load

ABSTRACT = "All nine patients met the Canadian criteria. They were seen once."
FIELDS = {"title": "A small study", "abstract": ABSTRACT}
WORDS = span_of(FIELDS, "abstract", 0, 44)
COUNT = span_of(FIELDS, "abstract", 4, 17)
READ = Reading(
    id="pmid-1",
    identifiers=Identifiers(pmid="1"),
    read=ReadScope.ABSTRACT,
    pem=PemRecord(badge=Badge.NOT_STATED, share_with_pem=0.9),
    design=DesignRecord(value=Design.OTHER),
    participants=Participants(),
    statements=(),
    versions=Versions(reader="1", knowledge="k"),
)
BY = {"card": "pmid-1", "reason": "The abstract says so.", "by": "Ann", "on": "2026-05-01"}
BADGE = SetBadge(
    **BY,
    badge=Badge.REQUIRED,
    definitions=("ccc_2003",),
    combination=Combination.SINGLE,
    words=(WORDS.quote,),
    against="not_stated",
)
DESIGN = SetDesign(**BY, design=Design.CROSS_SECTIONAL, against="other")
PATIENTS = SetPatients(**BY, n_cases=9, words=(COUNT.quote,), against="not stated")
ONE_OF_EACH = (Withhold(**BY), Show(**BY), BADGE, DESIGN, PATIENTS)


def laid(*decisions, fields=FIELDS, reading=READ):
    return applied(reading, decisions, fields, load())


def test_there_is_one_of_each_decision_here():
    assert {type(one) for one in ONE_OF_EACH} == set(get_args(AnyDecision))
    assert {one.question for one in ONE_OF_EACH} == set(Question)


def test_a_log_is_read_back_as_it_was_written(tmp_path):
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(b"\n".join(msgspec.json.encode(one) for one in ONE_OF_EACH) + b"\n\n")
    found = log(path)
    assert found.decisions == ONE_OF_EACH
    assert found.sha256
    assert log(None).decisions == ()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        json.dumps({**BY, "decision": "praise"}),
        json.dumps({**BY, "decision": "set_badge"}),
        json.dumps({**BY, "decision": "set_badge", "badge": "maybe"}),
        json.dumps({**BY, "decision": "withhold", "because": "an unknown key"}),
        json.dumps({"decision": "withhold", "card": "pmid-1"}),
    ],
)
def test_a_line_that_is_no_decision_is_an_error_that_names_it(tmp_path, line):
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(msgspec.json.encode(BADGE) + b"\n" + line.encode())
    with pytest.raises(InputError, match=r"decisions\.jsonl, line 2"):
        log(path)


def test_a_log_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        log(tmp_path / "none.jsonl")


def test_the_last_decision_on_a_question_is_in_force():
    later = msgspec.structs.replace(BADGE, badge=Badge.MIXED)
    assert in_force((BADGE, DESIGN, later, Withhold(**BY), Show(**BY))) == (
        later,
        DESIGN,
        Show(**BY),
    )


def test_a_decided_badge_takes_the_place_of_the_rules_with_its_words_and_who_decided():
    pem = laid(BADGE).reading.pem
    assert (pem.badge, pem.definitions) == (Badge.REQUIRED, ("ccc_2003",))
    assert pem.evidence == (WORDS,)
    assert pem.rule is None
    assert pem.share_with_pem == 0.9
    assert pem.why == (
        f"Everyone in this study had to meet {load().plain_name('ccc_2003')}, which require PEM."
    )
    assert pem.decided is not None
    assert (pem.decided.by, pem.decided.on) == ("Ann", "2026-05-01")


def test_design_and_patients_are_decided_alike_and_leave_the_rest():
    told = laid(DESIGN, PATIENTS).reading
    assert told.design.value is Design.CROSS_SECTIONAL
    assert told.participants.n_cases == 9
    assert told.participants.evidence == (COUNT,)
    assert told.pem == READ.pem
    assert laid(DESIGN, PATIENTS).flags == ()


def test_words_that_have_moved_are_found_again():
    fields = {**FIELDS, "abstract": f"Background. {ABSTRACT}"}
    told = laid(BADGE, fields=fields)
    (span,) = told.reading.pem.evidence
    assert span.quote == WORDS.quote
    assert is_verbatim(span, fields)
    assert told.flags == ()


@pytest.mark.parametrize(
    "abstract",
    [
        pytest.param("They were seen once.", id="nowhere"),
        pytest.param(f"x {ABSTRACT} {ABSTRACT}", id="in two places, so which was meant?"),
    ],
)
def test_a_decision_whose_words_are_gone_is_flagged_and_not_used(abstract):
    told = laid(BADGE, fields={**FIELDS, "abstract": abstract})
    assert told.reading.pem == READ.pem
    assert len(told.flags) == 1
    assert "its words do not stand in the text" in told.flags[0]
    assert "it was not used" in told.flags[0]


def test_a_decision_under_which_the_rules_have_moved_is_used_and_flagged():
    reading = msgspec.structs.replace(READ, pem=PemRecord(badge=Badge.NOT_REQUIRED))
    told = laid(BADGE, reading=reading)
    assert told.reading.pem.badge is Badge.REQUIRED
    assert len(told.flags) == 1
    assert "the rules read it otherwise now; it was used" in told.flags[0]


def test_a_definition_nobody_knows_is_flagged_and_not_used():
    told = laid(msgspec.structs.replace(BADGE, definitions=("none_1900",)))
    assert told.reading == READ
    assert "a definition that is not known" in told.flags[0]


def test_withholding_is_said_and_showing_again_ends_it():
    (refusal,) = laid(Withhold(**BY)).refusals
    assert refusal.rule == "withheld-by-review"
    assert refusal.reason == "Ann decided on 2026-05-01: The abstract says so."
    assert laid(Withhold(**BY), Show(**BY)).refusals == ()
    assert laid(Withhold(**BY)).reading == READ


def rules_read(reading, question):
    return of_rules(reading.pem, reading.design, reading.participants, question)


@pytest.mark.parametrize("decision", ONE_OF_EACH[1:], ids=lambda one: one.question)
def test_a_decision_and_the_reading_it_makes_are_worded_alike(decision):
    assert of_decision(decision) == rules_read(laid(decision).reading, decision.question)


@pytest.mark.parametrize(
    ("decision", "needs_words"),
    [
        (BADGE, True),
        (msgspec.structs.replace(BADGE, badge=Badge.MIXED), True),
        (msgspec.structs.replace(BADGE, badge=Badge.NOT_STATED), False),
        (msgspec.structs.replace(BADGE, badge=Badge.NOT_APPLICABLE), False),
        (DESIGN, True),
        (msgspec.structs.replace(DESIGN, design=Design.OTHER), False),
        (PATIENTS, True),
        (msgspec.structs.replace(PATIENTS, n_cases=None), False),
        (Withhold(**BY), False),
        (Show(**BY), False),
    ],
)
def test_what_says_something_of_the_study_needs_words(decision, needs_words):
    assert asserts(decision) is needs_words


def test_the_answer_about_the_badge_tells_definitions_apart():
    one = laid(BADGE).reading
    assert rules_read(one, Question.BADGE) == "required (single: ccc_2003)"
    assert rules_read(READ, Question.BADGE) == "not_stated"

"""What happens by each safety rule; a rule without a test fails."""

import pytest

from rapport.knowledge.load_practice import own
from rapport.practice.safety.effects import FACTS, HELP_WANTED, Effect
from rapport.practice.safety.rules import moment, rule_problems
from rapport.practice.safety.words import holds_a_word

RULES = own().safety_rules


def words_to(side, facts):
    """What one side is told beside the link that stands on every page."""
    holding = moment(facts, RULES).holding
    told = [getattr(case, side) for rule, case in holding if rule != "SR1"]
    return list(dict.fromkeys(filter(None, told)))


def happens(**facts):
    """The effects by rule, without the link that stands on every page."""
    found = {}
    for rule, case in moment(facts, RULES).holding:
        found.setdefault(rule, set()).update(map(Effect, case.then))
    found["SR1"] -= {Effect.SHOW_HELP_LINK}
    return {rule: came for rule, came in found.items() if came}


AT_ONCE = (
    Effect.SHOW_HELP_PAGE,
    Effect.SAVE_CHECK_IN,
    Effect.SHOW_WHEN_SEEN,
    Effect.SHOW_FIRST_IN_LIST,
    Effect.OFFER_CLINIC_NUMBER,
)
CASES = [
    # rule, facts, what happens by it
    ("SR1", {"server": "production", "country_pack": "missing"}, {Effect.REFUSE_TO_START}),
    (
        "SR2",
        {"help_wanted": "now", "inbox": "not_named"},
        {*AT_ONCE, Effect.SAY_NOBODY_WATCHES},
    ),
    (
        "SR2",
        {"help_wanted": "now", "inbox": "named", "message": "sent"},
        {*AT_ONCE, Effect.NOTIFY_INBOX, Effect.SAY_MESSAGE_SENT},
    ),
    (
        "SR2",
        {"help_wanted": "now", "inbox": "named", "message": "not_sent"},
        {*AT_ONCE, Effect.NOTIFY_INBOX, Effect.SAY_NOBODY_REACHED},
    ),
    (
        "SR3",
        {"help_wanted": "next_days"},
        {Effect.SHOW_FIRST_IN_LIST, Effect.OFFER_CLINIC_NUMBER, Effect.SHOW_WHEN_SEEN},
    ),
    (
        "SR4",
        {"asks_about_self_harm": "yes", "place": "research", "self_harm_answer": "above_zero"},
        {Effect.LIST_FOR_ATTENTION},
    ),
    ("SR5", {"free_text": "shown"}, {Effect.SAY_NOBODY_READS}),
    (
        "SR6",
        {"level": "4"},
        {
            Effect.USE_SHORT_MODE,
            Effect.MEET_REMOTELY,
            Effect.SHOW_LOW_STIMULUS,
            Effect.SET_UP_SUPPORTER,
            Effect.ASK_FOOD_AND_FLUID,
        },
    ),
    ("SR7", {"page": "red_flags"}, {Effect.SHOW_WARNING_SIGNS}),
    (
        "SR8",
        {"harm_concern": "person", "reader": "proxy"},
        {
            Effect.SHOW_SAFEGUARDING,
            Effect.OFFER_TO_ANSWER_ALONE,
            Effect.OFFER_TO_CUT_PROXY,
            Effect.HIDE_FROM_PROXY,
        },
    ),
    ("SR9", {"age": "child"}, {Effect.REFUSE_CHILDREN}),
    ("SR10", {"text": "banned_term"}, {Effect.REFUSE_TEXT}),
    ("SR11", {"gap_shown_to": "practitioner"}, {Effect.SHOW_HOW_TO_RECEIVE}),
    (
        "SR12",
        {"made_worse": "yes", "in_study": "yes"},
        {Effect.LOG_HARM, Effect.COUNT_FOR_HALT_RULE},
    ),
]


@pytest.mark.parametrize(("rule", "facts", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_a_rule_makes_happen(rule, facts, expected):
    assert happens(**facts) == {rule: expected}


def test_every_rule_has_a_test_and_every_effect_a_rule():
    assert {case[0] for case in CASES} == set(RULES)
    reached = {effect for rule in RULES.values() for case in rule.cases for effect in case.then}
    assert reached == {effect.value for effect in Effect}


def test_every_fact_is_looked_at_by_a_rule_or_shown_in_an_example():
    named = {name for rule in RULES.values() for case in rule.cases for name in case.when}
    named |= {name for rule in RULES.values() for each in rule.examples for name in each.facts}
    assert named == set(FACTS)


def test_the_examples_of_the_rules_come_out_as_they_say():
    assert list(rule_problems(RULES)) == []


def test_without_any_fact_only_the_link_to_help_is_there():
    assert moment({}, RULES).effects == {Effect.SHOW_HELP_LINK}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"inbox": "not_named"}, "Nobody looks at this at once."),
        ({"inbox": "named", "message": "sent"}, "It may be that nobody reads it soon."),
        ({"inbox": "named", "message": "not_sent"}, "We could not reach anyone."),
    ],
)
def test_nobody_is_promised_an_answer_or_said_to_watch(facts, told):
    said = " ".join(words_to("person", {"help_wanted": "now", **facts}))
    assert told in said
    for promise in ("contact you", "watch", "will call", "on the way", "has been told"):
        assert promise not in said.casefold()


def test_who_is_severely_ill_is_never_asked_to_come_in():
    said = " ".join(words_to("practitioner", {"level": "4", "called_severe": "yes"}))
    assert said.startswith("Is food and fluid intake safe? Who checks it, and when?")
    assert "Do not ask them to come in." in said


def test_a_proxy_is_not_shown_a_concern_about_harm():
    facts = {"harm_concern": "practitioner", "reader": "proxy"}
    assert Effect.HIDE_FROM_PROXY in moment(facts, RULES).effects


def test_the_answers_to_the_first_question_are_facts():
    assert tuple(HELP_WANTED.values()) == FACTS["help_wanted"]


@pytest.mark.parametrize("facts", [{"mood": "low"}, {"level": "9"}])
def test_a_fact_that_no_rule_knows_is_a_fault_of_the_program(facts):
    with pytest.raises(ValueError, match="know no fact"):
        moment(facts, RULES)


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("I want to  end\nit.", True),
        ("To END IT all", True),
        ("It will not bend it", False),
        ("end item", False),
        ("the rope", True),
        ("", False),
    ],
)
def test_a_word_of_the_clinics_list_is_found_whole_and_in_any_case(text, is_there):
    assert holds_a_word([text], ["end it", "Rope", " "]) is is_there
    assert not holds_a_word([text], [])

"""`problems` finds what is wrong, says where, and how to mend it; and nothing is wrong now."""

import datetime

import msgspec
import pytest

from rapport.core.vocabulary import Design
from rapport.knowledge.checking.patterns import patterns_of
from rapport.knowledge.checking.problem import Severity
from rapport.knowledge.checking.whole import has_errors, problems
from rapport.knowledge.entries import entries
from rapport.knowledge.load import everything
from rapport.knowledge.model import (
    Collisions,
    CollisionSentence,
    Criterion,
    Decision,
    PersonExample,
    SentenceExample,
    Verification,
)
from rapport.knowledge.patterns import fault

KNOWLEDGE = everything()
TODAY = datetime.date(2026, 12, 1)
change = msgspec.structs.replace


def with_definition(name, **fields):
    """The knowledge with fields of one definition changed."""
    changed = change(KNOWLEDGE.definitions[name], **fields)
    return change(KNOWLEDGE, definitions={**KNOWLEDGE.definitions, name: changed})


def with_rule(name, **fields):
    changed = change(KNOWLEDGE.entry_rules[name], **fields)
    return change(KNOWLEDGE, entry_rules={**KNOWLEDGE.entry_rules, name: changed})


def with_design(name, **fields):
    changed = change(KNOWLEDGE.designs[name], **fields)
    return change(KNOWLEDGE, designs={**KNOWLEDGE.designs, name: changed})


def without(kind, *names):
    kept = {key: value for key, value in getattr(KNOWLEDGE, kind).items() if key not in names}
    return change(KNOWLEDGE, **{kind: kept})


def sentence(definitions=(), decision=Decision.REQUIRED):
    return SentenceExample(text="A sentence.", decision=decision, definitions=definitions)


def person(features, fits="yes"):
    return (PersonExample(who="Somebody.", features=features, fits=fits),)


def test_nothing_is_wrong_with_the_knowledge_base():
    assert problems(KNOWLEDGE, as_of=TODAY) == ()


CASES = [
    # headers
    (with_definition("ccc_2003", title=" "), "ccc_2003", "no title"),
    (with_definition("ccc_2003", version=0), "ccc_2003", "version is below 1"),
    (with_definition("ccc_2003", reviewed_on="last week"), "ccc_2003", "not a date"),
    (with_definition("ccc_2003", review_by="2026-11-01"), "ccc_2003", "not after"),
    (
        with_definition("ccc_2003", checked_by="the rapport contributors"),
        "ccc_2003",
        "own author",
    ),
    (with_definition("ccc_2003", sources=()), "ccc_2003", "names no source"),
    (with_definition("ccc_2003", examples=(sentence(),)), "ccc_2003", "needs at least 2"),
    (with_rule("P001", examples=()), "P001", "needs at least 1"),
    (with_design("rct_blinded", examples=()), "rct_blinded", "needs at least 1"),
    # ids
    (with_definition("ccc_2003", modified_of=("ccc_1903",)), "ccc_2003", "modified_of names"),
    (
        with_definition("ccc_2003", examples=(sentence(("ccc_1903",)), sentence())),
        "ccc_2003",
        "an example names ccc_1903",
    ),
    (with_rule("P001", examples=(sentence(("x",)),)), "P001", "an example names x"),
    (with_rule("P001", placeholders={"A_req": ("x",)}), "P001", "placeholder A_req names x"),
    (without("definitions", "oxford_1991"), "oxford_1991", "there is none"),
    (without("definitions", "london_1994"), "P009", "names london_1994"),
    (without("definitions", "ccc_2003"), "haukeland_ccc", "its logic names ccc_2003"),
    (without("definitions", "london_1994"), "collisions", "names london_1994"),
    (without("definitions", "london_1994"), "plain_names", "names london_1994"),
    # logic and people
    (with_definition("ccc_2003", logic=None), "ccc_2003", "contradict"),
    (with_definition("ccc_2003", logic_known=False), "ccc_2003", "contradict"),
    (with_definition("racp_2002", notes=()), "racp_2002", "does not say why"),
    (with_definition("ccc_2003", features={}), "ccc_2003", "is not said in words"),
    (with_definition("ccc_2003", logic=Criterion()), "ccc_2003", "none, or more than one"),
    (
        with_definition("ccc_2003", logic=Criterion(all_of=("pain",), any_of=("fatigue",))),
        "ccc_2003",
        "more than one",
    ),
    (
        with_definition("ccc_2003", logic=Criterion(at_least=3, of=("pain", "fatigue"))),
        "ccc_2003",
        "at least 3 of 2",
    ),
    (
        with_definition("ccc_2003", logic=Criterion(feature="pain")),
        "ccc_2003",
        "without a bound",
    ),
    (with_definition("ccc_2003", people=()), "ccc_2003", "shows the answer not_stated"),
    (with_definition("ccc_2003", people=person({"pein": True})), "ccc_2003", "unknown feature"),
    (
        with_definition("ccc_2003", people=person({"pain": False})),
        "ccc_2003",
        "the logic says no",
    ),
    (with_definition("ccc_2003", people=person({"pain": 3.0})), "ccc_2003", "yes or no"),
    # names
    (
        with_definition("iom_2015", aliases=("Fukuda",)),
        "fukuda_1994",
        "also belongs to iom_2015",
    ),
    (
        with_definition("iom_2015", ambiguous_aliases=("NAM 15",)),
        "iom_2015",
        "no other definition",
    ),
    (with_definition("icc_2011", patterns=(r"ICC(?! =)",)), "icc_2011", "RE2 does not take"),
    (
        with_definition("icc_2011", patterns=(r"\bICC\b",), collision_patterns=()),
        "icc_2011",
        "0.87",
    ),
    (with_definition("oxford_1991", patterns=(r"\bOxford\b",)), "oxford_1991", "University"),
    (change(KNOWLEDGE, collisions=None), "collisions", "no collision sentences"),
    # rules
    (without("entry_rules", "P050"), "P050", "missing"),
    (
        change(KNOWLEDGE, entry_rules={"P1": KNOWLEDGE.entry_rules["P001"]}),
        "P1",
        "three digits",
    ),
    (with_rule("P001", decision="maybe"), "P001", "is no decision"),
    (with_rule("P001", decision="ignore"), "P001", "none of its examples"),
    (with_rule("P001", pattern="patients met it"), "P001", "has no {A_req}"),
    (with_rule("P001", placeholders={"A_req": ("fukuda_1994",)}), "P001", "PEM status"),
    # designs and wording
    (with_design("other", highest_level=9), "other", "outside 0-8"),
    (with_design("other", highest_level=None), "other", "no highest level"),
    (with_design("other", designs=()), "other", "no design and no kind"),
    (without("designs", "protocol"), Design.PROTOCOL.value, "no entry limits it"),
    (without("designs", "imaging"), "imaging", "no entry limits it"),
    (without("wording_levels", 3), "level 3", "missing"),
]


@pytest.mark.parametrize(("knowledge", "entry", "said"), CASES)
def test_a_mistake_is_found_at_its_entry(knowledge, entry, said):
    found = problems(knowledge, as_of=TODAY)
    assert any(p.entry == entry and said in p.message for p in found), found
    assert has_errors(found)
    assert all(p.fix for p in found)


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [
        (datetime.date(2027, 11, 30), False),  # the last day
        (datetime.date(2027, 12, 1), True),
    ],
)
def test_an_overdue_review_is_a_warning_and_no_error(as_of, overdue):
    found = problems(KNOWLEDGE, as_of=as_of)
    assert any(p.entry == "ccc_2003" and "due by" in p.message for p in found) is overdue
    assert not has_errors(found)


def test_a_review_in_the_future_is_a_warning():
    (found, *_) = problems(KNOWLEDGE, as_of=datetime.date(2026, 1, 1))
    assert found.severity is Severity.WARNING
    assert "reviewed after" in found.message


def test_errors_come_before_warnings():
    found = problems(with_design("other", highest_level=9), as_of=datetime.date(2030, 1, 1))
    assert found[0].severity is Severity.ERROR
    assert found[-1].severity is Severity.WARNING


def test_two_entries_of_different_kinds_with_one_id_are_an_error():
    named = change(KNOWLEDGE.designs["other"], id="P001")
    knowledge = change(KNOWLEDGE, designs={**KNOWLEDGE.designs, "P001": named})
    assert any("bear this id" in p.message for p in problems(knowledge, as_of=TODAY))


def test_a_collision_sentence_of_ones_own_is_checked_too():
    own = KNOWLEDGE.collisions
    sentences = (
        CollisionSentence(text="The Fukuda way.", looks_like=("fukuda_1994",), why="x"),
    )
    knowledge = change(KNOWLEDGE, collisions=change(own, sentences=sentences))
    assert isinstance(knowledge.collisions, Collisions)
    assert any(p.entry == "fukuda_1994" for p in problems(knowledge, as_of=TODAY))


def test_unverified_entries_may_lack_a_source_and_others_may_not():
    without_source = {e.verification for _, e in entries(KNOWLEDGE) if not e.sources}
    assert without_source <= {
        Verification.UNVERIFIED,
        Verification.EXISTENCE_ONLY,
        Verification.PRINCIPLE,
    }


def test_the_patterns_of_every_kind_are_looked_at():
    kinds = {kind for kind, entry in entries(KNOWLEDGE) if any(patterns_of(entry))}
    assert kinds >= {"definitions", "designs", "topics", "wording_guards", "wording_levels"}


@pytest.mark.parametrize("pattern", ["(?=a)", "(?<!a)b", r"(a)\1", "a(", "[b"])
def test_what_re2_does_not_take_is_said(pattern):
    assert fault(pattern)

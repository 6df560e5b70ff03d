"""Reports by the public: anonymous, limited, answered in public, their words never shown."""

import datetime

import msgspec
import pytest

from rapport.evidence.curate.workflow import Role
from rapport.store.audit.models import Entry
from rapport.store.curation import corrections
from rapport.store.curation.corrections import (
    FORGOTTEN,
    NotTakenError,
    answer,
    forget,
    ledger,
    receive,
)
from rapport.store.curation.models import Correction, CorrectionState, Sender

PRIVATE = "My own diagnosis is zebra-7 and the number of patients is wrong."
CORRECTED = CorrectionState.CORRECTED


def reports(at, text=PRIVATE, address="10.0.0.1", **more):
    return receive("pmid-1", text, at, address=address, key="k", **more)


def test_a_report_gets_an_id_and_stands_in_the_ledger_without_its_words(at):
    made = reports(at, contact="ann@example.org")
    (line,) = ledger()
    assert (line.id, line.card, line.state) == (made, "pmid-1", "received")
    told = msgspec.json.encode(line).decode()
    for private in ("zebra", "wrong", "ann@", "10.0.0.1"):
        assert private not in told


def test_nothing_private_stands_in_the_audit_or_beside_the_limit(at):
    reports(at, contact="ann@example.org")
    kept = str(list(Entry.objects.values())) + str(list(Sender.objects.values()))
    for private in ("zebra", "ann@", "10.0.0.1"):
        assert private not in kept


def test_an_answer_says_what_was_changed_and_how_long_it_took(at, person):
    made = reports(at)
    later = at + datetime.timedelta(days=3)
    answer(made, person("cat"), CORRECTED, "Nine patients, not ninety.", later)
    (line,) = ledger()
    assert (line.state, line.days, line.answer) == (
        "corrected",
        3,
        "Nine patients, not ninety.",
    )


def test_all_reasons_not_to_answer_come_at_once(at, person):
    with pytest.raises(NotTakenError) as refused:
        answer(
            "C-none", person("r", Role.READER), CorrectionState.RECEIVED, " ", at, log_line=9
        )
    for said in ("role curator", "no such report", "was corrected", "in a sentence", "the log"):
        assert said in refused.value.problem


def test_an_answer_somebody_gave_meanwhile_is_not_written_over(at, person):
    made = reports(at)
    answer(made, person("cat"), CORRECTED, "Nine it is.", at)
    with pytest.raises(NotTakenError, match="Somebody else answered it"):
        answer(made, person("dan"), CorrectionState.NOT_CHANGED, "It was right.", at)
    given = corrections.mark(Correction.objects.get(pk=made))
    answer(made, person("dan"), CORRECTED, "Eight it is.", at, seen=given)
    assert [line.answer for line in ledger()] == ["Eight it is."]


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("not an address", "not an address", True),
    ],
)
def test_senders_are_told_apart_by_their_network(at, first, second, are_one):
    reports(at, address=first)
    reports(at, address=second)
    assert (Sender.objects.values("key").distinct().count() == 1) is are_one


@pytest.mark.parametrize(
    ("text", "contact", "said"),
    [
        (" \n", "", "empty"),
        ("x" * (corrections.LONGEST_REPORT + 1), "", "too long"),
        ("x", "y" * (corrections.LONGEST_CONTACT + 1), "too long"),
    ],
)
def test_an_empty_or_over_long_report_is_not_taken(at, text, contact, said):
    with pytest.raises(NotTakenError, match=said):
        reports(at, text, contact=contact)
    assert not Correction.objects.exists()


def test_one_sender_can_send_several_and_then_waits_an_hour_while_others_can(at):
    for _ in range(corrections.MOST_FROM_ONE):
        reports(at)
    with pytest.raises(NotTakenError, match="last hour"):
        reports(at)
    reports(at, address="10.0.0.2")
    reports(at + corrections.HOUR)
    assert Correction.objects.count() == corrections.MOST_FROM_ONE + 2


def test_what_limits_senders_is_gone_after_an_hour(at):
    reports(at)
    reports(at + corrections.HOUR, address="10.0.0.2")
    assert Sender.objects.count() == 1


def test_many_senders_together_are_limited_too(at):
    for number in range(corrections.MOST_FROM_ALL):
        reports(at, address=str(number))
    with pytest.raises(NotTakenError, match="last hour"):
        reports(at, address="new")


def test_the_words_of_a_report_settled_long_ago_are_forgotten_and_its_line_stays(at, person):
    settled, fresh, unanswered = (reports(at, contact="ann@example.org") for _ in range(3))
    day, cat = datetime.timedelta(days=1), person("cat")
    answer(settled, cat, CORRECTED, "Nine patients.", at + day)
    answer(fresh, cat, CORRECTED, "Nine patients.", at + 9 * day)
    before = list(ledger())
    assert forget(at + 5 * day, at + 10 * day) == 1
    rows = {row.id: (row.report, row.contact) for row in Correction.objects.all()}
    assert rows[settled] == (FORGOTTEN, "")
    assert rows[fresh] == rows[unanswered] == (PRIVATE, "ann@example.org")
    assert list(ledger()) == before
    assert forget(at + 5 * day, at + 10 * day) == 0
    assert settled in str(Entry.objects.filter(act="corrections: forgotten").values())

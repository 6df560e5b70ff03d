"""What belongs together is there together, or not at all: a crash in between leaves nothing by halves."""

import pytest
from tests.web.check_ins.walking import NUMBERS

from rapport.practice.records.check_ins import CheckIn, Result
from rapport.practice.records.people import Consent, ConsentKind, Supporter
from rapport.store.practice import links, records
from rapport.web.practice import agreeing, ways


class CrashError(Exception):
    """The process ends here."""


def crashes(*_args, **_more):
    raise CrashError


@pytest.mark.parametrize("where", ["the yes", "the result"])
def test_a_crash_while_sending_leaves_a_draft_that_can_be_sent(lake, monkeypatch, where):
    lake.takes_all_back()
    name = lake.draft(**NUMBERS)
    ada = lake.patient_device().opens(ways.step(name, "send"))
    with monkeypatch.context() as broken:
        broken.setattr(
            *{"the yes": (agreeing, "agree"), "the result": (records, "compute")}[where],
            crashes,
        )
        with pytest.raises(CrashError):
            ada.sends(ways.step(name, "send"), agree="yes")
    (draft,) = lake.kept(CheckIn)
    assert draft.record.sent_at is None
    assert agreeing.standing(lake.ada) == ()
    ada.sends(ways.step(name, "send"), agree="yes")
    assert ada.asks.startswith("Sent.")
    assert len(lake.kept(CheckIn, lake.lee)) == len(lake.kept(Result, lake.lee)) == 1


def test_who_says_yes_twice_has_said_it_once(lake):
    lake.takes_all_back()
    way = ways.step(lake.draft(**NUMBERS), "send")
    ada, other = (lake.patient_device().opens(way) for _ in range(2))
    for each in (ada, other):
        each.sends(way, agree="yes")
    assert len(agreeing.standing(lake.ada)) == 1


def test_a_helper_whose_link_could_not_be_made_is_not_there(lake, monkeypatch):
    ada = lake.patient_device()
    monkeypatch.setattr(links, "make", crashes)
    with pytest.raises(CrashError):
        ada.sends("/practice/yours/helpers", name="Bo", how="scribe", days="30", yes="yes")
    assert records.kept(lake.ada, Supporter) == ()
    assert [each.record.consent for each in records.kept(lake.ada, Consent)] == [
        ConsentKind.RELATIONSHIP
    ]


def test_help_and_the_way_in_end_together(lake, monkeypatch):
    lake.supporter()
    (bo,) = records.kept(lake.ada, Supporter)
    monkeypatch.setattr(links, "end_all", crashes)
    with pytest.raises(CrashError):
        lake.patient_device().sends("/practice/yours/helpers", cut=bo.id)
    assert records.one(lake.ada, bo.id).record.cut_on is None

"""Where the care has ended, nobody looks, a draft is old, or somebody else asks."""

import datetime
import re

import msgspec
import pytest
from tests.web.check_ins.walking import BEGIN, NUMBERS

from rapport.practice.records.check_ins import CheckIn, Reveal, Share
from rapport.practice.records.people import Allowed, ConsentKind, Role
from rapport.practice.records.visits import Harm
from rapport.store.people import accounts
from rapport.store.practice import clinics, pairs, records
from rapport.web import addresses
from rapport.web.clock import now
from rapport.web.practice import agreeing, held, ways
from rapport.web.practice.check_in import question


def ended(lake):
    pairs.end(lake.lee, lake.pair, at=now())


def takes_back(lake, kind):
    for entry, said in agreeing.standing(lake.ada):
        if said.consent is kind:
            agreeing.take_back(lake.ada, entry.id, now())


def aged(lake, name, days=40):
    then = now() - datetime.timedelta(days=days)
    records.change(lake.ada, name, records.with_fields(started_at=then), at=now(), why="test")


def role_closed(lake):
    clinics.set_member(lake.clinic.id, lake.account, Role.PRACTITIONER, at=now(), is_open=False)


@pytest.mark.parametrize("what", [ended, role_closed])
def test_help_is_there_also_where_the_care_has_ended(lake, what):
    ada = lake.patient_device().opens(ways.question(lake.draft(), "S0"))
    what(lake)
    ada.sends(answer="2", go="next")
    assert (ada.status, "help" in ada.at) == (200, True)
    (kept,) = records.kept(lake.ada, CheckIn)
    assert kept.record.answers == {"S0": 2}


@pytest.mark.parametrize("page", ["send", "sent"])
def test_who_asks_for_help_where_the_care_has_ended_is_led_to_it(lake, page):
    name, other = lake.draft(S0=2, C1a=1), ways.step("a" * 24, page)
    ada = lake.patient_device()
    ended(lake)
    assert ada.opens(ways.step(name, page)).at == addresses.HELP
    assert ada.opens(other).status == 404


def test_what_asks_for_no_help_is_not_there_without_a_pair(lake):
    name = lake.draft(**NUMBERS)
    ended(lake)
    assert lake.patient_device().opens(ways.step(name, "send")).status == 404


@pytest.fixture
def watched(monkeypatch):
    pack = msgspec.structs.replace(held.pack(), inbox_is_watched=True)
    monkeypatch.setattr(question, "pack_of", lambda _viewer: pack)


@pytest.mark.usefixtures("watched")
def test_nobody_is_said_to_be_told_whatever_the_country_pack_says(lake):
    name = lake.draft(**{**NUMBERS, "S0": 2})
    ada = lake.patient_device().opens(ways.step(name, "send")).sends()
    ada.opens(ways.step(name, "help"))
    assert "Nobody looks at this at once." in ada.says
    assert "We have told" not in ada.says


def test_who_has_seen_a_wish_for_help_stands_where_the_person_looks(lake):
    name = lake.draft(**{**NUMBERS, "S0": 2})
    ada = lake.patient_device().opens(ways.step(name, "send")).sends()
    pages = [ways.step(name, "help"), ways.step(name, "sent"), ways.HOME]
    for page in pages:
        assert "Seen by" not in ada.opens(page).says
    lake.practitioner_device().sends(BEGIN.format(lake.pair) + "seen")
    for page in pages:
        assert re.search(r"Seen by Dr Lee on \d+ \w+ \d{4}\.", ada.opens(page).says), page


def test_a_wish_for_help_that_nobody_sees_yet_is_said_to_be_unseen(lake):
    helper = lake.supporter()
    takes_back(lake, ConsentKind.RELATIONSHIP)
    helper.opens(BEGIN.format(lake.pair)).sends(answer="short", go="next")
    helper.sends(answer="2", go="next")
    helper.opens(helper.at.replace("help", "send"))
    assert "Nobody sees this yet. Use the help page." in helper.says
    assert f'href="{addresses.HELP}"' in helper.page
    assert "can see that you ask" not in helper.says
    helper.sends()
    assert helper.asks.startswith("Sent.")
    assert "Nobody sees this yet. Use the help page." in helper.says


def test_that_one_asks_for_help_can_be_seen_and_nobody_looks_at_it_at_once(lake):
    told = "Dr Lee can see that you ask for help. Nobody looks at it at once."
    way = ways.step(lake.draft(**{**NUMBERS, "S0": 1}), "send")
    ada = lake.patient_device().opens(way)
    assert told in ada.says
    assert told in ada.sends().says


@pytest.mark.parametrize(
    ("more", "note", "pick"),
    [({}, False, False), ({"note": "My dog"}, True, False), ({"PICK": 5}, False, True)],
)
def test_the_send_page_names_what_goes_out_beside_the_challenges(lake, more, note, pick):
    said = {key: value for key, value in more.items() if key != "note"}
    name = lake.draft(S0=0, C1a=1, **said)
    text = records.with_fields(note=more.get("note", ""))
    records.change(lake.ada, name, text, at=now(), why="test")
    ada = lake.patient_device().opens(ways.step(name, "send"))
    assert ("They also read what you wrote." in ada.says) is note
    assert ("They see what to talk about first." in ada.says) is pick


@pytest.mark.parametrize(
    "page", ["send", "sharing", "each", "when", "paused", "enough", "today"]
)
def test_a_draft_that_is_too_old_says_so_on_each_page_and_is_not_sent(lake, page):
    name = lake.draft(**NUMBERS)
    aged(lake, name)
    ada = lake.patient_device().opens(ways.step(name, page))
    assert ada.status == 404
    assert "too old to go on with" in ada.says
    if page == "send":
        ada.sends(agree="yes")
        assert records.one(lake.ada, name).record.sent_at is None


def test_what_was_sent_long_ago_can_still_be_shared(lake):
    name = lake.draft(**NUMBERS)
    ada = lake.patient_device().opens(ways.step(name, "send")).sends()
    later = now() + datetime.timedelta(days=60)
    question.refuse_old(records.one(lake.ada, name).record, later)
    ada.opens(ways.step(name, "sharing")).sends(answer="answers")
    assert set(records.one(lake.ada, name).record.shares.values()) == {Share.ANSWERS}


def test_a_day_that_is_over_is_no_day_to_share_from(lake):
    name = lake.draft(**NUMBERS)
    ada = lake.patient_device().opens(ways.step(name, "when"))
    ada.sends(answer="later", day="2020-01-01")
    assert (ada.status, "This day is over." in ada.says) == (400, True)
    assert records.one(lake.ada, name).record.shared_from is None
    today = now().date()
    ada.sends(ways.step(name, "when"), answer="later", day=today.isoformat())
    assert records.one(lake.ada, name).record.shared_from == today


@pytest.mark.parametrize("page", ["sent", "delete", "help", "paused"])
def test_a_practitioner_at_the_persons_check_in_is_led_to_the_visits(lake, page):
    name = lake.draft(**NUMBERS)
    lake.patient_device().opens(ways.step(name, "send")).sends()
    lee = lake.practitioner_device()
    assert lee.opens(ways.step(name, page)).at == ways.visits(lake.pair)
    assert lee.opens(ways.check_in(name)).at == ways.visits(lake.pair)


def test_a_supporter_is_shown_no_link_that_is_closed_to_them(lake):
    helper = lake.supporter().opens(ways.visits(lake.pair))
    found = re.findall(r'href="(/practice/[^"#]*)"', helper.page)
    assert found
    for address in found:
        assert helper.opens(address).status == 200, address
    assert ways.held(lake.pair) in lake.patient_device().opens(ways.visits(lake.pair)).page


def test_a_scribe_is_not_asked_to_show_what_the_person_sent_alone(lake):
    lake.patient_device().opens(ways.step(lake.draft(**NUMBERS), "send")).sends()
    helper = lake.supporter(sees=(Allowed.CHECK_INS,)).opens(ways.reveal(lake.pair))
    assert "Only Ada can say if they want this." in helper.says
    assert "<form" not in helper.page.partition("<main")[2].partition("</main>")[0]
    assert helper.sends(answer="yes").status == 403
    assert lake.kept(CheckIn)[0].record.reveal is Reveal.OPEN


def test_without_a_pair_nothing_is_noted_and_the_words_stay(lake):
    ada = lake.patient_device()
    ended(lake)
    ada.opens(ways.WORSE).sends(what="The light hurt")
    assert ada.status == 400
    assert "Not saved" in ada.says
    assert "tell the clinic" in ada.says
    assert "The light hurt" in ada.page
    assert records.kept(lake.ada, Harm) == ()


def test_of_two_practitioners_nobody_is_told_by_chance(lake):
    account = accounts.add("moor", "Dr Moor", (), now())
    other = clinics.set_member(lake.clinic.id, account, Role.PRACTITIONER, at=now())
    second = pairs.join(lake.lee, lake.patient, other.id, at=now()).id
    ada = lake.patient_device().opens(ways.WORSE).sends(what="The light hurt")
    assert (ada.status, "Choose with whom." in ada.says) == (400, True)
    assert "The light hurt" in ada.page
    assert records.kept(lake.ada, Harm) == ()
    assert ada.sends(what="The light hurt", pair=second).at == ways.THANKS
    assert [each.pair for each in records.kept(lake.ada, Harm)] == [second]


def test_whose_help_has_ended_is_not_told_of_another_device(lake):
    helper = lake.supporter().opens(BEGIN.format(lake.pair))
    takes_back(lake, ConsentKind.SUPPORTER)
    helper.sends(answer="short", go="next")
    assert helper.status in (403, 404)
    assert "another device" not in helper.page


def test_the_question_of_two_days_later_stands_on_the_first_page(lake):
    name = lake.draft(**NUMBERS)
    ada = lake.patient_device().opens(ways.step(name, "send")).sends()
    assert ways.later(name) not in ada.opens(ways.HOME).page
    then = now() - datetime.timedelta(days=3)
    made = CheckIn(
        **{
            key: value
            for key, value in msgspec.structs.asdict(records.one(lake.ada, name).record).items()
            if key != "sent_at"
        },
        sent_at=then,
    )
    old = records.keep(
        lake.ada, made, patient=lake.patient, pair=lake.pair, at=then, why="test"
    )
    assert ways.later(old.id) in ada.opens(ways.HOME).page
    ada.opens(ways.later(old.id)).sends(answer="no")
    assert ways.later(old.id) not in ada.opens(ways.HOME).page

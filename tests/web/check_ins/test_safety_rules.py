"""What each safety rule makes happen is done by real pages, and only because the rule says so.

Every effect of every rule has a walk here that sees it. The walk is made twice: with the rules as
they are, and with that one effect cut out of that one rule. A page that goes on as before does
not ask the rules; a rule or an effect without a walk fails.
"""

import json
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from tests.web.check_ins.test_edges import aged
from tests.web.check_ins.walking import BEGIN, NUMBERS, draft, sends
from typer.testing import CliRunner

import rapport.web
from rapport.cli.app import app
from rapport.cli.country import named_pack
from rapport.knowledge.load_practice import own
from rapport.practice.records.check_ins import CheckIn, Length, Share
from rapport.practice.records.people import ConsentKind, Profile, Role
from rapport.practice.records.visits import Harm
from rapport.practice.safety.effects import Effect
from rapport.store.people import accounts
from rapport.store.practice import clinics, pairs, records
from rapport.web.clock import now
from rapport.web.practice import held, near, telling, ways
from rapport.web.practice.own import keeping

TEMPLATES = Path(rapport.web.__file__).parent / "templates"


class Walk:
    """Where the walks go: a clinic with Ada and Dr Lee, and how to change the world around them."""

    def __init__(self, lake, monkeypatch, capsys, folder):
        self.lake, self.patch, self.capsys, self.folder = lake, monkeypatch, capsys, folder
        self.ada, self.lee = lake.patient_device(), lake.practitioner_device()
        self.messages = []

    def draft(self, **said):
        """A new draft with these answers, whatever there was before."""
        for each in self.lake.kept(CheckIn):
            records.remove(self.lake.ada, each.id, at=now(), why="test")
        return self.lake.draft(**said)

    def asks_for_help(self, answer="2"):
        """Ada's draft after she has said that she needs help; she is on the page that came."""
        self.ada.client.raise_request_exception = False
        self.ada.opens(ways.question(self.draft(), "S0")).sends(answer=answer, go="next")
        return self.ada

    def sends(self, **said):
        self.draft()
        records.remove(self.lake.ada, draft(self.lake).id, at=now(), why="test")
        return sends(self.ada, self.lake, **{**NUMBERS, **said})

    def sends_severe(self, level):
        """Ada has sent how ill she is, and lets Dr Lee read it."""
        self.sends(C1x=level)
        (name,) = [each.id for each in self.lake.kept(CheckIn)]
        how = records.with_fields(shares={1: Share.ANSWERS})
        records.change(self.lake.ada, name, how, at=now(), why="test")

    def inbox(self, works):
        """An address of the clinic, and a mail server that takes what is sent, or does not."""
        self.patch.setattr(settings, "HAS_MAIL", True)
        office = self.lake.lee.__class__(
            clinic=self.lake.clinic.id, role=Role.ADMIN, id="office"
        )
        clinics.set_inbox(office, "office@example.org", now())
        handed = lambda *told: self.messages.append(told) or works  # noqa: E731
        self.patch.setattr(telling, "handed_over", handed)


def help_link(walk):
    return ">I need help now</a>" in walk.ada.opens(ways.HOME).page


def refuses_to_start(walk):
    named_pack(None, has_store=True)
    return "does not start without a country pack" in walk.capsys.readouterr().err


def help_page(walk):
    return walk.asks_for_help().asks == "Help now"


def saved_though_too_old(walk):
    name = walk.draft()
    walk.ada.client.raise_request_exception = False
    walk.ada.opens(ways.question(name, "S0"))
    aged(walk.lake, name)
    walk.ada.sends(ways.question(name, "S0"), answer="2", go="next")
    return records.one(walk.lake.ada, name).record.answers == {"S0": 2}


def nobody_watches(walk):
    walk.asks_for_help()
    walk.ada.opens(ways.step(draft(walk.lake).id, "help"))
    return "Nobody looks at this at once. Please use the help below." in walk.ada.says


def notified(walk):
    walk.inbox(works=True)
    walk.messages.clear()
    walk.asks_for_help()
    return len(walk.messages) == 1


def message_sent(walk):
    walk.inbox(works=True)
    said = walk.asks_for_help().says
    return "A message went to your clinic." in said and "Nobody looks" not in said


def nobody_reached(walk):
    walk.inbox(works=False)
    return "We could not reach anyone." in walk.asks_for_help().says


def seen_at(answer):
    def seen(walk):
        walk.sends(S0=answer)
        walk.lee.sends(BEGIN.format(walk.lake.pair) + "seen")
        (name,) = [each.id for each in walk.lake.kept(CheckIn)]
        return "Seen by Dr Lee on" in walk.ada.opens(ways.step(name, "sent")).says

    return seen


def first_in_list(answer, words):
    def first(walk):
        if len(pairs.of(walk.lake.lee)) == 1:
            pairs.invite(walk.lake.lee, Profile(shown_as="Aaron"), at=now())
        walk.sends(S0=answer)
        said = walk.lee.opens(ways.HOME).says
        visits = walk.lee.opens(ways.visits(walk.lake.pair)).says
        return said.index("Ada") < said.index("Aaron") and words in said and words in visits

    return first


def clinic_number(answer):
    words = "Do you want the number of your clinic as well?"
    return lambda walk: words in walk.sends(S0=answer).says


def questionnaire_refused(walk):
    found = walk.lake.stranger().opens("/practice/questionnaires/phq-9")
    return "asks about self-harm" in found.says


def listed_for_attention(walk):
    file = walk.folder / "answers.json"
    file.write_text(json.dumps({str(item): 1 for item in range(1, 10)}))
    ran = CliRunner().invoke(app, ["score", "phq-9", str(file)])
    assert ran.exit_code == 0
    return "a person's attention now" in ran.stderr


def told_to_ask_in_person(walk):
    words = "Ask about suicide directly and in person, apart from mood."
    page = walk.lake.stranger().opens("/practice/cards/3/").says
    text = walk.lake.stranger().client.get("/practice/cards/3.txt").content.decode()
    return words in page and words in " ".join(text.split())


def nobody_reads(walk):
    return "Nobody reads this at once." in walk.ada.opens(ways.WORSE).says


def help_for_a_word(walk):
    pack = msgspec.structs.replace(held.pack(), help_words=("the river",))
    walk.patch.setattr(near, "_named", lambda _: pack)
    walk.ada.opens(ways.WORSE).sends(what="I think of THE  river")
    return "If you need help now, it is here." in walk.ada.says and "Saved" in walk.ada.says


def severe(words):
    def told(walk):
        walk.sends_severe(4)
        return words in walk.lee.opens(ways.visits(walk.lake.pair)).page

    return told


def short_mode(walk):
    walk.sends_severe(3)
    words = "Use the short check-in"
    told = words in walk.lee.opens(ways.visits(walk.lake.pair)).says
    return told and "All: 16 questions" not in walk.ada.opens(BEGIN.format(walk.lake.pair)).says


def warning_signs(walk):
    sign = own().red_flags.signs[0]
    flags = walk.lake.stranger().opens("/practice/red-flags").says
    led = "/practice/red-flags" in walk.lake.stranger().opens("/practice/help").page
    return "This may not be ME/CFS." in flags and sign in flags and led


def on_both_pages_of_harm(words, patients="", of_lee=""):
    """What both sides find where somebody may be harmed: Ada on her page, Dr Lee after a tick."""

    def found(walk):
        ada = walk.ada.opens("/practice/yours/harm").page
        way = f"/practice/people/{walk.lake.patient}/safety"
        lee = walk.lee.sends(way, act="concern").opens(way).page
        return (patients or words) in ada and (of_lee or words) in lee

    return found


def reminded_of_mistakes(walk):
    way = f"/practice/people/{walk.lake.patient}/safety"
    return "can be mistaken for abuse" in walk.lee.sends(way, act="concern").opens(way).says


def hidden_from_helpers(walk):
    way = 'href="/practice/yours/harm"'
    assert way in walk.ada.opens("/practice/yours").page
    return way not in walk.lake.supporter().opens("/practice/yours").page


def no_children(walk):
    walk.lee.client.raise_request_exception = False
    walk.lee.opens("/practice/invite").sends(name="Kim", age="child")
    return (walk.lee.status, "for adults only" in walk.lee.says) == (400, True)


def text_refused(walk):
    card = own().card_of(1)
    said = msgspec.structs.replace(card, purpose="Graded steps for both.")
    walk.patch.setitem(own().cards, card.id, said)
    held.ready_cards.cache_clear()
    walk.ada.client.raise_request_exception = False
    status = walk.ada.opens("/practice/cards/1/").status
    held.ready_cards.cache_clear()
    return status == 404


def stop_and_delete(walk):
    asks = walk.ada.opens(ways.question(walk.draft(), "S0")).says
    return (
        "Stop and delete this" in asks
        and "Stop and delete" in walk.ada.opens("/practice/solo/").says
    )


def how_to_receive(walk):
    if not walk.lake.kept(CheckIn):
        mine = walk.lake.draft(**NUMBERS, C1b=1)
        walk.ada.opens(ways.step(mine, "send")).sends()
        expected = {"C1a_pred": 4, "C1b_pred": 4, "C1o": 4, "C6o": 0, "C1x_c": 0}
        other = walk.lake.draft(walk.lake.lee, Length.FULL, **expected)
        walk.lee.opens(ways.step(other, "send")).sends()
        walk.ada.opens(ways.step(mine, "sharing")).sends(answer="answers")
        for each in (walk.ada, walk.lee):
            each.opens(ways.reveal(walk.lake.pair)).sends(answer="yes")
    first = own().texts["receive_a_gap"].passages["first"]
    return first in walk.lee.opens(ways.reveal(walk.lake.pair)).says


def harm_logged(walk):
    before = len(walk.lake.kept(Harm))
    walk.ada.opens(ways.WORSE).sends(what=f"The light hurt, {before}.")
    thanked = "It is noted, and people will look at it." in walk.ada.says
    return thanked and len(walk.lake.kept(Harm)) == before + 1


def harm_counted(walk):
    if not clinics.members(walk.lake.clinic.id)[1:]:
        rae = accounts.add("rae", "Rae", (), now())
        clinics.set_member(walk.lake.clinic.id, rae, Role.RESEARCHER, at=now())
        walk.lake.agrees(ConsentKind.RESEARCH, None)
        walk.sends()
        walk.ada.opens(ways.WORSE).sends(what="The light hurt")
        walk.rae = walk.lake.staff_device(rae)
        few = msgspec.structs.replace(keeping.thresholds(), k_anon=1)
        walk.patch.setattr(keeping, "thresholds", lambda: few)
    return "noted 1 times" in walk.rae.opens("/practice/research").says


E_ = Effect
WALKS = {
    ("SR1", E_.SHOW_HELP_LINK): help_link,
    ("SR1", E_.REFUSE_TO_START): refuses_to_start,
    ("SR2", E_.SHOW_HELP_PAGE): help_page,
    ("SR2", E_.SAVE_CHECK_IN): saved_though_too_old,
    ("SR2", E_.SAY_NOBODY_WATCHES): nobody_watches,
    ("SR2", E_.NOTIFY_INBOX): notified,
    ("SR2", E_.SAY_MESSAGE_SENT): message_sent,
    ("SR2", E_.SAY_NOBODY_REACHED): nobody_reached,
    ("SR2", E_.SHOW_WHEN_SEEN): seen_at(2),
    ("SR2", E_.SHOW_FIRST_IN_LIST): first_in_list(2, "Ada asks for help now."),
    ("SR2", E_.OFFER_CLINIC_NUMBER): clinic_number(2),
    ("SR3", E_.SHOW_FIRST_IN_LIST): first_in_list(1, "Ada asks for help in the next days."),
    ("SR3", E_.OFFER_CLINIC_NUMBER): clinic_number(1),
    ("SR3", E_.SHOW_WHEN_SEEN): seen_at(1),
    ("SR4", E_.REFUSE_QUESTIONNAIRE): questionnaire_refused,
    ("SR4", E_.LIST_FOR_ATTENTION): listed_for_attention,
    ("SR4", E_.TELL_TO_ASK_IN_PERSON): told_to_ask_in_person,
    ("SR5", E_.SAY_NOBODY_READS): nobody_reads,
    ("SR5", E_.ADD_HELP_PAGE): help_for_a_word,
    ("SR6", E_.USE_SHORT_MODE): short_mode,
    ("SR6", E_.MEET_REMOTELY): severe("Do not ask them to come in."),
    ("SR6", E_.SHOW_LOW_STIMULUS): severe("A dark, quiet room."),
    ("SR6", E_.SET_UP_SUPPORTER): severe("Ask whom they trust to speak for them"),
    ("SR6", E_.ASK_FOOD_AND_FLUID): severe("Is food and fluid intake safe?"),
    ("SR7", E_.SHOW_WARNING_SIGNS): warning_signs,
    ("SR8", E_.SHOW_SAFEGUARDING): on_both_pages_of_harm("Evenland Safe Adults"),
    ("SR8", E_.OFFER_TO_ANSWER_ALONE): on_both_pages_of_harm(
        "", "Answer alone: Dr Lee", "Make a link for the person alone"
    ),
    ("SR8", E_.OFFER_TO_CUT_PROXY): on_both_pages_of_harm(
        "", "/practice/yours/helpers", "End a helper's access"
    ),
    ("SR8", E_.REMIND_OF_MISTAKES): reminded_of_mistakes,
    ("SR8", E_.HIDE_FROM_PROXY): hidden_from_helpers,
    ("SR9", E_.REFUSE_CHILDREN): no_children,
    ("SR10", E_.REFUSE_TEXT): text_refused,
    ("SR11", E_.OFFER_STOP_AND_DELETE): stop_and_delete,
    ("SR11", E_.SHOW_HOW_TO_RECEIVE): how_to_receive,
    ("SR12", E_.LOG_HARM): harm_logged,
    ("SR12", E_.COUNT_FOR_HALT_RULE): harm_counted,
}
"""For each effect of each rule: a walk that says whether it was seen."""


def without(rule, effect):
    """A rule that makes all happen but one effect."""
    cases = tuple(
        msgspec.structs.replace(case, then=tuple(each for each in case.then if each != effect))
        for case in rule.cases
    )
    return msgspec.structs.replace(rule, cases=cases)


def test_every_effect_of_every_rule_is_carried_out_by_a_page_that_a_walk_sees():
    there = {
        (rule.id, Effect(name))
        for rule in own().safety_rules.values()
        for case in rule.cases
        for name in case.then
    }
    assert there == set(WALKS)
    assert {effect for _, effect in WALKS} == set(Effect)


@pytest.mark.parametrize(("rule", "effect"), WALKS, ids=[f"{r}-{e.value}" for r, e in WALKS])
def test_what_a_rule_makes_happen_is_seen_and_ends_with_the_rule(
    lake, monkeypatch, capsys, tmp_path, rule, effect
):
    walk, sees = Walk(lake, monkeypatch, capsys, tmp_path), WALKS[rule, effect]
    assert sees(walk)
    monkeypatch.setitem(
        own().safety_rules, rule, without(own().safety_rules[rule], effect.value)
    )
    assert not sees(walk)


def test_beside_every_box_for_free_text_stands_that_nobody_reads_it_at_once():
    boxes = {
        str(path.relative_to(TEMPLATES / "practice"))
        for path in (TEMPLATES / "practice").rglob("*.html")
        if "<textarea" in path.read_text()
        and "practice/nobody_reads.html" not in path.read_text()
    }
    assert boxes == {"services/table.html"}  # a table of services, about nobody


def test_the_words_of_a_rule_stand_in_the_rule_and_in_no_template():
    said = {
        words
        for rule in own().safety_rules.values()
        for case in rule.cases
        for words in (case.person, case.practitioner)
        if words
    }
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not [words for words in said if words in text], path.name

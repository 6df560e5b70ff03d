"""The tasks of the exertion budget, each walked through the pages as a person would."""

import datetime
import math
import re
from typing import NamedTuple

from tests.web.check_ins.walking import BEGIN, NUMBERS

from rapport.practice.coalition import service_map
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.coalition import Action, Actor, Domain, Fits, Letter, Match, Need
from rapport.practice.records.people import Respondent
from rapport.practice.records.visits import Visit
from rapport.practice.solo.screens import ITEMS
from rapport.store.practice import records, services
from rapport.web import addresses
from rapport.web.practice import ways
from rapport.web.practice.coalition import ways as coalition_ways

WORDS_A_MINUTE = 120
"""Slow reading, with brain fog; people who are well read twice as fast."""
SECONDS_A_PRESS = 2
LARGEST_PAGE_KB = 50


class Cost(NamedTuple):
    """What a task costs. `words` are those to be read: a line that stood on a page before is known.

    `kb` are all pages without the style sheet.
    """

    screens: int
    presses: int
    words: int
    seconds: int
    kb: int


class Walk:
    """Walks pages and counts: each page is a screen, each choice and each button a press."""

    def __init__(self, browser):
        self.browser = browser
        self.screens = self.presses = self.words = self.bytes = 0
        self.read = set()

    def opens(self, address):
        self.presses += 1  # a link
        self.browser.opens(address)
        return self.seen()

    def sends(self, presses=1, **fields):
        self.presses += presses
        self.browser.sends(**fields)
        return self.seen()

    def seen(self):
        page = self.browser.page
        size = len(page.encode())
        assert size <= LARGEST_PAGE_KB * 1000, self.browser.at
        self.screens += 1
        for line in self.browser.lines_to_read:
            if line not in self.read:
                self.words += len(line.split())
        self.read |= set(self.browser.lines_to_read)
        self.bytes += size
        return self

    def cost(self):
        seconds = self.words * 60 / WORDS_A_MINUTE + self.presses * SECONDS_A_PRESS
        kb = math.ceil(self.bytes / 1000)
        return Cost(self.screens, self.presses, self.words, math.ceil(seconds), kb)


def check_in(walk, lake, length="short"):
    """From the first page of a check-in to the page that says it is sent."""
    walk.opens(BEGIN.format(lake.pair)).sends(answer=length, go="next")
    while (item := walk.browser.at.rpartition("/")[2]) != "send":
        if item == "today":
            return walk
        given = {"note": ""} if item == "NOTE" else {"answer": str(NUMBERS.get(item, 2))}
        walk.sends(1 if item == "NOTE" else 2, go="next", **given)
    return walk.sends()


def short(lake):
    return check_in(Walk(lake.patient_device()), lake)


def full(lake):
    return check_in(Walk(lake.patient_device()), lake, "full")


def one_a_day(lake):
    walk = Walk(lake.patient_device())
    check_in(walk, lake, "one a day")
    name = lake.kept(CheckIn)[0].id
    later = Walk(walk.browser)
    return later.opens(ways.question(name, "C1a")).sends(2, answer="1", go="next")


def proxy(lake):
    return check_in(Walk(lake.supporter(Respondent.PROXY)), lake)


def paused_twice(lake):
    walk, other = Walk(lake.patient_device()), lake.patient_device()
    walk.opens(BEGIN.format(lake.pair)).sends(answer="short", go="next")
    for value in ("0", "1"):
        walk.sends(2, answer=value, go="pause")
        walk.browser, other = other, walk.browser  # on another device
        walk.opens(BEGIN.format(lake.pair))
        walk.opens(re.search(r'href="([^"]+next)"', walk.browser.page)[1])
    while walk.browser.at.rpartition("/")[2] != "send":
        walk.sends(2, answer="1", go="next")
    return walk.sends()


def part(lake):
    walk = Walk(lake.patient_device())
    walk.opens(BEGIN.format(lake.pair)).sends(answer="short", go="next")
    walk.sends(2, answer="0", go="next").sends(2, answer="1", go="next")
    name = lake.kept(CheckIn)[0].id
    return walk.opens(ways.step(name, "send")).sends()


def help_now(lake):
    walk = Walk(lake.patient_device())
    walk.opens(BEGIN.format(lake.pair)).sends(answer="short", go="next")
    return walk.sends(2, answer="2", go="next")


def reveal(lake):
    browser = lake.patient_device()
    browser.opens(ways.step(lake.draft(**NUMBERS), "send")).sends()
    return Walk(browser).opens(ways.reveal(lake.pair)).sends(2, answer="yes")


def taps(lake):
    browser = lake.practitioner_device()
    browser.opens(ways.held(lake.pair)).sends(day="2026-01-02")
    (held,) = lake.kept(Visit)
    walk = Walk(lake.patient_device())
    walk.opens(ways.after(held.id, "talked"))
    return walk.sends(answer="yes").sends(answer="yes").sends(answer="no")


def worse(lake):
    return Walk(lake.patient_device()).opens(ways.WORSE).sends(what="")


def short_of_practitioner(lake):
    return check_in(Walk(lake.practitioner_device()), lake)


def full_of_practitioner(lake):
    return check_in(Walk(lake.practitioner_device()), lake, "full")


def solo(lake):
    walk, given = Walk(lake.practitioner_device()).opens(addresses.SOLO), {}
    for at, item in enumerate(ITEMS, 1):
        given[item] = "1"
        walk.sends(2, at=str(at), go="next", **given)
    return walk


def keeps(lake, record):
    """Something that is kept of the patient already; its id."""
    at = lake.now
    return records.keep(lake.ada, record, patient=lake.patient, at=at, why="test").id


def a_need(lake):
    return keeps(
        lake,
        Need(label="Help with meals", domain=Domain.FOOD, first_seen=lake.now.date()),
    )


def form(walk, address, *answers):
    """A form of the coalition, from the link to the page that says it is saved."""
    walk.opens(address)
    for number, (name, value, presses) in enumerate(answers):
        walk.sends(presses, address=address, go="next", step=str(number), **{name: value})
    assert "Saved." in walk.browser.says, walk.browser.says
    return walk


def names_a_need(lake):
    walk = Walk(lake.patient_device()).opens(coalition_ways.plan(lake.patient))
    told = (("domain", "food", 2), ("label", "Help with meals", 1), ("why", "", 1))
    return form(walk, coalition_ways.of_plan(lake.patient, "need"), *told)


def names_a_need_and_rests(lake):
    walk, other = Walk(lake.patient_device()), lake.patient_device()
    address = coalition_ways.of_plan(lake.patient, "need")
    walk.opens(coalition_ways.plan(lake.patient)).opens(address)
    walk.sends(2, address=address, go="pause", step="0", domain="food")
    walk.browser = other
    walk.opens(ways.HOME).opens(address)
    walk.sends(address=address, go="next", step="1", label="Help with meals")
    return walk.sends(address=address, go="next", step="2", why="")


def something_to_do(walk, lake):
    need = a_need(lake)
    owner = keeps(lake, Actor(shown_as="Jo", role="social worker"))
    told = (
        ("what", "Ask the council", 1),
        ("owner", owner, 2),
        ("due", "2027-01-05", 1),
        ("burden", "none", 1),
    )
    return form(
        walk.opens(coalition_ways.need(need)), coalition_ways.of_need(need, "do"), *told
    )


def adds_something_to_do(lake):
    return something_to_do(Walk(lake.patient_device()), lake)


def gives_something_to_do(lake):
    return something_to_do(Walk(lake.practitioner_device()), lake)


def approves_a_letter(lake):
    text = "Dear all,\n\nSam needs meals at home. Please tell us by 5 May.\n\nDr Lee"
    need, on = a_need(lake), lake.now.date()
    letter = Letter(need=need, template="ask_for_service", text=text, on=on)
    walk = Walk(lake.patient_device()).opens(coalition_ways.need(need))
    walk.opens(coalition_ways.letter(keeps(lake, letter)))
    walk.words += len(text.split()) - len(set(text.split()) & walk.read)  # in its field
    return walk.sends(go="approve", text=text)


def closes_a_need(lake):
    need = a_need(lake)
    walk = Walk(lake.patient_device()).opens(coalition_ways.need(need))
    form(walk, coalition_ways.of_need(need, "none"), ("gap", "none exists", 2))
    end = ("end", "closed, not available", 2)
    return form(walk, coalition_ways.of_need(need, "close"), end)


def reads_the_plan(lake):
    need, jo = a_need(lake), keeps(lake, Actor(shown_as="Jo", role="social worker"))
    what = "Ask the council about meals"
    keeps(lake, Action(need=need, what=what, owner=jo, due=lake.now.date()))
    return Walk(lake.patient_device()).opens(coalition_ways.of_plan(lake.patient, "page"))


def looks_at_a_service(lake):
    services.put(lake.lee, service_map.examples(), at=lake.now)
    need = keeps(lake, Need(label="Forms", domain=Domain.INCOME, first_seen=lake.now.date()))
    walk = Walk(lake.practitioner_device()).opens(coalition_ways.of_need(need, "services/"))
    service = coalition_ways.service_for(need, "ex-advice")
    told = (("fits", "fits with changes", 2), ("gap", "", 1))
    return form(walk.opens(service), f"{service}/word", *told)


def notes_a_request(lake):
    services.put(lake.lee, service_map.examples(), at=lake.now)
    need, on = a_need(lake), lake.now.date()
    keeps(lake, Match(need=need, service="ex-advice", fits=Fits.FITS, checked_on=on))
    walk = Walk(lake.practitioner_device()).opens(coalition_ways.need(need))
    told = (
        ("service", "ex-advice", 1),
        ("reason", "the form", 1),
        ("how", "post", 1),
        ("sent", "2026-01-01", 1),
        ("due", "2026-01-20", 1),
    )
    return form(walk, coalition_ways.of_need(need, "ask"), *told)


def page_for_visit(lake):
    browser = lake.patient_device()
    browser.opens(ways.step(lake.draft(**NUMBERS), "send")).sends()
    return Walk(browser).opens(ways.summary(lake.pair))


def two_days_later(lake):
    on = lake.now.date() - datetime.timedelta(days=3)
    pair, then = lake.pair, lake.now - datetime.timedelta(days=3)
    records.keep(lake.lee, Visit(on=on), patient=lake.patient, pair=pair, at=then, why="test")
    walk = Walk(lake.patient_device()).opens(ways.HOME)
    return walk.opens(ways.later(lake.kept(Visit)[0].id)).sends(answer="no")


def wishes_for_a_visit(lake):
    walk = Walk(lake.patient_device()).opens("/practice/yours/wishes")
    return walk.sends(4, **{"wish dark": "yes", "wish short": "yes", "wish lying": "yes"})


def over_time(walk, lake):
    browser = lake.patient_device()
    for days in (60, 30, 0):
        at = lake.now - datetime.timedelta(days=days)
        name = lake.draft(**NUMBERS, C1b=days // 20, C6b=1)
        early = records.with_fields(sent_at=at, started_at=at)
        records.change(lake.ada, name, early, at=at, why="test")
    assert browser.opens(ways.HOME).status == 200
    return walk.opens(ways.over_time(lake.pair))


def over_time_of_the_person(lake):
    return over_time(Walk(lake.patient_device()), lake)


def over_time_of_the_practitioner(lake):
    return over_time(Walk(lake.practitioner_device()), lake)


def notes_a_visit(lake):
    walk = Walk(lake.practitioner_device()).opens(ways.visits(lake.pair))
    walk.opens(ways.held(lake.pair)).sends(day=str(lake.now.date()))
    return walk.sends(answer="yes").sends(answer="yes").sends(answer="no")


def reads_both_sides(lake):
    person, doctor = lake.patient_device(), lake.practitioner_device()
    for who, browser in ((None, person), (lake.lee, doctor)):
        browser.opens(ways.step(lake.draft(who, **NUMBERS), "send")).sends(agree="yes")
        browser.opens(ways.reveal(lake.pair)).sends(answer="yes")
    return Walk(doctor).opens(ways.reveal(lake.pair))


def questions(lake):
    """The nine questions alone, without the page they begin on and without sending."""
    browser = lake.patient_device()
    browser.opens(BEGIN.format(lake.pair))
    walk = Walk(browser)
    walk.browser.sends(answer="short", go="next")
    walk.seen()
    while (item := walk.browser.at.rpartition("/")[2]) != "send":
        given, presses = {"answer": str(NUMBERS.get(item, 2))}, 2
        walk.presses += presses
        browser.sends(go="next", **given)
        if browser.at.rpartition("/")[2] != "send":
            walk.seen()
    return walk


TASKS = {
    "Person: short check-in, begun and sent": short,
    "Person: the nine questions of the short check-in alone": questions,
    "Person: full check-in, begun and sent": full,
    "Person: one question a day, on one of the days": one_a_day,
    "Person: short check-in with two pauses, on two devices": paused_twice,
    "Person: two answers, and sent as they are": part,
    "Person: asks for help now": help_now,
    "Person: says yes to seeing both sides": reveal,
    "Person: three taps after a visit": taps,
    "Person: this made things worse": worse,
    "Person: two days later": two_days_later,
    "Person: what makes a visit possible": wishes_for_a_visit,
    "Person: the page for a visit": page_for_visit,
    "Person: over time": over_time_of_the_person,
    "Person: names a need": names_a_need,
    "Person: names a need, with a pause, on two devices": names_a_need_and_rests,
    "Person: adds something to do": adds_something_to_do,
    "Person: reads a letter and approves it": approves_a_letter,
    "Person: reads the plan": reads_the_plan,
    "Person: closes a need that cannot be met": closes_a_need,
    "Proxy: check-in, begun and sent": proxy,
    "Practitioner: solo mode, from the first question to the card": solo,
    "Practitioner: short check-in, begun and sent": short_of_practitioner,
    "Practitioner: full check-in, begun and sent": full_of_practitioner,
    "Practitioner: both sides together": reads_both_sides,
    "Practitioner: notes a visit, and three taps": notes_a_visit,
    "Practitioner: over time": over_time_of_the_practitioner,
    "Practitioner: gives somebody something to do": gives_something_to_do,
    "Practitioner: looks at a service and says if it fits": looks_at_a_service,
    "Practitioner: notes what a service was asked": notes_a_request,
}

"""The exertion budget: what each task costs in screens, presses, words, seconds and bytes.

The table in docs/exertion.md is written from these walks, and a task that costs more than its row
fails here. After a change that is worth its price, or that saves something:

    RAPPORT_WRITE_BUDGET=1 pytest tests/web/check_ins/test_exertion.py
"""

import math
import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.web.check_ins.walking import BEGIN, NUMBERS

from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Respondent
from rapport.practice.records.visits import Visit
from rapport.practice.solo.screens import ITEMS
from rapport.web import addresses
from rapport.web.practice import ways

PAGE = Path(__file__).parents[3] / "docs" / "exertion.md"
WORDS_A_MINUTE = 120
"""Slow reading, with brain fog; people who are well read twice as fast."""
SECONDS_A_PRESS = 2
LARGEST_PAGE_KB = 50
HEAD = "| task | screens | presses | words | seconds | kB |"


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
        return self._seen()

    def sends(self, presses=1, **fields):
        self.presses += presses
        self.browser.sends(**fields)
        return self._seen()

    def _seen(self):
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


TASKS = {
    "Person: short check-in, begun and sent": short,
    "Person: full check-in, begun and sent": full,
    "Person: one question a day, on one of the days": one_a_day,
    "Person: short check-in with two pauses, on two devices": paused_twice,
    "Person: two answers, and sent as they are": part,
    "Person: asks for help now": help_now,
    "Person: says yes to seeing both sides": reveal,
    "Person: three taps after a visit": taps,
    "Person: this made things worse": worse,
    "Proxy: check-in, begun and sent": proxy,
    "Practitioner: solo mode, from the first question to the card": solo,
    "Practitioner: short check-in, begun and sent": short_of_practitioner,
    "Practitioner: full check-in, begun and sent": full_of_practitioner,
}


def row(task, cost):
    return f"| {task} | {' | '.join(str(part) for part in cost)} |"


def budget():
    """The table of the page: task to cost."""
    rows = re.findall(r"^\| ((?:Person|Proxy|Pract).*?) \| (.*) \|$", PAGE.read_text(), re.M)
    return {task: Cost(*map(int, parts.split(" | "))) for task, parts in rows}


@pytest.mark.parametrize("task", TASKS)
def test_no_task_costs_more_than_its_row(lake, task):
    cost = TASKS[task](lake).cost()
    if os.environ.get("RAPPORT_WRITE_BUDGET"):
        written(task, cost)
    allowed = budget().get(task)
    assert allowed is not None, f"{task} has no row in {PAGE.name}: {cost}"
    # The names of months differ in length, and so do the bytes of a page with a date.
    allowed = allowed._replace(kb=allowed.kb + 1)
    over = [name for name in Cost._fields if getattr(cost, name) > getattr(allowed, name)]
    assert over == [], f"{task}: {cost} is above {allowed} (see the head of this file)"


def written(task, cost):
    text = PAGE.read_text()
    line = row(task, cost)
    old = re.search(rf"^\| {re.escape(task)} \|.*$", text, re.M)
    PAGE.write_text(text.replace(old[0], line) if old else f"{text.rstrip()}\n{line}\n")


def test_every_row_is_a_task_that_is_walked():
    assert set(budget()) == set(TASKS)
    assert HEAD in PAGE.read_text()


@pytest.mark.parametrize(
    ("task", "minutes"),
    [
        ("Person: short check-in, begun and sent", 3.5),
        ("Person: full check-in, begun and sent", 5),
        ("Person: three taps after a visit", 0.6),
    ],
)
def test_even_who_reads_slowly_is_done_in_time(task, minutes):
    assert budget()[task].seconds <= minutes * 60

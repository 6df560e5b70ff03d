"""The exertion budget: what each task costs in screens, presses, words, seconds and bytes.

The table in docs/exertion.md is written from these walks, and a task that costs more than its row
fails here. After a change that is worth its price, or that saves something:

    RAPPORT_WRITE_BUDGET=1 pytest tests/web/check_ins/test_exertion.py
"""

import math
import os
import re
from pathlib import Path

import pytest
from tests.web.check_ins.tasks import TASKS, Cost

from rapport.practice.records.check_ins import Length
from rapport.practice.records.people import Side
from rapport.web.practice.check_in import begin

PAGE = Path(__file__).parents[3] / "docs" / "exertion.md"
DOCTOR = "Practitioner"
HEAD = "| task | screens | presses | words | seconds | kB |"


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


NAMED = [
    (begin.LENGTHS[Side.PATIENT][Length.SHORT], "Person: short check-in, begun and sent"),
    (begin.LENGTHS[Side.PATIENT][Length.FULL], "Person: full check-in, begun and sent"),
    (begin.PROXY[Length.SHORT], "Proxy: check-in, begun and sent"),
    (
        begin.LENGTHS[Side.PRACTITIONER][Length.SHORT],
        f"{DOCTOR}: short check-in, begun and sent",
    ),
    (begin.LENGTHS[Side.PRACTITIONER][Length.FULL], f"{DOCTOR}: full check-in, begun and sent"),
]


@pytest.mark.parametrize(("words", "task"), NAMED)
def test_the_minutes_that_a_screen_names_are_not_less_than_the_estimate(words, task):
    most = int(re.search(r"to (\d+) minutes", words)[1])
    assert budget()[task].seconds <= (most + 0.5) * 60


def test_the_page_tells_the_parts_of_the_short_check_in_as_they_are():
    whole = budget()["Person: short check-in, begun and sent"]
    alone = budget()["Person: the nine questions of the short check-in alone"]
    for words, presses in (
        (alone.words, alone.presses),
        (whole.words - alone.words, whole.presses - alone.presses),
    ):
        slow, fast = (math.ceil(words * 60 / each + presses * 2) for each in (120, 200))
        assert f"| {words} | {presses} | {slow} | {fast} |" in PAGE.read_text()


@pytest.mark.parametrize(
    ("task", "minutes"),
    [
        ("Person: short check-in, begun and sent", 3.3),
        ("Person: full check-in, begun and sent", 5),
        ("Person: three taps after a visit", 0.6),
    ],
)
def test_even_who_reads_slowly_is_done_in_time(task, minutes):
    assert budget()[task].seconds <= minutes * 60

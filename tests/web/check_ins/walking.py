"""How people walk a check-in: begin, answer, send, and the days that pass between."""

import datetime

from rapport.practice.records.check_ins import CheckIn, Length
from rapport.web.practice import between, ways
from rapport.web.practice.check_in import question

BEGIN = "/practice/check-in/with/{}/"
SAID = {"S0": "0", "C1a": "1", "C1x": "4", "C2b": "3", "C3a": "2", "C4b": "0", "C5a": "3",
        "C6a": "1", "PICK": "5"}  # fmt: skip
NUMBERS = {item: int(value) for item, value in SAID.items()}


def begins(browser, lake, length="short"):
    browser.opens(BEGIN.format(lake.pair))
    return browser.sends(answer=length, go="next")


def answers(browser, given=SAID, until=None):
    """Answers question after question, until one, or until none is left."""
    while (item := browser.at.rpartition("/")[2]) != "send":
        if item == until:
            return browser
        browser.sends(answer=given.get(item, "open"), go="next")
        assert browser.status == 200, browser.at
    return browser


def sends(browser, lake, **said):
    """Sends a draft with these answers; they need not be given one by one again."""
    name = lake.draft(**(said or NUMBERS))
    return browser.opens(ways.step(name, "send")).sends()


def asked(browser, lake, item, **said):
    """A draft with these answers, opened at a question."""
    return browser.opens(ways.question(lake.draft(**said), item))


def draft(lake):
    (found,) = [each for each in lake.kept(CheckIn) if each.record.sent_at is None]
    return found


def sends_all(lake):
    """Both sides have sent: Ada short, Dr Lee all of it."""
    ada, lee = lake.patient_device(), lake.practitioner_device()
    sends(ada, lake, **NUMBERS, C1b=1)
    expected = {"C1a_pred": 4, "C1b_pred": 4, "C1o": 4, "C6o": 0, "C1x_c": 0}
    name = lake.draft(lake.lee, Length.FULL, **expected)
    lee.opens(ways.step(name, "send")).sends()
    return ada, lee


def days_pass(monkeypatch, days):
    real = between.now
    for module in (between, question):
        monkeypatch.setattr(
            module, "now", lambda: real() + datetime.timedelta(days=days), raising=True
        )

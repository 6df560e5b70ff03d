"""The forms of the coalition, as people fill them in."""

import io
import re

from rapport.practice.records.coalition import Actor
from rapport.store.practice import records

CANARY = "canary-of-a-need"


def steps(browser, address, *answers):
    """Answers the questions at an address one by one, as its forms send them."""
    page = browser.get(address)
    for name, value in answers:
        assert page.status_code == 200, page.content
        fields = hidden(page) | {name: value, "go": "next"}
        page = browser.post(address, fields)
    return page


def hidden(page):
    text = page.content.decode()
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    found.pop("csrfmiddlewaretoken")
    return found


def helper(here):
    """The practitioner as one who shares the work."""
    found = records.kept(here.practitioner, Actor, patient=here.patient.id)
    return next(each.id for each in found if not each.record.is_patient)


def add_need(browser, patient, label="Help with a form", domain="income"):
    done = steps(
        browser,
        f"/practice/plan/{patient}/need",
        ("domain", domain),
        ("label", label),
        ("why", CANARY),
    )
    assert done.status_code == 302
    return done["Location"].partition("?")[0]


def only(viewer, kind, patient):
    (found,) = records.kept(viewer, kind, patient=patient)
    return found


def file(text, name="x.csv"):
    made = io.BytesIO(text.encode())
    made.name = name
    return made

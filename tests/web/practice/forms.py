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
        page = send(browser, address, page, **{name: value})
    return page


def send(browser, address, page, go="next", **answers):
    """Presses a button of a page of questions; the next page, or the way behind the last one."""
    done = browser.post(address, hidden(page) | answers | {"go": go})
    is_on = done.status_code == 302 and done["Location"].startswith(f"{address}?")
    return browser.get(done["Location"]) if is_on else done


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

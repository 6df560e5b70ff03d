"""The coalition in a real browser: on a phone, without JavaScript, and read by axe in every look."""

import pytest
from tests.looking import faults, faults_in_every_look, faults_of_a_phone
from tests.pressing import follow

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def be(page, name):
    page.goto("/practice/demo")
    follow(page, page.get_by_role("button", name=name, exact=True))


def press(page, words):
    follow(page, page.get_by_role("button", name=words, exact=True))


def go(page, words):
    follow(page, page.get_by_role("link", name=words).first)


def answers(page, *texts):
    """Fills in the questions that come, one a screen; None leaves one as it is."""
    for number, text in enumerate(texts, 1):
        if text is not None:
            page.locator("#answer").fill(text)
        press(page, "Save" if number == len(texts) else "Next")


def test_a_need_on_a_phone_without_javascript_and_every_page_by_axe(chromium, demo_clinic):
    plain = chromium.new_context(
        viewport=PHONE, base_url=demo_clinic, java_script_enabled=False
    )
    page = plain.new_page()
    be(page, "Dr Lee")
    of_sam = page.locator("section", has=page.get_by_role("heading", name="Sam", exact=True))
    follow(page, of_sam.get_by_role("link", name="Needs and plan"))
    plan = page.url
    go(page, "Add one need")
    page.get_by_label("Income", exact=True).check()
    press(page, "Next")
    answers(page, "Help with a form", "It takes days.")
    assert page.get_by_role("status").inner_text() == "Saved."
    need = page.url.partition("?")[0]
    go(page, "Look at services")
    listed = page.url
    go(page, "Evenland Advice Line")
    service = page.url
    go(page, "Say if it fits")
    page.get_by_label("It fits", exact=True).check()
    press(page, "Next")
    press(page, "Save")
    go(page, "Something to do")
    answers(page, "Write the letter", None, None, None)
    assert "Dr Lee: Write the letter" in page.locator("main").inner_text()
    go(page, "Write a letter")
    page.get_by_label("Ask a service for help").check()
    press(page, "Next")
    press(page, "Save")
    letter = page.url.partition("?")[0]
    # The person approves it on their own device.
    be(page, "Sam")
    page.goto(letter)
    page.locator("#text").fill("Dear colleagues, please help Sam with the form.")
    press(page, "I approve this letter")
    assert "Approved on" in page.locator("main").inner_text()

    state = plain.storage_state()
    pages = [plan, need, listed, service, letter, f"{plan}page", f"{plan}ledger"]
    pages += [f"{plan}people", f"{plan}need", f"{need}who", f"{need}close"]
    plain.close()
    seen = chromium.new_context(viewport=PHONE, base_url=demo_clinic, storage_state=state)
    page, found = seen.new_page(), []
    for address in pages:
        page.goto(address)
        in_looks = faults_in_every_look if address in pages[:2] else faults
        found += faults_of_a_phone(page, in_looks)
    seen.close()
    assert found == []

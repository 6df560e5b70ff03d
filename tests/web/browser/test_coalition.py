"""The coalition in a real browser: on a phone, without JavaScript, and read by axe in every look."""

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.browser.conftest import free_port

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
LOOKS = ["light", "dark", "dim", "contrast"]
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('a, button, summary, label.choice, textarea, select')]
  .filter(one => !one.closest('.skip') && one.checkVisibility())
  .map(one => [one.textContent.trim().slice(0, 40), one.getBoundingClientRect()])
  .filter(([_, box]) => box.height < 47.9 || box.width < 47.9).map(([text, _]) => text)"""


@pytest.fixture(scope="module")
def clinic(release_folder, tmp_path_factory):
    """The address of a site with the demo clinic."""
    port, store = free_port(), tmp_path_factory.mktemp("clinic") / "store.sqlite"
    program = Path(__file__).with_name("demo_clinic.py")
    command = [sys.executable, program, release_folder, store, port]
    process = subprocess.Popen(
        [str(word) for word in command],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(1200):
        try:
            httpx.get(f"{address}/robots.txt", timeout=1)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(timeout=20)


def be(page, name):
    page.goto("/practice/demo")
    page.get_by_role("button", name=name, exact=True).click()


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def follow(page, words):
    page.get_by_role("link", name=words).first.click()


def answers(page, *texts):
    """Fills in the questions that come, one a screen; None leaves one as it is."""
    for number, text in enumerate(texts, 1):
        if text is not None:
            page.locator("#answer").fill(text)
        press(page, "Save" if number == len(texts) else "Next")


def test_a_need_on_a_phone_without_javascript_and_every_page_by_axe(chromium, clinic):
    plain = chromium.new_context(viewport=PHONE, base_url=clinic, java_script_enabled=False)
    page = plain.new_page()
    be(page, "Dr Lee")
    follow(page, "Needs and plan")
    plan = page.url
    follow(page, "Add one need")
    page.get_by_label("Income", exact=True).check()
    press(page, "Next")
    answers(page, "Help with a form", "It takes days.")
    assert page.get_by_role("status").inner_text() == "Saved."
    need = page.url.partition("?")[0]
    follow(page, "Look at services")
    listed = page.url
    follow(page, "Evenland Advice Line")
    service = page.url
    follow(page, "Say if it fits")
    page.get_by_label("It fits", exact=True).check()
    press(page, "Next")
    press(page, "Save")
    follow(page, "Something to do")
    answers(page, "Write the letter", None, None, None)
    assert "Dr Lee: Write the letter" in page.locator("main").inner_text()
    follow(page, "Write a letter")
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
    found = []
    for look in LOOKS:
        seen = chromium.new_context(viewport=PHONE, base_url=clinic, storage_state=state)
        seen.add_cookies([{"name": "look", "value": look, "url": clinic}])
        page = seen.new_page()
        first = look == LOOKS[0]
        # All but the colours is the same in every look.
        for address in pages if first else pages[:2]:
            page.goto(address)
            rules = RULES if first else RULES_OF_COLOUR
            faults = Axe().run(page, options={"runOnly": rules}).response["violations"]
            found += [(look, page.url, one["id"], one["nodes"][0]["html"]) for one in faults]
            if first:
                wide, small = page.evaluate(BEYOND), page.evaluate(SMALL)
                found += [(page.url, wide, small)] if wide or small else []
        seen.close()
    plain.close()
    assert found == []

"""Check-ins in a real browser: on a phone in the dark, by keyboard, with large letters, by a scribe.

JavaScript is off but where axe has to look at a page.
"""

import re

import pytest
from tests.looking import SIDEWAYS, faults, faults_in_every_look, faults_of_a_phone
from tests.pressing import enter, follow, stay

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def address(demo_clinic):
    """The address of a running site with a demo clinic."""
    return demo_clinic


@pytest.fixture(scope="module")
def device(chromium, address):
    """A new device: a page of a browser that remembers nothing yet."""
    contexts = []

    def made(look="light", size=PHONE, **options):
        context = chromium.new_context(
            viewport=size, base_url=address, **{"java_script_enabled": False, **options}
        )
        context.add_cookies([{"name": "look", "value": look, "url": address}])
        contexts.append(context)
        return context.new_page()

    yield made
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def being(device):
    """A device on which somebody of the demo clinic is signed in."""

    def made(name, **options):
        page = device(**options)
        page.goto("/practice/demo")
        follow(page, f"button:has-text('{name}')")
        return page

    return made


@pytest.fixture(scope="module")
def invited(being):
    """Invites a person of this name, as Dr Lee does; the link that they are given."""
    lee = being("Dr Lee")

    def made(name):
        lee.goto("/practice/invite")
        lee.fill("#name", name)
        lee.check("input[name=age][value=adult]")
        follow(lee, "main button")
        return re.search(r"/practice/link/[^\s\"<]+", lee.content())[0]

    return made


def enters(page, link):
    page.goto(link)
    follow(page, "main button")
    return page


def begins(page):
    page.goto("/practice/home")
    follow(page, "text=Answer the check-in")
    follow(page, "button.next")


def item(page):
    return page.url.rpartition("/")[2]


def test_a_person_in_the_dark_pauses_twice_and_goes_on_with_another_device(device, invited):
    link = invited("Nia")
    phone, tablet = (enters(device("dim"), link) for _ in range(2))
    begins(phone)
    for page, other, answer in ((phone, tablet, "0"), (tablet, phone, "1")):
        page.check(f"input[value='{answer}']")
        follow(page, "button[value=pause]")
        assert "Saved. Come back when you like." in page.inner_text("main")
        other.goto("/practice/home")
        follow(other, "text=Answer the check-in")
        assert "You have done" in other.inner_text("main")
        follow(other, "main .button")
    while phone.locator("input[type=radio]").count():
        phone.check("input[value='1']")
        follow(phone, "button.next")
    phone.check("input[name=agree]")
    follow(phone, "main button.next")
    assert "Sent. Thank you." in phone.inner_text("main")
    behind = phone.locator("html").get_attribute("data-look")
    assert behind == "dim"


def to(page, selector, most=30):
    """Press Tab until the element has the focus, which has to be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached by keyboard on {page.url}")


def test_by_keyboard_alone_and_enter_goes_on(device, invited):
    page = enters(device(), invited("Kit"))
    page.goto("/practice/home")
    follow(page, "text=Answer the check-in")
    to(page, "input[type=radio]")
    enter(page)  # from the answers, Enter is Next
    walked = []
    while page.locator("input[type=radio]").count():
        walked.append(item(page))
        to(page, "input[type=radio]")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        enter(page)
    assert walked == ["S0", "C1a", "C1x", "C2b", "C3a", "C4b", "C5a", "C6a", "PICK"]
    to(page, "input[name=agree]")
    page.keyboard.press("Space")
    to(page, "main button.next")
    enter(page)
    assert "Sent. Thank you." in page.inner_text("main")


def test_a_tap_on_an_answer_does_not_go_on_by_itself(device, invited):
    page = enters(device(), invited("Tam"))
    begins(page)
    stay(page, page.locator("label.choice").nth(1))
    assert item(page) == "S0"
    assert page.is_checked("input[value='1']")
    follow(page, "button.next")
    follow(page, "button[value=back]")
    assert page.is_checked("input[value='1']")


def test_a_scribe_sees_on_each_page_whose_answers_they_press(being):
    kim = being("Kim")
    kim.goto("/practice/home")
    follow(kim, "text=Answer the check-in")
    follow(kim, "main .button, main button.next")  # Ada's is half done in the demo
    for _ in range(3):
        assert "You are pressing the answers of Ada." in kim.inner_text("main .whom")
        kim.check("input[value='0']")
        follow(kim, "button.next")
    follow(kim, "button[value=pause]")
    assert "You are pressing the answers of Ada." in kim.inner_text("main .whom")


def test_with_letters_twice_as_large_nothing_runs_out_of_a_phone(device, invited):
    page = enters(device(java_script_enabled=True, bypass_csp=True), invited("Mo"))
    begins(page)
    seen = 0
    while page.locator("input[type=radio]").count():
        page.add_style_tag(content="html {font-size: 250% !important}")
        assert not page.evaluate(SIDEWAYS), page.url
        seen += 1
        page.check("input[value='0']")
        follow(page, "button.next")
    assert seen == 9
    for way in ("text=Change what they see", "button.next", "button.next", "button.next"):
        if page.locator("input[name=agree]").count():
            page.check("input[name=agree]")
        follow(page, way)
        page.add_style_tag(content="html {font-size: 250% !important}")
        assert not page.evaluate(SIDEWAYS), page.url
    assert "Sent." in page.inner_text("main")


def ways_of(page):
    """Where the first page leads, and the pages of a check-in that can be looked at."""
    page.goto("/practice/home")
    found = page.eval_on_selector_all(
        "main a", "all => all.map(one => one.getAttribute('href'))"
    )
    mine = ("/practice/check-in", "/practice/reveal", "/practice/visits", "/practice/over")
    return sorted({way for way in found if way.startswith(mine)})


STEPS = ("S0", "C1a", "to/paused", "to/enough", "to/help", "to/today", "to/delete", "to/send",
         "to/sharing", "to/each", "to/when", "")  # fmt: skip
OTHERS = ("/practice/worse", "/practice/harm/", "/practice/show/yes-or-no/2",
          "/practice/sheet/patient/short")  # fmt: skip


def test_axe_finds_nothing_on_any_screen_of_a_person_in_any_look(device, invited):
    page = enters(device(java_script_enabled=True), invited("Axe"))
    home = ways_of(page)
    begins(page)
    draft, found = page.url.rpartition("/")[0], []
    for step in STEPS:
        page.goto(f"{draft}/{step}")
        in_looks = faults_in_every_look if step in ("C1a", "to/help") else faults
        found += faults_of_a_phone(page, in_looks)
    page.goto(f"{draft}/to/when")
    page.check("input[value=later]")
    page.fill("#day", "")
    follow(page, "button.next")
    found += faults_of_a_phone(page)  # an error, with the focus on it
    page.goto(f"{draft}/S0")
    page.check("input[value='1']")
    follow(page, "button.next")
    page.goto(f"{draft}/to/send")
    follow(page, "main button.next")
    found += faults_of_a_phone(page)
    for way in (*home, *OTHERS):
        page.goto(way)
        found += faults_of_a_phone(page)
    assert found == []


def test_axe_finds_nothing_on_what_two_people_read_in_any_look(being):
    found, ways = [], ()
    for name in ("Sam", "Dr Lee"):
        page = being(name, java_script_enabled=True)
        ways = ways or ways_of(page)
        for way in ways:
            page.goto(way)
            is_read = way.startswith(("/practice/reveal", "/practice/over"))
            found += faults_of_a_phone(page, faults_in_every_look if is_read else faults)
    (visits,) = (way for way in ways if way.startswith("/practice/visits/"))
    for step in ("page", "held"):
        page.goto(f"{visits}{step}")
        found += faults_of_a_phone(page)
    page.fill("#day", "2026-01-02")
    follow(page, "button.next")
    found += faults_of_a_phone(page)  # the first of three taps
    assert found == []

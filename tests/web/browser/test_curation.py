"""The private part in a real browser: without JavaScript, by keyboard, on a phone; every look."""

import json
import re
from base64 import b32decode

import httpx
import pytest
from django_otp.oath import totp
from tests.looking import faults_in_every_look, faults_of_a_phone
from tests.pressing import enter, follow

pytestmark = pytest.mark.browser

CARD = "pmid-90000001"
QUESTION = f"/curate/questions/badge/{CARD}/"
PASSWORD = "seven lamps under a bridge"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store, as `rapport` on the command line opens it."""
    return tmp_path_factory.mktemp("store") / "s.sqlite"


@pytest.fixture(scope="module")
def address(release_folder, kept, serving):
    """The address of a running site with a store."""
    return serving(release_folder, "--store", kept, "--workers", 2)


@pytest.fixture(scope="module")
def invited(rapport, kept):
    """Makes an account of this name with these roles, and tells the link that lets them in."""

    def invite(name, *roles):
        given = [word for role in roles for word in ("--role", role)]
        done = rapport(
            "people", "add", name, *given, "--shown-as", name.title(), "--store", kept
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return invite


def to(page, selector):
    """Press Tab until the element has the focus, which has to be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        # Nothing runs in the page itself: this asks the browser, as its tools do.
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached by keyboard on {page.url}")


def types(page, selector, text):
    to(page, selector)
    page.keyboard.type(text)


def sends(page):
    page.keyboard.press("Tab")
    to_button = page.locator("main button:focus")
    assert to_button.count() == 1, page.url
    enter(page)


def fills(page, selector, text):
    page.fill(selector, text)


def clicks(page):
    follow(page, "main button")


def enters(chromium, address, link, name, *, types=fills, sends=clicks):
    """A phone on which somebody has come from their link to the queue."""
    phone = chromium.new_context(viewport=PHONE, base_url=address, java_script_enabled=False)
    page = phone.new_page()
    page.goto(link)
    types(page, "#password", PASSWORD)
    sends(page)
    assert "Your password is kept." in page.inner_text("main")
    types(page, "#name", name)
    types(page, "#password", PASSWORD)
    sends(page)
    letters = page.inner_text("main code").replace(" ", "")
    types(page, "#number", f"{totp(b32decode(letters)):06d}")
    sends(page)
    assert page.url.endswith("/curate/"), page.inner_text("main")
    return page


@pytest.fixture(scope="module")
def people(chromium, address, invited):
    roles = {"ann": "reader", "ben": "curator", "cat": "releaser"}
    by_keyboard = {"ann": {"types": types, "sends": sends}}
    return {
        name: enters(chromium, address, invited(name, role), name, **by_keyboard.get(name, {}))
        for name, role in roles.items()
    }


def says(page, move, **given):
    """Opens the question and answers it by keyboard."""
    page.goto(QUESTION)
    if move != "release":
        types(page, "#value", "PEM required for")  # chooses by the first letters
        for _ in range(4):
            page.keyboard.press("Tab")
        types(page, "#words", "all 42 people")
        types(page, f"#reason-{move}", given["reason"])
        sends(page)
    else:
        to(page, "main button")
        enter(page)
    return page.inner_text("main")


def test_from_a_link_to_a_line_in_the_log_by_keyboard_on_a_phone(
    people, rapport, kept, address
):
    told = says(people["ann"], "read", reason="Page three.")
    assert "Your reading is kept." in told
    assert "Disputed" in told
    assert "PEM required for some" in told
    told = says(people["ben"], "decide", reason="Some only.")
    assert "Your decision is kept." in told
    assert "not by you" not in told
    told = says(people["cat"], "release")
    assert "You have released it." in told
    (line,) = rapport("curate", "export", "--store", kept).stdout.splitlines()
    decision = json.loads(line)
    assert (decision["by"], decision["readers"]) == ("Ben", ["Ann"])
    assert httpx.get(f"{address}/decisions.jsonl").text == line + "\n"
    assert rapport("curate", "audit", "--store", kept).returncode == 0  # it is not broken


def test_a_report_from_the_public_and_its_answer(people, chromium, address):
    phone = chromium.new_context(viewport=PHONE, base_url=address, java_script_enabled=False)
    page = phone.new_page()
    page.goto(f"/cards/{CARD}/")
    follow(page, "text=Something is wrong on this card")
    types(page, "#report", "The number is not right.")
    page.keyboard.press("Tab")
    sends(page)
    made = re.search(r"C-\w{6}", page.inner_text("main"))[0]
    assert "Thank you" in page.inner_text("main")
    page.reload()  # sends nothing again
    page.goto("/corrections")
    assert page.inner_text("main").count("C-") == 1
    assert "not right" not in page.content()
    ben = people["ben"]
    ben.goto("/curate/")
    follow(ben, "text=Reports from the public")
    follow(ben, f"text={made}")
    assert "The number is not right." in ben.inner_text("main")
    types(ben, "#answer", "It says nine now.")
    page.keyboard.press("Tab")
    follow(ben, "main button")
    assert "Your answer is public now." in ben.inner_text("main")
    page.reload()
    assert "It says nine now." in page.inner_text("main")


def test_axe_finds_nothing_on_any_page_of_the_private_part_in_any_look(
    chromium, people, invited, address
):
    state = people["ben"].context.storage_state()
    desk = chromium.new_context(base_url=address, storage_state=state, viewport=PHONE)
    out = chromium.new_context(base_url=address, viewport=PHONE)
    inside, outside = desk.new_page(), out.new_page()
    link = invited("axe", "reader")
    found = []
    # The pages on which every kind of element stands.
    for page, path in ((inside, "/curate/"), (inside, QUESTION), (outside, f"/report/{CARD}/")):
        page.goto(path)
        found += faults_of_a_phone(page, faults_in_every_look)
    for page, path in (
        (inside, f"/curate/cards/{CARD}/"),
        (inside, "/curate/questions/design/pmid-90000004/"),
        (inside, "/curate/reports/"),
        (outside, link),
        (outside, "/sign-in"),
        (outside, "/sign-in?done=set-up"),
        (outside, "/corrections"),
    ):
        page.goto(path)
        found += faults_of_a_phone(page)
    outside.goto(link)
    outside.fill("#password", "short but not right")
    follow(outside, "main button")
    outside.fill("#name", "axe")
    outside.fill("#password", "wrong")
    follow(outside, "main button")
    found += faults_of_a_phone(outside, faults_in_every_look)
    outside.fill("#password", "short but not right")
    follow(outside, "main button")
    found += faults_of_a_phone(outside, faults_in_every_look)  # the picture for an app
    outside.fill("#number", "000000")
    follow(outside, "main button")
    found += faults_of_a_phone(outside, faults_in_every_look)
    assert found == []

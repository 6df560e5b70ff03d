"""The open practice pages in a real browser: seven questions by keyboard, on a phone, in the dark."""

import re

import pytest
from tests.looking import OPEN_ALL, faults_in_every_look
from tests.pressing import enter, follow

pytestmark = pytest.mark.browser

SOLO = "/practice/solo/"
CARD = "/practice/cards/5/"
PAGES = ["/practice/", "/practice/cards/", CARD, SOLO, "/practice/help", "/practice/red-flags"]
PHONE = (390, 844)
BOXES = """() => [...document.querySelectorAll('a, button, summary, label.choice')]
  .filter(one => !one.closest('.skip') && one.checkVisibility())
  .map(one => { const b = one.getBoundingClientRect();
    return [one.textContent.trim().slice(0, 40), b.left, b.top + scrollY, b.right, b.bottom + scrollY] })"""
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TWICE = "html {font-size: 250% !important}"


def gap(one, other):
    """CSS pixels between two boxes (name, left, top, right, bottom)."""
    return max(other[1] - one[3], one[1] - other[3], other[2] - one[4], one[2] - other[4])


def to_the_result(page):
    """From the first question to the result: the fifth is hard, the rest is well or skipped."""
    page.goto(SOLO)
    for number in range(1, 8):
        if number in (1, 5):
            page.check(f"input[type=radio][value='{4 if number == 1 else 0}']")
        follow(page, "button.next")


def test_axe_finds_nothing_in_any_look(open_page):
    page = open_page("/", size=PHONE)
    found = []
    for path in PAGES:
        page.goto(path)
        found += faults_in_every_look(page)
    to_the_result(page)
    assert found + faults_in_every_look(page) == []


def test_targets_are_large_and_apart_and_nothing_scrolls_sideways(open_page):
    page = open_page("/", bypass_csp=True)
    small, close, wide = [], [], []
    for path in [*PAGES, "result"]:
        to_the_result(page) if path == "result" else page.goto(path)
        page.evaluate(OPEN_ALL)
        added = page.add_style_tag(content="/* */")
        for size, style in (((1280, 800), ""), ((320, 640), ""), (PHONE, TWICE)):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            added.evaluate("(element, style) => { element.textContent = style }", style)
            wide += [(path, size)] if page.evaluate(BEYOND) > 0 else []
            boxes = page.evaluate(BOXES)
            small += [(path, b) for b in boxes if b[3] - b[1] < 47.9 or b[4] - b[2] < 47.9]
            close += [
                (path, size, one[0], other[0])
                for n, one in enumerate(boxes)
                for other in boxes[n + 1 :]
                if gap(one, other) < 7.9
            ]
    assert (small, close, wide) == ([], [], [])


def test_solo_mode_by_keyboard_alone_with_back_and_without_a_mouse(open_page):
    page = open_page(SOLO, look="dim", size=PHONE)
    for number, presses in ((1, "Space"), (2, "Space")):
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press(presses)
        assert (
            page.evaluate(
                "getComputedStyle(document.activeElement.closest('label')).outlineWidth"
            )
            == "3px"
        )
        enter(page)
        assert f"{number + 1} of 7" in page.inner_text("main")
    page.locator("button[value=back]").focus()
    enter(page)
    assert "2 of 7" in page.inner_text("main")
    assert page.is_checked("input[type=radio] >> nth=0")
    for number in range(2, 8):
        page.locator("button.next").focus()
        enter(page)
        if number < 7:
            assert f"{number + 1} of 7" in page.inner_text("main")
    assert "Take it as real, say where you differ" in page.inner_text("main")
    assert page.url.endswith(SOLO)


def test_solo_mode_without_javascript_on_a_phone_in_the_dim_look_with_large_text(open_page):
    page = open_page(SOLO, look="dim", size=(360, 740), java_script_enabled=False)
    page.check("input[value='1']:not([type=hidden])")
    follow(page, "button.next")
    assert "2 of 7" in page.inner_text("main")
    follow(page, "button[value=back]")
    assert page.is_checked("input[type=radio][value='1']")
    for _ in range(7):
        follow(page, "button.next")
    assert "Your answers point here most." in page.inner_text("main")
    follow(page, "text=Stop and delete this")
    assert "Nothing was stored." in page.inner_text("main")
    assert page.context.cookies() == [
        one for one in page.context.cookies() if one["name"] == "look"
    ]
    assert page.get_attribute("html", "data-look") == "dim"


def test_the_way_to_help_is_one_press_from_a_question(open_page):
    page = open_page(SOLO, size=PHONE)
    follow(page, "a.help")
    assert "I need help now" in page.inner_text("h1")
    top = page.locator("text=DEMO-000 by text").bounding_box()["y"]
    assert top < PHONE[1]


@pytest.mark.parametrize("number", range(1, 7))
def test_a_card_prints_on_one_sheet_in_black_on_white(open_page, number):
    page = open_page(f"/practice/cards/{number}/", look="dark")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    behind = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert behind == "rgb(255, 255, 255)"
    assert page.locator(".evidence > li").last.is_visible()


def test_the_steps_of_a_card_are_on_the_first_screen_of_a_phone(open_page):
    page = open_page(CARD, size=PHONE)
    bottom = page.evaluate(
        "document.querySelector('.summary ol').getBoundingClientRect().bottom"
    )
    assert bottom <= PHONE[1]

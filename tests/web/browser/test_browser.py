"""The pages in a real browser: reading with little energy, by keyboard, on any screen."""

import re

import pytest
from tests.looking import OPEN_ALL, faults, faults_in_every_look
from tests.pressing import enter, follow, stay

pytestmark = pytest.mark.browser

CARD = "/cards/pmid-90000001/"
PAGES = [
    "/",
    "/search?q=rest",
    "/search?badge=required&q=nothingfits",
    CARD,
    "/cards/pmid-90000002/",
    "/cards/pmid-90000003/",
    "/cards/pmid-90000006/",
    "/cards/pmid-90000001/parts/observed/",
    "/definitions/",
    "/definitions/fukuda_1994/",
    "/how-it-works",
    "/what-it-gets-wrong",
    "/glossary",
    "/changes",
    "/changes?what=new",
    "/changes?what=gone",
    "/gate",
    "/looks",
    "/api/",
    "/nothing-here",
]
COLOURED = (CARD, "/cards/pmid-90000002/", "/cards/pmid-90000003/", *PAGES[:2], "/looks")
"""The pages on which every kind of element stands: their colours are looked at in each look."""

BOXES = """() => [...document.querySelectorAll('a, button, summary, input, select')]
  .filter(one => one.type !== 'hidden' && !one.closest('.skip') && one.checkVisibility())
  .map(one => one.type === 'radio' ? one.closest('label') : one)
  .map(one => { const b = one.getBoundingClientRect();
    return [one.textContent.trim().slice(0, 40) || one.name || one.id,
            b.left, b.top + scrollY, b.right, b.bottom + scrollY] })"""

LONGEST_LINE = """() => {
  let longest = ['', 0];
  for (const p of document.querySelectorAll('main p, main li, main dd')) {
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const lines = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let i = 0; i < node.length; i++) {
        const range = document.createRange();
        range.setStart(node, i); range.setEnd(node, i + 1);
        const box = range.getClientRects()[0];
        if (!box || !box.width) continue;
        const key = Math.round(box.bottom / 8);
        lines.set(key, (lines.get(key) || '') + node.data[i]);
      }
    }
    for (const line of lines.values())
      if (line.trim().length > longest[1]) longest = [line.trim(), line.trim().length];
  }
  return longest; }"""


def test_axe_finds_nothing_on_any_page_and_no_weak_contrast_in_any_look(open_page):
    page = open_page("/")
    found = []
    for path in PAGES:
        page.goto(path)
        found += faults_in_every_look(page) if path in COLOURED else faults(page)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_choice_the_device_decides_between_light_and_dark(open_page, scheme):
    page = open_page(CARD, color_scheme=scheme)
    behind = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert behind == {"light": "rgb(239, 233, 220)", "dark": "rgb(27, 26, 24)"}[scheme]


def gap(one, other):
    """CSS pixels between two boxes (name, left, top, right, bottom)."""
    return max(other[1] - one[3], one[1] - other[3], other[2] - one[4], one[2] - other[4])


def sized(page, size):
    """The page on a screen of this size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_every_target_is_large_and_stands_apart(open_page):
    page = open_page("/")
    small, close = [], []
    for path in PAGES:
        page.goto(path)
        page.evaluate(OPEN_ALL)
        for size in ((1280, 800), (320, 640)):
            sized(page, size)
            boxes = page.evaluate(BOXES)
            assert len(boxes) > 5
            small += [
                (path, size, b) for b in boxes if b[3] - b[1] < 47.9 or b[4] - b[2] < 47.9
            ]
            close += [
                (path, size, one[0], other[0], gap(one, other))
                for n, one in enumerate(boxes)
                for other in boxes[n + 1 :]
                if gap(one, other) < 7.9
            ]
    assert small == []
    assert close == []


NARROW = [
    ((320, 640), ""),  # 400 % of a screen 1280 wide
    (
        (320, 640),  # spacing as WCAG 1.4.12 lets readers set it
        "* {line-height: 1.8 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important} p {margin-bottom: 2em !important}",
    ),
    ((390, 844), "html {font-size: 250% !important}"),  # text twice as large, on a phone
]


def test_nothing_scrolls_sideways_on_narrow_screens_or_with_large_text(open_page):
    page = open_page("/", bypass_csp=True)
    wide = []
    for path in PAGES:
        page.goto(path)
        page.evaluate(OPEN_ALL)
        added = page.add_style_tag(content="/* */")
        for size, style in NARROW:
            sized(page, size)
            added.evaluate("(element, style) => { element.textContent = style }", style)
            beyond = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            wide += [(path, size, style, beyond)] if beyond > 0 else []
    assert wide == []


@pytest.mark.parametrize(
    "path", [CARD, "/how-it-works", "/search?q=rest", "/definitions/fukuda_1994/"]
)
def test_no_line_is_longer_than_sixty_characters(open_page, path):
    page = open_page(path)
    page.evaluate(OPEN_ALL)
    line, length = page.evaluate(LONGEST_LINE)
    assert length <= 60, line


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_short_version_of_a_card_fits_on_the_first_screen(open_page, size):
    page = open_page("/cards/pmid-90000099/", size=size)
    bottom = page.evaluate(
        "[...document.querySelectorAll('.summary > p')].pop().getBoundingClientRect().bottom"
    )
    words = page.inner_text(".summary p").split()
    assert len(words) == 60
    assert bottom <= size[1]


def test_the_whole_way_works_by_keyboard_and_focus_is_always_seen(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    stay(page)
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, width, style = page.evaluate(
            "() => { const one = document.activeElement, s = getComputedStyle(one);"
            " return [one.tagName + ' ' + (one.textContent.trim() || one.name || ''),"
            " parseFloat(s.outlineWidth), s.outlineStyle] }"
        )
        if name.startswith("BODY"):
            break
        assert (width, style) == (3, "solid"), name
        seen.append(name)
    assert seen[0] == "INPUT q"
    assert seen[-1] == "A For programs"
    assert len(seen) == len(set(seen))
    page.locator("#q").focus()
    page.keyboard.type("rest")
    enter(page)
    assert page.url.endswith("/search?q=rest")
    page.locator(".studies a").first.focus()
    enter(page)
    assert "/cards/" in page.url
    page.locator("summary").first.focus()
    stay(page)
    page.locator("details[open] blockquote").first.wait_for(timeout=5000)


def test_search_and_looks_work_without_javascript(open_page):
    page = open_page("/", java_script_enabled=False, size=(390, 844))
    page.fill("#q", "rest")
    follow(page, "form[role=search] button")
    assert "30 cards" in page.inner_text("main")
    follow(page, "a[href*='badge=required']")
    assert "3 cards" in page.inner_text("main")
    follow(page, ".chosen a")
    assert "30 cards" in page.inner_text("main")
    follow(page, "text=Next")
    assert "Page 2 of 3" in page.inner_text("main")
    follow(page, "nav[aria-label=Main] a[href^='/looks']")
    page.check("input[value=dim]")
    follow(page, "text=Save")
    assert "Saved." in page.inner_text("main")
    follow(page, "text=Back to where you were")
    assert page.url.endswith("/search?q=rest&page=2")
    assert page.get_attribute("html", "data-look") == "dim"


def test_a_page_asks_for_itself_and_one_style_sheet_and_nothing_else(open_page):
    page = open_page("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(CARD)
    kinds = [re.sub(r"^https?://[^/]+", "", url) for url in asked]
    kinds = [kind for kind in kinds if kind != "/favicon.ico"]
    assert [kind.rsplit("/", 1)[0] for kind in kinds] == ["/cards/pmid-90000001", "/static"]


def test_no_page_complains_in_the_console(open_page):
    said = []
    page = open_page("/")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES[:-1]:
        page.goto(path)
    assert said == []


def test_a_card_prints_short_in_black_on_white(open_page):
    page = open_page(CARD, look="dark")
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.locator(".top nav").is_visible()
    assert not page.locator("#on-this-card").is_visible()
    assert not page.locator("details").first.is_visible()
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2


def test_on_paper_the_limits_and_the_people_come_before_the_sentences_of_the_paper(open_page):
    page = open_page(CARD)
    page.emulate_media(media="print")
    tops = page.evaluate(
        "['quick_summary', 'does_not_prove', 'who', 'why_it_matters', 'observed', 'cite']"
        ".map(one => document.getElementById(one).getBoundingClientRect().top)"
    )
    assert tops == sorted(tops)


def test_a_text_is_checked_by_keyboard_and_without_javascript(open_page):
    page = open_page("/gate", java_script_enabled=False, size=(360, 740))
    page.focus("#text")
    page.keyboard.type("Gentle stretching cures fatigue.")
    page.keyboard.press("Tab")
    page.keyboard.type("Survey")  # chooses from the list by its first letters
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    enter(page)
    assert page.locator("mark.refusal").count()
    assert "1 part says too much." in page.inner_text("main")
    assert page.input_value("#text") == "Gentle stretching cures fatigue."


def test_axe_finds_nothing_on_a_checked_text_in_any_look(open_page):
    page = open_page("/gate")
    page.fill("#text", "Gentle stretching cures fatigue. ME/CFS is caused by fear.")
    page.select_option("#design", "cross_sectional")
    page.select_option("#badge", "not_required")
    follow(page, "form.gate button")
    assert faults_in_every_look(page) == []


def test_what_is_wrong_with_a_form_is_told_first_and_has_the_focus(open_page):
    page = open_page("/gate")
    page.evaluate(
        "document.querySelectorAll('[required]').forEach(one => one.required = false)"
    )
    follow(page, "form.gate button")
    assert page.evaluate("document.activeElement.id") == "faults"
    assert faults(page) == []


def test_the_badge_keeps_its_edge_and_its_shape_in_forced_colours(open_page):
    page = open_page(CARD)
    page.emulate_media(forced_colors="active")
    edge = page.evaluate("getComputedStyle(document.querySelector('.badge')).borderTopWidth")
    assert edge == "2px"
    assert page.locator(".badge svg").is_visible()

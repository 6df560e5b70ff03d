"""What is wrong with a page for those who look at it: what axe finds, small targets, a wide page."""

from axe_playwright_python.base import AXE_SCRIPT

ALL = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OTHER_LOOKS = ("dark", "dim", "contrast")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"

# Asked for violations alone, axe takes a third of the time.
_RUN = """only => axe.run(document, {runOnly: only, resultTypes: ['violations']})
  .then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
_SMALL = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(one => one.type !== 'hidden' && !one.closest('.skip') && one.checkVisibility())
  .map(one => ['radio', 'checkbox'].includes(one.type) ? one.closest('label') : one)
  .map(one => [one.textContent.trim().slice(0, 40) || one.id, one.getBoundingClientRect()])
  .filter(([name, box]) => box.width < 47.9 || box.height < 47.9).map(([name]) => name)"""


def faults(page, only=ALL):
    """What axe finds on a page, with all its details open: (address, rule, first element)."""
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE_SCRIPT)
    return _found(page, only)


def faults_in_every_look(page, only=ALL):
    """The same, and then what is wrong with the colours in each other look.

    Another look is another attribute of the same page (tests/web/test_looks.py), so that the page
    stays where it is.
    """
    found = faults(page, only)
    own = page.locator("html").get_attribute("data-look")
    for look in OTHER_LOOKS:
        _in_look(page, look)
        found += [(look, *fault) for fault in _found(page, COLOURS)]
    _in_look(page, own)
    return found


def faults_of_a_phone(page, found=faults):
    """What axe finds, each target that is too small for a finger, and whether it scrolls sideways."""
    return [
        *found(page),
        *((page.url, "too small", name) for name in page.evaluate(_SMALL)),
        *([(page.url, "scrolls sideways")] if page.evaluate(SIDEWAYS) else []),
    ]


def _in_look(page, look):
    page.evaluate("look => { document.documentElement.dataset.look = look }", look)


def _found(page, only):
    return [(page.url, *one) for one in page.evaluate(_RUN, only)]

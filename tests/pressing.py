"""Presses in a browser that lead to another page, and wait until that page stands whole.

A click by itself waits only until the next page begins: on a slow machine what is asked next would
be asked of half a page.
"""


def follow(page, what):
    """Click a link or a button, given as a selector or as an element; then the next page is there."""
    target = page.locator(what).first if isinstance(what, str) else what
    with page.expect_navigation():
        target.click()


def enter(page):
    """Press Enter where the focus is; then the next page is there."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def stay(page, what=None):
    """Click an element, or press Enter where the focus is, of what leads to no other page."""
    page.keyboard.press("Enter") if what is None else what.click()

"""The report and a synthesis in a real browser: on a phone, in every look, without scripts or network."""

import msgspec
import pytest
from tests.looking import COLOURS, faults

from rapport.cohort.report.files import outcome_files
from rapport.cohort.synthesis.page import Account, synthesis_files
from rapport.core.vocabulary import Badge
from rapport.knowledge.load import load
from rapport.stats.meta.studies import Study, together

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def pages(results, tmp_path_factory):
    """The two pages as files; of sections that repeat themselves, the first few parts."""
    some = {"causal": 1, "templates": 2, "codebook": 8}
    mixed = msgspec.structs.replace(results.mixed, models=results.mixed.models[:2])
    short = {name: getattr(results, name)[:count] for name, count in some.items()}
    results = msgspec.structs.replace(results, mixed=mixed, **short)
    folder = tmp_path_factory.mktemp("pages")
    studies = [
        Study(name=f"study {n}", estimate=n / 10, se=0.2, badge=badge, definition=badge.value)
        for n, badge in enumerate(2 * [Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.NOT_STATED])
    ]
    made = Account(title="Together", estimand=None, notes=(), result=together(studies))
    _, files = outcome_files(results, load())
    found = {}
    for name, data in {**files, **synthesis_files(made)}.items():
        if name.endswith(".html"):
            found[name] = folder / name
            found[name].write_bytes(data)
    return found


@pytest.fixture
def opened(chromium, pages):
    """Opens a page on a phone, and notes everything that it asks for besides itself."""
    contexts = []

    def page_of(name, **options):
        context = chromium.new_context(viewport=PHONE, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(pages[name].as_uri())
        return page

    yield page_of
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["report.html", "synthesis.html"])
def test_axe_finds_nothing_in_the_dim_look(opened, name):
    page = opened(name)
    page.check("#look-dim")
    assert faults(page) == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_no_weak_contrast_in_other_looks(opened, look):
    # One page stands for both: they share their styles.
    page = opened("synthesis.html")
    page.check(f"#look-{look}")
    assert faults(page, COLOURS) == []


@pytest.mark.parametrize("name", ["report.html", "synthesis.html"])
def test_a_phone_shows_all_of_it_without_scripts_and_network(opened, pages, name):
    page = opened(name, java_script_enabled=False, color_scheme="dark")
    assert page.asked == [pages[name].as_uri()]
    assert page.locator("h1").is_visible()
    assert page.locator("svg").count() >= 2
    page.check("#look-dim")
    # Only tables and figures may be wider than the screen, and they scroll by themselves.
    for part in page.locator("h1, h2, p, li, fieldset").all():
        box = part.bounding_box()
        assert box is None or box["x"] + box["width"] <= PHONE["width"]


def test_the_dim_look_is_dim(opened):
    page = opened("report.html")
    page.check("#look-dim")
    behind = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert behind == "rgb(29, 23, 18)"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_toggle_shows_all_studies_or_those_that_required_it(opened):
    page = opened("synthesis.html", java_script_enabled=False)
    everything, strict = page.locator(".view-all"), page.locator(".view-required")
    assert (everything.is_visible(), strict.is_visible()) == (True, False)
    page.check("#view-required")
    assert (everything.is_visible(), strict.is_visible()) == (False, True)

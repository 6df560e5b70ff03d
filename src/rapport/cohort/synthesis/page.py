"""A synthesis as files: one page that needs no network, its numbers as JSON, its forest plots."""

import math
from collections.abc import Callable

import msgspec

from rapport import __version__
from rapport.cards.badge_words import BADGES
from rapport.cohort.report.writing import css, environment
from rapport.cohort.synthesis.forest import forest
from rapport.core.encoding import to_pretty_json
from rapport.core.vocabulary import Badge
from rapport.stats.meta.studies import Together, View

METHODS = {
    "REML": "restricted maximum likelihood",
    "ML": "maximum likelihood",
    "PM": "Paule and Mandel",
    "DL": "DerSimonian and Laird",
    "EE": "no variance between studies (equal effects)",
}
SOURCES = (
    "doi:10.3102/10769986030003261",
    "doi:10.1002/sim.1482",
    "doi:10.1111/j.1467-985X.2008.00552.x",
    "doi:10.1002/9780470743386",
)
_FEW = 5


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """synthesis.json: what was put together, and what came out. `estimand` is None for tables."""

    title: str
    estimand: str | None
    notes: tuple[str, ...]
    result: Together
    rapport: str = __version__


def synthesis_files(account: Account) -> dict[str, bytes]:
    """Every file of a synthesis by name."""
    found = account.result
    decimals = places(min(one.se for one in found.studies))
    views: list[tuple[str, str, View]] = [("all", "All studies", found.all)]
    if found.required is not None:
        views.append(("required", "Only those that required PEM", found.required))
    pictures = {
        name: forest(found, view, name=f"forest-{name}", title=title, decimals=decimals)
        for name, title, view in views
    }
    page = environment().get_template("synthesis.html")
    html = page.render(
        account=account,
        found=found,
        css=css(),
        views=views,
        pictures=pictures,
        decimals=decimals,
        counts=_counts(found),
        method=METHODS[found.method.value],
        sources=SOURCES,
        few=_FEW,
        badge_words={badge.value: said.label for badge, said in BADGES.items()},
        summary=summary(account),
    )
    return {
        "synthesis.json": to_pretty_json(account),
        **{f"figures/{one.name}.svg": one.svg.encode() for one in pictures.values()},
        "synthesis.html": html.encode(),
    }


def places(error: float) -> int:
    """Decimals that show two digits of the smallest standard error."""
    return min(max(1 - math.floor(math.log10(error)), 0), 6)


def _counts(found: Together) -> list[tuple[str, int]]:
    """How many studies have each badge."""
    counted: Callable[[Badge], int] = lambda badge: sum(  # noqa: E731
        one.badge is badge for one in found.studies
    )
    return [(said.label, counted(badge)) for badge, said in BADGES.items() if counted(badge)]


def summary(account: Account) -> list[str]:
    """What came out, in a sentence a view."""
    found = account.result
    decimals = places(min(one.se for one in found.studies))
    lines = [_sentence("All", found.all, decimals)]
    if found.required is None:
        lines.append("No study required post-exertional malaise.")
    else:
        lines.append(_sentence("Those that required PEM", found.required, decimals))
    return lines


def _sentence(who: str, view: View, decimals: int) -> str:
    one = view.pooled
    studies = "study" if one.studies == 1 else "studies"
    low, high = one.interval
    said = (
        f"{who} ({one.studies} {studies}): {one.estimate:.{decimals}f} "
        f"({low:.{decimals}f} to {high:.{decimals}f})"
    )
    if one.prediction is not None:
        ends = " to ".join(f"{end:.{decimals}f}" for end in one.prediction)
        said += f"; a new study from {ends}; I² {one.i2:.0f} %"
    return f"{said}.".replace("-", "−")

"""What changed since the release before: mended cards, new ones, those that are gone, and why."""

import re

from django.http import HttpRequest, HttpResponse

from rapport.evidence.release.difference import Fate
from rapport.web import words
from rapport.web.errors import not_found
from rapport.web.render import page
from rapport.web.shapes import Changes, ReleaseName
from rapport.web.since import CAUSES, FATES, PER_PAGE, Since, became
from rapport.web.site import site


def changes(request: HttpRequest) -> HttpResponse:
    """A page of the changes; without an earlier release to compare with, it says so."""
    since = site().since
    if since is None:
        return page(request, "changes.html", since=None)
    fate, number, last = _asked(since, request.GET.get("what"), request.GET.get("page"))
    found = since.page(fate, number)
    return page(
        request,
        "changes.html",
        since=since,
        before=_name(since),
        totals=since.totals,
        causes=[(CAUSES[cause], count) for cause, count in since.totals.causes.items()],
        fates=[(one.value, FATES[one], since.totals.count(one)) for one in FATES],
        fate=fate.value,
        heading=FATES[fate],
        rows=[(since.row(change), became(change)) for change in found],
        number=number,
        last=last,
        start=(number - 1) * PER_PAGE + 1,
        told_day=words.day,
    )


def changed(what: str | None, number: str | None) -> Changes:
    """The same as data; `before` is null and the counts are empty without an earlier release."""
    now = ReleaseName(release=site().atlas.hash, as_of=site().atlas.manifest.as_of)
    since = site().since
    if since is None:
        return Changes(before=None, now=now)
    fate, place, last = _asked(since, what, number)
    totals = since.totals
    return Changes(
        before=_name(since),
        now=now,
        counts={one.value: totals.count(one) for one in Fate},
        unchanged=totals.unchanged,
        causes={cause.value: count for cause, count in totals.causes.items()},
        what=fate.value,
        page=place,
        pages=last,
        changes=since.page(fate, place),
    )


def _name(since: Since) -> ReleaseName:
    manifest = since.before.manifest
    return ReleaseName(release=manifest.release, as_of=manifest.as_of)


def _asked(since: Since, what: str | None, number: str | None) -> tuple[Fate, int, int]:
    """The fate and the page that are asked for, and the last page there is.

    Raises: PageError (404) for a page or a kind of change that is not there.
    """
    fates = {fate.value: fate for fate in FATES}
    fate = fates.get(what or Fate.CHANGED.value)
    if fate is None:
        raise not_found("There is no such kind of change.", f"Ask for {', '.join(fates)}.")
    last = max(1, -(-since.totals.count(fate) // PER_PAGE))
    place = int(number or "1") if re.fullmatch(r"[0-9]{1,6}", number or "1") else 0
    if not 1 <= place <= last:
        raise not_found(f"There is no such page. The last one is {last}.")
    return fate, place, last

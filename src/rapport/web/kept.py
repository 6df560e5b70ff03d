"""Pages that were made already, kept in the memory of one process.

A page is a function of the release, the program, the address and the look, which its mark stands
for. So a kept page is never out of date: another release or program has other marks.
"""

from django.http import HttpResponse, HttpResponseBase

MOST_PAGES = 1_500
MOST_BYTES = 60_000
"""Of one page; 1,500 pages of usual size take about 20 MB."""

Page = tuple[bytes, dict[str, str]]


class Kept:
    """The newest pages by their marks; the oldest go first. Any number of threads may use it."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: dict[str, Page] = {}

    def page(self, mark: str) -> HttpResponse | None:
        """The page with this mark, ready to be sent; None if it is not kept."""
        found = self._pages.get(mark)
        return None if found is None else HttpResponse(found[0], headers=found[1])

    def keep(self, mark: str, response: HttpResponseBase) -> None:
        """Keep a page that is whole, not too large and sets no cookie."""
        if (
            response.status_code != 200
            or not isinstance(response, HttpResponse)
            or len(response.content) > MOST_BYTES
            or response.cookies
        ):
            return
        while len(self._pages) >= self._most:
            self._pages.pop(next(iter(self._pages)), None)
        self._pages[mark] = response.content, dict(response.items())

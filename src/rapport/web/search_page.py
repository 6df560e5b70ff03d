"""What a reader asked for, from the address and back to it, and the facets to narrow it by.

Pure. Every state of a search is an address: it can be kept, sent and read by a program.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

import msgspec

from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.evidence.search.query import Query
from rapport.knowledge.model import Knowledge
from rapport.web import addresses, words
from rapport.web.errors import PageError

PAGE_SIZE = 10
LONGEST = 400
"""Characters of a search; a title with all its subtitles is shorter."""
MOST_VALUES = 40
FACETS = ("badge", "definition", "design", "read", "topic")
"""Names in addresses; the search itself calls the last one `topic_class`."""
SHOWN = 6
"""Values of a facet that are shown before "more"."""
PERIODS = ((2020, None), (2010, 2019), (2000, 2009), (None, 1999))


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A search as it stands in the address; `page` counts from 1."""

    q: str = ""
    badge: tuple[str, ...] = ()
    definition: tuple[str, ...] = ()
    design: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    page: int = 1

    def query(self, size: int = PAGE_SIZE) -> Query:
        """The same as the search engine takes it."""
        return Query(
            text=self.q,
            badge=self.badge,
            definition=self.definition,
            design=self.design,
            read=self.read,
            topic_class=self.topic,
            year_from=self.year_from,
            year_to=self.year_to,
            page=self.page,
            size=size,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the address, without the page."""
        found = [("q", self.q)] if self.q else []
        found += [(facet, value) for facet in FACETS for value in getattr(self, facet)]
        if self.year_from is not None:
            found.append(("year_from", str(self.year_from)))
        if self.year_to is not None:
            found.append(("year_to", str(self.year_to)))
        return found

    def address(self, page: int = 1) -> str:
        """The address of this search."""
        pairs = self.pairs() + ([("page", str(page))] if page > 1 else [])
        return f"{addresses.SEARCH}?{urlencode(pairs)}" if pairs else addresses.SEARCH


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet: its words, how many cards have it, and where it leads."""

    value: str
    text: str
    count: int
    address: str
    chosen: bool = False


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A facet with its values: those shown at once and those behind "more"."""

    id: str
    label: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]


class Valid(msgspec.Struct, frozen=True, kw_only=True):
    """The values that each facet may have, with their words."""

    labels: Mapping[str, Mapping[str, str]]


NAMES = {
    "badge": "PEM badge",
    "definition": "Case definition",
    "design": "Kind of study",
    "read": "What we read",
    "topic": "Topic",
}


def valid(knowledge: Knowledge) -> Valid:
    """The values that exist, from the vocabularies and the knowledge base."""
    topics = [one for topic in knowledge.topics.values() for one in topic.classes]
    return Valid(
        labels={
            "badge": {badge.value: BADGES[badge].label for badge in Badge},
            "definition": {key: one.short_name for key, one in knowledge.definitions.items()},
            "design": {design.value: words.DESIGNS[design] for design in Design},
            "read": {scope.value: words.READ_FACET[scope] for scope in ReadScope},
            "topic": {one.id: one.name for one in topics},
        }
    )


def asked(params: Mapping[str, Sequence[str]], known: Valid) -> Asked:
    """The search that an address asks for; names that mean nothing here are passed over.

    Raises: PageError (400) with every value that cannot be right, all at once.
    """
    problems = [*_text_problems(params), *_facet_problems(params, known)]
    years, year_problems = _years(params)
    page, page_problems = _page(params)
    problems += [*year_problems, *page_problems]
    if problems:
        raise PageError(400, "Part of this search cannot be read.", *problems)
    values = {facet: _values(params, facet) for facet in FACETS}
    return Asked(
        q=" ".join(_first(params, "q").split()),
        year_from=years[0],
        year_to=years[1],
        page=page,
        **values,
    )


def _first(params: Mapping[str, Sequence[str]], name: str) -> str:
    given = params.get(name, ())
    return given[0] if given else ""


def _values(params: Mapping[str, Sequence[str]], facet: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in params.get(facet, ()) if value))


def _text_problems(params: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if len(_first(params, "q")) > LONGEST:
        yield f"Use fewer than {LONGEST} letters in the search box."


def _facet_problems(params: Mapping[str, Sequence[str]], known: Valid) -> Iterator[str]:
    for facet in FACETS:
        given = _values(params, facet)
        if any(value not in known.labels[facet] for value in given[:MOST_VALUES]):
            names = ", ".join(sorted(known.labels[facet])) or "nothing yet"
            yield f"“{facet}” can be: {names}."
        elif len(given) > MOST_VALUES:
            yield f"Choose at most {MOST_VALUES} values of “{facet}”."


def _years(
    params: Mapping[str, Sequence[str]],
) -> tuple[tuple[int | None, int | None], list[str]]:
    given = [_first(params, name).strip() for name in ("year_from", "year_to")]
    wrong = [text for text in given if text and not re.fullmatch(r"[0-9]{4}", text)]
    if wrong:
        return (None, None), ["A year has four digits, as in 2013."]
    low, high = (int(text) if text else None for text in given)
    if low is not None and high is not None and low > high:
        return (None, None), ["The first year must not be later than the last year."]
    return (low, high), []


def _page(params: Mapping[str, Sequence[str]]) -> tuple[int, list[str]]:
    text = _first(params, "page") or "1"
    if re.fullmatch(r"[0-9]{1,6}", text) and int(text) > 0:
        return int(text), []
    return 1, ["A page has a number, from 1 on."]


def facets(
    search: Asked, counts: Mapping[str, Mapping[str, int]], known: Valid
) -> tuple[Facet, ...]:
    """The facets with what each value would lead to; `counts` by the names in addresses."""
    found = (_facet(search, facet, counts.get(facet, {}), known) for facet in FACETS)
    return tuple(facet for facet in found if facet.shown)


def _facet(search: Asked, facet: str, counts: Mapping[str, int], known: Valid) -> Facet:
    chosen: tuple[str, ...] = getattr(search, facet)
    labels = known.labels[facet]
    listed = sorted(counts.items(), key=lambda item: (-item[1], labels.get(item[0], item[0])))
    choices = [
        Choice(
            value=value,
            text=labels.get(value, value.replace("_", " ")),
            count=count,
            address=toggled(search, facet, value).address(),
            chosen=value in chosen,
        )
        for value, count in listed
    ]
    keep = SHOWN if len(choices) > SHOWN + 1 else len(choices)
    return Facet(
        id=facet,
        label=NAMES[facet],
        shown=tuple(choices[:keep]),
        more=tuple(choices[keep:]),
    )


def toggled(search: Asked, facet: str, value: str) -> Asked:
    """The search with this value added, or taken away where it was chosen."""
    now: tuple[str, ...] = getattr(search, facet)
    after = tuple(v for v in now if v != value) if value in now else (*now, value)
    return msgspec.structs.replace(search, page=1, **{facet: after})


def periods(search: Asked, years: Mapping[str, int]) -> tuple[Choice, ...]:
    """Links to stretches of years in which there are cards."""
    found: list[Choice] = []
    for low, high in PERIODS:
        count = sum(n for year, n in years.items() if (low or 0) <= int(year) <= (high or 9999))
        if count:
            narrowed = msgspec.structs.replace(search, page=1, year_from=low, year_to=high)
            text = (
                f"{low} to {high}"
                if low and high
                else f"{low} or later"
                if low
                else "Before 2000"
            )
            found.append(Choice(value=text, text=text, count=count, address=narrowed.address()))
    return tuple(found)


def chosen(search: Asked, known: Valid) -> tuple[Choice, ...]:
    """What narrows this search, each with the address of the search without it."""
    found = [
        Choice(
            value=value,
            text=known.labels[facet].get(value, value),
            count=0,
            address=toggled(search, facet, value).address(),
            chosen=True,
        )
        for facet in FACETS
        for value in getattr(search, facet)
    ]
    if search.year_from is not None or search.year_to is not None:
        every = msgspec.structs.replace(search, page=1, year_from=None, year_to=None)
        text = f"Years {search.year_from or 'up'} to {search.year_to or 'now'}"
        found.append(
            Choice(value="years", text=text, count=0, address=every.address(), chosen=True)
        )
    return tuple(found)

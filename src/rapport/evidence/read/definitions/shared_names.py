"""Which of several definitions a shared name means: "CDC criteria", "NICE criteria", "of 1994"."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rapport.evidence.read.definitions.surroundings import Surroundings
from rapport.knowledge.model import CaseDefinition
from rapport.knowledge.names import Name

_YEAR = re.compile(r"\b(19[89]\d|20[0-3]\d)\b")
# "... of 1988 or 1994", "... of 1988 as well as those of 1994", "... and that of 1994".
_AND_OF_YEAR = re.compile(
    r"[\s)\],]*(?:(?:and/or|and|or|as well as|versus|vs\.?|/|&)\s*)?(?:of\s+|from\s+)?((?:19|20)\d\d)\b"
    r"(?!\s+(?:Fukuda|Canadian|CCC|ICC|IOM|NICE|Oxford))"
)
_THAT_OF_YEAR = re.compile(
    r"\b(?:those|that|the (?:one|ones|version|edition|revision))\s+(?:of|from|published in)\s+"
    r"((?:19|20)\d\d)\b"
)
_YEAR_AND = re.compile(r"\b((?:19|20)\d\d)\s*(?:and/or|and|or|/|&)\s*(?:the\s+)?$")
_YEAR_BEFORE = re.compile(
    r"\b(?:19|20)\d\d\W+(?:(?:revised|original|updated|clinical|research|working|case|diagnostic|consensus"
    r"|international|US|U\.S\.|American|criteria|definitions?|of|by|from|the)\W+)*$",
    re.I,
)
"""A year before a name, with no more than what kind of definition it is between them."""
_YEARS_OFF = 2
"""Years by which a printed year may miss: misprints occur (entry rule P087)."""
_YEAR_REACH = 40
_YEAR_REACH_BACK = 60
_STOP = re.compile(
    r";|[.:]\s|\b(?:who|between|during|since|until|recruited|enrolled|included|attending|seen)\b"
    r"|\b(?:were|was)\b(?! (?:first |originally |later )?(?:published|updated|revised|issued|proposed|developed|described|introduced|released))"
)
"""What begins another matter, such as when people were seen."""


class SharedNames:
    """Settles shared names; compiled once from the definitions."""

    def __init__(self, definitions: Mapping[str, CaseDefinition]) -> None:
        self._definitions = definitions
        self._family = {each.id: _family(each, definitions) for each in definitions.values()}

    def meant(
        self,
        name: Name,
        names: Sequence[Name],
        text: str,
        cited: set[str],
        surroundings: Surroundings,
    ) -> tuple[str | None, str]:
        """The definition that a shared name means, None where it stays open, and what settled it.

        `names` are all names of the sentence `text`, `cited` the definitions whose publications
        are cited behind the name.
        """
        by_work = [which for which in name.definitions if which in cited]
        if len(by_work) == 1:
            return by_work[0], "reference"
        by_year = self._by_year(name, names, text)
        if by_year is not None:
            return by_year, "year"
        settled = {n.definitions[0] for n in names if n.is_certain}
        return self._by_surroundings(name, settled, surroundings)

    def of_years(
        self, text: str, named: Sequence[tuple[int, int, str]]
    ) -> Iterator[tuple[int, int, str]]:
        """Places that name another edition by its year alone: "those of 1988 and of 1994".

        `named` are the places of names with their definitions; so are the places given back.
        """
        for index, (start, end, which) in enumerate(named):
            family = self._family[which]
            if len(family) == 1:
                continue
            limit = named[index + 1][0] if index + 1 < len(named) else len(text)
            before = _YEAR_AND.search(text, 0, start)
            beside = _AND_OF_YEAR.match(text, end, limit)
            later = _THAT_OF_YEAR.finditer(text, end, limit)
            for match in (*([before] if before else []), *([beside] if beside else []), *later):
                other = self._of_year(family, int(match[1]))
                if other is not None and other != which:
                    yield (*match.span(1), other)

    def _of_year(self, family: frozenset[str], year: int) -> str | None:
        found = [which for which in family if self._definitions[which].year == year]
        return found[0] if len(found) == 1 else None

    def _by_year(self, name: Name, names: Sequence[Name], text: str) -> str | None:
        """The candidate whose year stands in the name or close behind it."""
        limit = min(
            [n.start for n in names if n.start >= name.end]
            + [name.end + _YEAR_REACH, len(text)]
        )
        # Behind a stop another matter begins.
        ends = _STOP.search(text, name.end, limit)
        limit = ends.start() if ends else limit
        before = _YEAR_BEFORE.search(text, max(0, name.start - _YEAR_REACH_BACK), name.start)
        first = before.start() if before else name.start
        years = [int(year) for year in _YEAR.findall(text[first:limit])]
        near = [
            (abs(year - known), which)
            for which in name.definitions
            if (known := self._definitions[which].year) is not None
            for year in years
            if abs(year - known) <= _YEARS_OFF
        ]
        best = min(near, default=None)
        tied = {which for off, which in near if best and off == best[0]}
        return best[1] if best and len(tied) == 1 else None

    def _by_surroundings(
        self, name: Name, settled: set[str], surroundings: Surroundings
    ) -> tuple[str | None, str]:
        """Settled by what else the document says: contrast, its other names, its dates."""
        possible = self._current(name.definitions, surroundings)
        open_ids = [which for which in possible if which not in settled]
        if settled.intersection(name.definitions) and len(open_ids) == 1:
            return open_ids[0], "contrast"
        elsewhere = [which for which in name.definitions if which in surroundings.certain]
        if len(elsewhere) == 1:
            return elsewhere[0], "document"
        # Who calls the illness CFS alone means criteria for CFS, not those that gave it new names.
        of_cfs = [w for w in possible if self._definitions[w].category == "CFS"]
        if len(of_cfs) == 1 and not surroundings.names_me:
            return of_cfs[0], "document"
        by_date = self._by_date(possible, surroundings)
        return by_date, "date" if by_date else "open"

    def _current(self, ids: Sequence[str], surroundings: Surroundings) -> tuple[str, ...]:
        """The candidates that can be meant at the time; a replaced edition only until it was."""
        date = surroundings.recruited_from or surroundings.year
        replaced = {w: n for w in ids if (n := self._definitions[w].replaced_by) in ids}
        return tuple(
            which
            for which in ids
            if self._is_current(replaced.get(which), date)
            and (which not in replaced.values() or self._was_out(which, date))
        )

    def _is_current(self, newer: str | None, date: int | None) -> bool:
        return newer is None or not self._was_out(newer, date)

    def _was_out(self, which: str, date: int | None) -> bool:
        """Whether an edition was there before the year; it was, where the year is not known."""
        year = self._definitions[which].year
        return date is None or year is None or year < date

    def _by_date(self, ids: Sequence[str], surroundings: Surroundings) -> str | None:
        """The only candidate that was published when the patients were recruited, or the paper."""
        date = surroundings.recruited_from or surroundings.year
        if date is None:
            return None
        dated = [(self._definitions[which].year, which) for which in ids]
        known = [(year, which) for year, which in dated if year is not None]
        if len(known) < len(dated):
            return None
        newest = max(known)
        possible = [which for year, which in known if year <= date]
        if len(possible) == 1 and newest[0] > date:
            return possible[0]
        # Patients recruited after an edition replaced the last are taken in by the new one, but
        # only where both are editions of one guideline.
        if surroundings.recruited_from and surroundings.recruited_from > newest[0]:
            return newest[1] if self._are_editions(ids) else None
        return None

    def _are_editions(self, ids: Sequence[str]) -> bool:
        bodies = {self._definitions[which].short_name.split()[0] for which in ids}
        return len(bodies) == 1


def _family(one: CaseDefinition, definitions: Mapping[str, CaseDefinition]) -> frozenset[str]:
    """The definitions that share a name with this one, itself among them."""
    shared = set(one.ambiguous_patterns)
    return frozenset(
        other.id
        for other in definitions.values()
        if other.id == one.id or shared & set(other.ambiguous_patterns)
    )

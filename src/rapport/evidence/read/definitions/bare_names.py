"""Names of definitions without "criteria" behind them, where they stand in a list with others.

"The criteria of the Institute of Medicine, the Canadian consensus and Fukuda": a list that is read
in part would be read wrong, so what stands beside a name in a list is looked at as well.
"""

import re
from collections.abc import Iterable

from rapport.knowledge.model import CaseDefinition
from rapport.knowledge.names import Name

# What a name says beside who made the definition; without these words the bare name is left.
_GENERIC = re.compile(
    r"\b(?:criteri(?:a|on)|definitions?|case|clinical|diagnostic|working|consensus|research"
    r"|guidelines?|et al\.?|for ME/CFS|for ME|for CFS|ME/CFS|CFS/ME|CFS|ME|US|UK|original|revised"
    r"|updated|modified|empiric(?:al)?|19\d\d|20\d\d)\b|[().]",
    re.I,
)
_BARE = re.compile(r"[A-Z][A-Za-z-]{2,}(?: (?:of|and|for|the|[A-Z][A-Za-z-]+))*")
# What may stand between two members of a list of definitions.
_BETWEEN = re.compile(
    r"(?:\s|[,/&+()\[\]-]|\d|\b(?:and|or|as|well|plus|both|either|the|of|with|also|to|by|et|al"
    r"|those|that|consensus|criteri(?:a|on)|case|definitions?|clinical|diagnostic|research|revised|working"
    r"|current|newer|stricter|for|me|cfs|me/cfs|cfs/me)\b|\.(?=,|\s+\(|\s+(?:and|or)\b))*",
    re.I,
)
_NOT_A_DEFINITION = re.compile(
    r"[\s-]*(?:patients?|participants?|cohorts?|women|men|populations?|samples?|stud(?:y|ies)"
    r"|cent(?:re|er)s?|universit|hospitals?|institutes?|researchers?|provinces?|adults?|sites?"
    r"|et al\.? (?:found|report|show)|scales?|scores?|questionnaires?|journal|symptom|inventor(?:y|ies)|websites?|reports?)",
    re.I,
)
_A_PLACE = re.compile(r"\b(?:in|at|near|from)\s+$")
"""What stands before a name that is a place: the Oxford criteria in London."""
_REACH = 60
_LONGEST_LIST = 6


class BareNames:
    """Completes lists of definitions; compiled once from their aliases."""

    def __init__(self, definitions: Iterable[CaseDefinition]) -> None:
        listed_definitions = tuple(definitions)
        sharers: dict[str, list[CaseDefinition]] = {}
        for each in listed_definitions:
            for name in _bare(each):
                sharers.setdefault(name, []).append(each)
        owners = {name: _owner(sharing) for name, sharing in sharers.items()}
        self._owners = {name: (which,) for name, which in owners.items() if which is not None}
        self._owners |= _shared(listed_definitions)
        self._bases = {each.id: frozenset(each.modified_of) for each in listed_definitions}
        listed = sorted(self._owners, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b")

    def completed(self, names: tuple[Name, ...], text: str) -> tuple[Name, ...]:
        """The names, and the bare ones that stand in a list with them."""
        taken = [(name.start, name.end) for name in names]
        known = {name.definitions[0] for name in names if name.is_certain}
        known |= {base for which in known for base in self._bases[which]}
        bare = [
            Name(start=match.start(), end=match.end(), definitions=self._owners[match.group()])
            for match in self._pattern.finditer(text)
            if known.isdisjoint(self._owners[match.group()])
            and not any(start < match.end() and match.start() < end for start, end in taken)
            and not _NOT_A_DEFINITION.match(text, match.end())
            and not _A_PLACE.search(text, max(0, match.start() - 6), match.start())
        ]
        found = list(names)
        for _ in range(min(_LONGEST_LIST, len(bare))):
            beside = [name for name in bare if any(_in_a_list(name, o, text) for o in found)]
            if not beside:
                break
            found.extend(beside)
            bare = [name for name in bare if name not in beside]
        return tuple(sorted(found))


def _owner(sharing: list[CaseDefinition]) -> str | None:
    """Whose a bare name is: that of the definition which the others that share it modify."""
    ids = {each.id for each in sharing}
    bases = [each.id for each in sharing if not ids & set(each.modified_of)]
    return bases[0] if len(bases) == 1 else None


def _shared(definitions: Iterable[CaseDefinition]) -> dict[str, tuple[str, ...]]:
    """The bare names that several definitions share, with those that they may mean."""
    found: dict[str, list[str]] = {}
    for each in definitions:
        for alias in each.ambiguous_aliases:
            if _BARE.fullmatch(alias):
                found.setdefault(alias, []).append(each.id)
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def _bare(definition: CaseDefinition) -> set[str]:
    """The aliases of a definition without generic words, where a proper name is left."""
    names: set[str] = set()
    for alias in definition.aliases:
        words = " ".join(_GENERIC.sub(" ", alias).split()).strip(" ,-/")
        if _BARE.fullmatch(words):
            names.add(words)
    return names


def _in_a_list(one: Name, other: Name, text: str) -> bool:
    first, last = sorted((one, other))
    gap = text[first.end : last.start]
    return len(gap) <= _REACH and _BETWEEN.fullmatch(gap) is not None and bool(gap.strip())

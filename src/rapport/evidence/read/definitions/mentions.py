"""Mentions of case definitions in a sentence, each resolved to a version where that is possible."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from rapport.evidence.publication import Reference
from rapport.evidence.read.definitions.bare_names import BareNames
from rapport.evidence.read.definitions.citations import Citation, citations
from rapport.evidence.read.definitions.shared_names import SharedNames
from rapport.evidence.read.definitions.surroundings import Surroundings
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.model import CaseDefinition, Knowledge
from rapport.knowledge.names import Name, Names
from rapport.knowledge.patterns import TextPattern

_CITED_CRITERIA = re.compile(
    r"criteri|definition|guideline|diagnosed|diagnosis"
    r"|\b(?:cfs|me|syndrome|encephalomyelitis)\)?,? (?:\w+ )?(?:as )?(?:defined|described)\b",
    re.I,
)
_BRACKETED = re.compile(r"\[\s*\d{1,3}(?:\s*[,;\u2013-]\s*\d{1,3})*\s*\]")
# A printed superscript comes out of a PDF glued to the word: "criteria6".
_BEFORE_GLUED = (
    r"([Cc]riteria|[Dd]efinitions?|[Gg]uidelines?|CCC|ICC|IOM|IoM|NAM|NASEM|SEID|Fukuda|Carruthers"
    r"|Holmes|Oxford|Canadian|Reeves|Ramsay|London|Sharpe|Jason|Rowe|al\.|Medicine|Academies|Control"
    r"|Prevention|Excellence|(?:[Cc]riteria|[Dd]efinition),? (?:of|from) (?:19|20)\d\d)"
)
_GLUED = re.compile(_BEFORE_GLUED + r"(\d{1,3}(?:[,\u2013-]\d{1,3})*)\b")
_QUOTED = re.compile(
    r"[\"\u201c\u201d\u00ab\u00bb]|(?<=\W)['\u2018](?=\w+['\u2019]\W)|(?<=\w)['\u2019](?=\W)"
)
"""Quotation marks, the single ones around one word only."""
_DIGIT = r"[0-9\x{80}-\x{10FFFF}]"
"""A digit, or what may be one in another script (RE2)."""
_HIDING = (
    rf"\[\s*{_DIGIT}",
    _BEFORE_GLUED + _DIGIT,
    r"[\"'\x{2018}\x{2019}\x{201c}\x{201d}\x{ab}\x{bb}]\s+(?:\w+\s+){0,2}(?i:criteri|definition|guideline)",
)
"""What stands in every text whose names a citation by number or a quotation mark cuts (RE2)."""
# What follows in a list, which a pattern may need to tell a bare name by.
_NEIGHBOUR = re.compile(
    r"\s*(?:[,/+&(\[.;]|\band/or\b|\band\b|\bor\b|\bas well as\b)\s*(?:the\s+)?"
    r"(?:Fukuda|IOM|ICC|CDC|International|Institute|Oxford|NICE|CCC|Canadian|Carruthers|SEID|NAM)?$"
)
_OF_ANOTHER = re.compile(
    r"[\s)\]]*(?:(?:case|diagnostic|clinical|consensus|research)\s+)*(?:criteria|definitions?|guidelines?)?"
    r"\s*(?:for|of|on)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:fibromyalg|rheumat|arthrit|lupus|depress|anxiety|post-?traumatic"
    r"|irritable|bowel|colitis|migraine|insomnia|diabet|hypertens|asthma|sepsis|stroke|dementia|sclerosis"
    r"|cancer|obes|alcohol|food|nutrition|physical activity|pain|headache|orthostatic|postural|hypermobil|mast cell"
    r"|gulf|bur?n-?out|deprivation|heart|pregnan)",
    re.I,
)
"""What the criteria of a body are for, where it is something else that the body defines."""
# "... of the CDC for chronic fatigue syndrome (Fukuda", "CDC (Fukuda".
_APPOSED = re.compile(
    r"(?: (?:for|of|in|from)\b[^.;:()\[\]]{0,60}[(\[]|[\s(\[/,;:=\"])*"
    r"| (?:(?:proposed|published|described|developed|drawn up|set out) )?(?:of|by|from|after) "
)
_KEYWORD = re.compile(r"\b(?!(?:Criteri|Definition|Case|Guideline))[A-Z][A-Za-z-]+")
"""A capitalised word that can tell definitions apart: not what each of them is called."""
_MOST_SHARING = 3
"""Definitions that may share a word before it stops telling them apart."""
_MOST_NAMES = 40
"""Names in one sentence beyond which it is a catalogue of definitions, or no sentence."""
_REACH = 80
"""Characters between a name and the citation or the year that belongs to it."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a sentence that names a definition; `definition` is None if it stays open.

    `candidates` are those the name may mean; `by` says what settled it: name, reference, year,
    contrast, document or date.
    """

    start: int
    end: int
    definition: str | None
    candidates: tuple[str, ...]
    by: str


class Mentions:
    """Finds and resolves mentions; compiled once from the knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.definitions = knowledge.definitions
        self._names = Names(knowledge.definitions.values())
        any_name = self._names.any
        self._any_name = any_name
        self._named_or_hidden = TextPattern([*any_name.sources, *_HIDING])
        listed = [each for each in knowledge.definitions.values() if each.reference_patterns]
        self._works = [(each.id, TextPattern(each.reference_patterns)) for each in listed]
        self._any_work = TextPattern(p for each in listed for p in each.reference_patterns)
        self._keywords = _keywords(knowledge.definitions.values())
        self._bare = BareNames(knowledge.definitions.values())
        self._shared = SharedNames(knowledge.definitions)

    def named_in(self, lookup: Lookup) -> dict[int, tuple[Name, ...]]:
        """The `names` in the sentences that have some, by the sentence's index."""
        possible = lookup.possible(self._any_name)
        found = self._named_or_hidden.found_among(lookup.encoded, possible)
        named = {index: self.names(lookup.sentences[index].text) for index in found}
        return {index: names for index, names in named.items() if names}

    def names(self, text: str) -> tuple[Name, ...]:
        """The names in a text, not yet resolved, each from its first telling word on.

        Citations by number and quotation marks are overlooked, so that "Canadian [3] and 'IOM'
        [4] criteria" reads as it would without them.
        """
        even = _QUOTED.sub(" ", _without_citations(text))
        found = [n for n in self._names.find(even) if not _OF_ANOTHER.match(even, n.end)]
        if not found or len(found) > _MOST_NAMES:
            return ()
        cores = tuple(sorted(self._core(name, text) for name in found))
        return self._bare.completed(cores, even)

    def _core(self, name: Name, text: str) -> Name:
        """The name without the words its pattern took in from before it, or a neighbour behind."""
        words = text[name.start : name.end]
        starts = [
            match.start()
            for which in name.definitions
            if (keywords := self._keywords.get(which)) and (match := keywords.search(words))
        ]
        offset = min(starts, default=0)
        year = re.search(r"\b\d{4}[\s-]+$", words[:offset])
        offset = year.start() if year else offset
        neighbour = _NEIGHBOUR.search(words, offset + 1)
        end = name.start + neighbour.start() if neighbour else name.end
        return msgspec.structs.replace(name, start=name.start + offset, end=end)

    def find(
        self, text: str, surroundings: Surroundings, names: tuple[Name, ...] | None = None
    ) -> tuple[Mention, ...]:
        """Every mention in a sentence in order, each definition once where it stands together.

        Shared names are settled by the work cited behind them, the year beside them, the names
        they are set against, the rest of the document, and the date; else they stay open.
        """
        found = _not_apposed(self.names(text) if names is None else names, text)
        cited = self._cited(text, surroundings) if surroundings.references else ()
        if not found and not cited:
            return ()
        mentions = [self._resolved(name, found, text, cited, surroundings) for name in found]
        mentions += self._of_years(text, mentions)
        mentions += self._by_citation_alone(text, found, cited)
        return _once(_without_bases(_without_aliases(mentions), self.definitions))

    def _cited(
        self, text: str, surroundings: Surroundings
    ) -> tuple[tuple[Citation, tuple[str, ...]], ...]:
        """The citations of a sentence with the definitions that the cited works state."""
        found: list[tuple[Citation, tuple[str, ...]]] = []
        for citation in citations(text):
            works = [
                surroundings.references[n]
                for n in citation.labels
                if n in surroundings.references
            ]
            ids = tuple(dict.fromkeys(which for work in works for which in self._work(work)))
            if ids:
                found.append((citation, ids))
        return tuple(found)

    def _work(self, reference: Reference) -> tuple[str, ...]:
        words = f"{', '.join(reference.authors)} {reference.title or ''} {reference.text}"
        if reference.year is not None:
            words = f"{words} {reference.year}"
        if not self._any_work.occurs_in(words):
            return ()
        return tuple(which for which, pattern in self._works if pattern.occurs_in(words))

    def _resolved(
        self,
        name: Name,
        names: tuple[Name, ...],
        text: str,
        cited: tuple[tuple[Citation, tuple[str, ...]], ...],
        surroundings: Surroundings,
    ) -> Mention:
        if name.is_certain:
            return _mention(name, name.definitions[0], "name")
        behind = _belonging(name, names, cited)
        return _mention(name, *self._shared.meant(name, names, text, behind, surroundings))

    def _of_years(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Other editions of what is named, told by their years alone: "and those of 1994"."""
        named = sorted((m.start, m.end, m.definition) for m in mentions if m.definition)
        return [
            Mention(start=start, end=end, definition=which, candidates=(which,), by="year")
            for start, end, which in self._shared.of_years(text, named)
        ]

    def _by_citation_alone(
        self,
        text: str,
        names: tuple[Name, ...],
        cited: tuple[tuple[Citation, tuple[str, ...]], ...],
    ) -> list[Mention]:
        """Mentions where only a citation says which criteria are meant."""
        if not _CITED_CRITERIA.search(text):
            return []
        found: list[Mention] = []
        named = {which for name in names for which in name.definitions}
        ends = [each.end for each in citations(text)]
        for citation, ids in cited:
            # The works cited before this one are those of the names before them.
            taken = max((end for end in ends if end <= citation.start), default=0)
            near = any(
                taken <= n.start <= citation.end and citation.start - n.end <= _REACH
                for n in names
            )
            if not near and len(ids) == 1 and ids[0] not in named:
                found.append(
                    Mention(
                        start=citation.start,
                        end=citation.end,
                        definition=ids[0],
                        candidates=ids,
                        by="reference",
                    )
                )
        return found


def _without_citations(text: str) -> str:
    """The text with citations by number blanked, character for character."""
    if "[" in text:
        text = _BRACKETED.sub(lambda match: " " * len(match.group()), text)
    return _GLUED.sub(lambda match: match[1] + " " * len(match[2]), text)


def _keywords(definitions: Iterable[CaseDefinition]) -> dict[str, re.Pattern[str]]:
    """For each definition the capitalised words of its names that few others share.

    A definition and its modifications share the words of one family.
    """
    words: dict[str, set[str]] = {}
    families: dict[str, set[str]] = {}
    for each in definitions:
        names = (*each.aliases, *each.ambiguous_aliases, each.short_name)
        words[each.id] = {word for alias in names for word in _KEYWORD.findall(alias)}
        family = each.modified_of[0] if each.modified_of else each.id
        families.setdefault(family, set()).update(words[each.id])
    sharing = Counter(word for listed in families.values() for word in listed)
    telling = {
        which: sorted(word for word in listed if sharing[word] <= _MOST_SHARING)
        for which, listed in words.items()
    }
    return {
        which: re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.I)
        for which, listed in telling.items()
        if listed
    }


def _not_apposed(names: tuple[Name, ...], text: str) -> tuple[Name, ...]:
    """Without shared names that a certain one stands beside: "... consensus criteria (ICC)"."""
    certain = [name for name in names if name.is_certain]
    return tuple(
        name
        for name in names
        if name.is_certain
        or not any(
            one.definitions[0] in name.definitions and _are_apposed(name, one, text)
            for one in certain
        )
    )


def _are_apposed(one: Name, other: Name, text: str) -> bool:
    first, last = sorted((one, other))
    return first.end >= last.start or bool(_APPOSED.fullmatch(text[first.end : last.start]))


def _mention(name: Name, which: str | None, by: str) -> Mention:
    return Mention(
        start=name.start, end=name.end, definition=which, candidates=name.definitions, by=by
    )


def _belonging(
    name: Name,
    names: tuple[Name, ...],
    cited: tuple[tuple[Citation, tuple[str, ...]], ...],
) -> set[str]:
    """The definitions cited behind a name, before the next name."""
    limit = min([n.start for n in names if n.start >= name.end] + [name.end + _REACH])
    return {
        which
        for citation, ids in cited
        if name.start <= citation.start and citation.start <= limit
        for which in ids
    }


def _without_aliases(mentions: list[Mention]) -> list[Mention]:
    """Open names that stand beside a certain one of their candidates are its second name."""
    certain = [m for m in mentions if m.definition is not None]
    return [
        mention
        for mention in mentions
        if mention.definition is not None
        or not any(
            other.definition in mention.candidates and _gap(mention, other) <= 12
            for other in certain
        )
    ]


def _without_bases(
    mentions: list[Mention], definitions: Mapping[str, CaseDefinition]
) -> list[Mention]:
    """A modified definition is named by the one it modifies: that one is not meant as well."""
    bases = {
        (base, mention.start, mention.end)
        for mention in mentions
        if mention.definition is not None
        for base in definitions[mention.definition].modified_of
    }
    return [
        mention
        for mention in mentions
        if not any(
            base in mention.candidates
            and mention.start < end + 12
            and start < mention.end + 12
            and mention.definition == base
            for base, start, end in bases
        )
    ]


def _once(mentions: list[Mention]) -> tuple[Mention, ...]:
    """In order; neighbouring mentions of one definition ("... Criteria (CCC)") become one."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        same = [
            index
            for index, other in enumerate(found)
            if other.definition == mention.definition
            and other.definition is not None
            and mention.start - other.end <= 25
        ]
        if same:
            other = found[same[-1]]
            found[same[-1]] = msgspec.structs.replace(other, end=max(other.end, mention.end))
        else:
            found.append(mention)
    return tuple(found)


def _gap(one: Mention, other: Mention) -> int:
    return max(one.start, other.start) - min(one.end, other.end)

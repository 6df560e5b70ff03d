"""Entry told without a case definition: a rule of the study's own, or only a label."""

from collections.abc import Iterable

import msgspec

from rapport.evidence.read.entry.clauses import PEM, about_pem
from rapport.evidence.read.entry.context import may_tell
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.evidence.read.entry.inclusion_lists import in_lists
from rapport.evidence.read.people.population import Population, pattern_of, said_by
from rapport.evidence.read.text.cues import Cue, cues
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.patterns import TextPattern

LONG_COVID = "<LC>"
_PLACES = (SectionKind.METHODS, SectionKind.ABSTRACT, SectionKind.UNKNOWN)
_TOLD_IN = (SectionKind.METHODS, SectionKind.ABSTRACT)
# A rule of its own tells both that people were taken in and what was the matter with them.
_TAKES_IN = TextPattern(
    [
        "inclu", "eligib", "recruit", "enrol", "invit", "selected", "had to", "must", "criteri",
        "defin", "diagnos", "required", "referred", "qualif", "according to", "fatigue",
        "follow", "classif", "taken as", "considered", "regarded", "identif", "history of", "attended", "presented",
        "ascertain", "deemed", "took part", "needed to", "entry", "underwent", "suffer", "counted", "open to", "made up", "tired", "cases? (?:were|had)", "addressed to", "aimed at", "who had been", "who (?:had|have|were|report|experienc|suffer)",
    ],
    ignore_case=True,
)  # fmt: skip
_IS_THE_MATTER = TextPattern(
    [
        "fatigue", "tired", "chalder", "covid", "sars", "coronavirus", "symptom", "post-?acute", "complaint",
        r"\b(?:p[ac]s?c|lc|pcs)\b", r"(?-i:\bWHO\b)", "world health", r"(?-i:\bNICE\b)",
    ],
    ignore_case=True,
)  # fmt: skip
_DIAGNOSED = TextPattern(
    ["diagnos", "self-?report", r"\bcode", "icd", "snomed", "regist", "u09", "told by"],
    ignore_case=True,
)
_TOLD_IN_FULL = "fatigue_score_eight_symptoms"
"""The rule of a definition in its own words, which has PEM among its symptoms."""
_MOST_SENTENCES = 4


class OwnEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a rule without a definition was found, the sentences, and the entry rule."""

    is_rule: bool
    ascertained: bool = False
    sentences: tuple[Sentence, ...] = ()
    definitions: tuple[str, ...] = ()
    rule: str | None = None


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    sentence: Sentence
    cue: Cue


def own_entry(lookup: Lookup, people: Population, reader: EntryReader) -> OwnEntry:
    """The study's own entry rule, if it states one that is not a diagnosis of ME/CFS.

    In a study of people called ME/CFS patients the illness is the label, and how long they were
    tired is no rule; so there only a rule that replaces the diagnosis counts. A definition of
    long COVID that is named is told before the rule in the study's own words.
    """
    told = tuple(_own_rules(lookup, people))
    if not told:
        return _ascertainment(lookup, people, reader)
    labels = {each.sentence: _labels(each, reader) for each in told}
    first = sorted(told, key=lambda each: not labels[each.sentence])
    return OwnEntry(
        is_rule=True,
        sentences=tuple(each.sentence for each in first[:_MOST_SENTENCES]),
        definitions=tuple(dict.fromkeys(w for each in first for w in labels[each.sentence])),
        rule=first[0].cue.rule,
    )


def _own_rules(lookup: Lookup, people: Population) -> Iterable[_Told]:
    prefix = "fatigue_score" if people.studied_as_me_cfs else ""
    for sentence, words in _worth_reading(lookup):
        cue = cues("entry_without_definition").first(words, prefix=prefix)
        if cue is not None and cue.says == "own_rule" and _counts(sentence, cue.id, people):
            yield _Told(sentence=sentence, cue=cue)


def _labels(told: _Told, reader: EntryReader) -> tuple[str, ...]:
    """The labels for groups of comparison that the sentence names: of long COVID, mostly."""
    names = reader.mentions.names(told.sentence.text)
    certain = {name.definitions[0] for name in names if name.is_certain}
    found = {n for n in certain if reader.definitions[n].scope == "comparator label"}
    if told.cue.id == "post_covid_who" and reader.long_covid is not None:
        found.add(reader.long_covid)
    if told.cue.id == _TOLD_IN_FULL:
        found.add(said_by("eight_symptoms"))
    return tuple(sorted(found))


def _ascertainment(lookup: Lookup, people: Population, reader: EntryReader) -> OwnEntry:
    """Who made the diagnosis, where the methods say no more than that."""
    if reader.physician is None:
        return OwnEntry(is_rule=False)
    of_covid = people.is_covid_cohort and people.studied_as_me_cfs == 0
    placed = lookup.within(_TOLD_IN)
    for sentence in placed.having(_DIAGNOSED):
        words = _masked(sentence.text)
        if pattern_of("me_cfs").occurs_in(words):
            cue = cues("entry_without_definition").first(words, prefix="who_diagnosed_me_cfs")
        elif of_covid and LONG_COVID in words:
            cue = cues("entry_without_definition").first(words, prefix="who_diagnosed_covid")
        else:
            continue
        if cue is not None:
            return OwnEntry(
                is_rule=False,
                ascertained=True,
                sentences=(sentence,),
                definitions=(reader.physician,),
                rule=cue.rule,
            )
    return OwnEntry(is_rule=False)


def _worth_reading(lookup: Lookup) -> Iterable[tuple[Sentence, str]]:
    """The sentences that may state a rule, with the words to read them by."""
    placed = lookup.within(_PLACES)
    inside = in_lists(placed)
    takes_in = {*placed.indices(_TAKES_IN), *inside}
    for index in placed.indices(_IS_THE_MATTER):
        sentence = placed.sentences[index]
        if index not in takes_in or not may_tell(
            sentence.text, sentence.section, sentence.titles
        ):
            continue
        words = _masked(sentence.text)
        yield sentence, f"Inclusion criteria: {words}" if index in inside else words


def _masked(text: str) -> str:
    """The text with every name of long COVID as <LC>."""
    places = pattern_of("long_covid_names").places(text)
    if not places:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in places:
        pieces += [text[position:start], LONG_COVID]
        position = end
    return "".join((*pieces, text[position:]))


def _counts(sentence: Sentence, cue: str, people: Population) -> bool:
    if cue == _TOLD_IN_FULL:
        return True
    if PEM in about_pem(sentence.text):
        return False
    if cue.startswith("fatigue_score"):
        return True
    labelled = pattern_of("me_cfs").occurs_in(sentence.text)
    of_covid = people.long_covid > 0 or pattern_of("long_covid").occurs_in(sentence.text)
    if cue.startswith("post_covid") and not of_covid:
        return False
    return not labelled and people.studied_as_me_cfs == 0

"""Entry told without a case definition: a rule of the study's own, or only a label."""

from collections.abc import Iterable

import msgspec

from rapport.evidence.read.clauses import PEM, about_pem
from rapport.evidence.read.context import may_tell
from rapport.evidence.read.cues import cues
from rapport.evidence.read.document import SectionKind, Sentence
from rapport.evidence.read.entry import EntryReader
from rapport.evidence.read.lookup import Lookup
from rapport.evidence.read.population import Population, pattern_of
from rapport.knowledge.patterns import TextPattern

_PLACES = (SectionKind.METHODS, SectionKind.ABSTRACT, SectionKind.UNKNOWN)
# A rule of its own tells both that people were taken in and what was the matter with them.
_TAKES_IN = TextPattern(
    [
        "inclu", "eligib", "recruit", "enrol", "invit", "selected", "had to", "must", "criteri",
        "defin", "diagnos", "required", "referred", "qualif", "according to", "fatigue",
    ],
    ignore_case=True,
)  # fmt: skip
_IS_THE_MATTER = TextPattern(
    ["fatigue", "covid", "sars", "symptom", "post-?acute", r"\bp[ac]s?c\b", "complaint"],
    ignore_case=True,
)
_DIAGNOSED = TextPattern(["diagnos", "self-?report", r"\bcode"], ignore_case=True)


class OwnEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a rule without a definition was found, the sentences, and the entry rule."""

    is_rule: bool
    ascertained: bool = False
    sentences: tuple[Sentence, ...] = ()
    definitions: tuple[str, ...] = ()
    rule: str | None = None


def own_entry(lookup: Lookup, people: Population, reader: EntryReader) -> OwnEntry:
    """The study's own entry rule, if it states one that is not a diagnosis of ME/CFS.

    In a study of people called ME/CFS patients the illness is the label, and how long they were
    tired is no rule; so there only a rule that replaces the diagnosis counts.
    """
    prefix = "fatigue_score" if people.studied_as_me_cfs else ""
    for sentence in _worth_reading(lookup):
        cue = cues("entry_without_definition").first(sentence.text, prefix=prefix)
        if cue is None or cue.says != "own_rule":
            continue
        if not _counts(sentence, cue.id, people):
            continue
        names = {n.definitions[0] for n in reader.mentions.names(sentence.text) if n.is_certain}
        labels = tuple(
            sorted(n for n in names if reader.definitions[n].scope == "comparator label")
        )
        return OwnEntry(is_rule=True, sentences=(sentence,), definitions=labels, rule=cue.rule)
    return _ascertainment(lookup, reader)


def _ascertainment(lookup: Lookup, reader: EntryReader) -> OwnEntry:
    """Who made the diagnosis, where the methods say no more than that."""
    if reader.physician is None:
        return OwnEntry(is_rule=False)
    told_in = (SectionKind.METHODS, SectionKind.ABSTRACT)
    placed = Lookup([each for each in lookup.sentences if each.section in told_in])
    for sentence in placed.having(_DIAGNOSED):
        cue = cues("entry_without_definition").first(sentence.text, prefix="who_diagnosed")
        if cue is not None and pattern_of("me_cfs").occurs_in(sentence.text):
            return OwnEntry(
                is_rule=False,
                ascertained=True,
                sentences=(sentence,),
                definitions=(reader.physician,),
                rule=cue.rule,
            )
    return OwnEntry(is_rule=False)


def _worth_reading(lookup: Lookup) -> Iterable[Sentence]:
    placed = Lookup([each for each in lookup.sentences if each.section in _PLACES])
    of_the_matter = Lookup(tuple(placed.having(_IS_THE_MATTER)))
    for sentence in of_the_matter.having(_TAKES_IN):
        if may_tell(sentence.text, sentence.section, sentence.titles):
            yield sentence


def _counts(sentence: Sentence, cue: str, people: Population) -> bool:
    if PEM in about_pem(sentence.text):
        return False
    if cue == "fatigue_score":
        return True
    labelled = pattern_of("me_cfs").occurs_in(sentence.text)
    return not labelled and people.studied_as_me_cfs == 0

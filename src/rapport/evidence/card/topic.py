"""What a study is about, in its own words: what it set against what, and which treatment.

The words are cut from the title and from observed sentences, never made up; short forms are
written out as the study writes them out. What does not read as the name of a thing is not named:
the card then says in general what is not shown.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from rapport.cards.card_facts import YES, Fact
from rapport.cards.facts import Link, ReadStatement
from rapport.core.spans import Span
from rapport.core.vocabulary import StatementKind
from rapport.evidence.card.importance import title_words
from rapport.evidence.card.plain_writing import PlainWriting
from rapport.evidence.read.statements.links import link_in

_PHRASES = ("exposure", "outcome", "cofactors", "measure")
_MOST_WORDS = 10
_MOST_SENTENCES = 60
_LONGEST_SENTENCE = 1_000
"""Letters; what is longer is no sentence, and is not searched."""

_ROLE = re.compile(
    r"\b(?:role|effects?|impact|influence|importance|contribution)\sof\s"
    r"(?P<exposure>[^,.;:?]{3,80}?)\s(?P<how>on|in|for|during|among)\s(?P<rest>[^,.;:?]{3,120})",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"(?P<measure>[^,.;:?()]{3,90}?)\s(?:is|are|was|were)\s(?:\w+ly\s)?"
    r"(?:higher|lower|reduced|elevated|increased|decreased|impaired|altered|different|raised)\s"
    r"(?:in|among|than)\b",
    re.IGNORECASE,
)
_ILLNESS = (
    r"(?:ME/?CFS|CFS/?ME|CFS|ME|chronic\sfatigue(?:\sand\simmune\sdysfunction)?(?:\ssyndrome)?"
    r"|myalgic\sencephalo(?:myelitis|pathy)|long\sCOVID|post[- ]COVID[- \w]{0,20}?)"
)
_MEASURE_IN_TITLE = re.compile(
    r"^(?P<measure>[^,.;:?()]{3,90}?)\s(?:(?:is|are|was|were)\s\w+\s)?(?:in|among|of)\s"
    rf"(?:(?:\w+\s){{0,3}}(?:patients|people|adults|adolescents|children|women|men|individuals)\s(?:with)\s)?{_ILLNESS}",
    re.IGNORECASE,
)
_ILLNESSES = re.compile(rf"\b(?:{_ILLNESS}|PASC|LC|and|or|both|the)\b", re.IGNORECASE)
_FIXED = re.compile(r"\b(?:age|sex|gender|ethnicity|education)$", re.IGNORECASE)
"""What nothing that a study looks at can change."""
_CHANGE = re.compile(r"\bchanges?$", re.IGNORECASE)
"""A card speaks of "any change in" an outcome: a change of a change says nothing."""
_PEOPLE = re.compile(
    r"\b(?:patients?|people|participants?|groups?|cohorts?|women|men|children|adults|individuals"
    r"|cases|controls|survivors|those)\b",
    re.IGNORECASE,
)
_WITH_CHANGES = re.compile(
    r"\b(?:joint|jointly|shared?|mediat\w+|facilitat\w+|independent\w*|together)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"\bchanges?\sin\s(?P<cofactors>[^,.;:?()]{3,80})", re.IGNORECASE)
_MEDIATED = re.compile(
    r"\bmediated\s(?:by|through|via)\s(?P<cofactors>[^,.;:?()]{3,80})", re.IGNORECASE
)
_THERAPY = re.compile(
    r"\b(?:therapy|treatment|rehabilitation|training|programme|program|intervention|exercise"
    r"|counselling|pacing|psychotherapy)(?P<end>)(?:\s\([A-Z]+\))?\s"
    r"(?:for|in|of|on)\s(?:(?:the\s)?(?:treatment\sof\s)?)?"
    rf"(?:(?:\w+\s){{0,2}}(?:patients|people|adults|adolescents|children|women)\s(?:with)\s)?{_ILLNESS}",
    re.IGNORECASE,
)
_WORDS_OF_A_NAME = 4
_BEFORE_NAME = re.compile(
    r"^.*\b(?:of|in|the|a|an|and|with|on|for|to|from|during|after|following|by|via|through|before|without"
    r"|than|when|as|that|is|are|was|were|be|had|has)\s",
    re.IGNORECASE,
)
_NAMES_NONE = re.compile(
    r"^(?:(?:adjunct\w*|effective|efficacious|novel|new|additional|potential|promising|safe|useful|beneficial"
    r"|therapeutic|alternative|possible|conventional|standard|usual|different|current|first|only|best|main"
    r"|viable|feasible|suitable|complementary|other|such|this|these|our)[\s-]?)+$",
    re.IGNORECASE,
)
"""Words that praise or place a treatment and do not name it."""
_SELF_REPORT = re.compile(
    r"\b(?:self[- ](?:rated|reported|assessed|report)|questionnaires?|(?:checklist|survey)s?"
    r"|visual\sanalogue|rated\stheir)\b",
    re.IGNORECASE,
)
_INACTIVE = re.compile(r"\b(?:sedentary|inactive|physically\smatched)\b", re.IGNORECASE)
_NO_CONTROLS = re.compile(
    r"\b(?:no|without\san?y?)\s(?:\w+\s)?(?:control|comparison|comparator)\s(?:group|arm)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[,.;:?()\[\]]|\s[-\u2013\u2014]+\s|\s(?:in|among|at|after|before|during|over|when|compared|than|which|that|who|but"
    r"|while|whereas|as|by|with|without|independent\w*|adjust\w+|following|across|from|for|together"
    r"|is|are|was|were|jointly|explained|predicted|had|did)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^.*\b(?:that|showed|found|analys[ie]s|results?:|model),?\s(?=\w)|^(?:in|among|at|after|on|"
    r"for|when|while|although|here|overall|both|however|moreover|furthermore|only|interestingly)\b"
    r"[^,]*,\s*",
    re.IGNORECASE,
)
_TOO_VAGUE = re.compile(
    r"^(?:it|this|these|they|them|us|there|we|that|which|who|results?|findings?|the\s(?:results?|findings?"
    r"|groups?|study|authors?|difference)|no|none|neither|patients?|the\spatients?|participants?)\b"
    r"|^(?:people|individuals|persons|adults|women|men|children|those|all|both|one)\b"
    r"|^(?:the\s)?(?:factors|variables|scores?|symptoms|changes?|outcomes?|levels?|risk(?!\sof))\b"
    r"|^\w+(?:ly|ed)$|^\d|^(?:ratings|performance|severity|presence|values?|function(?:ing)?"
    r"|alterations?|differences?|reductions?|increases?|decreases?|improvements?)$"
    r"|^(?:variation|variability)$|^(?:lack|absence)\sof\s(?:\w+\s)?(?:response|effect|benefit|improvement|recovery)\b"
    r"|^(?:exploration|investigation|assessment|evaluation|analysis|study|comparison)\b",
    re.IGNORECASE,
)
_NO_NOUN_PHRASE = re.compile(
    r"^(?:to|in|of|on|at|and|or|with|by|as|from|for|into|relative|compared|not|both|either|experiencing|having|being"
    r"|their|its|his|her|our)\b"
    r"|^(?:relations?|relationships?|associations?|correlations?|links?|proportions?)\b"
    r"|\b(?:reveal|show|find|found|average[ds]?|compar|identif|suggest|demonstrate|detect|observe"
    r"|significant)|\s(?:and|or|to|in|of|on|the|a|an|both|also)$|^\W*\w{0,2}\W*$"
    r"|\b(?:nor|neither|using)\b",
    re.IGNORECASE,
)
_ENDS_EARLY = re.compile(
    r"(?:^|\s)(?!(?:clin|top|pan|mus|epidem|pandem|endem|log|traff|characterist|metr|antibiot|analges)ic$"
    r"|(?:narr|initi|sed|altern|deriv|represent)ative$|profess?ional$)"
    r"(?:[\w-]+(?:ical|ional|ular|atory|ative|ous|less|ful|ible|ic)|[\w-]+[^e\W]ed"
    r"|[\w-]*-(?:density|term|level|dose|grade|like|type|specific)"
    r"|(?:reduc|alter|eleva)tions?|(?:in|de)creases?|very|high|low)$",
    re.IGNORECASE,
)
"""A last word that wants another behind it, a noun or an "in": the phrase was cut too short."""
_METHOD = re.compile(
    r"\b(?:models?|regressions?|polymerase|chain\sreaction|algorithms?|hazards?|odds|ratios?"
    r"|coefficients?|(?:mean|risk|prevalence)\sdifferences?)$|\b(?:regression|logistic|multivaria\w+|univaria\w+)\b",
    re.IGNORECASE,
)
"""How something was reckoned or measured, and not what."""
_AND_LESS = re.compile(
    r"\sand\s(?:an?\s)?(?:less|more|fewer|lower|higher|greater|better|worse|poorer|longer|shorter"
    r"|reduc\w+|increas\w+|decreas\w+|improve\w*)\b.*$",
    re.IGNORECASE,
)
"""A second thing that is told with its own direction."""
_COMPARED = re.compile(
    r"^(?:an?\s|the\s)?(?:greater|higher|lower|longer|shorter|more|less|fewer|better|worse|poorer"
    r"|increased|decreased|reduced|elevated|raised|significant\w*|differential|altered|abnormal|novel|potential)\s"
    r"(?:an?\s|the\s)?",
    re.IGNORECASE,
)


def topic_facts(title: str | None, statements: Iterable[ReadStatement]) -> dict[str, Fact]:
    """Exposure, outcome, cofactors, measure, therapy and other words of the study, as found.

    Missing: a fact that no pattern finds is absent.
    """
    listed = _worth_searching(statements)
    title = title if title and len(title) <= _LONGEST_SENTENCE else None
    observed = [each for each in listed if each.kind is StatementKind.OBSERVED]
    inferred = [each for each in listed if each.kind is StatementKind.INFERRED]
    told = [each for each in listed if each.kind is not StatementKind.BACKGROUND]
    found: dict[str, Fact] = {}
    of_title = dict(_from_title(title))
    for name, fact in (
        *of_title.items(),
        *_links(_taking_up(of_title.get("exposure"), title, observed)),
        *_measure_of_title(title),
        *_cofactors([*observed, *inferred, *told]),
        *_therapy(title, told),
        *_marks(told),
    ):
        found.setdefault(name, fact)
    return _told_plainly(_without_tautology(found), title, listed)


def _without_tautology(found: dict[str, Fact]) -> dict[str, Fact]:
    """Without an outcome that the exposure names already, or that nothing can change."""
    outcome = found.get("outcome")
    if outcome is None:
        return found
    exposure = found["exposure"].value.lower().split() if "exposure" in found else []
    is_same = set(outcome.value.lower().split()) <= set(exposure)
    if is_same or _FIXED.search(outcome.value) or _CHANGE.search(outcome.value):
        return {name: fact for name, fact in found.items() if name != "outcome"}
    return found


def _told_plainly(
    found: dict[str, Fact], title: str | None, told: Iterable[ReadStatement]
) -> dict[str, Fact]:
    """The facts in words for people who have not read the paper."""
    writing = PlainWriting(title, (each.quote for each in told))
    plain = {
        name: msgspec.structs.replace(fact, value=_written(fact, writing))
        for name, fact in found.items()
    }
    return {
        name: fact
        for name, fact in plain.items()
        if name not in _PHRASES or _is_noun_phrase(fact.value)
    }


def _written(fact: Fact, writing: PlainWriting) -> str:
    is_of_title = any(span.field == "title" for span in fact.spans)
    return writing.of(fact.value, is_of_title=is_of_title)


def _taking_up(
    exposure: Fact | None, title: str | None, observed: list[ReadStatement]
) -> list[ReadStatement]:
    """The findings that can name the outcome of what the title sets against one.

    All where the title names no exposure, or asks what part it plays: the findings answer that.
    A title that tells a finding itself is about that one: others came out on something else.
    """
    if exposure is None or _ROLE.search(title or ""):
        return observed
    wanted = title_words(exposure.value)
    return [each for each in observed if wanted & title_words(each.quote)]


def _worth_searching(statements: Iterable[ReadStatement]) -> list[ReadStatement]:
    """The abstract's sentences; those of the text only where there is no abstract.

    The abstract says what the study is about. A body says much else beside, of other studies
    too, and is long.
    """
    listed = [each for each in statements if len(each.quote) <= _LONGEST_SENTENCE]
    abstract = [each for each in listed if each.field == "abstract"]
    return (abstract or listed)[:_MOST_SENTENCES]


def phrase(text: str) -> str | None:
    """The noun phrase at the start of a text, as far as it is one; None where it is too vague."""
    stop = _STOP.search(text)
    kept = _COMPARED.sub("", (text[: stop.start()] if stop else text).strip(" \"'“”"))
    words = _AND_LESS.sub("", kept).split()
    if not words or len(words) > _MOST_WORDS:
        return None
    named = " ".join(words)
    if _TOO_VAGUE.match(named) or not _is_noun_phrase(named):
        return None
    return _small_first(named)


def _is_noun_phrase(text: str) -> bool:
    """Whether the words read as the name of a thing that a study can look at."""
    return not any(pattern.search(text) for pattern in (_NO_NOUN_PHRASE, _ENDS_EARLY, _METHOD))


def _small_first(text: str) -> str:
    """The phrase for the middle of a sentence: acronyms and names with inner capitals stay."""
    first = text.split()[0]
    is_name = not first[1:2].isalpha() or first[1:].lower() != first[1:]
    return text if is_name else first.lower() + text[len(first) :]


def _named(name: str, text: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, Fact]]:
    words = phrase(text)
    if words:
        yield name, Fact(value=words, spans=spans)


def _from_title(title: str | None) -> Iterator[tuple[str, Fact]]:
    if not title:
        return
    span = Span(field="title", start=0, end=len(title), quote=title)
    spans = (span,)
    role = _ROLE.search(title)
    link = link_in(span)
    if link and not role:
        yield from _named("exposure", link.exposure.quote, spans)
        yield from _named("outcome", link.outcome.quote, spans)
    elif role:
        yield from _named("exposure", role["exposure"], spans)
        if role["how"].lower() == "on":
            yield from _named("outcome", role["rest"], spans)


def _measure_of_title(title: str | None) -> Iterator[tuple[str, Fact]]:
    """What the title says was looked at in patients."""
    match = _MEASURE_IN_TITLE.match(title or "")
    if title and match:
        span = Span(field="title", start=0, end=len(title), quote=title)
        yield from _named("measure", match["measure"], (span,))


def _links(observed: list[ReadStatement]) -> Iterator[tuple[str, Fact]]:
    """From the sentences that link two things or tell a difference.

    An outcome that comes without its exposure serves only a title that names the exposure.
    """
    halves: list[tuple[str, Fact]] = []
    for statement in observed:
        pair = list(_linked(statement))
        if len(pair) == 2:
            yield from pair
        halves += [half for half in pair if half[0] == "outcome"]
        if statement.link and _tells_difference(statement.link):
            yield from _named("measure", statement.link.outcome.quote, (statement.span,))
        difference = _DIFFERENCE.match(_LEAD_IN.sub("", statement.quote))
        if difference:
            yield from _named("measure", difference["measure"], (statement.span,))
    yield from halves


def _tells_difference(link: Link) -> bool:
    """Whether people differ in its outcome; what is denied is no difference."""
    return _is_group(link.exposure.quote) and not link.is_denied


def _is_group(text: str) -> bool:
    """Whether the words name people, or people by their illness: no exposure of a study."""
    return bool(_PEOPLE.search(text)) or not _ILLNESSES.sub("", text).strip(" ,")


def _linked(statement: ReadStatement) -> Iterator[tuple[str, Fact]]:
    """Both ends of the link that the statement words; a group of people is no exposure."""
    if statement.link is not None:
        if not _is_group(statement.link.exposure.quote):
            yield from _named("exposure", statement.link.exposure.quote, (statement.span,))
        if not _FIXED.search(statement.link.outcome.quote):
            yield from _named("outcome", statement.link.outcome.quote, (statement.span,))


def _cofactors(told: list[ReadStatement]) -> Iterator[tuple[str, Fact]]:
    for statement in told:
        mediated = _MEDIATED.search(statement.quote)
        changes = (
            _CHANGES.search(statement.quote) if _WITH_CHANGES.search(statement.quote) else None
        )
        for match in filter(None, (mediated, changes)):
            yield from _named("cofactors", match["cofactors"], (statement.span,))


def _therapy(title: str | None, told: list[ReadStatement]) -> Iterator[tuple[str, Fact]]:
    if title:
        span = Span(field="title", start=0, end=len(title), quote=title)
        yield from _therapy_in(title, span)
    for statement in told:
        yield from _therapy_in(statement.quote, statement.span)


def _therapy_in(text: str, span: Span) -> Iterator[tuple[str, Fact]]:
    """A treatment with the illness it is for; the words before its noun are its name."""
    match = _THERAPY.search(text)
    if match is None:
        return
    before = text[: match.start()].replace(",", " of ").split()[-_WORDS_OF_A_NAME:]
    noun = text[match.start() : match.end("end")]
    words = _BEFORE_NAME.sub("", " ".join([*before, noun]))
    name = words[: -len(noun)].strip()
    if name and not _NAMES_NONE.match(name):
        yield "therapy", Fact(value=_small_first(words), spans=(span,))


def _marks(told: list[ReadStatement]) -> Iterator[tuple[str, Fact]]:
    """Facts that are told by a single word anywhere in what the study says of itself."""
    for name, value, pattern in (
        ("self_report", YES, _SELF_REPORT),
        ("inactive_controls", YES, _INACTIVE),
        ("controls", "no", _NO_CONTROLS),
    ):
        for statement in told:
            if pattern.search(statement.quote):
                yield name, Fact(value=value, spans=(statement.span,))
                break

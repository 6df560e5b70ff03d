"""What a sentence sets against what: exposure, outcome and direction, as parts of the sentence.

One clause is read: the first that links two things. A part that cannot be cut out with
confidence is left out: half a link serves nobody.
"""

import re
from collections.abc import Iterable, Iterator

from rapport.cards.facts import Direction, Link
from rapport.core.spans import Span
from rapport.evidence.read.text.worded import WordedPatterns

_LONGEST = 1_000
"""Characters; what is longer is no sentence, and is not searched."""
_MOST_WORDS = 12
_MOST_WORDS_OF_AN_ITEM = 6

_LINKING = WordedPatterns()
"""The constructions that word a link."""

_FILLER = r"(?:(?:\w+ly|also|not|neither|no longer|still|only|then|best)\s+){0,3}"
_BE = r"(?:(?:have|has|had)\s+(?:not\s+)?)?(?:is|are|was|were|be|been|being|remained)"
_CHANGE = (
    r"improve[sd]?|reduce[sd]?|increase[sd]?|decrease[sd]?|lower(?:s|ed)|raise[sd]?|worsen(?:s|ed)"
    r"|enhance[sd]?|alleviate[sd]?|diminish(?:es|ed)|aggravate[sd]?"
)
_ACT = (
    rf"predict(?:s|ed)?|explain(?:s|ed)?|influence[sd]?|affect(?:s|ed)?|cause[sd]?|{_CHANGE}"
    r"|determine[sd]?|mediate[sd]?"
)
_ACT_BARE = (
    r"predict|explain|influence|affect|cause|improve|reduce|increase|decrease|worsen|enhance"
    r"|alleviate|diminish|aggravate|determine|mediate|lower|raise"
)
_AUXILIARY = r"(?:cannot|did|does|do|may|might|could|can|would|will|seems?\s+to|appears?\s+to|failed\s+to)"
_ACTIVE = _LINKING.add(
    rf"\s+(?P<verb>{_FILLER}(?:{_ACT}|correlate[sd]?\s+{_FILLER}with|l(?:ed|eads?)\s+to"
    r"|result(?:s|ed)?\s+in|contribute[sd]?\s+to)"
    rf"|{_AUXILIARY}\s+{_FILLER}(?:{_ACT_BARE}|correlate\s+with|lead\s+to|result\s+in"
    r"|contribute\s+to))\s+",
)
_SYMMETRIC = _LINKING.add(
    rf"\s+(?P<verb>(?:(?:may|might|could|can)\s+)?{_FILLER}{_BE}\s+{_FILLER}"
    r"(?:associated|correlated|related|linked|unrelated)"
    rf"(?:\s+{_FILLER}(?:with|to)|\s+(?:positively|negatively|inversely)\s+(?:with|to))"
    rf"|(?:showed|had|has|have|shows)\s+(?:an?\s+|no\s+)?(?:\w+\s+){{0,3}}"
    r"(?:association|correlation|relationship)s?\s+(?:with|to))\s+",
)
_PREDICTOR = _LINKING.add(
    rf"\s+(?P<verb>{_BE}\s+{_FILLER}(?:(?:the|an?|no)\s+)?(?:\w+\s+){{0,3}}"
    r"(?:predictors?|risk\s+factors?|determinants?)\s+(?:of|for))\s+",
    also=("of", "for"),
)
_PASSIVE = _LINKING.add(
    rf"\s+(?P<verb>(?:(?:may|might|could|can)\s+)?{_FILLER}{_BE}\s+{_FILLER}(?:{_ACT})"
    r"\s+(?:mainly\s+|partly\s+|in\s+part\s+)?by)\s+",
    also=("by",),
)
_BETWEEN = _LINKING.add(
    r"\b(?P<verb>(?:associations?|correlations?|relationships?|relations?|links?)(?:\s+\w+){0,2}?"
    r"\s+between)\s+(?P<exposure>[^.;:?()]{3,80}?)\s+and\s+(?P<outcome>[^.;:?()]{3,120})",
    also=("between",),
)
_OF_WITH = _LINKING.add(
    r"\b(?P<verb>(?:associations?|correlations?)\s+of)\s+(?P<exposure>[^.;:?()]{3,80}?)\s+with\s+"
    r"(?P<outcome>[^.;:?()]{3,120})",
    also=("with",),
)
_EFFECT = _LINKING.add(
    r"\b(?P<verb>(?:effects?|impact|influence)\s+of)\s+(?P<exposure>[^.;:?()]{3,80}?)\s+(?:on|upon)\s+"
    r"(?P<outcome>[^.;:?()]{3,120})",
    also=("on", "upon"),
)
_MORE_OR_LESS = (
    r"higher|lower|greater|longer|shorter|more|less|fewer|better|worse|poorer|reduced|elevated"
    r"|increased|decreased|impaired|raised|smaller|larger|faster|slower|weaker|stronger"
)
_HIGHER_IN = _LINKING.add(
    rf"\s+(?P<verb>{_BE}\s+{_FILLER}(?P<degree>{_MORE_OR_LESS}))\s+(?:in|among|for|after|with|following)\s+"
    r"(?P<group>[^,.;:?()]{3,80}?)\s+(?:than|compared\s+(?:with|to)|relative\s+to|versus|vs\.?)\s",
    also=_MORE_OR_LESS.split("|"),
)
_HAD_HIGHER = _LINKING.add(
    r"\s+(?P<verb>(?:had|have|has|showed|reported|exhibited|displayed|experienced)\s+"
    rf"{_FILLER}(?:an?\s+)?(?P<degree>{_MORE_OR_LESS}))\s+(?P<measure>[^,.;:?()]{{3,80}}?)\s+"
    r"(?:than|compared\s+(?:with|to)|relative\s+to|versus|vs\.?)\s",
    also=_MORE_OR_LESS.split("|"),
)

_COMPARED_FIRST = re.compile(
    r"^\W*(?:\w+:\s+)?(?:when\s+)?(?:compared\s+(?:to|with)|relative\s+to|in\s+contrast\s+(?:to|with))\s",
    re.IGNORECASE,
)
_HAD_PLAINLY = _LINKING.add(
    r"\s+(?P<verb>(?:had|have|has|showed|reported|exhibited|displayed|experienced)\s+"
    rf"{_FILLER}(?:an?\s+)?(?P<degree>{_MORE_OR_LESS}))\s+(?P<measure>[^,.;:?()]{{3,120}})",
)

_DENIED = re.compile(
    r"\b(?:no|not|neither|nor|never|failed\s+to|cannot|unrelated|nothing|none|without)\b|n't\b",
    re.IGNORECASE,
)
_DENIED_LATER = re.compile(
    r"^[^.;,]{0,60}?\s(?:was|were|is|are)\s+(?:not|neither)\s+(?:\w+\s+)?"
    r"(?:found|observed|seen|detected|significant|present|apparent)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;:]|\.\s|(?:,\s*)?\b(?:that|but|whereas|while|although|because|since|so|though)\s"
    r"|,\s+(?:and\s+)?(?:which|who|we|it|they)\s",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:in|among|at|after|on|for|when|during|within|across|over|both|by|of|from|before|with|"
    r"using|compared|despite|following|here|overall|however|moreover|furthermore|interestingly|"
    r"additionally|first|second|third|finally|importantly|notably|similarly|consistently|thus|hence|"
    r"therefore|conversely|specifically|also|only|then|and|yet|(?:un)?surprisingly|[a-z]+wards?|"
    r"results?|conclusions?|findings?)\b[^,]{0,120},\s+|(?:then|and|also|thus|hence|yet|only)\s+)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[;:?()\[\]]|\.(?:\s|$)|\s(?:in|among|at|after|before|during|over|when|compared|than|which|that"
    r"|who|but|while|whereas|as|by|with|without|independent\w*|adjust\w+|following|across|from|for"
    r"|is|are|was|were|explained|predicted|had|did|if|even|until|since|because|under|within"
    r"|will|can|may|must|might|could|nor|and\s+(?:reduces?d?|improves?d?|increases?d?|lowers?|lowered)|rather|through|via|when|where|although|though|respectively|both)\b|,\s+(?:but|and\s+\w+\s+"
    r"(?:was|were|did|is|are)|which|with|even|while|whereas|as|in|independent\w*|after|suggesting"
    r"|indicating|although|however|p\b)",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    rf"^(?:(?:an?|the|both|significant(?:ly)?|only|some|any)\s+)*(?P<degree>{_MORE_OR_LESS}"
    r"|improved|improvements?\s+in|reductions?\s+in|increases?\s+in|decreases?\s+in)\s+",
    re.IGNORECASE,
)
_DEGREE_BEFORE = re.compile(
    rf"\b(?P<degree>{_MORE_OR_LESS}|improved?|improvements?|reductions?|increases?|decreases?)\s+"
    r"(?:in\s+)?(?:(?:levels?|scores?|rates?|risks?|odds|degrees?)\s+(?:of|on|for)\s+)?"
    r"(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_LEVELS_OF = re.compile(
    r"^(?:levels?|scores?|rates?|risks?|odds|degrees?)\s+(?:of|on|for)\s+", re.I
)
_ARTICLE = re.compile(
    r"^(?:an?|any|no|neither|only|some|each(?!\s+other)|both|significant)\s+", re.IGNORECASE
)
_VARIANCE = re.compile(
    r"^.{0,40}?\b(?:varian(?:ce|ces|tion)|part|share|half)\s+(?:in|of)\s+"
    r"(?:the\s+varian(?:ce|tion)\s+(?:in|of)\s+)?",
    re.IGNORECASE,
)
_TOO_VAGUE = re.compile(
    r"^(?:it|its|this|these|they|their|there|we|that|which|who|what|such|one|none|neither|no|both|all|those"
    r"|each\s+other|one\s+another|the\s+(?:two|former|latter|same)|results?|findings?"
    r"|the\s+(?:results?|findings?|stud(?:y|ies)|authors?|differences?|groups?|data|analys[ie]s)"
    r"|(?:factors|variables|scores?|changes?|outcomes?|levels?|effects?|differences?|others?)"
    r"|(?:these|this|such|our)\s(?:results?|findings?|data|analys[ie]s|stud(?:y|ies)|effects?)"
    r"|\w+ly|\W*|\d.*)$",
    re.IGNORECASE,
)
_NO_NOUN_PHRASE = re.compile(
    r"^(?:to|in|of|on|at|and|or|with|by|as|from|for|into|after|before|during|following|upon|over"
    r"|within|among|across|when|while|since|until|than|despite|because|if"
    r"|relative|compared|not|either|having|be|it|this\s(?=\w+\s(?:is|was))|we|they|there|that|which|who)\b"
    r"|\b(?:we|reveal\w*|show\w*|find|found|compar\w+|identif\w+|suggest\w*|demonstrat\w+"
    r"|detect\w*|observed?|investigat\w+|examin\w+|is|are|was|were|did|had|has)\b"
    r"|\b(?:reported|exhibited|underlin\w+|by\s+which|have|will)\b|\w+ed\s+(?:the|an?|that)\s|\beach\s+other\b|%"
    r"|\s(?:and|or|to|in|of|on|the|an?|both|also|not|than|with|that|neither|higher|lower)$|-$"
    r"|^(?:\w+ly\s)?(?:higher|lower)$",
    re.IGNORECASE,
)
_ONLY_TALKED_OF = re.compile(
    r"\b(?:understanding|insights?|knowledge|awareness)\s+(?:of|into)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"^(?:lower|less|fewer|shorter|reduc\w+|decreas\w+|smaller|slower|weaker|diminish\w*"
    r"|alleviat\w+)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:higher|more|greater|longer|elevated|increas\w*|raise[sd]?|larger|faster|stronger)",
    re.IGNORECASE,
)
_BETTER = re.compile(r"^(?:better|improv\w+|enhanc\w+)", re.IGNORECASE)
_WORSE = re.compile(r"^(?:worse\w*|poorer|impaired|aggravat\w+)", re.IGNORECASE)
_OPPOSITE = {
    Direction.MORE: Direction.LESS,
    Direction.LESS: Direction.MORE,
    Direction.BETTER: Direction.WORSE,
    Direction.WORSE: Direction.BETTER,
}

_Range = tuple[int, int]


def link_in(sentence: Span, words: Iterable[bytes] | None = None) -> Link | None:
    """The first link the sentence words with both its ends named; None where there is none.

    `words` are those of the sentence, where they are known.
    """
    text = sentence.quote[:_LONGEST]
    possible = _LINKING.possible(text, words)
    if not possible:
        return None
    for exposure, outcome, direction, is_denied in _candidates(text, possible):
        if exposure and outcome:
            return Link(
                exposure=_part(sentence, exposure),
                outcome=_part(sentence, outcome),
                direction=direction,
                is_denied=is_denied,
            )
    return None


_Candidate = tuple[_Range | None, _Range | None, Direction | None, bool]


def _candidates(text: str, possible: int) -> Iterator[_Candidate]:
    """Both ends of each construction the sentence has, comparisons first, then verbs."""
    yield from _differences(text, possible)
    yield from _nominal(text, possible)
    yield from _verbal(text, possible)


def _differences(text: str, possible: int) -> Iterator[_Candidate]:
    """ "X was higher in A than in B", "A had a higher X than B"."""
    if match := _HIGHER_IN.search(text, possible):
        measure = _before(text, match.start())
        group = _phrase(text, *match.span("group"))
        yield group, measure, _degree(match["degree"]), _denies(text, measure, match)
    had = _HAD_PLAINLY if _COMPARED_FIRST.match(text) else _HAD_HIGHER
    if match := had.search(text, possible):
        group = _before(text, match.start())
        measure = _phrase(text, *match.span("measure"))
        yield group, measure, _degree(match["degree"]), _denies(text, group, match)


def _nominal(text: str, possible: int) -> Iterator[_Candidate]:
    """ "No association between X and Y", "the effect of X on Y was ..."."""
    for pattern in (_BETWEEN, _OF_WITH, _EFFECT):
        if match := pattern.search(text, possible):
            before = text[_clause_start(text, match.start()) : match.start()]
            if _ONLY_TALKED_OF.search(before) or "," in match["exposure"]:
                continue
            denied = bool(_DENIED.search(before)) or bool(
                _DENIED_LATER.search(text[match.start("outcome") :])
            )
            exposure = _phrase(text, *match.span("exposure"))
            outcome = _phrase(text, match.start("outcome"), len(text))
            yield exposure, outcome, _signed(before), denied


def _verbal(text: str, possible: int) -> Iterator[_Candidate]:
    """ "X predicted Y", "Y was predicted by X", "X was associated with Y"."""
    found = [
        (match.start(), pattern is _PASSIVE, match)
        for pattern in (_PASSIVE, _SYMMETRIC, _PREDICTOR, _ACTIVE)
        if (match := pattern.search(text, possible))
    ]
    # Of those that begin at one place the passive comes first: its verb is part of the active's.
    for _, is_passive, match in sorted(found, key=lambda each: (each[0], not each[1])):
        first = _before(text, match.start())
        second = _after(text, match.end())
        denied = _denies(text, first, match)
        exposure, outcome = (second, first) if is_passive else (first, second)
        yield exposure, outcome, _verb_direction(text, match, first, second), denied


def _denies(text: str, first: _Range | None, match: re.Match[str]) -> bool:
    """Whether the verb, or what stands before its subject in the clause, is negated."""
    clause = text[_clause_start(text, match.start()) : first[0]] if first else ""
    return bool(_DENIED.search(match["verb"])) or bool(_DENIED.search(clause[-20:]))


def _clause_start(text: str, end: int) -> int:
    return max((each.end() for each in _BOUNDARY.finditer(text, 0, end)), default=0)


def _before(text: str, end: int) -> _Range | None:
    """The subject that ends at `end`: the whole clause without what leads into it."""
    if text[end - 1 : end] == ",":
        return None
    start = _clause_start(text, end)
    while match := _LEAD_IN.match(text[start:end]):
        start += match.end()
    return _phrase(text, start, end, is_subject=True)


def _after(text: str, start: int) -> _Range | None:
    if match := _VARIANCE.match(text[start:]):
        start += match.end()
    return _phrase(text, start, len(text))


def _phrase(text: str, start: int, end: int, *, is_subject: bool = False) -> _Range | None:
    """Where the noun phrase at the start of the range stands; None where it is none."""
    if is_subject:
        bracket = re.search(r"\s*\([^()]*\)\s*$", text[start:end])
        end = start + bracket.start() if bracket else end
    start = _without_degree(text, start, end)
    if not is_subject and (stop := _STOP.search(text, start, end)):
        end = stop.start()
    end = start + len(_list_end(text[start:end], is_subject=is_subject).rstrip(" ,.\"'”\n\t"))
    words = text[start:end].split()
    kept = " ".join(words)
    if not words or len(words) > _MOST_WORDS or kept.count("(") != kept.count(")"):
        return None
    return None if _TOO_VAGUE.match(kept) or _NO_NOUN_PHRASE.search(kept) else (start, end)


def _without_degree(text: str, start: int, end: int) -> int:
    start += len(text[start:end]) - len(text[start:end].lstrip(" \"'“”,\n\t"))
    for pattern in (_ARTICLE, _DEGREE, _LEVELS_OF, _ARTICLE):
        if match := pattern.match(text[start:end]):
            start += match.end()
    return start


def _list_end(text: str, *, is_subject: bool) -> str:
    """The text as far as it is one phrase, or a list of short ones that ends in "and"."""
    items = re.split(r",\s+", text)
    if len(items) == 1:
        return text
    last = next((n for n, item in enumerate(items) if re.search(r"\b(?:and|or)\s", item)), 0)
    if is_subject and last != len(items) - 1:
        return ""
    listed = (
        items[: last + 1]
        if last > 1 or not items[last].startswith(("and ", "or "))
        else items[:1]
    )
    if any(len(item.split()) > _MOST_WORDS_OF_AN_ITEM for item in listed):
        return "" if is_subject else items[0]
    return text[: len(", ".join(listed))]


def _part(sentence: Span, at: _Range) -> Span:
    return Span(
        field=sentence.field,
        start=sentence.start + at[0],
        end=sentence.start + at[1],
        quote=sentence.quote[at[0] : at[1]],
        section=sentence.section,
    )


def _degree(word: str) -> Direction | None:
    for direction, pattern in (
        (Direction.BETTER, _BETTER),
        (Direction.WORSE, _WORSE),
        (Direction.LESS, _LESS),
        (Direction.MORE, _MORE),
    ):
        if pattern.match(word):
            return direction
    return None


def _signed(text: str) -> Direction | None:
    """Whether the words say that more of one goes with more or with less of the other."""
    words = text.lower()
    if "negative" in words or "inverse" in words:
        return Direction.LESS
    return Direction.MORE if "positive" in words else None


def _verb_direction(
    text: str, match: re.Match[str], first: _Range | None, second: _Range | None
) -> Direction | None:
    """The direction the verb words, else that of the ends: "less X went with more Y" is less."""
    verb = match["verb"].replace("no longer", "not")
    signed = _signed(verb) or next(filter(None, map(_degree, verb.split())), None)
    if signed or first is None or second is None:
        return signed
    of_outcome = _degree_before(text, second[0])
    of_exposure = _degree_before(text, first[0])
    turns = of_exposure in (Direction.LESS, Direction.WORSE)
    return _OPPOSITE[of_outcome] if of_outcome and turns else of_outcome


def _degree_before(text: str, end: int) -> Direction | None:
    """ "lower" of "lower levels of X", where X begins at `end`."""
    match = _DEGREE_BEFORE.search(text[max(0, end - 50) : end])
    return _degree(match["degree"]) if match else None

"""The ages of the people studied, as a sentence states them."""

import re
from functools import cache

from rapport.cards.stated import Age
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.values import Told, spans
from rapport.knowledge.patterns import BytesPattern

_PLACES = (SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.METHODS, SectionKind.UNKNOWN)
"""Where ages are stated, best first: those analysed stand in abstract and results."""
_DIGIT = re.compile(r"\d")
_YOUNGEST, _OLDEST = 0.0, 110.0
_N = r"\d{1,3}(?:[.·]\d{1,2})?"
_IS = r"(?:(?: of| was| were| is|:|,| =| at [a-z]+| in years)(?: the)?(?: \w+){0,5}?){0,2}"
_SPREAD = (
    rf"(?:\s?(?:years)?[ ,]*(?:±|\+/-|\+-)\s?(?P<sd>{_N})"
    rf"|\s?(?:years)?,?\s?[(\[]\s?(?:±|\+/-|s\.?d\.?|standard deviation(?: \[sd\])?)?\s?[=:,±]?\s?(?P<sd2>{_N})\s?(?:years)?\s?[)\],;]"
    rf"|\s?(?:years)?,?\s?(?:s\.?d\.?|standard deviation)\s?[=:]?\s?(?P<sd3>{_N}))?"
)
_AND_SD = r"(?:\s?[\[(]?(?:±|\+/-)?\s?(?:s\.?d\.?|standard deviation)[\])]?)?"
_MEANS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # as in "mean age was 43.7 (SD 15.3) years", "average age of the patients: 45 ± 9"
        rf"\b(?:mean|average){_AND_SD}\s?(?:participant |patient )?age(?:\s?[\[(](?:mean )?(?:±|\+/-)?\s?(?:s\.?d\.?|range|years)[\])])?{_IS}\s?[=(]?\s?(?P<mean>{_N})(?![\d.]| (?:was|were)\b){_SPREAD}",
        # as in "aged 43.7 ± 15.3 years", "age: 45 ± 9", "age (mean ± SD) 45 ± 9"
        rf"\bage[ds]?\b(?: \((?:mean|years|yrs?|y)[^()]{{0,15}}\))?[ ,:=]{{1,3}}(?:was |mean )?(?P<mean>{_N})\s?(?:years)?\s?(?:±|\+/-)\s?(?P<sd>{_N})",
        # as in "43.7 ± 15.3 years old", "45.2 (9.1) years of age"
        rf"(?P<mean>{_N})\s?(?:(?:±|\+/-)\s?(?P<sd>{_N})|\((?:sd)?[ =:]*(?P<sd2>{_N})\))\s?(?:years|yrs?)(?: old| of age)",
    )
)
_PEOPLE = (
    r"(?:adults|patients|participants|people|persons|individuals|women|men|children|adolescents|"
    r"volunteers|subjects|residents|workers)"
)
_OF_A_SEX = r"(?:fe)?males?\b|women\b|men\b|girls\b|boys\b"
_IN_BRACKETS = tuple(
    # as in "60 participants (58 ± 15 years, 54% male)", "(78% women, 51 ± 11 years)": only beside
    # the share of a sex, as years in brackets may be those of an illness too
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_PEOPLE}[^,;().]{{0,25}} [(\[](?P<mean>{_N})\s?(?:±|\+/-)\s?(?P<sd>{_N})\s?(?:years?|yrs?|y)[,;]\s\d+[.\d]*\s?%?\s(?:{_OF_A_SEX})",
        rf"\b{_PEOPLE}[^,;().]{{0,25}} [(\[]\d+[.\d]*\s?%?\s(?:{_OF_A_SEX})[,;]\s(?P<mean>{_N})\s?(?:±|\+/-)\s?(?P<sd>{_N})\s?(?:years?|yrs?|y)[,;)\]]",
    )
)
_TO = r"\s?(?:-|–|—|to|and)\s?"
_BOUNDS = rf"(?P<low>{_N})\s?(?:years?)?{_TO}(?P<high>{_N})"
_MEDIAN = re.compile(
    rf"\bmedian(?: \([^()]{{1,12}}\))? age(?: \([^()]{{1,25}}\))?{_IS}\s?[=(]?\s?(?P<median>{_N})"
    rf"|\bage[ds]?\b[^.;()]{{0,30}}\(median[ :=]{{1,2}}(?P<median2>{_N})",
    re.I,
)
_IQR = re.compile(
    rf"\b(?:IQR|inter-?quartile range|Q1{_TO}Q3)\)?\]?[ =:,]{{0,3}}(?:of |was )?[(\[]?(?P<low>{_N})\s?(?:years?)?(?:{_TO}|[,;] )(?P<high>{_N})",
    re.I,
)
_RANGE = re.compile(
    rf"(?<!quartile )\b(?:age )?range[ds]?\)?(?: was| of)?[ =:,]{{0,3}}(?:from |between )?[(\[]?{_BOUNDS}"
    rf"|\b(?:aged?|ages)(?: of)?(?: from| between| ranging from| range[ds]?(?: from)?)? {_BOUNDS.replace('low', 'low2').replace('high', 'high2')}"
    rf"|\bages? (?:ranged|varied|was|were)(?: from| between)? {_BOUNDS.replace('low', 'low3').replace('high', 'high3')}"
    rf"|\b{_BOUNDS.replace('low', 'low4').replace('high', 'high4')}[ -](?:years? (?:old|of age)|year-?olds?)",
    re.I,
)
_YOUNGEST_TO_ENTER = re.compile(
    r"\b(?:aged?|ages)(?: of)?,? (?:≥\s?|over |from )?(?P<low>\d{1,2})(?: years?)?(?: of age)?,? (?:or|and) (?:older|over|above|up)\b"
    r"|(?P<low2>\d{1,2}) years (?:old|of age),? (?:or|and) (?:older|over|above)\b"
    r"|(?P<low3>\d{1,2}) years,? (?:or|and) older\b"
    r"|\b(?:aged|ages?|aged at|age of at) (?:least |≥\s?|>=\s?)(?P<low4>\d{1,2})\b(?! ?(?:-|–|to\b))"
    r"|(?:≥|>=|at least)\s?(?P<low5>\d{1,2}) years (?:old|of age)\b",
    re.I,
)
_OF_THE_SAMPLE = re.compile(
    r"\brang(?:e[ds]?|ing)\b|\([^()]{0,40}\bage[ds]?\b|\bvaried\b", re.I
)
_AGED_PEOPLE = re.compile(
    rf"\b{_PEOPLE}(?: \w+){{0,3}},? \(?(?:ages?|aged)\b|\binclud\w+\b",
    re.I,
)
_ENTRY = re.compile(
    r"\b(?:eligib\w+|criteri(?:a|on)|inclusion|include[ds]? if|had to be|required|were invited|"
    r"we recruited|who were aged|will be|aim\w*)\b",
    re.I,
)
_NOT_THEIRS = re.compile(
    r"\bage at (?:onset|diagnosis|symptom|disease|illness|first)|\bonset\b[^.;]{0,20}\bage\b|"
    r"\bgestational\b|≤ ?\d|\b(?:more|less) likely\b|\bthose aged\b|^(?:the )?(?:controls?|healthy)\b|\bsub(?:group|set|sample)\b|\bbiops|\bOR \d|\bodds\b|\brisk\b|\bage[- ]groups?\b|\bplurality\b|\bgroup \(|\bweeks' gest|"
    r"\b(?:mice|rats|rabbits|goats|pigs|dogs|sows|horses)\b|\bmonths;|\bet al\b|\bstudies\b|\bprevious|\b(?:administered|validated|standard scores|norms)\b|\bliterature\b|\bage-?match",
    re.I,
)
_SHARE = re.compile(
    r"(?: years?)?(?: old| of age)? ?[(\[:,]? ?(?:was |were )?\d+(?:\.\d+)? ?%", re.I
)
"""Behind a range: the share of those who were of these ages, so that others were not."""
_COUNTS = re.compile(
    r" (?:[\w-]+ ){0,2}(?:patients|controls|subjects|participants|adults|people|individuals|women|men)\b",
    re.I,
)
"""A number with people behind it counts them: "the mean age of the 37 adults"."""
_OTHERS_BEFORE = re.compile(
    r"\b(?:controls?|healthy|carers?|parents?|therapists?|HCs?)\b[^,;()]{0,25}$", re.I
)


_TOGETHER = (
    frozenset({"mean", "sd", "median", "iqr_low", "iqr_high"}),
    frozenset({"low", "high"}),
    frozenset({"entry_low", "entry_high"}),
)
"""What belongs together is taken from one sentence: the spread of another place does not fit."""


def age(told: Told) -> Age | None:
    """Mean or median with spread, and range, from the sentence that states most of them first.

    The ages of who might enter are taken from the sentence on entry. Missing: None where no
    sentence on this study's people states an age.
    """
    found: dict[str, float] = {}
    used: list[Sentence] = []
    for sentence in told.best_first(_gate(), _PLACES):
        if _DIGIT.search(sentence.text) is None or _NOT_THEIRS.search(sentence.text):
            continue
        known = {name for part in _TOGETHER if part & found.keys() for name in part}
        stated = _stated(sentence.text, may_enter=sentence.section is not SectionKind.RESULTS)
        new = {name: value for name, value in stated.items() if name not in known}
        if new:
            found |= new
            used.append(sentence)
    return Age(**found, evidence=spans(told, used)) if found else None


def _stated(text: str, *, may_enter: bool) -> dict[str, float]:
    """What a sentence states of ages, by the names of the fields.

    A range that is called one, or stands beside a mean or in brackets, is that of the sample;
    "adults aged 18-65", where `may_enter`, says who might enter; others are of some part.
    """
    found = {**_mean(text), **_middle(text)}
    low, high = _bounds(_RANGE, text)
    if low is None or high is None:
        return found | (_youngest(text) if may_enter and not found else {})
    if found or (_OF_THE_SAMPLE.search(text) and not _ENTRY.search(text)):
        return found | {"low": low, "high": high}
    if may_enter and (_ENTRY.search(text) or _AGED_PEOPLE.search(text)):
        return {"entry_low": low, "entry_high": high}
    return found


def _youngest(text: str) -> dict[str, float]:
    """From which age on people might enter, where no oldest age is named."""
    match = _YOUNGEST_TO_ENTER.search(text)
    if match is None or not (_ENTRY.search(text) or _AGED_PEOPLE.search(text)):
        return {}
    youngest = _years(_written(match, "low"))
    return {} if youngest is None else {"entry_low": youngest}


def _mean(text: str) -> dict[str, float]:
    for pattern in (*_MEANS, *_IN_BRACKETS):
        for match in pattern.finditer(text):
            mean = _years(match["mean"])
            told = text[: match.start("mean")]
            if (
                mean is None
                or _OTHERS_BEFORE.search(told)
                or _COUNTS.match(text, match.end("mean"))
            ):
                continue
            sd = _years(_written(match, "sd"))
            return {"mean": mean} | ({"sd": sd} if sd is not None and sd < mean else {})
    return {}


def _middle(text: str) -> dict[str, float]:
    match = _MEDIAN.search(text)
    median = _years(_written(match, "median")) if match else None
    if match is None or median is None or _COUNTS.match(text, match.end()):
        return {}
    low, high = _bounds(_IQR, text[match.end() : match.end() + 60])
    quartiles = {} if low is None or high is None else {"iqr_low": low, "iqr_high": high}
    return {"median": median, **quartiles}


def _bounds(pattern: re.Pattern[str], text: str) -> tuple[float | None, float | None]:
    match = pattern.search(text)
    if match is None or _SHARE.match(text, match.end()):
        return None, None
    found = [value for value in match.groups() if value is not None]
    low, high = _years(found[0]), _years(found[1])
    return (low, high) if low is not None and high is not None and low < high else (None, None)


def _written(match: re.Match[str], name: str) -> str | None:
    """What the first of the groups of this name (sd, sd2, ...) holds."""
    named = match.groupdict().items()
    return next((value for key, value in named if value and key.startswith(name)), None)


def _years(written: str | None) -> float | None:
    if not written:
        return None
    value = float(written.replace("·", "."))
    return value if _YOUNGEST <= value <= _OLDEST else None


@cache
def _gate() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:age[ds]?|ages|years? old|year-?olds?)\b",
            r"[(\[][^()]{0,30}\d ?(?:±|\+/-) ?[\d.]+ ?(?:years?|yrs?|y)\b",
        ]
    )

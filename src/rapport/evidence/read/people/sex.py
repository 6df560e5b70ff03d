"""The share of women and girls among the people studied, as a sentence states it."""

import re
from functools import cache

from rapport.cards.stated import Sex
from rapport.evidence.read.text.document import SectionKind
from rapport.evidence.read.text.numbers import WORDS, number
from rapport.evidence.read.text.values import Told, spans
from rapport.knowledge.patterns import BytesPattern

_PLACES = (SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.METHODS, SectionKind.UNKNOWN)
_F = r"(?:females?|women|girls|(?-i:F)\b)"
_M = r"(?:males?|men|boys|(?-i:M)\b)"
_P = r"(?<![\d.,·])(?P<p>\d{1,3}(?:[.·,]\d{1,2})?)\s?%"
_COUNT = rf"(?:\d{{1,6}}|{WORDS.replace('(?:', '(?:')})"
_GAP = r"(?: of whom were| of (?:the |all |our )?(?:\w+ ){0,3}(?:were|was)| were| was| being| identified as| \w+ were)?"
_SHARES = tuple(
    (re.compile(pattern, re.I), is_female)
    for sex, is_female in ((_F, True), (_M, False))
    for pattern in (
        # as in "75% female", "75% of the patients were women", "45 (75%) women"
        rf"{_P}\)?(?: \([^()]{{1,15}}\))?{_GAP} (?:cis-?gender )?{sex}\b(?! (?:and|or|had|with|reported|who|(?:were|was) (?:enrolled|recruited|randomi|included|screened|excluded))\b)",
        # as in "women (75%)", "females (n = 45, 75%)"
        rf"\b{sex}(?: sex| gender| participants| patients)?[ :]{{0,2}}[(\[]?(?:n ?= ?)?(?:\d{{1,6}}[ ,;/]{{1,2}}[(\[]?)?{_P}",
    )
)
_COUNTS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?P<f>{_COUNT}) (?:\([^()]{{1,12}}\) )?(?:(?:patients |participants |subjects )?were )?{_F}\b(?: \([^()]{{1,12}}\))?(?: participants| patients)?(?:,? and |, |/|;? ?vs\.? )(?P<m>{_COUNT}) (?:\([^()]{{1,12}}\) )?(?:were )?{_M}\b",
        rf"\b(?P<m>{_COUNT}) (?:\([^()]{{1,12}}\) )?(?:(?:patients |participants |subjects )?were )?{_M}\b(?: \([^()]{{1,12}}\))?(?: participants| patients)?(?:,? and |, |/|;? ?vs\.? )(?P<f>{_COUNT}) (?:\([^()]{{1,12}}\) )?(?:were )?{_F}\b",
    )
)
_EVERYONE = (
    r"\ball(?: of)?(?: the| our)? ?(?:\d+ |\w+ )?"
    r"(?:patients|participants|subjects|volunteers)? ?(?:were|was)"
)
_ALL_FEMALE = re.compile(rf"{_EVERYONE} {_F}\b|\ball[- ](?:female|women)\b", re.I)
_ALL_MALE = re.compile(rf"{_EVERYONE} {_M}\b|\ball[- ]male\b", re.I)
_SEVERAL = rf"(?<![(\[])\b(?:\d{{1,4}}|{WORDS}) (?:[\w-]+,? ){{0,4}}?"
_VOLUNTEERS = (
    r" (?:participants|volunteers|subjects|students|athletes|cyclists)\b(?! (?:had|with|and)\b)"
)
_NAMED_FEMALE = re.compile(rf"{_SEVERAL}female{_VOLUNTEERS}", re.I)
_NAMED_MALE = re.compile(rf"{_SEVERAL}male{_VOLUNTEERS}", re.I)
_OF_TWO_GROUPS = re.compile(r"\)? \d{1,5} \(\d{1,3}(?:[.,]\d+)?\s?%")
"""Another count with its share right behind: two columns of a table in one line."""
_ANY_FEMALE = re.compile(r"\b(?:females?|women|girls)\b", re.I)
_ANY_MALE = re.compile(r"\b(?:males?|men|boys)\b", re.I)
_NOT_THEIRS = re.compile(
    r"^(?:the )?(?:controls?|healthy)\b|\b(?:research team|team members|advisory|advis[eo]rs|steering|interviewers|researchers|moderators|(?:separate|another|other|independent|previous) (?:cohort|group|sample|study))\b|\bof (?:the |all )?(?:females?|women|males?|men),? \d|\b(?:et al|ratio|diagnosed|mortality|slightly|studies|previous|prevalence|literature|reported (?:by|in) |respectively|more likely|"
    r"higher in|in the general|response rate|of (?:the )?(?:females?|women|males?|men) (?:had|reported|were))\b",
    re.I,
)
_OTHERS_BEFORE = re.compile(
    r"\b(?:controls?|healthy|carers?|parents?|therapists?|HCs?|clinicians)\b[^,;()]{0,40}$",
    re.I,
)


def sex(told: Told) -> Sex | None:
    """The share of women with the counts, from the first sentence of the best place.

    A share of men is turned round. Missing: None where no sentence states either.
    """
    for sentence in told.best_first(_gate(), _PLACES):
        if _NOT_THEIRS.search(sentence.text):
            continue
        found = _counts(sentence.text) or _share(sentence.text)
        if found is not None:
            share, n_female, n_male = found
            return Sex(
                share_female=share,
                n_female=n_female,
                n_male=n_male,
                evidence=spans(told, [sentence]),
            )
    return None


_Found = tuple[float, int | None, int | None]


def _counts(text: str) -> _Found | None:
    for pattern in _COUNTS:
        match = pattern.search(text)
        if match is None or _OTHERS_BEFORE.search(text[: match.start()]):
            continue
        females, males = number(match["f"]), number(match["m"])
        if females is not None and males is not None and females + males > 1:
            return round(females / (females + males), 4), females, males
    return None


def _of_one_sex(text: str) -> float | None:
    """All or none, where everyone is said to be of one sex: "15 healthy male volunteers"."""
    if _ALL_FEMALE.search(text):
        return 1.0
    if _ALL_MALE.search(text):
        return 0.0
    female, male = _NAMED_FEMALE.search(text), _NAMED_MALE.search(text)
    if bool(female) == bool(male) or (_ANY_FEMALE.search(text) and _ANY_MALE.search(text)):
        return None
    return 1.0 if female else 0.0


def _share(text: str) -> _Found | None:
    for pattern, is_female in _SHARES:
        match = pattern.search(text)
        if match is None or _OTHERS_BEFORE.search(text[: match.start()]):
            continue
        if _OF_TWO_GROUPS.match(text, match.end()):
            return None
        percent = float(match["p"].replace("·", ".").replace(",", "."))
        if percent <= 100:
            share = percent / 100 if is_female else 1 - percent / 100
            return round(share, 4), None, None
    whole = _of_one_sex(text)
    return None if whole is None else (whole, None, None)


@cache
def _gate() -> BytesPattern:
    return BytesPattern([r"\b(?:(?:fe)?males?|women|men|girls|boys)\b", r"\d ?% ?F\b"])

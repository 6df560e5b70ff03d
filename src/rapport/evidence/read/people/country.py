"""The countries in which people were studied, where a sentence on the study names them.

The names are knowledge/data/reading/participants/countries.toml.
"""

import re
from functools import cache

from rapport.cards.stated import Countries
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.values import Told, spans
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.values import country_names

_PLACES = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS)
_BRACKETS = re.compile(r"\([^()]{0,120}\)")
_OF_THE_STUDY = re.compile(
    r"\b(?:recruit\w*|enrol\w*|conducted|carried out|took place|undertaken|performed|participants?|"
    r"patients|residents?|living|lived|live|based in|survey\w*|clinics?|hospitals?|cent(?:re|er)s?|sites|"
    r"general practices|schools|nationwide|national(?:ly)?|cohort|population|register|registry|registers|"
    r"adults|people|individuals|children|trial|sample|villages|communit(?:y|ies)|study|university)\b",
    re.I,
)
_NOT_OF_THE_STUDY = re.compile(
    r"^(?:the |our )?(?:(?:healthy|matched|sedentary) )?controls?\b|^healthy\b|\b(?:ethic\w*|approv\w+|review board|purchased|manufactur\w+|version|software|Inc\b|Ltd|GmbH|Corp|kit\b|"
    r"supplied|obtained from|previous(?:ly)?|studies|prevalence|guidelines?|validated|funded|funding|grant|"
    r"et al|criteria of|registered|ISRCTN|analy[sz]er|USD|dollars|such as|compared (?:to|with) the|"
    r"in line with|trials? regist\w+|institute of medicine|(?:developed|designed|created|trained|manufactured) (?:by|at)|centers for disease|developed in|shipped|sent to|sequenc\w+)\b",
    re.I,
)


_ADDRESS = re.compile(
    r"@|\b(?:edited by|reviewed by|editor:|correspondence|creative commons|received:|affiliations?)\b",
    re.I,
)
_HOUSE = re.compile(
    r"\b(?:University|Department|Institute|Faculty|School|Division|Cent(?:re|er))\b"
)
_HOUSES = 4
"""So many in one sentence: the addresses of its authors, if nothing is said to be done there."""
_DONE_THERE = re.compile(
    r"\b(?:recruited|enrol+ed|conducted|carried out|took place|undertaken)\b", re.I
)


def country(told: Told) -> Countries | None:
    """The countries named in the title or in sentences that tell where the study was done.

    Words in brackets are left out: makers of devices and authors' houses stand there. Missing:
    None where no such sentence names one; authors' addresses are never used.
    """
    names: dict[str, None] = {}
    used: list[Sentence] = []
    for sentence in told.having(_gate()):
        if sentence.section not in _PLACES or _is_address(sentence.text):
            continue
        words = _BRACKETS.sub(" ", sentence.text)
        if _NOT_OF_THE_STUDY.search(words) or not _OF_THE_STUDY.search(words):
            continue
        found = [_by_name()[match.group("name")] for match in _stands().finditer(words)]
        if set(found) - set(names):
            names |= dict.fromkeys(found)
            used.append(sentence)
    return Countries(names=tuple(names), evidence=spans(told, used)) if names else None


def _is_address(text: str) -> bool:
    """Whether it is of authors, editors or reviewers, which a PDF leaves in its first lines."""
    if _ADDRESS.search(text):
        return True
    return len(_HOUSE.findall(text)) >= _HOUSES and not _DONE_THERE.search(text)


@cache
def _by_name() -> dict[str, str]:
    """Each way to write a country, with its name."""
    return {
        written: name
        for name, others in country_names().names.items()
        for written in (name, *others)
    }


@cache
def _stands() -> re.Pattern[str]:
    """A name of a country behind a word that tells where: "in Norway", "across the UK"."""
    names = "|".join(re.escape(each) for each in sorted(_by_name(), key=len, reverse=True))
    return re.compile(
        r"(?:\b(?:in|from|across|of|throughout|within|and|or|around)|,|;)"
        rf" (?:the |northern |southern |eastern |western |central |rural |urban |mainland )?"
        rf"(?P<name>{names})(?![\w'-])(?! (?:and|or) [A-Z]\w+ (?:University|Hospital))"
    )


@cache
def _gate() -> BytesPattern:
    names = "|".join(re.escape(each) for each in _by_name())
    return BytesPattern([rf"(?-i:\b(?:{names}))"])

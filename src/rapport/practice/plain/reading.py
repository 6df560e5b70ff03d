"""How easy a text is to read: words, sentences, syllables, and the school grade they make. Pure.

A counter of our own: it needs no word list. Grades of a sentence or two are rough.
"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,/%]*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|(?<=[:;])\s+|\n+")
_VOWELS = re.compile(r"[aeiouyäöüéèáø]+")
_NOT_SPOKEN = re.compile(
    r"(?<=q)u"  # qu: question
    r"|(?<=..[cgstx])i(?=[aou]|en)"  # tion, cial, tient: nation, patient
    r"|(?<=[^aeiou])e(?=ly$|ments?$|ful|less|ness)"  # severely, statement
    r"|(?<=s[o]m)e(?=\w)|(?<=\bev)e(?=r\w)|(?<=p)e(?=ople)|(?<=fr)i(?=end)"
)
_TWO_AT_ONCE = re.compile(
    r"i[aou]|ie(?=[tn])|(?<!g)ua|uo|[aeiouy]ing|eo(?!u)|ea(?=t(?:e|ion))|(?<=[aeiou].)ea$"
)
_SILENT = re.compile(r"(?:[^aeiouyl]|[aeiou]l|[^aeiou]{2}l)e(?:s|d)?$")
_SOUNDED = re.compile(r"(?:[td]ed|(?:[sxz]|[cs]h|[cg])es|[^aeiouy]les?)$")


def words(text: str) -> list[str]:
    """The words and numbers of a text, in order."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences; a colon, a semicolon and a line end one too, as for a reader with little energy."""
    return [part.strip() for part in _SENTENCE.split(text) if words(part)]


def syllables(word: str) -> int:
    """How many syllables a word has, by its letters; a number counts as one."""
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    if not plain.isalpha():
        return 1
    spoken = _NOT_SPOKEN.sub("", plain)
    groups = len(_VOWELS.findall(spoken)) + len(_TWO_AT_ONCE.findall(spoken))
    silent = _SILENT.search(spoken) and not _SOUNDED.search(spoken)
    return max(1, groups - bool(silent))


def grade(text: str) -> float:
    """The school grade of a text (Flesch and Kincaid), 0 at least; 0 for a text without words.

    Source: Kincaid and others 1975, Research Branch Report 8-75: 0.39 words a sentence plus
        11.8 syllables a word, minus 15.59.
    """
    parts = sentences(text)
    said = [word for part in parts for word in words(part)]
    if not said:
        return 0.0
    by_length = 0.39 * len(said) / len(parts)
    by_syllables = 11.8 * sum(map(syllables, said)) / len(said)
    return max(0.0, by_length + by_syllables - 15.59)


def longest(text: str) -> Sequence[str]:
    """The words of the longest sentence."""
    return max((words(part) for part in sentences(text)), key=len, default=list[str]())

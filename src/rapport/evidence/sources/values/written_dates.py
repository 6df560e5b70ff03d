"""Dates as exports write them, at the precision they have."""

import re

from rapport.core.dates import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero",
            "feb february februar février fevrier febrero",
            "mar march märz mars marzo mrz",
            "apr april avril abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio",
            "aug august août aout agosto",
            "sep sept september septembre septiembre",
            "oct october oktober octobre octubre okt",
            "nov november novembre noviembre",
            "dec december dezember décembre decembre diciembre dez",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_CITED = re.compile(r"\. (\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)(?=[\s;:.]|$)")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![\d-])(\d{1,2})(?:st|nd|rd|th)?(?![\d-])")


def month_number(text: str | None) -> int | None:
    """The month a name, an abbreviation or a number of one or two digits stands for."""
    word = (text or "").strip().strip(".").lower()
    if word.isdecimal():
        return _in_range(int(word), 12)
    return _MONTHS.get(word)


def partial_date(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """The date as far as its parts make sense: a day without a month is left out."""
    month = _in_range(month, 12)
    return PartialDate(
        year=year, month=month, day=_in_range(day, 31) if month is not None else None
    )


def written_date(text: str | None) -> PartialDate | None:
    """The date in `text`: ISO, with slashes, or with a month's name; None if no year is there.

    Where day and month cannot be told apart ("03/04/2019"), only the year is taken.
    """
    words = (text or "").strip()
    iso = _ISO.match(words)
    if iso is not None and _YEAR.fullmatch(iso.group(1)):
        year, month, day = (int(part) if part else None for part in iso.groups())
        if month is not None or not _WORD.search(words):
            return partial_date(year or 0, month, day)
    return _day_first(words) or _with_words(words)


def cited_date(text: str | None) -> PartialDate | None:
    """The date in a citation as PubMed writes it, "Lancet. 2011 Mar 5;377(9768):823-36".

    Of several days ("2011 Mar 5-11") the month is taken. None where no year follows the journal.
    """
    found = _CITED.search(text or "")
    return written_date(found.group(1)) if found else None


def _day_first(words: str) -> PartialDate | None:
    match = _DAY_FIRST.match(words)
    if match is None:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first > 12 >= second:
        return partial_date(year, second, first)
    if second > 12 >= first:
        return partial_date(year, first, second)
    return PartialDate(year=year)


def _with_words(words: str) -> PartialDate | None:
    year = _YEAR.search(words)
    if year is None:
        return None
    months = (month_number(word) for word in _WORD.findall(words))
    month = next((number for number in months if number is not None), None)
    rest = words[: year.start()] + " " + words[year.end() :]
    day = _DAY.search(rest) if month is not None else None
    return partial_date(int(year.group()), month, int(day.group(1)) if day else None)


def _in_range(number: int | None, highest: int) -> int | None:
    return number if number is not None and 1 <= number <= highest else None

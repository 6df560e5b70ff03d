"""Clauses of a sentence, and the words of a clause with its names masked for the rules."""

import re
from collections.abc import Sequence
from functools import cache

from rapport.evidence.read.definitions.mentions import Mention
from rapport.evidence.read.text.numbers import WORDS
from rapport.knowledge.names import Name
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.rules import reading_rules

_MOST_CLAUSES = 20
"""Clauses of one sentence that are told apart; what follows is one more."""
DEFINITION = "<DEF>"
PEM = "<PEM>"
BUT_NOT = re.compile(
    rf"(?<={DEFINITION})(?P<first>(?: criteria| definition| case definition)?)[,;]? (?:but |and |who )*(?:(?:did|do|does) )?(?:not|without)"
    rf" (?:(?:also|meet|meeting|fulfil|fulfilling|satisfy|satisfying) )*(?:the )?{DEFINITION}(?: criteria| definition)?"
)
"""A second definition that those who met the first did not meet."""

_CONTROLS = (
    r"(?:the )?(?:\d+ )?(?:(?:age|sex|gender)[ -]?(?:and \w+[ -])?matched )?"
    r"(?:(?:healthy|sedentary|non-?fatigued|normal|control) )+\w+|(?:the )?controls|HCs?"
)
_THROWN_IN = r"(?:none|not|neither|no)\b[^,;]{0,40},"
_SUBJECT = r"(?=(?:we|our|patients|participants|everyone|all|they|this|the present|the current|here|(?-i:the [A-Z])\w+)\b)"
_CONTRAST = re.compile(
    rf"(?:in contrast (?:to|with)|unlike|whereas|contrary to|as opposed to|(?:even )?though|although"
    rf"|while|since|because|given that)\b[^.;]{{10,200}}?, {_SUBJECT}",
    re.I,
)
"""What the sentence is set against, before its main clause."""
_SOME = rf"(?:some|many|most|several|few|half|\d+|{WORDS})"
_MET = r"(?:met|meet|meeting|fulfil\w*|satisf\w+)"
_BOUNDARY = re.compile(
    # A semicolon, but not between the items of a list: "(a) ...; and (b) ...".
    r";\s+(?!(?:(?:and|or|and/or)\s+)?[(\[]?(?:\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3})[)\].]\s|those (?:who did not|positive|who (?:passed|qualified))\b|(?:all|each)(?: of)? (?:two|three|four|five|six|these|them|which|items|symptoms)\b)"
    # "but", and not a word thrown in: "all patients, but none of the controls, met".
    rf"|,? (?:while|whereas)\s(?!{_THROWN_IN}|not\b)|,? but\s(?!{_THROWN_IN}|not\b|for\b)|, so that\s"
    # The account of one's own behind that of others: "...: our patients met".
    r"|:\s(?=our \w+ (?:met|fulfilled|satisfied|had|were)\b)"
    # What others should do, or have done.
    r"|,? and (?=(?:future|further|larger|earlier|previous|other) (?:\w+ )?(?:stud(?:y|ies)|work|research|trials?)\b)"
    # What was done later, or what shut people out, is another matter.
    r"|,? and (?=(?:were |was )?(?:subsequently|later|afterwards|retrospectively)\b)"
    r"|,? and (?=(?:they |patients |participants )?(?:were |was )(?:then |further )?(?:sub)?(?:divided|split|separated|grouped|classified|sorted) (?:in|into|by|according)\b)"
    r"|(?P<sorted>\s)(?=(?:were|was) (?:then |further |subsequently |later )?(?:assigned|(?:sub)?divided|split|separated|sorted) (?:in)?to\b)"
    r"|(?<!inclusion),? and (?=(?:the |all |other )?exclusion(?:s|ary)?\b)"
    # Another group with a rule of its own: "... and the second cohort met".
    r"|,? and (?=(?:the |all )?(?:first|second|third|other|latter|cohort|group|sample|study|site)\b"
    r"[^.;,]{0,40}\b(?:met|fulfilled|satisfied|were diagnosed)\b)"
    r"|,? and (?=(?:the )?(?:(?:first|second|third|other|latter|discovery|validation|replication) )?"
    r"(?:cohort|group|sample|site|cent(?:re|er))\b[^.;,]{0,20}\b(?:by|with|using|according to)\b)"
    rf"|,\s(?=(?:of whom|of which|of these)\b|{_SOME} of (?:whom|which|these|them)\b[^,;.]{{0,40}}\b{_MET}\b)"
    rf"|,\s(?=including {_SOME} (?:\w+ )?(?:who|that|which|also|{_MET})\b)"
    # What was looked at in some as well is no rule of all.
    r"|,? and,? (?=(?:wherever|where|whenever|when|if|as far as) (?:possible|available|feasible|known|applicable)\b|preferably\b|ideally\b)"
    # A clause of its own about a share: "..., and 80% also met".
    r"|,? and (?=(?:the |a )?(?:majority|most|half|some|many|several|subset|subgroup|sub-group|minority"
    r"|proportion|\d+(?:\.\d+)? ?%|\d+ (?:of|out of|further|others?|more|additionally|\())[^.;]{0,60}\b(?:met|fulfil\w*|satisf\w+|also)\b)"
    rf"|,? and (?=(?:\d+|{WORDS}) (?:also|in addition|additionally) )"
    # A clause of its own about the controls: "... and controls did not".
    rf"|,? (?:and|with) (?=(?:{_CONTROLS})\b[^.;<]{{0,50}}?\b"
    r"(?:were|was|did|had|have|reported|who|without|not|no|free)\b)",
    re.I,
)


def clause_bounds(text: str, names: Sequence[Mention] = ()) -> list[tuple[int, int]]:
    """Start and end of each clause; together they are the sentence.

    How people were sorted is a clause of its own only if it has one of the `names` in it.
    """
    found: list[tuple[int, int]] = []
    start = 0
    contrast = _CONTRAST.match(text)
    if contrast is not None:
        found.append((0, contrast.end()))
        start = contrast.end()
    for match in _BOUNDARY.finditer(text, start):
        if _inside_brackets(text, start, match.start()):
            continue
        if match["sorted"] and not any(name.start > match.end() for name in names):
            continue
        found.append((start, match.start()))
        start = match.end()
        if len(found) == _MOST_CLAUSES:
            break
    return [*found, (start, len(text))]


def _inside_brackets(text: str, start: int, place: int) -> bool:
    return any(
        text.count(opening, start, place) > text.count(closing, start, place)
        for opening, closing in ("()", "[]")
    )


@cache
def pem_names() -> TextPattern:
    """The names of post-exertional malaise."""
    names = reading_rules("pem_clauses").names
    return TextPattern(names.patterns if names else (), ignore_case=True)


def masked(text: str, start: int, end: int, mentions: tuple[Mention | Name, ...]) -> str:
    """The clause with each name of a definition as <DEF> and each name of PEM as <PEM>."""
    places = _merged([(m.start, m.end) for m in mentions if start <= m.start < end])
    pieces: list[str] = []
    position = start
    for first, last in places:
        pieces.append(_pem_masked(text[position:first]))
        pieces.append(DEFINITION)
        position = last
    pieces.append(_pem_masked(text[position:end]) if position < end else "")
    return "".join(pieces)


def _pem_masked(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for first, last in pem_names().places(text):
        pieces.append(text[position:first])
        pieces.append(PEM)
        position = last
    pieces.append(text[position:])
    return "".join(pieces)


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in sorted(places):
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def about_pem(text: str) -> str:
    """The text with PEM masked, or nothing where it does not name PEM."""
    return _pem_masked(text) if pem_names().occurs_in(text) else ""

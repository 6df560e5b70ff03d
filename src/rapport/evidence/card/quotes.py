"""Which sentences of a publication its card quotes: whole, few, and under the record's licence."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from rapport.cards import licences
from rapport.cards.facts import ReadStatement, Statement
from rapport.cards.limits import Limit
from rapport.cards.strength import HEDGED
from rapport.core.spans import Span
from rapport.core.vocabulary import Origin, StatementKind, band_of

DIGEST_NOTE = "digest by Rapport, not the abstract"
TOO_STRONG_NOTE = "worded more strongly than this kind of study can show"

_MOST = {StatementKind.OBSERVED: 10, StatementKind.INFERRED: 6, StatementKind.OPEN: 3}
"""Sentences of a kind on one card: more than that nobody reads who has little energy."""

_FIELD_ORDER = {"title": 0, "abstract": 1, "text": 2, "body": 3}
_ASSOCIATION = 2
_LONGEST_MAIN_FINDING = 40
PROOF = 8
_LEANS = re.compile(r"\b(?:Table|Figures?|Fig\.|Supplement\w*|Appendix)\b", re.IGNORECASE)


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a record may be quoted at length, and whether its text is this project's digest."""

    is_open: bool
    is_digest: bool = False


class Quotes(msgspec.Struct, frozen=True, kw_only=True):
    """What is quoted, by kind and in the order of the text.

    `main` is the finding that the summary quotes, one of `observed`, or None. `left_out` counts
    sentences that the licence kept off the card.
    """

    observed: tuple[Statement, ...]
    inferred: tuple[Statement, ...]
    open: tuple[Statement, ...]
    main: Statement | None
    left_out: int


def quotes(
    statements: Iterable[ReadStatement],
    *,
    limit: Limit,
    rights: Rights,
    main_words: int,
    told: Iterable[Span] = (),
) -> Quotes:
    """The sentences a card quotes.

    `main_words` is what the summary has left for the main finding; a finding that is longer or
    is worded more strongly than the study carries is not quoted there, nor is one of the spans
    in `told`, which the summary tells already: who took part and how.
    """
    wanted = _without_repeats(statements)
    told_at = {(span.field, span.start) for span in told}
    news = [each for each in wanted if (each.field, each.start) not in told_at]
    main = main_finding(news, limit, main_words)
    chosen = _chosen(wanted, main)
    allowed = chosen if rights.is_open else _within_licence(chosen, main)
    by_kind = {kind: _quoted(allowed, kind, limit, rights) for kind in _MOST}
    return Quotes(
        observed=by_kind[StatementKind.OBSERVED],
        inferred=by_kind[StatementKind.INFERRED],
        open=by_kind[StatementKind.OPEN],
        main=quoted(main, limit, rights) if main is not None and main in allowed else None,
        left_out=len(chosen) - len(allowed),
    )


def main_finding(
    statements: Sequence[ReadStatement], limit: Limit, most_words: int
) -> ReadStatement | None:
    """The observed sentence that says most in few words; the first of equals.

    It is of the abstract where there is one, and does not lean on a table. What links things
    comes before what only describes, plain words before a row of figures.
    """
    has_abstract = any(each.field == "abstract" for each in statements)
    fitting = [
        each
        for each in statements
        if each.kind is StatementKind.OBSERVED
        and (each.field == "abstract" or not has_abstract)
        and not _LEANS.search(each.quote)
        and licences.word_count(each.quote) <= min(most_words, _LONGEST_MAIN_FINDING)
        and (each.strength is None or each.strength <= limit.level)
    ]
    return min(fitting, key=_rank, default=None)


def _rank(statement: ReadStatement) -> tuple[int, int, int]:
    links = statement.strength is not None and statement.strength >= _ASSOCIATION
    figures = sum(character.isdigit() for character in statement.quote)
    crowded = figures > len(statement.quote) // 8
    return (_FIELD_ORDER.get(statement.field, 9), int(crowded), int(not links))


def _without_repeats(statements: Iterable[ReadStatement]) -> list[ReadStatement]:
    """Statements of the kinds that are quoted, in the order of the text, each wording once."""
    ordered = sorted(
        (each for each in statements if each.kind in _MOST and each.field != "title"),
        key=lambda each: (_FIELD_ORDER.get(each.field, 9), each.start),
    )
    return list({each.quote: each for each in reversed(ordered)}.values())[::-1]


def _chosen(wanted: list[ReadStatement], main: ReadStatement | None) -> list[ReadStatement]:
    """The first of each kind, up to its number, and the main finding."""
    counted = dict.fromkeys(_MOST, 0)
    chosen: list[ReadStatement] = []
    for each in wanted:
        counted[each.kind] += 1
        if counted[each.kind] <= _MOST[each.kind] or each == main:
            chosen.append(each)
    return chosen


def _within_licence(
    chosen: list[ReadStatement], main: ReadStatement | None
) -> list[ReadStatement]:
    """As many as the limits for text without an open licence allow, one of each kind first."""
    left = licences.MAX_WORDS_A_CARD
    taken: list[ReadStatement] = []
    for each in _by_turns(chosen, main):
        length = licences.word_count(each.quote)
        if length <= min(left, licences.MAX_WORDS_A_QUOTE):
            taken.append(each)
            left -= length
    return [each for each in chosen if each in taken]


def _by_turns(chosen: list[ReadStatement], main: ReadStatement | None) -> list[ReadStatement]:
    """The main finding, then the first of each kind, then the second of each kind, and so on."""
    turns: dict[int, int] = {}
    counted = dict.fromkeys(_MOST, 0)
    for place, each in enumerate(chosen):
        turns[place] = -1 if each == main else counted[each.kind]
        counted[each.kind] += 1
    return [chosen[place] for place in sorted(turns, key=lambda place: (turns[place], place))]


def _quoted(
    allowed: list[ReadStatement], kind: StatementKind, limit: Limit, rights: Rights
) -> tuple[Statement, ...]:
    return tuple(quoted(each, limit, rights) for each in allowed if each.kind is kind)


def quoted(statement: ReadStatement, limit: Limit, rights: Rights) -> Statement:
    """The sentence as it stands in its field, with a note where it needs one."""
    notes = [
        DIGEST_NOTE if rights.is_digest else "",
        TOO_STRONG_NOTE if _is_too_strong(statement, limit) else "",
    ]
    return Statement(
        text=statement.quote,
        kind=statement.kind.value,
        origin=Origin.QUOTED,
        spans=(statement.span,),
        strength=statement.strength,
        band=statement.band,
        note="; ".join(filter(None, notes)) or None,
    )


def _is_too_strong(statement: ReadStatement, limit: Limit) -> bool:
    """Whether the sentence is said without a hedge in a stronger band than the study carries.

    Only bands count, since readers tell no finer difference, and words of proof.
    """
    strength = statement.strength
    if strength is None or strength <= limit.level or strength == HEDGED:
        return False
    return strength == PROOF or band_of(strength) is not band_of(limit.level)

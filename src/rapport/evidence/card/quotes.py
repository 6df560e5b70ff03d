"""Which sentences of a publication its card quotes: few, the important ones, under its licence."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from rapport.cards import licences
from rapport.cards.facts import ReadStatement, Statement
from rapport.cards.limits import Limit
from rapport.cards.strength import HEDGED, PROOF
from rapport.core.spans import Span
from rapport.core.vocabulary import Origin, StatementKind, band_of
from rapport.evidence.card.belongs import belongs, each_once
from rapport.evidence.card.excerpt import PART_NOTE, is_whole, shortened, without_label
from rapport.evidence.card.importance import (
    compares,
    importance,
    is_hard_to_read,
    leans_back,
    leans_on_others,
    tells_who_took_part,
    title_words,
)

_MOST = {StatementKind.OBSERVED: 6, StatementKind.INFERRED: 4, StatementKind.OPEN: 3}
"""Sentences of a kind on one card: more than that nobody reads who has little energy."""
_ENOUGH = 2
"""Sentences of a kind in an abstract from which on the body is not asked for more."""

_FIELD_ORDER = {"title": 0, "abstract": 1, "text": 2, "body": 3}
_LONGEST_MAIN_FINDING = 40


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a record may be quoted at length, and whether its text is this project's digest."""

    is_open: bool
    is_digest: bool = False


class Quotes(msgspec.Struct, frozen=True, kw_only=True):
    """What is quoted, by kind: findings in order of importance, all else in that of the text.

    `main` is the finding that the summary quotes, or a clause of it, or None. `left_out` counts
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
    title: str | None = None,
    told: Iterable[Span] = (),
    has_results: bool = True,
) -> Quotes:
    """The sentences a card quotes; the gate says beside each whether it says too much.

    `main_words` is what the summary has left for the main finding; a finding that is worded
    more strongly than the study carries is not quoted there, nor is one of the spans in `told`,
    which the summary tells already: who took part and how. What a plan (`has_results` false)
    tells as found, others found.
    """
    of_title = title_words(title)
    own = [each for each in statements if has_results or _is_of_a_plan(each)]
    wanted = _findings_first(_by_importance(_quotable(own), of_title))
    told_at = [(span.field, span.start, span.end) for span in told]
    news = [each for each in wanted if not _is_told(each, told_at)]
    source, main = main_finding(news, limit, main_words, of_title)
    chosen = _chosen(wanted, source)
    allowed = chosen if rights.is_open else _within_licence(chosen, source, main)
    by_kind = {kind: _quoted(allowed, kind, rights) for kind in _MOST}
    return Quotes(
        observed=by_kind[StatementKind.OBSERVED],
        inferred=by_kind[StatementKind.INFERRED],
        open=by_kind[StatementKind.OPEN],
        main=_main_quoted(source, main, rights) if source in allowed else None,
        left_out=len(chosen) - len(allowed),
    )


def main_finding(
    statements: Sequence[ReadStatement],
    limit: Limit,
    most_words: int,
    title: Iterable[str] = (),
) -> tuple[ReadStatement | None, ReadStatement | None]:
    """The observed sentence that says most in few plain words, and what of it is shown.

    It is of the abstract where there is one, needs no table and no sentence before it, and is
    whole if any whole one is short enough, else a clause of a longer one. The first of equals.
    """
    has_abstract = any(each.field == "abstract" for each in statements)
    most = min(most_words, _LONGEST_MAIN_FINDING)
    fitting = [
        each
        for each in statements
        if each.kind is StatementKind.OBSERVED
        and (each.field == "abstract" or not has_abstract)
        and not leans_on_others(each.quote)
        and not tells_who_took_part(each.quote)
        and not _is_too_strong(each, limit)
    ]
    shown = [(each, _within(each, most)) for each in fitting]
    short = [(each, part) for each, part in shown if part is not None]
    return min(short, key=lambda pair: _rank(*pair, title), default=(None, None))


def _within(statement: ReadStatement, most_words: int) -> ReadStatement | None:
    """The statement, or a clause of it that still compares what the whole one compares."""
    if licences.word_count(statement.quote) <= most_words:
        return statement
    part = shortened(statement, most_words)
    if part is None or (compares(statement.quote) and not compares(part.quote)):
        return None
    return part


def _rank(
    statement: ReadStatement, part: ReadStatement, title: Iterable[str]
) -> tuple[int | bool, ...]:
    group, taken_up = importance(statement, title)
    return (
        _FIELD_ORDER.get(statement.field, 9),
        group,
        is_hard_to_read(part.quote),
        taken_up,
        part is not statement,
    )


def _is_of_a_plan(statement: ReadStatement) -> bool:
    """Whether the plan of a study can say it: what is open, and what its abstract expects."""
    if statement.kind is StatementKind.INFERRED:
        return statement.field != "body"
    return statement.kind is not StatementKind.OBSERVED


def _is_told(statement: ReadStatement, told: Iterable[tuple[str, int, int]]) -> bool:
    """Whether the statement is one of these places, with or without the label at its head."""
    return any(
        field == statement.field and start <= statement.start and statement.end <= end
        for field, start, end in told
    )


def _in_abstract(statement: ReadStatement) -> bool:
    return statement.field == "abstract"


def _begun(statements: Iterable[ReadStatement]) -> int:
    """Where the abstract first says what was done or found, in characters."""
    done = {StatementKind.METHOD, StatementKind.OBSERVED}
    starts = (each.start for each in statements if each.kind in done and _in_abstract(each))
    return min(starts, default=0)


def _quotable(statements: Sequence[ReadStatement]) -> list[ReadStatement]:
    """Whole sentences of the kinds that are quoted, in the order of the text, each thing said
    once.

    What is asked before anything was done or found is why the study was made, and no question
    that it leaves. Where the abstract says enough of a kind, the body is not asked.
    """
    begun = _begun(statements)
    kept = [
        without_label(each)
        for each in statements
        if each.kind in _MOST
        and each.field != "title"
        and each.is_clear
        and not (each.kind is StatementKind.OPEN and _in_abstract(each) and each.start < begun)
    ]
    whole = sorted(
        filter(is_whole, kept),
        key=lambda each: (_FIELD_ORDER.get(each.field, 9), each.start),
    )
    once = each_once(filter(belongs, whole))
    told = Counter(each.kind for each in once if _in_abstract(each))
    enough = {kind for kind in _MOST if told[kind] >= _ENOUGH}
    return [
        each
        for each in once
        if each.field != "body" or not (each.kind in enough or leans_back(each.quote))
    ]


def _by_importance(
    statements: list[ReadStatement], title: Iterable[str]
) -> list[ReadStatement]:
    """Findings of the abstract before those of the body, the more important groups first."""

    def place(statement: ReadStatement) -> tuple[int, int]:
        is_finding = statement.kind is StatementKind.OBSERVED
        group = importance(statement, title)[0] if is_finding else 0
        return _FIELD_ORDER.get(statement.field, 9), group

    return sorted(statements, key=place)


def _findings_first(wanted: list[ReadStatement]) -> list[ReadStatement]:
    """Without sentences on who took part, which the card tells elsewhere, where enough else was
    found."""
    found = [each for each in wanted if each.kind is StatementKind.OBSERVED]
    people = [each for each in found if tells_who_took_part(each.quote)]
    if len(found) - len(people) < _ENOUGH:
        return wanted
    return [each for each in wanted if each not in people]


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
    chosen: list[ReadStatement], source: ReadStatement | None, main: ReadStatement | None
) -> list[ReadStatement]:
    """As many as the limits for text without an open licence allow, one of each kind first.

    A clause of the main finding (`main`) stands in the summary beside its whole sentence
    (`source`), so its words count too.
    """
    left = licences.MAX_WORDS_A_CARD
    if main is not None and main is not source:
        left -= licences.word_count(main.quote)
    taken: list[ReadStatement] = []
    for each in _by_turns(chosen, source):
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
    allowed: list[ReadStatement], kind: StatementKind, rights: Rights
) -> tuple[Statement, ...]:
    return tuple(quoted(each, rights) for each in allowed if each.kind is kind)


def quoted(statement: ReadStatement, rights: Rights) -> Statement:
    """The sentence as it stands in its field, with a note where the words are not the paper's."""
    return Statement(
        text=statement.quote,
        kind=statement.kind.value,
        origin=Origin.QUOTED,
        spans=(statement.span,),
        strength=statement.strength,
        band=statement.band,
        note=licences.DIGEST_NOTE if rights.is_digest else None,
    )


def _main_quoted(
    source: ReadStatement | None, part: ReadStatement | None, rights: Rights
) -> Statement | None:
    if source is None or part is None:
        return None
    said = quoted(part, rights)
    if part is source:
        return said
    note = f"{PART_NOTE}; {said.note}" if said.note else PART_NOTE
    return msgspec.structs.replace(said, note=note)


def _is_too_strong(statement: ReadStatement, limit: Limit) -> bool:
    """Whether the sentence is said without a hedge in a stronger band than the study carries.

    Only bands count, since readers tell no finer difference, and words of proof.
    """
    strength = statement.strength
    if strength is None or strength <= limit.level or strength == HEDGED:
        return False
    return strength == PROOF or band_of(strength) is not band_of(limit.level)

"""What the gate says beside what a card quotes: no sentence of others goes unmarked.

A card shows sentences of a paper to the letter, and some of them say more than the paper shows.
They are judged together, as one text: the title against the results that stand on the card.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from rapport.cards.facts import Statement
from rapport.cards.parts import Part, Sentence
from rapport.cards.study_card import Parts, StudyCard
from rapport.cards.verdicts import Verdict
from rapport.cards.wording import DRIFT, Finding, Remark, Wording
from rapport.core.vocabulary import Ground, Origin, StatementKind

_PART_OF = {
    StatementKind.OBSERVED.value: Part.RESULTS,
    StatementKind.INFERRED.value: Part.CONCLUSION,
}
"""What a quoted sentence is taken for; every other kind is an aside."""


class _Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """The quotations of a card as one text, the title first, and where each stands in it."""

    text: str
    places: tuple[Sentence, ...]


def noted(card: StudyCard, wording: Wording) -> StudyCard:
    """The card with a note beside each quotation, and beside its title, that needs one.

    Notes that are there already stay before it. What the badge says of all of them is not
    repeated beside each.
    """
    remarks = remarks_on(card, wording)
    parts = {
        part.name: tuple(
            _with_notes(each, remarks, wording) for each in getattr(card.parts, part.name)
        )
        for part in msgspec.structs.fields(Parts)
    }
    return msgspec.structs.replace(
        card,
        parts=Parts(**parts),
        title_note=_of_title(remarks.get(card.citation.title or "", ())),
    )


def remarks_on(card: StudyCard, wording: Wording) -> dict[str, tuple[Remark, ...]]:
    """What the gate warns of or refuses in each quotation and in the title, by their words."""
    quoted = _quoted(card)
    found = wording.judged(
        quoted.text,
        quoted.places,
        design=card.design,
        badge=card.badge.badge,
        people=card.participants.most,
        offers=False,
    )
    return {
        quoted.text[place.start : place.end]: tuple(_remarks(place, found))
        for place in quoted.places
    }


def quotations(card: StudyCard) -> Iterator[Statement]:
    """Every quoted sentence of the six parts."""
    for part in msgspec.structs.fields(card.parts):
        for statement in getattr(card.parts, part.name):
            if statement.origin is Origin.QUOTED:
                yield statement


def _quoted(card: StudyCard) -> _Quoted:
    """Each wording once. What stands on a card was read as the paper's own, so it is taken so."""
    parts = {card.citation.title or "": Part.TITLE}
    for each in quotations(card):
        parts.setdefault(each.text, _PART_OF.get(each.kind, Part.ASIDE))
    text, places = "", list[Sentence]()
    for said, part in parts.items():
        start = len(text)
        text += f"{said}\n"
        places.append(Sentence(start=start, end=start + len(said), part=part, is_labelled=True))
    return _Quoted(text=text, places=tuple(places))


def _remarks(place: Sentence, found: Sequence[Finding]) -> Iterator[Remark]:
    """What is said of the clauses at a place, the most severe of each clause first."""
    for each in found:
        if not (place.start <= each.start < place.end) or each.rule is None:
            continue
        worst = Remark(
            rule=each.rule,
            verdict=each.verdict,
            reason=each.reason or "",
            missing=each.missing,
            note=each.note,
        )
        yield from (one for one in (worst, *each.also) if one.verdict is not Verdict.OK)


def _with_notes(
    statement: Statement, remarks: Mapping[str, Sequence[Remark]], wording: Wording
) -> Statement:
    if statement.origin is not Origin.QUOTED:
        return statement
    said = wording.beside(remarks.get(statement.text, ()))
    notes = [note for note in (statement.note, *said) if note]
    return msgspec.structs.replace(statement, note="; ".join(dict.fromkeys(notes)) or None)


def _of_title(remarks: Sequence[Remark]) -> str | None:
    """Only what it claims beyond doubt, and more strongly than the study or its results on the
    card: a title that hedges, or names what the study is about, is no news."""
    claimed = (
        each.note
        for each in remarks
        if each.note
        and (each.verdict is Verdict.REFUSAL or each.rule == DRIFT)
        and Ground.PLAIN_CLAIM not in each.missing
    )
    return next(claimed, None)

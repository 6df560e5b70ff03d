"""A reader's own text about a study, marked where it says more than the study can carry.

Pure: what was sent in, what the page and its data show out. Nothing of it is kept anywhere.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from rapport.cards.badge_words import BADGES
from rapport.cards.facts import DesignRecord
from rapport.cards.limits import Limit
from rapport.cards.study_card import StudyCard
from rapport.cards.wording import ABOVE_LIMIT, Finding, Verdict
from rapport.core.vocabulary import Badge, Design, DesignKind
from rapport.web import words
from rapport.web.card_page import size

MOST_CHARACTERS = 8_000
"""Of a text; a long press release has 5,000."""
ROWS_BYTES = 22_000
"""What the remarks may take of the page; it stays below 50 kB with the text and the form."""
HIGHEST = 8


class GateAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A text and what is known of its study. `badge` and `blinded`: None where not known."""

    text: str
    design: Design
    badge: Badge | None = None
    blinded: bool | None = None
    kinds: tuple[DesignKind, ...] = ()

    def record(self) -> DesignRecord:
        """The design as the gate takes it."""
        return DesignRecord(value=self.design, blinded=self.blinded, kinds=self.kinds)


class GateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the gate says of a text: one finding a clause, and their number by verdict.

    `limit` is what such a study carries at most; a sentence may have a lower one of its own.
    """

    limit: Limit
    counts: dict[str, int]
    findings: tuple[Finding, ...]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it was sent, kept as it was where something is wrong with it."""

    text: str = ""
    design: str = ""
    badge: str = ""
    blinded: str = ""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a field of the form, and what to do."""

    field: str
    text: str


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text; `number` is that of its remark, None where there is none."""

    text: str
    verdict: Verdict = Verdict.OK
    number: int | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a clause. `levels` says how strong words above the limit are where no reason does,
    `grounds` on what a refusal rests, or why there is only a warning."""

    number: int
    clause: str
    verdict: Verdict
    reasons: tuple[str, ...]
    levels: str | None
    weaker: tuple[str, ...]
    grounds: tuple[str, ...]


BLINDED = {"": None, "yes": True, "no": False}


def form_of(sent: Mapping[str, str]) -> Form:
    """The form from the fields that were sent; line ends as the program counts them."""
    text = sent.get("text", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return Form(
        text=text,
        design=sent.get("design", ""),
        badge=sent.get("badge", ""),
        blinded=sent.get("blinded", ""),
    )


def form_for(card: StudyCard) -> Form:
    """An empty form about the study of a card."""
    blinded = card.design.blinded
    return Form(
        design=card.design.value.value,
        badge=card.badge.badge.value,
        blinded="" if blinded is None else "yes" if blinded else "no",
    )


def faults(form: Form) -> tuple[Fault, ...]:
    """All that is wrong with a form; empty means that it can be read."""
    return tuple(_faults(form))


def _faults(form: Form) -> Iterator[Fault]:
    if not form.text:
        yield Fault(field="text", text="Paste a text.")
    elif len(form.text) > MOST_CHARACTERS:
        told = f"The text has {len(form.text):,} letters. Use at most {MOST_CHARACTERS:,}."
        yield Fault(field="text", text=f"{told} You can check it in parts.")
    if form.design not in set(Design):
        yield Fault(field="design", text="Choose a kind of study from the list.")
    if form.badge and form.badge not in set(Badge):
        yield Fault(field="badge", text="Choose one of the answers on PEM.")
    if form.blinded not in BLINDED:
        yield Fault(field="blinded", text="Choose yes, no or not known.")


def asked(form: Form) -> GateAsked:
    """The same with its types; for a form without faults."""
    return GateAsked(
        text=form.text,
        design=Design(form.design),
        badge=Badge(form.badge) if form.badge else None,
        blinded=BLINDED[form.blinded],
    )


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """The number of clauses by verdict, the severe first."""
    return {
        verdict.value: sum(one.verdict is verdict for one in findings)
        for verdict in (Verdict.REFUSAL, Verdict.WARNING, Verdict.OK)
    }


def summary(findings: Sequence[Finding]) -> str:
    """What was found, in one or two short sentences."""
    found = counts(findings)
    too_much, care = found[Verdict.REFUSAL], found[Verdict.WARNING]
    if not too_much and not care:
        return "We found nothing that says too much. Our rules may still miss something."
    told = [
        f"{number} {'part says' if number == 1 else 'parts say'} {what}."
        for number, what in ((too_much, "too much"), (care, "something that needs care"))
        if number
    ]
    return " ".join(told)


def limit_sentence(limit: Limit, level_names: Mapping[int, str]) -> str:
    """How strongly such a study may be spoken of, and why."""
    name = level_names.get(limit.level, "").lower()
    return (
        f"A study of this kind carries level {limit.level} of {HIGHEST} at most: {name}. "
        f"{' '.join(limit.reasons)} Level 0 claims no link, level {HIGHEST} a cure or proof."
    )


def pieces(text: str, findings: Sequence[Finding]) -> tuple[Piece, ...]:
    """The whole text in stretches, the marked ones with the number of their remark."""
    found: list[Piece] = []
    at = number = 0
    for one in findings:
        if one.verdict is Verdict.OK:
            continue
        number += 1
        found.append(Piece(text=text[at : one.start]))
        marked = text[one.start : one.end]
        found.append(Piece(text=marked, verdict=one.verdict, number=number))
        at = one.end
    found.append(Piece(text=text[at:]))
    return tuple(piece for piece in found if piece.text)


def rows(findings: Sequence[Finding]) -> tuple[tuple[Row, ...], int]:
    """The remarks that fit on the page, in the order of the text, and how many do not."""
    marked = [one for one in findings if one.verdict is not Verdict.OK]
    shown: list[Row] = []
    left = ROWS_BYTES
    for number, one in enumerate(marked, 1):
        row = _row(number, one)
        left -= 340 + sum(map(size, (row.clause, *row.reasons, *row.weaker, *row.grounds)))
        if left < 0:
            break
        shown.append(row)
    return tuple(shown), len(marked) - len(shown)


def _row(number: int, finding: Finding) -> Row:
    levels = (
        f"Its words are at level {finding.level} of {HIGHEST}; {finding.limit} is the most."
    )
    rules = (finding.rule, *(remark.rule for remark in finding.also))
    weaker = (finding.weaker, *(remark.weaker for remark in finding.also))
    return Row(
        number=number,
        clause=finding.clause,
        verdict=finding.verdict,
        reasons=(finding.reason or "", *(remark.reason for remark in finding.also)),
        levels=levels if finding.level > finding.limit and ABOVE_LIMIT not in rules else None,
        weaker=tuple(dict.fromkeys(text for text in weaker if text)),
        grounds=finding.grounds,
    )


def choices() -> dict[str, tuple[tuple[str, str], ...]]:
    """The values that each field can have, with their words."""
    return {
        "design": tuple((one.value, words.DESIGNS[one]) for one in Design),
        "badge": tuple((one.value, BADGES[one].label) for one in Badge),
        "blinded": (("yes", "Hidden (blinded)"), ("no", "Not hidden")),
    }

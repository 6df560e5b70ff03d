"""Which items are asked of whom, in their order."""

from rapport.practice.records.check_ins import Length
from rapport.practice.records.people import Respondent, Side

HELP, PICK, OWN_PICK, NOTE = "S0", "PICK", "PICKo", "NOTE"
LEVEL, LEVEL_SEEN = "C1x", "C1x_c"
SENTENCES = tuple(f"C{k}{half}" for k in range(1, 7) for half in "ab")
"""The twelve sentences of the person, two for each challenge."""
SHORT_SENTENCES = ("C1a", "C2b", "C3a", "C4b", "C5a", "C6a")
OWN = tuple(f"C{k}o" for k in range(1, 7))
OBSERVABLE = (LEVEL, "C4b", "C5b", "C6a", "C6b")
"""What somebody beside the person can see. A proxy is asked for nothing else."""


def items(side: Side, length: Length, respondent: Respondent) -> tuple[str, ...]:
    """The items of a check-in, first to last: 16 or 9 of the person, 20 or 14 of the other side."""
    if respondent is Respondent.PROXY:
        return OBSERVABLE
    sentences = SENTENCES if length is Length.FULL else SHORT_SENTENCES
    if side is Side.PRACTITIONER:
        return (*OWN, OWN_PICK, *(predicted(each) for each in sentences), LEVEL_SEEN)
    first = [each for each in sentences if each.startswith("C1")]
    rest = [each for each in sentences if not each.startswith("C1")]
    note = (NOTE,) if length is Length.FULL else ()
    return (HELP, *first, LEVEL, *rest, PICK, *note)


def predicted(sentence: str) -> str:
    """The practitioner's item that foretells the answer to a sentence of the person."""
    return f"{sentence}_pred"


def sentence_of(item: str) -> str | None:
    """The person's sentence that an item foretells; None for any other item."""
    return item.removesuffix("_pred") if item.endswith("_pred") else None

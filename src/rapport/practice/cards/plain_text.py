"""A card as plain text, to print or to paste. Pure."""

import textwrap
from collections.abc import Iterable, Iterator

from rapport.practice.cards.ready import EvidenceLine, ReadyCard

WIDTH = 78


def full_text(ready: ReadyCard, safety: Iterable[str]) -> str:
    """The whole card with its evidence; `safety` is what comes before all else."""
    card = ready.card
    blocks = [
        *_head(ready),
        *_listed("Safety first", safety),
        *_listed("For every talk", ready.for_every_talk),
        *_listed("Step by step", card.steps, numbered=True),
        *_listed("You could say", (f"“{each}”" for each in card.phrases)),
        *_listed("Avoid", card.avoid),
        *_listed("It works if", card.works_if),
        "What is known",
        _wrapped(card.summary),
        *(_evidence(line) for line in ready.evidence),
        *_listed("What this does not prove", card.does_not_prove),
    ]
    return _text(blocks)


def _head(ready: ReadyCard) -> Iterator[str]:
    card = ready.card
    yield card.title
    yield _wrapped(f"{ready.header} {card.reviewed_words.capitalize()}.")
    yield _wrapped(card.purpose)
    yield _wrapped(
        f"About {card.minutes} minutes, an estimate. "
        f"What it asks of the person: {card.effort.value}."
    )


def _evidence(line: EvidenceLine) -> str:
    entry = line.entry
    rows = [
        f"{entry.id}. {line.direction_words}. {line.pem_words}.",
        line.about,
        f"Found: {' '.join(entry.finding)}",
        f"Who: {entry.people}." if entry.people else "",
        f"Does not prove: {line.does_not_prove}",
        *(f"To be checked: {each}" for each in entry.to_check),
        f"Verified: {line.verified_words}.",
        *(f"{work.text}." for work in entry.works),
    ]
    first, *others = (_wrapped(row) for row in rows if row)
    return "\n".join([first, *(textwrap.indent(row, "  ") for row in others)])


def _listed(title: str, lines: Iterable[str], *, numbered: bool = False) -> Iterator[str]:
    yield title
    marks = (f"{number}. " if numbered else "- " for number in range(1, 100))
    yield "\n".join(
        textwrap.fill(line, WIDTH - 2, initial_indent=mark, subsequent_indent=" " * len(mark))
        for mark, line in zip(marks, lines, strict=False)
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH - 2, break_on_hyphens=False)


def _text(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"

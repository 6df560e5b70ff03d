"""The page for a visit, which both can print or paste. It holds what its reader may see, no more."""

import datetime
import textwrap
from collections.abc import Mapping, Sequence

import msgspec

from rapport.core.dates import in_words
from rapport.practice.check_in import items
from rapport.practice.check_in.bands import WORDS, bands
from rapport.practice.check_in.reveal import Together
from rapport.practice.check_in.screens import Names, Screen
from rapport.practice.check_in.sending import counted_answers
from rapport.practice.check_in.wording import Wording
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Respondent, Side
from rapport.scoring.check_in import Thresholds

WIDTH = 60


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with short lines."""

    heading: str
    lines: tuple[str, ...]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The page: `title`, the day it is of, and its parts in their order."""

    title: str
    on: datetime.date
    parts: tuple[Part, ...]


def own_page(
    check_in: CheckIn,
    screens: Sequence[Screen],
    names: Names,
    wording: Wording,
    conditions: Sequence[str] = (),
) -> Summary:
    """What one side itself has sent: for a visit without a reveal, or before one.

    `conditions` are what makes a visit possible, in words.
    """
    said = counted_answers(check_in)
    on = (check_in.sent_at or check_in.started_at).date()
    parts = (
        Part(heading="What to talk about first", lines=_first(said, wording.labels)),
        Part(heading="What makes a visit possible", lines=tuple(conditions)),
        Part(heading="On most days now", lines=_level(said, screens)),
        Part(heading=_answers_heading(check_in), lines=_answers(said, screens)),
        Part(heading="To add", lines=(check_in.note,) if check_in.note else ()),
        Part(heading="About this page", lines=_about(wording)),
    )
    return Summary(title=f"For the talk of {_both(names)}", on=on, parts=_filled(parts))


def with_shared(
    page: Summary | None,
    shared: CheckIn,
    screens: Sequence[Screen],
    names: Names,
    wording: Wording,
    used: Thresholds,
) -> Summary:
    """The practitioner's page with what the person shares, as the practitioner may see it.

    `page` is their own, None where they have sent none. `shared` holds answers where these may
    be seen, and bands elsewhere.
    """
    said = counted_answers(shared)
    words = {**bands(said, used), **shared.bands}
    theirs = (
        Part(
            heading=f"{names.patient} wants to talk first about",
            lines=_first(said, wording.labels),
        ),
        Part(heading=f"For {names.patient}, most days now", lines=_level(said, screens)),
        Part(
            heading=f"For {names.patient}",
            lines=tuple(f"{wording.labels[k]}: {WORDS[words[k]]}." for k in sorted(words)),
        ),
        Part(heading=f"What {names.patient} answered", lines=_answers(said, screens)),
        Part(heading=f"{names.patient} adds", lines=(shared.note,) if shared.note else ()),
    )
    on = (shared.sent_at or shared.started_at).date()
    if page is None:
        about = Part(heading="About this page", lines=_about(wording))
        return Summary(
            title=f"For the talk of {_both(names)}", on=on, parts=_filled((*theirs, about))
        )
    return Summary(title=page.title, on=max(on, page.on), parts=(*_filled(theirs), *page.parts))


def page_of_both(
    seen: Together,
    on: datetime.date,
    names: Names,
    wording: Wording,
    conditions: Sequence[str] = (),
) -> Summary:
    """What both agreed to see together, as one of them may see it."""
    labels = wording.labels
    first = (labels[seen.picked],) if seen.picked else ()
    each = tuple(
        Part(
            heading=labels[challenge.number],
            lines=(
                challenge.says,
                *(f"{pair.sentence} {pair.gap}" for pair in challenge.pairs if pair.gap),
            ),
        )
        for challenge in seen.challenges
        if challenge.picked or challenge.gap or challenge.number in seen.cards
    )
    parts = (
        Part(heading="What to talk about first", lines=first),
        Part(heading="What makes a visit possible", lines=tuple(conditions)),
        Part(heading="On most days now", lines=(seen.severity,) if seen.severity else ()),
        *each,
        Part(heading="About this page", lines=_about(wording)),
    )
    return Summary(title=f"For the talk of {_both(names)}", on=on, parts=_filled(parts))


def plain_text(summary: Summary) -> str:
    """The same as text to paste: no line above sixty letters, headings marked by a colon."""
    lines = [summary.title, in_words(summary.on), ""]
    for part in summary.parts:
        lines.append(f"{part.heading}:")
        for line in part.lines:
            lines += textwrap.wrap(line, WIDTH, initial_indent="- ", subsequent_indent="  ")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _about(wording: Wording) -> tuple[str, ...]:
    """What the page is and what it is not."""
    return tuple(wording.says("about_check_in", each) for each in ("new", "talk", "never"))


def _both(names: Names) -> str:
    return f"{names.patient} and {names.practitioner}"


def _filled(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.lines)


def _first(said: Mapping[str, int], labels: Mapping[int, str]) -> tuple[str, ...]:
    picked = said.get(items.PICK, said.get(items.OWN_PICK, 0))
    return (labels[picked],) if picked in labels else ()


def _level(said: Mapping[str, int], screens: Sequence[Screen]) -> tuple[str, ...]:
    by_item = {each.item: each for each in screens}
    level = next((each for each in (items.LEVEL, items.LEVEL_SEEN) if each in said), None)
    if level is None or level not in by_item:
        return ()
    return (by_item[level].words_of(said[level]),)


def _answers_heading(check_in: CheckIn) -> str:
    if check_in.side is Side.PRACTITIONER:
        return "My own side"
    is_proxy = check_in.respondent is Respondent.PROXY
    return "Answered in their place" if is_proxy else "Answers"


def _answers(said: Mapping[str, int], screens: Sequence[Screen]) -> tuple[str, ...]:
    """Sentences with their answers; of the practitioner the own side, not what was foretold."""
    shown = {*items.SENTENCES, *items.OWN}
    return tuple(
        f"{each.asks} {each.words_of(said[each.item])}."
        for each in screens
        if each.item in said and each.item in shown
    )

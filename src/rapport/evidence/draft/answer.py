"""A model's answer, typed at this border and made statements; what does not fit is named."""

import re
from collections.abc import Iterator

import msgspec

from rapport.cards.facts import Statement
from rapport.core.spans import Span
from rapport.core.vocabulary import Origin
from rapport.evidence.draft.prompt import PROMPT_VERSION

PARTS = ("quick_summary", "why_it_matters")
MOST_A_PART = 2
LONGEST_WORDS = 25
RULE = "model_draft"

_SUPPORT = 0.6
"""Share of a sentence's longer words that its spans must have: fewer is another sentence."""
_STEM = 5
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_PLAIN = re.compile(r"[^<>\[\]{}|`\\\n]*[.]")
_LINK = re.compile(r"https?:|www\.|@\w|\b\w+\.(?:com|org|net|io)\b", re.IGNORECASE)
_ORDINARY = frozenset(
    ("about", "after", "also", "among", "because", "been", "before", "being", "between", "both",
     "could", "does", "doing", "during", "each", "every", "from", "have", "having", "here", "into",
     "know", "less", "many", "matters", "might", "more", "most", "much", "need", "only", "other",
     "over", "part", "people", "researchers", "shows", "some", "study", "such", "than", "that",
     "their", "them", "then", "there", "these", "they", "this", "those", "took", "were", "what",
     "when", "where", "whether", "which", "while", "will", "with", "without", "would")
)  # fmt: skip


class DraftedSentence(msgspec.Struct, frozen=True):
    """One sentence as the model gives it; other keys are passed over."""

    text: str
    rests_on: tuple[int, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The whole answer."""

    quick_summary: tuple[DraftedSentence, ...] = ()
    why_it_matters: tuple[DraftedSentence, ...] = ()


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A statement for a part of the card, or why there is none."""

    part: str
    statement: Statement
    problems: tuple[str, ...]


def parsed(content: str) -> Answer | None:
    """The answer; None if it is not JSON of that shape."""
    try:
        return msgspec.json.decode(content.strip().encode(), type=Answer)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


def candidates(answer: Answer, spans: tuple[Span, ...], model: str) -> Iterator[Candidate]:
    """Every drafted sentence as a statement with its spans, and what is wrong with its form."""
    for part in PARTS:
        drafted: tuple[DraftedSentence, ...] = getattr(answer, part)
        for number, sentence in enumerate(drafted):
            named = [spans[at - 1] for at in sentence.rests_on if 0 < at <= len(spans)]
            too_many = ["there are more sentences than asked for"] * (number >= MOST_A_PART)
            yield Candidate(
                part=part,
                statement=_statement(sentence.text.strip(), tuple(named), model),
                problems=(*too_many, *_problems(sentence, named)),
            )


def _statement(text: str, spans: tuple[Span, ...], model: str) -> Statement:
    return Statement(
        text=text,
        kind="draft",
        origin=Origin.MODEL,
        rule=RULE,
        spans=spans,
        facts={"model": model, "prompt": PROMPT_VERSION},
        note=f"drafted by a model ({model}, prompt {PROMPT_VERSION}), checked by rules",
    )


def _problems(sentence: DraftedSentence, named: list[Span]) -> Iterator[str]:
    text = sentence.text.strip()
    if not sentence.rests_on or len(named) != len(sentence.rests_on):
        yield "it does not name the sentences it rests on"
    if not _PLAIN.fullmatch(text) or _LINK.search(text):
        yield "it is not one plain sentence"
    if len(text.split()) > LONGEST_WORDS:
        yield f"it has more than {LONGEST_WORDS} words"
    if named and _support(text, named) < _SUPPORT:
        yield "it says something else than the sentences it names"


def _support(text: str, named: list[Span]) -> float:
    """The share of the longer words whose beginning stands in the spans; 1 without any."""
    known = {word[:_STEM] for span in named for word in _words(span.quote)}
    said = [word for word in _words(text) if word not in _ORDINARY]
    return sum(word[:_STEM] in known for word in said) / len(said) if said else 1.0


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _LONG_WORD.findall(text)]

"""Labels that people made, typed at this border: JSON Lines of readings, texts and statements."""

from collections.abc import Iterator
from typing import Annotated, Protocol, TypeVar

import msgspec

from rapport.core.errors import InputError
from rapport.core.vocabulary import Badge, Combination, Design, StatementKind

Place = Annotated[int, msgspec.Meta(ge=0)]
People = Annotated[int, msgspec.Meta(ge=0)]
Strength = Annotated[int, msgspec.Meta(ge=0, le=8)]


class Labelled(Protocol):
    """Labels of one study or paper."""

    @property
    def id(self) -> str:
        """Which one."""
        ...


T = TypeVar("T", bound=Labelled)


class LabelledReading(msgspec.Struct, frozen=True, kw_only=True):
    """One study as its readers labelled it; `*_also_ok` are other defensible answers.

    `evidence_*` and `n_cases_evidence_*` are offsets in the text, end exclusive.
    """

    id: str
    text_kind: str = "text"
    pem_badge: Badge
    badge_also_ok: tuple[Badge, ...] = ()
    definitions: tuple[str, ...] = ()
    combination: Combination
    evidence_start: Place | None = None
    evidence_end: Place | None = None
    study_design: Design
    study_design_also_ok: tuple[Design, ...] = ()
    n_cases: People | None = None
    n_cases_also_ok: tuple[People | None, ...] = ()
    n_cases_evidence_start: Place | None = None
    n_cases_evidence_end: Place | None = None

    def __post_init__(self) -> None:
        """Raises: ValueError for a span with one end, or that ends before it begins."""
        _check_span("evidence", self.evidence_start, self.evidence_end)
        _check_span("n_cases_evidence", self.n_cases_evidence_start, self.n_cases_evidence_end)


class LabelledSentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence; `section` only for those of the body."""

    quote: str
    kind: StatementKind
    strength: Strength | None = None
    overreach: bool | None = None
    section: str | None = None


class LabelledPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The labelled sentences of one paper; `id` is the stem of its file."""

    id: str
    abstract_sentences: tuple[LabelledSentence, ...] = ()
    body_sentences: tuple[LabelledSentence, ...] = ()

    def __post_init__(self) -> None:
        """Raises: ValueError for a paper without a sentence."""
        if not self.abstract_sentences and not self.body_sentences:
            raise ValueError("it has no abstract_sentences and no body_sentences")


def parsed(data: bytes, kind: type[T], *, where: str) -> tuple[T, ...]:
    """The labels in JSON Lines, at least one; blank lines are passed over.

    Raises: InputError for no label at all, an id that is labelled twice, and a line that is not
        JSON or does not have the shape of `kind`, with its number.
    """
    first: dict[str, int] = {}
    found: list[T] = []
    for number, label in _numbered(data, kind, where):
        if label.id in first:
            raise InputError(
                f"{label.id} is labelled twice, on line {first[label.id]} and here",
                where=f"{where}, line {number}",
                fix="keep one of the two",
            )
        first[label.id] = number
        found.append(label)
    if not found:
        raise InputError(
            "there is no label in the file",
            where=where,
            fix=f"write one JSON object a line, with the fields of {kind.__name__}",
        )
    return tuple(found)


def _numbered(data: bytes, kind: type[T], where: str) -> Iterator[tuple[int, T]]:
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"a label cannot be read: {error}",
                where=f"{where}, line {number}",
                fix=f"each line is a JSON object with the fields of {kind.__name__}",
            ) from error


def _check_span(name: str, start: int | None, end: int | None) -> None:
    if (start is None) != (end is None):
        raise ValueError(f"{name}_start and {name}_end go together")
    if start is not None and end is not None and start >= end:
        raise ValueError(f"{name}_start must be less than {name}_end")

"""Labels that people made, typed at this border: JSON Lines of readings, texts and statements."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from rapport.core.errors import InputError
from rapport.core.vocabulary import StatementKind

T = TypeVar("T")


class LabelledReading(msgspec.Struct, frozen=True, kw_only=True):
    """One study as its readers labelled it; `*_also_ok` are other defensible answers."""

    id: str
    text_kind: str = "text"
    pem_badge: str
    badge_also_ok: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    combination: str
    evidence_start: int | None = None
    evidence_end: int | None = None
    study_design: str
    study_design_also_ok: tuple[str, ...] = ()
    n_cases: int | None = None
    n_cases_also_ok: tuple[int, ...] = ()
    n_cases_evidence_start: int | None = None
    n_cases_evidence_end: int | None = None


class LabelledSentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence; `section` only for those of the body."""

    quote: str
    kind: StatementKind
    strength: int | None = None
    section: str | None = None


class LabelledPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The labelled sentences of one paper; `id` is the stem of its file."""

    id: str
    abstract_sentences: tuple[LabelledSentence, ...] = ()
    body_sentences: tuple[LabelledSentence, ...] = ()


def parsed(data: bytes, kind: type[T], *, where: str) -> Iterator[T]:
    """The values of JSON Lines; blank lines are passed over.

    Raises: InputError for a line that is not JSON or does not have the shape of `kind`, with
        its number.
    """
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"a label cannot be read: {error}",
                where=f"{where}, line {number}",
                fix=f"each line is a JSON object with the fields of {kind.__name__}",
            ) from error

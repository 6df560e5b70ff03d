"""The facts of a study as they were read: each value with the spans that carry it."""

import msgspec

from rapport.cards.stated import (
    Age,
    Blinding,
    Comparison,
    Countries,
    FollowUp,
    Groups,
    PlannedNumber,
    Randomisation,
    Settings,
    Severity,
    Sex,
)
from rapport.core.spans import Span
from rapport.core.vocabulary import (
    Badge,
    Band,
    Combination,
    Design,
    DesignKind,
    Direction,
    Origin,
    StatementKind,
)


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """That people decided a value and not the rules: under which name, on which day, and why.

    `rules_read` is what the rules read in the same text, in one line.
    """

    by: str
    on: str
    reason: str
    rules_read: str | None = None


class PemRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether PEM was required to enter the study, by which definitions, and who says so.

    Units: `minimum_hours` in hours, `share_with_pem` from 0 to 1.
    Missing: None where the text read does not state it; badge `not_stated` where no usable
    entry rule was found. A badge that asserts something always has evidence.
    """

    badge: Badge
    definitions: tuple[str, ...] = ()
    combination: Combination = Combination.NONE
    minimum_hours: float | None = None
    share_with_pem: float | None = None
    instrument: str | None = None
    rule: str | None = None
    why: str | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    decided: Decided | None = None


class DesignRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The design of the study; `blinded` is None where it is not stated.

    `basis` says what the design was taken from where that is not the text, and so has no span:
    "publication type: Randomized Controlled Trial". The last four have spans of their own and
    are None where the text does not state them. `is_certain` is False where the text speaks for
    another design nearly as much, or for none: nothing is refused then for the design alone.
    """

    value: Design
    blinded: bool | None = None
    kinds: tuple[DesignKind, ...] = ()
    evidence: tuple[Span, ...] = ()
    basis: str | None = None
    blinding: Blinding | None = None
    control: Comparison | None = None
    randomisation: Randomisation | None = None
    follow_up: FollowUp | None = None
    decided: Decided | None = None
    is_certain: bool = True


class Participants(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who was studied. `n_cases`: patients analysed where stated, else those enrolled.

    What stands below `evidence` has spans of its own, and is None where the text does not
    state it: no word on severity means *not reported*.
    """

    n_cases: int | None = None
    n_enrolled: int | None = None
    n_controls: int | None = None
    evidence: tuple[Span, ...] = ()
    n_analysed: int | None = None
    planned: PlannedNumber | None = None
    groups: Groups | None = None
    age: Age | None = None
    sex: Sex | None = None
    severity: Severity | None = None
    setting: Settings | None = None
    country: Countries | None = None
    decided: Decided | None = None

    @property
    def most(self) -> int | None:
        """The largest number of patients that is stated anywhere: where it matters whether they
        were few, a part of them must not be taken for all. None where there is no number."""
        known = (self.n_cases, self.n_enrolled, self.n_analysed)
        return max((number for number in known if number is not None), default=None)


class Link(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a sentence sets against what; both ends are parts of the sentence, to the letter.

    Of a comparison the exposure is the group that is spoken of. `is_denied`: the sentence says
    that the link was not found. Missing: `direction` is None where no word tells it.
    """

    exposure: Span
    outcome: Span
    direction: Direction | None = None
    is_denied: bool = False


class ReadStatement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence of a publication, what it does, and how strong a link it words.

    `is_clear` is False for a sentence of the body whose kind is told by little: it is no
    sentence for a card. Missing: `strength` and `band` are None except for observed and
    inferred sentences; `link` is None where no link with two ends was found, `claimed` where
    no link is claimed beyond doubt, as a finite verb does.
    """

    kind: StatementKind
    field: str
    start: int
    end: int
    quote: str
    section: str | None = None
    strength: int | None = None
    band: Band | None = None
    link: Link | None = None
    is_clear: bool = True
    claimed: int | None = None

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        return Span(
            field=self.field,
            start=self.start,
            end=self.end,
            quote=self.quote,
            section=self.section,
        )


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence on a card, how it came to be, and the spans it rests on.

    A quoted sentence is its span's quote, to the letter. One made by rule names the rule (an
    entry of the knowledge base) and in `facts` the facts of the study that it used, with the
    spans that carry them. `note` is said beside the sentence: whose words it quotes, or that
    it is worded more strongly than the design carries.
    """

    text: str
    kind: str
    origin: Origin
    rule: str | None = None
    spans: tuple[Span, ...] = ()
    strength: int | None = None
    band: Band | None = None
    facts: dict[str, str] = {}
    note: str | None = None


__all__ = [
    "Decided",
    "DesignRecord",
    "Direction",
    "Link",
    "Participants",
    "PemRecord",
    "ReadStatement",
    "Statement",
    "StatementKind",
]

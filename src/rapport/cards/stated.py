"""What a study states of itself beside its design and its size, each value with its spans.

Every record of this module is absent (None where it would stand) if the text states nothing of
it; so none of them means "no" by its absence.
"""

import msgspec

from rapport.core.spans import Span
from rapport.core.vocabulary import (
    BlindLevel,
    BlindParty,
    Control,
    HarmsFinding,
    HarmsMethod,
    IllnessSeverity,
    Setting,
    TimeUnit,
)


class _Stated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Values of this module: `evidence` are the sentences that state them."""

    evidence: tuple[Span, ...]


class Blinding(_Stated, frozen=True):
    """Who was blinded (`parties`), and the authors' word for it (`level`).

    Missing: no parties where only the word is given; no level where only people are named.
    """

    parties: tuple[BlindParty, ...] = ()
    level: BlindLevel | None = None


class Comparison(_Stated, frozen=True):
    """What the treatment was compared with; several where there are several arms."""

    kinds: tuple[Control, ...]


class Randomisation(_Stated, frozen=True):
    """Whether chance decided who got what, as stated; `by_cluster`: whole groups were drawn.

    Missing: `concealed` is None where nothing is said of it, and never False.
    """

    is_randomised: bool
    by_cluster: bool = False
    concealed: bool | None = None


class FollowUp(_Stated, frozen=True):
    """How long people were followed at most, in the unit the text uses; `kind` says whether it is
    a median or a mean of them."""

    length: float
    unit: TimeUnit
    kind: str | None = None


class PlannedNumber(_Stated, frozen=True):
    """How many people a protocol plans to study: nobody has been studied yet."""

    n: int


class GroupSize(msgspec.Struct, frozen=True, kw_only=True):
    """One group or arm, in the words of the text before its number."""

    name: str
    n: int


class Groups(_Stated, frozen=True):
    """The groups or arms of one sentence with their numbers."""

    sizes: tuple[GroupSize, ...]


class Age(_Stated, frozen=True):
    """The ages of the people studied.

    Units: years. `low` and `high` bound the sample, `iqr_low` and `iqr_high` its middle half,
    `entry_low` and `entry_high` who might enter.
    """

    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    low: float | None = None
    high: float | None = None
    iqr_low: float | None = None
    iqr_high: float | None = None
    entry_low: float | None = None
    entry_high: float | None = None


class Sex(_Stated, frozen=True):
    """The share of women and girls, from 0 to 1, and the counts where the text gives them."""

    share_female: float
    n_female: int | None = None
    n_male: int | None = None


class Severity(_Stated, frozen=True):
    """How ill the people were (`levels`), and who was left out for being too ill."""

    levels: tuple[IllnessSeverity, ...] = ()
    left_out: tuple[IllnessSeverity, ...] = ()


class Settings(_Stated, frozen=True):
    """Where the people were found or seen."""

    values: tuple[Setting, ...]


class Countries(_Stated, frozen=True):
    """The countries in which people were studied, by their English names."""

    names: tuple[str, ...]


class DropOut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many left, of how many; `arm` in the words of the text, None for the whole study.

    Units: `share` from 0 to 1.
    """

    n: int | None = None
    of: int | None = None
    share: float | None = None
    arm: str | None = None


class Harms(_Stated, frozen=True):
    """What the text says of harms and of people who left.

    Missing: `finding` is None where the text speaks of people who left but not of harms;
    `serious` is None where nothing is said of serious ones.
    """

    finding: HarmsFinding | None = None
    methods: tuple[HarmsMethod, ...] = ()
    serious: bool | None = None
    drop_outs: tuple[DropOut, ...] = ()
    drop_out_evidence: tuple[Span, ...] = ()

"""What a criterion looks like in a data file; rapport.knowledge.logic applies it."""

import msgspec


class Criterion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One node of a definition's logic; a bare feature name stands for "has this feature".

    Exactly one of these: `all_of`; `any_of`; `none_of`; `at_least` (a number) with `of`; or
    `feature` with one bound: `minimum` (that or more), `more_than`, `maximum` (that or less)
    or `less_than`. Units are in the feature's name (`illness_months`).
    """

    all_of: tuple["str | Criterion", ...] = ()
    any_of: tuple["str | Criterion", ...] = ()
    none_of: tuple["str | Criterion", ...] = ()
    at_least: int | None = None
    of: tuple["str | Criterion", ...] = ()
    feature: str | None = None
    minimum: float | None = None
    more_than: float | None = None
    maximum: float | None = None
    less_than: float | None = None

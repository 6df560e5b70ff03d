"""The cross-products that a mixed model needs of its rows, summed once.

A row is one person at one time. For person i with the random-effects columns Z (intercept and
slopes) and everything else in F = [X, y, 1] the model needs Z'Z and Z'F alone; the therapist
above needs F'F. People of one therapist with the same Z'Z (the same waves) are put together:
their Z'F enter only through sums of products, so a QR decomposition replaces any number of them
by at most as many stand-ins as Z'F has entries. A balanced study of any size so costs the same.
"""

from itertools import pairwise

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers, Whole

# Two people whose Z'Z agree to this share of its largest entry were measured at the same times.
SAME = 1e-11


class Rows(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Rows sorted by therapist and person: `design` (rows x p), `response`, `random`, `above`.

    `random` holds the columns whose effects differ between people, `above` that of therapists
    (1, unless residuals were made independent of each other). `person` and `therapist` are codes 0, 1, ...; a person has one therapist.
    """

    design: Numbers
    response: Numbers
    random: Numbers
    above: Numbers
    person: Whole
    therapist: Whole


class People(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One entry a person, in the order of the rows: `inner` Z'Z, `cross` Z'F, the therapist."""

    code: Whole
    therapist: Whole
    inner: Numbers
    cross: Numbers


class Blocks(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What the profiled criterion is computed from.

    `patterns` (patterns x q x q) are the distinct Z'Z and `counts` how many people have each.
    `cross` (stand-ins x q x columns) with its `pattern` is sorted by therapist; `ends` has one
    slice bound more than therapists. `totals` (therapists x columns x columns) is F'F.
    """

    rows: int
    patterns: Numbers
    counts: Numbers
    cross: Numbers
    pattern: Whole
    ends: Whole
    totals: Numbers

    @property
    def therapist(self) -> Whole:
        """The therapist of each stand-in."""
        return np.repeat(np.arange(len(self.totals)), np.diff(self.ends))


def _starts(codes: Whole) -> Whole:
    """Where each run of equal codes begins."""
    return np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1]).astype(np.intp)


def _sums(left: Numbers, right: Numbers, starts: Whole) -> Numbers:
    """For each run of rows the matrix left'right; one pair of columns at a time, to save memory."""
    found = np.empty((len(starts), left.shape[1], right.shape[1]))
    for i in range(left.shape[1]):
        for j in range(right.shape[1]):
            found[:, i, j] = np.add.reduceat(left[:, i] * right[:, j], starts)
    return found


def _everything(rows: Rows) -> Numbers:
    return np.column_stack([rows.design, rows.response, rows.above])


def people(rows: Rows) -> People:
    """Each person's cross-products."""
    starts = _starts(rows.person)
    return People(
        code=rows.person[starts],
        therapist=rows.therapist[starts],
        inner=_sums(rows.random, rows.random, starts),
        cross=_sums(rows.random, _everything(rows), starts),
    )


def _patterns(inner: Numbers) -> tuple[Whole, Whole]:
    """For each pattern the first person who has it, and for each person the pattern."""
    flat = inner.reshape(len(inner), -1)
    rounded: Whole = np.asarray(np.round(flat / (np.abs(flat).max() * SAME)), np.int64)
    # One column at a time: sorting whole rows would be much slower.
    key = np.zeros(len(inner), dtype=np.int64)
    for column in rounded.T:
        values, place = np.unique(column, return_inverse=True)
        key = np.unique(key * len(values) + place, return_inverse=True)[1]
    _, first, pattern = np.unique(key, return_index=True, return_inverse=True)
    return first.astype(np.intp), pattern.astype(np.intp)


def _stand_ins(cross: Numbers) -> Numbers:
    """At most as many rows as columns with the same cross-products."""
    flat = cross.reshape(len(cross), -1)
    if len(flat) <= flat.shape[1]:
        return cross
    return np.asarray(np.linalg.qr(flat).R, np.float64).reshape(-1, *cross.shape[1:])


def blocks(rows: Rows, known: People) -> Blocks:
    """The people put together by therapist and pattern, and the totals of each therapist."""
    first, pattern = _patterns(known.inner)
    order = np.lexsort((pattern, known.therapist))
    group = known.therapist[order] * len(first) + pattern[order]
    starts = _starts(group.astype(np.intp))
    bounds = [*starts.tolist(), len(order)]
    cross = known.cross[order]
    kept = [_stand_ins(cross[a:b]) for a, b in pairwise(bounds)]
    sizes = np.array([len(part) for part in kept])
    therapists = known.therapist[order][starts]
    within = np.bincount(therapists, weights=sizes).astype(np.intp)
    everything = _everything(rows)
    return Blocks(
        rows=len(rows.response),
        patterns=known.inner[first],
        counts=np.bincount(pattern).astype(np.float64),
        cross=np.concatenate(kept),
        pattern=np.repeat(pattern[order][starts], sizes),
        ends=np.concatenate([[0], np.cumsum(within)]).astype(np.intp),
        totals=_sums(everything, everything, _starts(rows.therapist)),
    )

"""The matrices of a structural template: who points at whom, who varies with whom, which means.

Reticular action model: variables v = A v + u with cov(u) = S and mean m give the covariance
F B S B' F' and the mean F B m of the observed ones, B = (I - A)^-1. Entries are fixed numbers or
parameters; entries with the same label are one parameter. Private to `rapport.stats.templates.drawings`:
there is no language of models here, only what its closed templates need.
Source: McArdle and McDonald 1984, doi 10.1111/j.2044-8317.1984.tb00802.x.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers, Whole

# Variances stand in the matrix of covariances.
MATRICES = ("path", "covariance", "mean")


class Kind(StrEnum):
    """What a parameter is."""

    PATH = "path"
    VARIANCE = "variance"
    COVARIANCE = "covariance"
    MEAN = "mean"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One cell: the path `on` -> `of`, the (residual) covariance of both, or the mean of `of`.

    A cell without `label` is fixed at `value`; with one, the parameter starts there.
    """

    kind: Kind
    of: str
    on: str
    value: float
    label: str | None


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """A template filled in. `family` names, for each variable, whose unit of measurement it shares."""

    observed: tuple[str, ...]
    latent: tuple[str, ...]
    family: dict[str, str]
    entries: tuple[Entry, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """Observed, then latent: the order of the rows of the matrices."""
        return (*self.observed, *self.latent)

    @property
    def labels(self) -> tuple[str, ...]:
        """The parameters in the order in which they first appear."""
        return tuple(dict.fromkeys(e.label for e in self.entries if e.label is not None))


class Drawing:
    """A structure in the making: every method adds one entry."""

    def __init__(self) -> None:
        self._family: dict[str, str] = {}
        self._observed: list[str] = []
        self._latent: list[str] = []
        self._entries: list[Entry] = []

    def observe(self, name: str, family: str) -> str:
        """An observed variable."""
        self._observed.append(name)
        self._family[name] = family
        return name

    def imagine(self, name: str, family: str) -> str:
        """A latent variable in the units of that family."""
        self._latent.append(name)
        self._family[name] = family
        return name

    def fixed(self, of: str, on: str, value: float = 1.0) -> None:
        """A path of that size."""
        self._add(Kind.PATH, of, on, value, None)

    def path(self, of: str, on: str, *, label: str | None = None, start: float = 0.0) -> None:
        """A path to be estimated; the same label ties it to others."""
        self._add(Kind.PATH, of, on, start, label or f"{of} ~ {on}")

    def covary(self, one: str, other: str, start: float = 0.0) -> None:
        """A covariance of residuals (or of variables that nothing points at), or a variance."""
        kind = Kind.VARIANCE if one == other else Kind.COVARIANCE
        self._add(kind, one, other, start, f"{one} ~~ {other}")

    def mean(self, of: str, start: float = 0.0) -> None:
        """A mean, or the intercept of a variable that others point at."""
        self._add(Kind.MEAN, of, "1", start, f"{of} ~ 1")

    def _add(self, kind: Kind, of: str, on: str, value: float, label: str | None) -> None:
        self._entries.append(Entry(kind=kind, of=of, on=on, value=value, label=label))

    def structure(self) -> Structure:
        """What was drawn."""
        return Structure(
            observed=tuple(self._observed),
            latent=tuple(self._latent),
            family=dict(self._family),
            entries=tuple(self._entries),
        )


class Implied(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What a place in the parameters implies: of all variables, observed ones first."""

    total: Numbers
    residual: Numbers
    paths: Numbers
    covariance: Numbers
    mean: Numbers
    intercepts: Numbers


class _Cells(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Cells of one matrix with what stands in them: numbers, or which parameters."""

    rows: Whole
    columns: Whole
    values: Numbers
    numbers: Whole


def _cells(cells: Sequence[tuple[int, int, float]]) -> _Cells:
    table = np.array(cells, np.float64).reshape(-1, 3)
    return _Cells(
        rows=table[:, 0].astype(np.intp),
        columns=table[:, 1].astype(np.intp),
        values=table[:, 2],
        numbers=table[:, 2].astype(np.intp),
    )


class Matrices:
    """A structure as arrays, ready to be filled with parameters many times."""

    def __init__(self, structure: Structure) -> None:
        order = {name: place for place, name in enumerate(structure.variables)}
        number = {label: place for place, label in enumerate(structure.labels)}
        self.size = len(order)
        self.seen = len(structure.observed)
        self.parameters = len(number)
        self.start: Numbers = np.zeros(len(number))
        fixed: dict[str, list[tuple[int, int, float]]] = {kind: [] for kind in MATRICES}
        free: dict[str, list[tuple[int, int, float]]] = {kind: [] for kind in MATRICES}
        for entry in structure.entries:
            kind = "covariance" if entry.kind is Kind.VARIANCE else entry.kind.value
            row, column = order[entry.of], order.get(entry.on, 0)
            if entry.label is None:
                fixed[kind].append((row, column, entry.value))
            else:
                self.start[number[entry.label]] = entry.value
                free[kind].append((row, column, number[entry.label]))
        kinds = {e.label: e.kind.value for e in structure.entries if e.label is not None}
        self.kinds = np.array([kinds[label] for label in structure.labels])
        self._fixed = {kind: _cells(cells) for kind, cells in fixed.items()}
        self._free = {kind: _cells(cells) for kind, cells in free.items()}

    def _fill(self, kind: str, theta: Numbers) -> Numbers:
        found = np.zeros((self.size, self.size))
        fixed, free = self._fixed[kind], self._free[kind]
        found[fixed.rows, fixed.columns] = fixed.values
        found[free.rows, free.columns] = theta[free.numbers]
        return found

    def implied(self, theta: Numbers) -> Implied:
        """Covariances and means at these parameters."""
        paths = self._fill("path", theta)
        lower = self._fill("covariance", theta)
        residual = lower + lower.T - np.diag(np.diag(lower))
        intercepts = self._fill("mean", theta)[:, 0]
        total = np.asarray(np.linalg.inv(np.eye(self.size) - paths), np.float64)
        return Implied(
            total=total,
            residual=residual,
            paths=paths,
            covariance=total @ residual @ total.T,
            mean=total @ intercepts,
            intercepts=intercepts,
        )

    def chain(self, at: Implied, by_covariance: Numbers, by_mean: Numbers) -> Numbers:
        """The gradient by the parameters, from that by the observed covariances and means."""
        seen = slice(self.seen)
        left = at.total[seen].T
        inner = left @ by_covariance @ at.total[seen]
        by_residual = inner * (2 - np.eye(self.size))
        shift = left @ by_mean
        by_path = 2 * left @ by_covariance @ at.covariance[seen] + np.outer(shift, at.mean)
        found = np.zeros(self.parameters)
        for kind, slopes in (("path", by_path), ("covariance", by_residual)):
            free = self._free[kind]
            np.add.at(found, free.numbers, slopes[free.rows, free.columns])
        means = self._free["mean"]
        np.add.at(found, means.numbers, shift[means.rows])
        return found

    def derivatives(self, at: Implied) -> tuple[Numbers, Numbers]:
        """By each parameter: the observed covariances (k x p x p) and means (k x p)."""
        seen = slice(self.seen)
        left, right = at.total[seen], at.covariance[:, seen]
        covariance = np.zeros((self.parameters, self.seen, self.seen))
        mean = np.zeros((self.parameters, self.seen))
        path, both, own = (self._free[kind] for kind in MATRICES)
        one = np.einsum("ie,ej->eij", left[:, path.rows], right[path.columns])
        np.add.at(covariance, path.numbers, one + one.transpose(0, 2, 1))
        np.add.at(mean, path.numbers, (left[:, path.rows] * at.mean[path.columns]).T)
        one = np.einsum("ie,je->eij", left[:, both.rows], left[:, both.columns])
        twice = (both.rows != both.columns)[:, None, None]
        np.add.at(covariance, both.numbers, one + twice * one.transpose(0, 2, 1))
        np.add.at(mean, own.numbers, left[:, own.rows].T)
        return covariance, mean

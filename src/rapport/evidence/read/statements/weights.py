"""The kind of a sentence: that for which what it shows weighs most."""

import struct
from collections.abc import Iterable, Set
from functools import cache

from rapport.core.vocabulary import StatementKind
from rapport.knowledge.reading.statements import statement_weights

_LANE = 32
"""Bits of one kind in a number that holds the weights for all kinds, side by side."""
_ZERO = 1 << (_LANE - 1)
"""What is added to each lane at the end, so that none is negative."""
_UNITS = 100
"""Weights have two decimals; as hundredths they are summed without rounding."""
_WORD = "word:"


class _Weights:
    """The weights of each sign and each word, for all kinds at once as one number.

    Sums of such numbers hold the sums of all kinds; a sentence costs one addition a feature.
    """

    def __init__(self) -> None:
        listed = statement_weights()
        self.kinds = listed.kinds
        packed = {name: _packed(weights) for name, weights in listed.weights.items()}
        self.signs = {k: v for k, v in packed.items() if not k.startswith(_WORD)}
        self.words = {
            k[len(_WORD) :].encode(): v for k, v in packed.items() if k not in self.signs
        }
        self.known = frozenset(self.words)
        self.start = packed["bias"] + sum(
            _ZERO << _LANE * lane for lane in range(len(self.kinds))
        )
        self.lanes = struct.Struct(f"<{len(self.kinds)}I")


def _packed(weights: Iterable[float]) -> int:
    hundredths = [round(weight * _UNITS) for weight in weights]
    return sum(weight << _LANE * lane for lane, weight in enumerate(hundredths))


@cache
def _weights() -> _Weights:
    return _Weights()


def kind_of(
    signs: Iterable[str],
    words: Set[bytes],
    apart_from: frozenset[StatementKind] = frozenset(),
) -> tuple[StatementKind, float]:
    """The kind for which the features weigh most; of equal ones the first of the file.

    With it, by how much it exceeds every kind that is not in `apart_from`; 0 for one of these.
    """
    weights = _weights()
    table = weights.signs
    total = sum([table[sign] for sign in signs if sign in table], weights.start)
    total = sum(map(weights.words.__getitem__, weights.known & words), total)
    sums = weights.lanes.unpack(total.to_bytes(weights.lanes.size, "little"))
    top = max(sums)
    others = max([sums[lane] for lane in _rivals(apart_from)])
    return weights.kinds[sums.index(top)], (top - others) / _UNITS


@cache
def _rivals(apart_from: frozenset[StatementKind]) -> list[int]:
    """The places of all kinds but these."""
    return [at for at, kind in enumerate(_weights().kinds) if kind not in apart_from]

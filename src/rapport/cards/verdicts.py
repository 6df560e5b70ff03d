"""What the gate says of a clause."""

from enum import StrEnum


class Verdict(StrEnum):
    """What the gate says of a clause, from mild to severe."""

    OK = "ok"
    WARNING = "warning"
    REFUSAL = "refusal"


SEVERITY = {Verdict.OK: 0, Verdict.WARNING: 1, Verdict.REFUSAL: 2}

"""What came of a retrieval, in numbers, and what a person should know about it."""

from collections import Counter


class Tally:
    """Counts while answers are put together; `problems` are whole sentences."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []

    def not_read(self, problem: str) -> None:
        """One record or answer more that cannot be read, and where it lies and why."""
        self.counts["not read"] += 1
        self.problems.append(problem)

    def lines(self) -> list[str]:
        """The numbers as one line, then each problem."""
        order = ("hits", "records", "full texts", "without full text", "repeated", "not read")
        told = [f"{self.counts[what]} {what}" for what in order if self.counts[what]]
        return [", ".join(told) or "no hits", *self.problems]

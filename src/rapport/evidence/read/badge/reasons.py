"""What a verdict rests on: the flags that a reader should know, and the entry rule it follows."""

from collections.abc import Mapping, Sequence

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.entry.statement import Statement
from rapport.knowledge.model import CaseDefinition, Decision, Verification

_UNCHECKED = frozenset({Verification.UNVERIFIED, Verification.EXISTENCE_ONLY})


def flags_of(
    entries: Sequence[Statement], answer: Answer, definitions: Mapping[str, CaseDefinition]
) -> tuple[str, ...]:
    """What a reader should know of the verdict beside its badge."""
    flags: list[str] = []
    if any(s.decision is Decision.REQUIRED_REWORDED for s in entries) and answer is Answer.YES:
        flags.append("reworded")
    if answer is Answer.YES and _rests_on_unchecked(entries, definitions):
        flags.append("unchecked_definition")
    explicit, waives = any(s.explicit for s in entries), any(s.waives for s in entries)
    if explicit:
        flags.append("explicit_pem")
    if waives:
        flags.append("waived")
    if answer is Answer.NOT_STATED:
        flags.append("contradictory" if explicit and waives else "ambiguous_definition")
    if any(None in s.definitions for s in entries) and answer is not Answer.NOT_STATED:
        flags.append("open_name")
    return tuple(flags)


def _rests_on_unchecked(
    entries: Sequence[Statement], definitions: Mapping[str, CaseDefinition]
) -> bool:
    """Whether only definitions whose wording nobody has checked ask for PEM."""
    if any(s.explicit for s in entries):
        return False
    asking = [
        definitions[which]
        for s in entries
        for which in s.definitions
        if which is not None and definitions[which].pem.status.requires
    ]
    return bool(asking) and all(each.verification in _UNCHECKED for each in asking)


def rule_of(
    entries: Sequence[Statement], decision: Decision, joined: Combination
) -> str | None:
    """The entry rule that the verdict follows."""
    said = next((s.rule for s in entries if s.rule is not None), None)
    if said is not None:
        return said
    if decision is Decision.UNCLEAR:
        return "P081"
    required = decision.requires
    table = {
        Combination.ALL: "P011" if required else "P012",
        Combination.ANY: "P021" if required else "P019",
        Combination.SINGLE: {
            Decision.REQUIRED: "P001",
            Decision.OPTIONAL_ITEM: "P002",
            Decision.REQUIRED_REWORDED: "P009",
        }.get(decision, "P003"),
    }
    return table.get(joined)

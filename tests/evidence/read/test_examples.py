"""The sentence examples of the knowledge base are read as they say."""

import pytest

from rapport.evidence.read.entry.decision import is_ascertainment
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

KNOWLEDGE = load()
READER = Reader(KNOWLEDGE)
EXAMPLES = [
    (f"{entry.id}-{number}", example)
    for entries in (KNOWLEDGE.entry_rules, KNOWLEDGE.definitions)
    for entry in entries.values()
    for number, example in enumerate(entry.examples)
]


def _beside_others(ids):
    """Without a physician's diagnosis and a label, which add nothing beside a definition."""
    kept = {
        which
        for which in ids
        if not is_ascertainment(KNOWLEDGE.definitions[which])
        and KNOWLEDGE.definitions[which].scope != "comparator label"
    }
    return kept or set(ids)


@pytest.mark.parametrize("example", [e for _, e in EXAMPLES], ids=[i for i, _ in EXAMPLES])
def test_an_example_is_decided_as_it_says(example):
    decision, definitions = READER.decide(
        example.text, section=example.section, references=example.references
    )
    assert decision is example.decision
    if example.definitions:
        assert _beside_others(definitions) == _beside_others(example.definitions)

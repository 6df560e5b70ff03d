"""Whether the practice wing holds together: its cards pass the gate, its rules do what they say,
its words are plain."""

from collections.abc import Iterator, Mapping

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.model import Knowledge
from rapport.knowledge.practice import Practice
from rapport.practice.cards.ready import Cards
from rapport.practice.plain.lint import lint_of
from rapport.practice.plain.python import python_texts
from rapport.practice.plain.templates import template_texts
from rapport.practice.plain.texts import user_texts
from rapport.practice.safety.rules import rule_problems


def wing_problems(
    knowledge: Knowledge,
    templates: Mapping[str, str] | None = None,
    modules: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Everything that would make the wing say something false, unsafe or hard to read.

    `templates` are the sources of the wing's templates by name, `modules` those of its modules.
    """
    practice = knowledge.practice
    if practice is None:
        return
    yield from _gate_problems(knowledge, practice)
    yield from rule_problems(practice.safety_rules)
    lint = lint_of(practice.safety_rules)
    yield from lint.problems(user_texts(practice, knowledge.instruments))
    for name, source in (templates or {}).items():
        yield from lint.problems(template_texts(name, source))
    for name, source in (modules or {}).items():
        yield from lint.problems(python_texts(name, source))


def _gate_problems(knowledge: Knowledge, practice: Practice) -> Iterator[Problem]:
    cards = Cards(knowledge, practice)
    for card in practice.cards.values():
        for found in cards.refusals(card):
            yield error(
                card.id, f"{found.where}: {found.reason}", "say no more than the evidence does"
            )

"""The pages of states, drawn from the tables that the gate and the curators' pages obey."""

from rapport.cards import transitions
from rapport.evidence.curate import workflow

_NOTE = "<!-- Drawn from the code by scripts/generate.py; edit the code, not this page. -->"


def card_states_page() -> str:
    """The states of a card: diagram and table, as a Markdown page."""
    rows = [f"| {m.now.value} | {m.to.value} | {m.when} |" for m in transitions.TRANSITIONS]
    return _page(
        "The states of a card",
        transitions.diagram(),
        ["| from | to | when |", "|---|---|---|", *rows],
        "A released card is never edited: a correction makes a new card in a new release.",
    )


def curation_states_page() -> str:
    """The states of a question about a card: diagram and table, as a Markdown page."""
    rows = [
        f"| {row.now.value} | {row.move.value} | {row.to.value} | {row.role.value} | {row.when} |"
        for row in workflow.TRANSITIONS
    ]
    return _page(
        "How a question about a card is settled",
        workflow.diagram(),
        ["| from | move | to | role | when |", "|---|---|---|---|---|", *rows],
        "A move that is not allowed is refused with all its reasons at once. What is released goes "
        "into the log of decisions, which is only ever added to, and which the next build reads.",
    )


def _page(title: str, diagram: str, table: list[str], end: str) -> str:
    drawn = ["```mermaid", diagram.rstrip(), "```"]
    return "\n".join([_NOTE, "", f"# {title}", "", *drawn, "", *table, "", end, ""])

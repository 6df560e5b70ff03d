"""The page of a card's states, drawn from the table that the gate obeys."""

from rapport.cards.transitions import TRANSITIONS, diagram


def card_states_page() -> str:
    """The diagram and the table, as a Markdown page."""
    rows = [f"| {move.now.value} | {move.to.value} | {move.when} |" for move in TRANSITIONS]
    return "\n".join(
        [
            "<!-- Drawn from the code by scripts/generate.py; edit the code, not this page. -->",
            "",
            "# The states of a card",
            "",
            "```mermaid",
            diagram().rstrip(),
            "```",
            "",
            "| from | to | when |",
            "|---|---|---|",
            *rows,
            "",
            "A released card is never edited: a correction makes a new card in a new release.",
            "",
        ]
    )

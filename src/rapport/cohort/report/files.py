"""The files of a finished analysis, by name."""

from rapport.cards.study_card import StudyCard
from rapport.cohort.analysis.results import Results
from rapport.cohort.card import card
from rapport.cohort.data.codebook import Codebook, as_csv
from rapport.cohort.report.checklist import checklist
from rapport.cohort.report.figures import figures
from rapport.cohort.report.page import report_html
from rapport.core.encoding import to_pretty_json
from rapport.knowledge.model import Knowledge


def outcome_files(results: Results, knowledge: Knowledge) -> tuple[StudyCard, dict[str, bytes]]:
    """The cohort's card, and every file: results, report, card with its record, codebook, checklist, figures.

    `record.json` holds the sentences that the card's spans count in.
    """
    made, record = card(results, knowledge)
    filled = checklist(results)
    pictures = [one for some in figures(results).values() for one in some]
    return made, {
        "results.json": to_pretty_json(results),
        "card.json": to_pretty_json(made),
        "record.json": to_pretty_json(record.fields),
        "codebook.json": to_pretty_json(Codebook(variables=results.codebook)),
        "codebook.csv": as_csv(results.codebook).encode(),
        "checklist.json": to_pretty_json(filled),
        **{f"figures/{one.name}.svg": one.svg.encode() for one in pictures},
        "report.html": report_html(results, made, filled),
    }

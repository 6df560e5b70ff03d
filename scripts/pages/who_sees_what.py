"""The page of who sees what, drawn from the tables that the practice wing obeys."""

from rapport.practice.records.people import Role
from rapport.practice.visibility.erasing import STAYS
from rapport.practice.visibility.table import page
from rapport.practice.visibility.writing import WRITERS

_NOTE = "<!-- Drawn from the code by scripts/generate.py; edit the code, not this page. -->"
_TO_LOOK_AT = {
    Role.PATIENT: "what is of themselves",
    Role.SUPPORTER: "check-ins they help with, and what the patient allows, while it is agreed "
    "to and lasts",
    Role.PRACTITIONER: "what is of their own pairs, until these end",
    Role.COALITION_MEMBER: "what is of a need they are on with consent",
    Role.SERVICE_EDITOR: "the service map, and nothing of any patient",
    Role.ADMIN: "accounts and roles, and nothing of any patient",
    Role.RESEARCHER: "patients who agreed to research, under made-up names; a practitioner's side "
    "only where they gave it",
    Role.AUDITOR: "the log, which holds no content",
}


def who_sees_what_page() -> str:
    """Who may look at what at all, how much of it they see, who writes it, what is not erased."""
    roles = [f"- **{role.value}**: {_TO_LOOK_AT[role]}" for role in Role]
    writers = [
        f"| {kind.__name__} | {', '.join(sorted(role.value for role in who))} |"
        for kind, who in WRITERS.items()
    ]
    stays = [f"- {said}" for said in STAYS]
    lines = [
        _NOTE,
        "",
        "# Who sees what is kept of a patient",
        "",
        "Two clinics on one server never see each other. In one clinic, each role looks at:",
        "",
        *roles,
        "",
        "Of that they see:",
        "",
        page(),
        "",
        "## Who adds and changes what",
        "",
        "What was sent stays as it is. Only the patient approves a story or a letter.",
        "",
        "| kind | who |",
        "|---|---|",
        *writers,
        "",
        "## What erasing leaves",
        "",
        *stays,
        "",
    ]
    return "\n".join(lines)

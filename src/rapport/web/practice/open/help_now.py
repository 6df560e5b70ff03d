"""Where help is, on a page that everybody reaches with one press; and signs that cannot wait."""

import msgspec
from django.http import HttpRequest, HttpResponse

from rapport.knowledge.practice import Contact
from rapport.web.practice.held import pack, practice
from rapport.web.practice.open.shapes import HelpData, WarningSigns
from rapport.web.render import page


def help_now(request: HttpRequest) -> HttpResponse:
    """The page “I need help now”: writing comes before phoning."""
    found = pack()
    return page(
        request,
        "practice/help.html",
        says=practice().texts["help"].passages,
        pack=found,
        groups=_groups(),
    )


def help_data() -> HelpData:
    """The same as data."""
    shown = msgspec.structs.replace(pack(), help_words=())
    return HelpData(is_made_up=shown.is_made_up, pack=shown, warning_signs=warning_signs())


def red_flags(request: HttpRequest) -> HttpResponse:
    """The warning signs, for both sides."""
    return page(request, "practice/red_flags.html", flags=practice().red_flags)


def warning_signs() -> WarningSigns:
    """The same as data."""
    flags = practice().red_flags
    return WarningSigns(says=flags.says, signs=flags.signs, to_check=flags.to_check)


def _groups() -> tuple[tuple[str, str, tuple[Contact, ...]], ...]:
    """Id, heading and contacts, what cannot wait first."""
    says, found = practice().texts["help"].passages, pack()
    safeguarding = (found.safeguarding_adults, found.safeguarding_children)
    return (
        ("emergency", says["emergency"], (found.emergency,)),
        ("crisis", says["crisis"], found.crisis),
        ("closed", says["out_of_hours"], (found.out_of_hours,)),
        ("clinic", says["clinic"], (found.clinic,)),
        ("harm", says["harm_at_home"], safeguarding),
    )

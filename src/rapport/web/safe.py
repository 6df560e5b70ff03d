"""The safety rules as pages ask for them: the facts of a moment in, what to show out.

A page asks the moment for the effect and shows the words that the rule says with it. A test cuts
each effect out of the rules and fails where a page goes on as before. Two doors stay shut even
without a rule: what a helper may see (the table of who sees what), and the practice wing of a
store without a country pack (the settings).
"""

from rapport.knowledge.load_practice import own
from rapport.practice.check_in import items
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import Profile, Side
from rapport.practice.safety.effects import HELP_WANTED
from rapport.practice.safety.rules import Moment
from rapport.practice.safety.rules import moment as moment_of


def moment(**facts: str) -> Moment:
    """What the rules make happen. Raises: ValueError for a fact that no rule knows."""
    return moment_of(facts, own().safety_rules)


def wish(check_in: CheckIn, **facts: str) -> Moment:
    """The moment of a check-in, by what it says to “Do you need help?” and other facts."""
    wanted = HELP_WANTED.get(check_in.answers.get(items.HELP, 0))
    return moment(**facts, **({"help_wanted": wanted} if wanted else {}))


def severity(profile: Profile, check_ins: list[CheckIn]) -> Moment:
    """The moment of somebody's illness: what the practitioner ticked, and their own last level."""
    own_side = [each for each in check_ins if each.side is Side.PATIENT]
    levels = [
        str(each.answers[items.LEVEL]) for each in own_side if items.LEVEL in each.answers
    ]
    level = {"level": levels[-1]} if levels else {}
    return moment(called_severe="yes" if profile.severe else "no", **level)

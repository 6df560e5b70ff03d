"""Why a badge was given, in one sentence that a patient can read."""

from collections.abc import Mapping

from rapport.core.vocabulary import Combination
from rapport.knowledge.model import CaseDefinition, Decision, PemStatus


def why(
    decision: Decision,
    ids: tuple[str, ...],
    joined: Combination,
    flags: tuple[str, ...],
    definitions: Mapping[str, CaseDefinition],
    plain_names: Mapping[str, str],
) -> str:
    """One plain sentence; it claims no more than the badge does."""
    if decision is Decision.SUBGROUP_ONLY:
        asking = tuple(which for which in ids if definitions[which].pem.status.requires)
        named = ids if "cohorts_differ" in flags else asking
        return _mixed(_named(named, joined, plain_names), flags)
    names = _named(ids, joined, plain_names)
    if decision.requires:
        return _required(ids, names, flags, joined, definitions)
    if decision in (Decision.OPTIONAL_ITEM, Decision.NOT_REQUIRED):
        return _not_required(names, flags, ids, definitions)
    if decision is Decision.NOT_APPLICABLE:
        return _not_applicable(flags)
    return _not_stated(decision, ids, flags)


def _not_applicable(flags: tuple[str, ...]) -> str:
    if "nobody_studied" in flags:
        return "Nobody in this study was studied as having ME/CFS or Long COVID."
    return "This publication has no participants of its own, so nobody had to have PEM."


def _not_stated(decision: Decision, ids: tuple[str, ...], flags: tuple[str, ...]) -> str:
    if "contradictory" in flags:
        return (
            "The text says two different things about who could take part; neither is settled."
        )
    if decision is Decision.UNCLEAR:
        return "The rule for taking part is named in a way that can mean more than one thing."
    if ids:
        return (
            "People entered with a diagnosis or a report of one; "
            "the text read does not say which criteria it was based on."
        )
    return "The text read does not say which criteria people had to meet to take part."


def _required(
    ids: tuple[str, ...],
    names: str,
    flags: tuple[str, ...],
    joined: Combination,
    definitions: Mapping[str, CaseDefinition],
) -> str:
    if not ids:
        return "Everyone in this study had to have PEM; the text says so itself."
    asking = [definitions[i].pem.status is PemStatus.REQUIRED for i in ids]
    reworded = " (in their own words for it)" if "reworded" in flags else ""
    if "unchecked_definition" in flags:
        reworded += ", as far as we know: we have not been able to check their wording"
    if "explicit_pem" in flags and not any(asking):
        return f"Everyone in this study had to meet {names} and to have PEM; the text says so itself."
    if len(ids) == 1:
        return f"Everyone in this study had to meet {names}, which require PEM{reworded}."
    if joined is Combination.ANY:
        return (
            f"Everyone in this study had to meet {names}; each of them requires PEM{reworded}."
        )
    return f"Everyone in this study had to meet {names}; together they require PEM{reworded}."


def _not_required(
    names: str,
    flags: tuple[str, ...],
    ids: tuple[str, ...],
    definitions: Mapping[str, CaseDefinition],
) -> str:
    if not ids:
        return "The rule for taking part is stated, and it does not ask for PEM."
    if all(definitions[which].category == "long COVID" for which in ids):
        return "People entered by a published definition of Long COVID, which does not ask for PEM."
    if "waived" in flags:
        return f"People entered by {names}, but the part with PEM was left out."
    statuses = {definitions[i].pem.status for i in ids}
    if PemStatus.REQUIRED in statuses:
        return f"People entered by {names}; at least one of these can be met without PEM."
    if PemStatus.OPTIONAL_K_OF_N in statuses:
        return f"People entered by {names}; PEM is one symptom on a list there, and not a must."
    return f"People entered by {names}, which do not ask for PEM."


def _mixed(names: str, flags: tuple[str, ...]) -> str:
    about = f" ({names})" if names else ""
    if "cohorts_differ" in flags:
        return f"The groups of this study entered by different rules{about}; one requires PEM."
    if "one_stratum" in flags:
        return f"A rule that requires PEM{about} was asked of some of the participants only."
    return f"A rule that requires PEM{about} was applied to form groups, not to let people in."


def _named(ids: tuple[str, ...], joined: Combination, plain_names: Mapping[str, str]) -> str:
    """The definitions as people say them: "the Canadian criteria of 2003"."""
    names = [plain_names[which] for which in ids]
    if len(names) < 2:
        return "".join(names)
    word = "or" if joined is Combination.ANY else "and"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"

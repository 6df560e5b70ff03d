"""What a study states of who took part, how it was done and what harm came of it, in short lines.

Pure. A value that was not found is said to be missing: silence is never "none".
"""

from collections.abc import Iterable, Iterator, Sequence

from rapport.cards.facts import DesignRecord, Participants
from rapport.cards.stated import (
    Age,
    Blinding,
    DropOut,
    FollowUp,
    Groups,
    Harms,
    Randomisation,
    Severity,
    Sex,
)
from rapport.core.spans import Span
from rapport.core.vocabulary import (
    COMPARED,
    TRIALS,
    BlindLevel,
    Design,
    HarmsFinding,
    IllnessSeverity,
)
from rapport.web import words
from rapport.web.card_page import cut

_MAY_HARM = {*TRIALS, Design.PROTOCOL, Design.CASE_SERIES, Design.CASE_REPORT}
"""Designs in which something is done to people: elsewhere a word for harm is one for the illness."""
MOST_NAMES = 6
_NAME_BYTES = 60


def evidence_of(*values: object) -> tuple[Span, ...]:
    """The spans of stated values: the first of each, then all others, each place once."""
    found: list[tuple[Span, ...]] = [getattr(value, "evidence", ()) for value in values]
    ordered = [spans[0] for spans in found if spans]
    ordered += [span for spans in found for span in spans[1:]]
    return tuple({(span.field, span.start, span.end): span for span in ordered}.values())


def people_lines(people: Participants) -> Iterator[str]:
    """How many, how ill, how old, how many women, and from where, as far as it was found."""
    yield from _numbers(people)
    if people.groups is not None:
        yield _groups(people.groups)
    if people.severity is not None:
        yield from _how_ill(people.severity)
    if people.age is not None:
        yield from _ages(people.age)
    if people.sex is not None:
        yield _sex(people.sex)
    if people.country is not None:
        label = "Country" if len(people.country.names) == 1 else "Countries"
        yield f"{label}: {_listed(people.country.names)}."
    if people.setting is not None:
        where = _listed(words.SETTINGS[place] for place in people.setting.values)
        yield f"Where people were found or seen: {where}."


def not_found_of(people: Participants) -> Iterator[str]:
    """What was not found of the people: how ill they were in a line of its own, then all else."""
    if people.severity is None or not people.severity.levels:
        yield words.HOW_ILL_UNSAID
    named = (
        ("age", people.age),
        ("share of women", people.sex),
        ("country", people.country),
        ("where people were found", people.setting),
    )
    silent = [name for name, value in named if value is None]
    if silent:
        yield f"We did not find: {', '.join(silent)}."


def _numbers(people: Participants) -> Iterator[str]:
    if people.planned is not None:
        yield f"The plan is to study {people.planned.n:,} people."
    if people.n_cases is not None:
        yield f"{people.n_cases:,} {'patient' if people.n_cases == 1 else 'patients'}."
    if people.n_enrolled is not None and people.n_enrolled > (people.n_cases or 0):
        yield f"{people.n_enrolled:,} patients entered the study."
    if people.n_analysed is not None and people.n_analysed != people.n_cases:
        yield f"{people.n_analysed:,} were analysed."
    if people.n_controls is not None:
        yield f"{people.n_controls:,} people to compare with (controls)."


def _groups(groups: Groups) -> str:
    told = [f"{cut(each.name, _NAME_BYTES)} ({each.n:,})" for each in groups.sizes]
    return f"Groups: {_listed(told)}."


def _how_ill(severity: Severity) -> Iterator[str]:
    """The levels, and who was left out for being so ill, or not ill enough."""
    if severity.levels:
        yield f"How ill they were: {_people_this_ill(severity.levels)}."
    if severity.left_out:
        yield f"Left out: {_people_this_ill(severity.left_out)}."


def _people_this_ill(levels: Iterable[IllnessSeverity]) -> str:
    listed = set(levels)
    ill = [word for level, word in words.ILL.items() if level in listed]
    told = [f"{_listed(ill)} ill people"] if ill else []
    if IllnessSeverity.HOUSEBOUND in listed:
        told.append(words.HOUSEBOUND)
    return ", and ".join(told)


def _ages(age: Age) -> Iterator[str]:
    if age.mean is not None:
        yield f"Average age: {age.mean:g} years."
    elif age.median is not None:
        yield f"Average age (median): {age.median:g} years."
    if age.low is not None and age.high is not None:
        yield f"Ages: {age.low:g} to {age.high:g} years."
    elif age.iqr_low is not None and age.iqr_high is not None:
        yield f"The middle half were {age.iqr_low:g} to {age.iqr_high:g} years old."
    entry = _entry_age(age)
    if entry:
        yield f"People aged {entry} could join."


def _entry_age(age: Age) -> str | None:
    low, high = age.entry_low, age.entry_high
    if low and high is not None:
        return f"{low:g} to {high:g}"
    if high is not None:
        return f"up to {high:g}"
    return f"{low:g} or older" if low else None


def _sex(sex: Sex) -> str:
    counted = ""
    if sex.n_female is not None and sex.n_male is not None:
        counted = f" ({sex.n_female:,} of {sex.n_female + sex.n_male:,})"
    return f"Women and girls: {100 * sex.share_female:.0f}%{counted}."


def conduct_lines(design: DesignRecord) -> Iterator[str]:
    """What it was compared with, who was blinded, by chance or not, and for how long."""
    if design.control is not None:
        yield f"Compared with {_listed(words.CONTROLS[kind] for kind in design.control.kinds)}."
    elif design.value in COMPARED:
        yield "We found no word on what it was compared with."
    yield from _blinding(design)
    if design.randomisation is not None:
        yield from _chance(design.randomisation)
    if design.follow_up is not None:
        yield _followed(design.follow_up)


def _blinding(design: DesignRecord) -> Iterator[str]:
    if design.blinding is not None:
        yield from _blinded(design.blinding)
    elif design.blinded is not None:
        yield (
            "People did not know which group they were in (blinded)."
            if design.blinded
            else "People knew which group they were in (not blinded)."
        )
    elif design.value in COMPARED:
        yield "We found no word on blinding."


def _blinded(blinding: Blinding) -> Iterator[str]:
    if blinding.level is not None:
        yield words.BLIND_LEVELS[blinding.level]
    if blinding.level is BlindLevel.OPEN and not blinding.parties:
        return
    if blinding.parties:
        yield f"Blinded: {_listed(words.BLIND_PARTIES[party] for party in blinding.parties)}."
    else:
        yield "We found no word on who was blinded."


def _chance(randomisation: Randomisation) -> Iterator[str]:
    if not randomisation.is_randomised:
        yield "Chance did not decide who got what."
        return
    yield "Chance decided who got what."
    if randomisation.by_cluster:
        yield "Whole groups were drawn, such as clinics, and not single people."
    yield (
        "The order was kept hidden (concealed)."
        if randomisation.concealed
        else "We found no word on whether the order was kept hidden (concealed)."
    )


def _followed(follow_up: FollowUp) -> str:
    one, many = words.TIME_UNITS[follow_up.unit]
    time = f"{follow_up.length:g} {one if follow_up.length == 1 else many}"
    if follow_up.kind is not None:
        return f"Followed for {time} ({cut(follow_up.kind, _NAME_BYTES)})."
    return f"Longest follow-up: {time}."


def harms_lines(harms: Harms | None, design: Design) -> tuple[str, ...]:
    """What is said of harms and of those who left.

    Missing: nothing of harms for a study that treats nobody. Silence is told of trials only.
    """
    told = _harm(harms, design) if design in _MAY_HARM else ()
    return (*told, *_left(harms.drop_outs if harms else (), design))


def harms_evidence(harms: Harms | None, design: Design) -> tuple[Span, ...]:
    """The places of what is told of harms and of those who left, of each the first before others."""
    if harms is None:
        return ()
    of_harm = harms.evidence if design in _MAY_HARM else ()
    first = (*of_harm[:1], *harms.drop_out_evidence[:1])
    return tuple(dict.fromkeys((*first, *of_harm, *harms.drop_out_evidence)))


def _harm(harms: Harms | None, design: Design) -> Iterator[str]:
    if harms is None or harms.finding is None:
        if design in TRIALS:
            yield words.HARMS_UNSAID
        return
    is_plan = design is Design.PROTOCOL and harms.finding is HarmsFinding.SOUGHT
    yield words.HARMS_PLANNED if is_plan else words.HARMS[harms.finding]
    if harms.finding is HarmsFinding.FOUND and harms.serious is not None:
        yield "Some were serious." if harms.serious else "None were serious."
    if harms.methods:
        yield f"Looked for {_listed(words.HARMS_METHODS[how] for how in harms.methods)}."


def _left(drop_outs: Sequence[DropOut], design: Design) -> Iterator[str]:
    if drop_outs:
        yield f"Left the study: {_listed(map(_drop_out, drop_outs), '; ')}."
    elif design in TRIALS:
        yield "We found no word on how many left the study."


def _drop_out(left: DropOut) -> str:
    where = f" in the {cut(left.arm, _NAME_BYTES)} group" if left.arm else ""
    if left.n is None:
        many = f"{100 * (left.share or 0):.0f}%"
    elif left.of is not None:
        many = f"{left.n:,} of {left.of:,}"
    else:
        many = f"{left.n:,}" if left.n else "nobody"
    return many + where


def _listed(told: Iterable[str], between: str = ", ") -> str:
    """ "a, b and c"; of a long list the first ones, and how many more there are."""
    listed = list(told)
    shown, more = listed[:MOST_NAMES], len(listed) - MOST_NAMES
    if more > 0:
        shown.append(f"{more} more")
    last = " and " if between == ", " else between
    return last.join(filter(None, (between.join(shown[:-1]), shown[-1])))

"""The words around a number that tell whether it sizes the study, as patterns compiled once."""

from functools import cache

from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import people_rules


@cache
def came_in() -> BytesPattern:
    """Behind a number: they were taken in, whoever else was only looked at."""
    return BytesPattern(
        [
            r"^ (?:[a-z/-]+ ){0,6}(?:were|was|have been) (?:then |finally |eventually )?"
            r"(?:randomi[sz]ed|randomly|enrol+ed|included|allocated|recruited|analy[sz]ed)\b",
            r"^ (?:[a-z/-]+ ){0,6}(?:took part|participated|consented|entered the|fulfil+ed the inclusion"
            r"|met the inclusion|started treatment|agreed to)\b",
            r"\b(?:were|was|have been) (?:then |finally |eventually )?"
            r"(?:randomi[sz]ed|randomly|enrol+ed|included|allocated|recruited|analy[sz]ed)\b",
            r"\b(?:took part|participated|fulfil+ed the inclusion|met the inclusion)\b",
            *left_over().sources,
        ]
    )


@cache
def left_over() -> BytesPattern:
    """Before a number: those who were left when others had gone."""
    return BytesPattern(
        [
            r"\b(?:leaving|resulting in|yielding)(?: us with)?(?: a (?:final |total )*sample of)? "
        ]
    )


@cache
def not_the_sample() -> list[tuple[BytesPattern, BytesPattern]]:
    """The contexts without exceptions as one pattern, then those with some."""
    rules = people_rules().not_the_sample
    plain = BytesPattern(p for each in rules if not each.unless for p in each.patterns)
    with_exceptions = [
        (BytesPattern(each.patterns), BytesPattern(each.unless))
        for each in rules
        if each.unless
    ]
    return [(plain, BytesPattern(())), *with_exceptions]


@cache
def totals() -> BytesPattern:
    """Before a number: it is all of them."""
    return BytesPattern(
        [
            r"\b(?:total(?: sample)?|sample|cohort|consist\w*|compris\w*) of $",
            r"\b(?:all|total) $",
        ]
    )


@cache
def parts() -> BytesPattern:
    """Before a number: it is some of those told of before."""
    return BytesPattern(
        [
            r"\b(?:of|out of|among) (?:the|these|those|our) (?:\w+ )?$",
            r"\bother $",
            r"\bremaining $",
            r"\blarger (?:\S+ )?(?:study|cohort|sample|trial) (?:of|including|with) (?:about )?$",
            r"\brandomly (?:selected|chose|picked) $",
            r"\bsub-?(?:set|sample|group) (?:of|\(n ?= ?) ?$",
        ]
    )


@cache
def picked() -> BytesPattern:
    """Behind a number: they were picked out of the patients for something."""
    return BytesPattern(
        [
            r"^ (?:[\w/-]+ ){0,6}(?:was|were) (?:randomly )?(?:selected|chosen|picked) (?:for|from|randomly|at random)\b",
            r"^ (?:[\w/-]+ ){0,6}(?:was|were) randomly (?:selected|chosen|picked)\b",
        ]
    )


@cache
def share_after() -> BytesPattern:
    """A share behind the number: the count is a part of the sample."""
    return BytesPattern([r"^ ?[(\[,;/]? ?\d+(?:\.\d+)? ?%", r"^ ?%", r"^[.,]\d", r"^ ?/ ?\d"])


@cache
def breakdown() -> BytesPattern:
    """How many of those counted are women, or white: "(78% females, 51 years)"."""
    return BytesPattern(
        [
            r"^ ?[(\[,;] ?\d+(?:\.\d+)? ?% (?:\w+ )?"
            r"(?:females?|males?|women|men|girls|boys|white|caucasian)\b"
        ]
    )


@cache
def of_all() -> BytesPattern:
    """Before a number: those of whom some were told, "5,611 out of 6,270 (90%)"."""
    return BytesPattern([r"\d (?:out )?of (?:the |all )?$"])


@cache
def share_before() -> BytesPattern:
    """Before a number: it is a share, an age or the number of a table."""
    return BytesPattern(
        [
            r"% ?[(\[,;] ?(?:n ?= ?)?$",
            r"\b(?:aged?|over|least|than|per|every|ages|up to|sent to|mailed to|distributed to) $",
            r"\b(?:coronavirus|cov) $",
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d) (?:in|out of) (?:every )?$",
            r"\bages?\b[^.;()]{0,20}\d (?:and|to) $",
            r"\b(?:tables?|figures?|figs?\.?|appendix|stage|phase|step|items?|wave|visit"
            r"|type|grade|class|version|time|levels?|models?|day|week|month|question|round) $",
            r"\bbetween \d+ and $",
        ]
    )


@cache
def outcome() -> BytesPattern:
    """What some of the sample did or had: not its size."""
    return BytesPattern(
        [
            r"^\)? ?(?:\([^()]{1,30}\) |with \S+ |also |still |then )?(?:had|have|showed|reported|experienced|developed"
            r"|exhibited|demonstrated|improved|described|indicated|felt|noted|stated|wrote|died|tested"
            r"|identified (?:themselves )?as|worsened|recovered|displayed|presented|continued|became|did|used|required|needed)\b"
        ]
    )

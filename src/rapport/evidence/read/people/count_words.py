"""The words around a number that tell whom it counts, as patterns compiled once."""

from functools import cache

from rapport.evidence.read.text.numbers import DIGITS, WORDS
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import people_rules


def _named() -> str:
    """Any illness or infection that stands for the people who have it."""
    words = people_rules().words
    return "|".join(words[each] for each in ("illness", "long_covid", "other", "infection"))


def _condition() -> str:
    """The illnesses whose patients are counted: ME/CFS and long COVID."""
    words = people_rules().words
    return f"{words['illness']}|{words['long_covid']}"


@cache
def near() -> BytesPattern:
    """A number with people near it, whoever they are."""
    person = people_rules().words["person"]
    return BytesPattern(
        [
            rf"\b(?:{DIGITS}|{WORDS})[ -](?:[^ .;:\n]+ ){{0,8}}{person}\b",
            rf"\b(?:{DIGITS}|{WORDS}) (?:met|fulfil+ed|satisfied|took part|(?:was|were) (?:random|enrol|recruit))",
            r"\bn ?= ?\d",
            rf"\b(?:{DIGITS}|{WORDS}) (?:[\w-]+ ){{0,3}}interviews\b",
            rf"\b(?:{DIGITS}|{WORDS}) (?:matched |case-control )+pairs\b",
            r"\byear[- ]olds?\b",
        ]
    )


@cache
def number_pattern() -> BytesPattern:
    """A whole number in digits or words."""
    return BytesPattern([rf"\b{DIGITS}\b", rf"\b{WORDS}\b"])


@cache
def person() -> BytesPattern:
    """A word for people."""
    return BytesPattern([rf"\b{people_rules().words['person']}\b"])


@cache
def describing() -> BytesPattern:
    """A word for people that may describe the next one: "24 adult patients"."""
    return BytesPattern(
        ["(?:adult|adolescent|(?:fe)?male|patient|girl|boy|student|volunteer|survivor)"]
    )


@cache
def described() -> BytesPattern:
    """The noun behind a word that describes it, with up to three words between."""
    return BytesPattern([rf"^(?: [a-z][\w/-]*){{0,3}} {people_rules().words['person']}\b"])


@cache
def direct() -> BytesPattern:
    """An illness right behind the number stands for people: "17 ME/CFS", "65 with CFS"."""
    named = _named()
    return BytesPattern(
        [
            rf"^ (?:with )?(?:{named})(?:\b(?: cases)?|[+\x{{2212}}\x{{2013}}-](?: |$)|[- ](?:negative|positive|no|yes)\b)",
            rf"^ (?:with|had|having) {people_rules().words['lasting']}",
            *bare().sources,
            *interviews().sources,
            r"^ (?:met|fulfil+ed|satisfied) (?:the |all )?(?:[\w/-]+ ){0,4}(?:criteria|definition)\b",
            r"^ (?:were|was) (?:randomi[sz]ed|randomly (?:assigned|allocated)|enrol+ed|recruited)\b",
            r"^ took part\b",
            r"^ (?:matched |case-control )+pairs\b",
            r"^ \d{1,2}-?(?: to | ?[-\x{2013}] ?| and )\d{1,2}[- ]year[- ]olds?\b(?: (?:with|who had) "
            rf"(?:{named}))?",
        ]
    )


@cache
def interviews() -> BytesPattern:
    """Behind a number: interviews, of which most people give one."""
    person = people_rules().words["person"]
    return BytesPattern(
        [
            r"^ (?:[\w-]+ ){0,3}interviews (?:were |was )?(?:conducted|held|carried out|done|completed)\b",
            rf"^ (?:[\w-]+ ){{0,3}}interviews with (?:the )?(?:[\w-]+ ){{0,2}}{person}\b",
        ]
    )


@cache
def bare() -> BytesPattern:
    """A verb right behind the number: people of whom the sentence told before it."""
    return BytesPattern(
        [
            r"^ (?:of (?:them|these|whom) )?were (?:then |finally )?"
            r"(?:included|analy[sz]ed|studied|evaluated|examined|assessed|interviewed)\b",
            r"^ (?:of (?:them|these|whom) )?(?:completed|finished|answered|filled in|responded to)"
            r" (?:the|all|this|both|it|our|an?)\b",
        ]
    )


@cache
def no_people() -> BytesPattern:
    """What else an illness behind a number may name: "two ME/CFS cohorts"."""
    return BytesPattern(
        [
            r"^ (?:\w+ )?(?:cohorts?|(?:sub-?)?groups?|studies|samples?|data ?sets?|clinics?|trials?"
            r"|cent(?:er|re)s?|definitions?|criteria|symptoms?|questionnaires?|visits?|sites?"
            r"|biobanks?|registr(?:y|ies)|specialists?|experts?|services?|connections?|networks?"
            r"|regions?|phenotypes?|outcomes?|manifestations|domains|codes|clusters?|scores?|metabolites?|genes|proteins|markers?|features?|variables|scans?|tests?|sessions?|items?)\b",
            r"^ \([^()]{1,30}\) scores?\b",
            r"^-[a-z]+(?:ed|ing|ic|al|like)\b",
        ]
    )


@cache
def noun_behind() -> BytesPattern:
    """People right behind a number, with up to three words between."""
    return BytesPattern([rf"^ (?:[\w/-]+ ){{0,3}}{people_rules().words['person']}\b"])


@cache
def of_controls() -> BytesPattern:
    """Before a number: "the control group (CG) comprised"."""
    return BytesPattern(
        [
            r"(?:^|[ (])controls?(?: (?:group|cohort|sample|arm|set))?(?: \([^()]{1,30}\))? (?:\w+ )?"
            r"(?:of|compris\w+|consist\w+ of|includ\w+|contain\w+) (?:a total of )?$"
        ]
    )


@cache
def are_controls() -> BytesPattern:
    """Behind a noun: "39 women (mean age 40) were healthy controls"."""
    return BytesPattern([r"^ (?:were|served as|acted as) (?:[\w-]+ ){0,5}controls?\b"])


@cache
def paired() -> BytesPattern:
    """Two counts with one noun: "9 vaccinated and 21 unvaccinated patients"."""
    words = r"(?: [\w/-]+)"
    person = people_rules().words["person"]
    return BytesPattern([rf"^{words}{{1,3}} and (?:{DIGITS}|{WORDS}){words}{{0,4}} {person}\b"])


@cache
def joins() -> BytesPattern:
    """Where a phrase about one group ends."""
    return BytesPattern(
        [r"\b(?:and|or|versus|vs|compared|matched|as well as|were|was|with (?:the )?\d[\d,]*) "]
    )


@cache
def people_or_arm() -> BytesPattern:
    """People, an illness, or a part of a study."""
    return BytesPattern(
        [
            rf"\b(?:{people_rules().words['person']}|{_named()})\b",
            r"\b(?:groups?|arms?|cohorts?|placebo|sham|usual care|standard care|wait(?:ing)?[- ]?list)\b",
        ]
    )


@cache
def half() -> BytesPattern:
    """Behind a number: people of one sex or age, of whom the others are told as well."""
    return BytesPattern(
        [
            r"^ (?:[\w/-]+ ){0,2}(?:women|men|females?|males?|girls|boys|adolescents|children|adults)\b"
        ]
    )


@cache
def group_behind_share() -> BytesPattern:
    """A share between the number and the name of a group: "174 (65%) ME/CFS"."""
    return BytesPattern([rf"^ \(\d+(?:\.\d+)? ?%\) (?:{_condition()}|healthy)\b"])


@cache
def breaks() -> BytesPattern:
    """Between a number and its noun: the noun is not what is counted."""
    return BytesPattern(
        [
            r"[.;:()\[\]%=<>\x{2014}]",
            r", ?\d",
            r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|min|points?|of|had|were|was|are|is"
            r"|the|to|in|from|for|than|times|mg|ml|kg|items?|studies|centres|centers|countries|per"
            r"|which|that|who|with|reported|showed|symptoms?|genes|proteins|trials?|samples?"
            r"|groups?|sets?|ways|reasons|themes|kinds|types|aspects|main|quality|and \d+|as|by|on|at|included|sites|clinics|hospitals|questions|across|completed)\b",
        ]
    )


@cache
def sexes() -> BytesPattern:
    """A breakdown by sex."""
    return BytesPattern(["(?:fe)?males?", "women", "men", "girls", "boys"])


@cache
def n_equals() -> BytesPattern:
    """ "n =" right before a number."""
    return BytesPattern([r"(?:[:,] ?)?[(\[,; ] ?n ?[=:] ?$"])


@cache
def name_equals() -> BytesPattern:
    """The name of an illness and "=" before a number: "(ME/CFS only = 52; ME/CFS + FM = 61".

    The match begins where the name does.
    """
    return BytesPattern(
        [
            rf"(?:[^()\[\]=;,:]{{0,40}}\b)?(?:{_named()})(?: (?:only|alone|patients|group))? ?= ?$"
        ]
    )


@cache
def reporting() -> BytesPattern:
    """Behind a noun: the illness itself is what they reported."""
    return BytesPattern(
        [
            rf"^ report(?:ed|ing) (?:having |an? |diagnosis |of |with ){{0,3}}(?:{_condition()})\b"
        ]
    )


@cache
def of_something_else() -> BytesPattern:
    """Behind "cases": of a symptom, or of another illness that some have beside theirs."""
    return BytesPattern(
        [
            r"^ of (?:[\w-]+ ){0,3}(?:insomnia|depress\w+|anxiety|sleep\w*|pain|fatigue|POTS|headache)\b"
        ]
    )


@cache
def bracket() -> BytesPattern:
    """A short remark in brackets behind the noun."""
    return BytesPattern([r"^ \([^()]{1,60}\)"])


@cache
def complement() -> BytesPattern:
    """What follows the noun and still says who they are: "with ME/CFS", "in the CFS group"."""
    return BytesPattern(
        [
            r"^ (?:with|of|who (?:met|fulfil+ed|had|have)|(?:previously )?diagnosed (?:with|as)|living with"
            r"|(?:who )?(?:were )?(?:hospitali[sz]ed|infected|recover\w+ from|tested (?:positive|negative))"
            r"|experiencing|after|following|suffering from|having|meeting|fulfilling|in the|from the|in)(?:[^.;,()]|[.,]\d| \([A-Z/-]{1,8}\)){0,70}",
            r"^ (?:met|fulfil+ed|satisfied) [^.;,()]{0,60}",
            *reporting().sources,
        ]
    )


@cache
def separators() -> BytesPattern:
    """What stands between two groups in a list."""
    return BytesPattern([r"[;,.):]", r"\b(?:and|or|versus|vs|between|from|in|of) "])

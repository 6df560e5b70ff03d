"""A count of people: the number, whom it counts, and how far they came."""

from enum import StrEnum

import msgspec

from rapport.evidence.read.text.sentence import Sentence


class Group(StrEnum):
    """Whom a count counts.

    EXPOSED had an infection, whatever came of it; POPULACE were picked for what they do or where
    they live; BESIDE were asked beside the patients; of PEOPLE nothing is said.
    """

    CASES = "cases"
    CONTROLS = "controls"
    LONG_COVID = "long_covid"
    OTHER = "other"
    EXPOSED = "exposed"
    POPULACE = "populace"
    BESIDE = "beside"
    PEOPLE = "people"


ILL = (Group.CASES, Group.LONG_COVID)
"""Those who have an illness that is studied here."""


class Stage(StrEnum):
    """How far the counted people came; STATED where no verb tells."""

    ANALYSED = "analysed"
    ENROLLED = "enrolled"
    STATED = "stated"


class Place(msgspec.Struct, frozen=True):
    """A number in a sentence (`data`), and the words on either side."""

    value: int
    at: int
    before: bytes
    after: bytes
    data: bytes


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people in a sentence.

    `is_arm`: given as "(n = 24)" behind the name of a group. `is_whole`: said to be all of
    them ("a total of", "all"), or the first count of its sentence. `is_part`: said to be some
    of a number given before. `is_found`: the illness was found in so many of those looked at.
    `at`: bytes of the sentence before the number. `is_told`: the words behind the number say the
    stage. `is_bare`: no noun stands behind it ("71 were analysed").
    `is_against`: told in a list with controls, so that they are those who are ill.
    """

    value: int
    group: Group
    stage: Stage
    sentence: Sentence
    at: int
    is_arm: bool
    is_whole: bool
    is_part: bool
    is_found: bool = False
    is_told: bool = False
    is_bare: bool = False
    is_against: bool = False

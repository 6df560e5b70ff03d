"""Gaps of service follow from needs, matches and requests, and from nothing else."""

import msgspec
import pytest
from tests.practice.coalition.conftest import TODAY, day

from rapport.practice.coalition.gaps import GapKind, gaps, unmet
from rapport.practice.records.coalition import (
    Fits,
    GapReason,
    Match,
    NeedState,
    Request,
)


def match(need, service, fits, gap=None, checked=-10):
    return Match(need=need, service=service, fits=fits, gap=gap, checked_on=day(checked))


def request(need, service, sent=-30, due=None, answered=None, refused=None):
    return Request(
        need=need,
        service=service,
        reason="asks for it",
        sent_on=None if sent is None else day(sent),
        due=None if due is None else day(due),
        answered_on=None if answered is None else day(answered),
        refused=refused,
    )


def found(coalition, **records):
    return [
        (gap.need, gap.kind, gap.reason, gap.days)
        for gap in gaps(msgspec.structs.replace(coalition, **records), TODAY)
    ]


NOBODY_LOOKED = [
    ("n2", GapKind.NO_MATCH, GapReason.UNKNOWN, 90),
    ("n1", GapKind.NO_MATCH, GapReason.UNKNOWN, 40),
]
FITS = {
    "m1": match("n1", "s1", Fits.FITS),
    "m2": match("n2", "s2", Fits.WITH_CHANGES),
}


@pytest.mark.parametrize(
    ("matches", "requests", "expected"),
    [
        ({}, {}, NOBODY_LOOKED),
        (FITS, {}, []),
        # Not known is not a fit.
        ({**FITS, "m2": match("n2", "s2", Fits.UNKNOWN)}, {}, NOBODY_LOOKED[:1]),
        # The latest reason stands for the need.
        (
            {
                "m1": FITS["m1"],
                "m3": match("n2", "s3", Fits.DOES_NOT_FIT, GapReason.TOO_FAR, checked=-2),
                "m4": match("n2", "s4", Fits.DOES_NOT_FIT, GapReason.NOT_PEM_SAFE, checked=-5),
            },
            {},
            [("n2", GapKind.NO_MATCH, GapReason.TOO_FAR, 90)],
        ),
        # A request is late from the day after it was due; a draft is no request.
        (FITS, {"r": request("n1", "s1", due=0)}, []),
        (
            FITS,
            {"r": request("n1", "s1", due=-1)},
            [("n1", GapKind.UNANSWERED, GapReason.WAITING, 30)],
        ),
        (FITS, {"r": request("n1", "s1", sent=None, due=-1)}, []),
        (FITS, {"r": request("n1", "s1", due=-1, answered=-2)}, []),
        # A no takes the match away; a later yes brings it back.
        (
            FITS,
            {"r": request("n1", "s1", answered=-2, refused=GapReason.NOT_FUNDED)},
            [("n1", GapKind.NO_MATCH, GapReason.NOT_FUNDED, 40)],
        ),
        (
            FITS,
            {
                "r": request("n1", "s1", answered=-20, refused=GapReason.NOT_FUNDED),
                "r2": request("n1", "s1", answered=-2),
            },
            [],
        ),
    ],
)
def test_which_gaps_follow(coalition, matches, requests, expected):
    assert found(coalition, matches=matches, requests=requests) == expected


def test_a_need_that_is_closed_has_no_gap_but_one_that_could_not_be_had_is_counted(coalition):
    ended = msgspec.structs.replace(
        coalition,
        needs={
            "n1": msgspec.structs.replace(
                coalition.needs["n1"], state=NeedState.UNMET, closed_on=day(-5)
            ),
            "n2": msgspec.structs.replace(coalition.needs["n2"], state=NeedState.MET),
        },
        matches={"m": match("n1", "", Fits.DOES_NOT_FIT, GapReason.NONE_EXISTS)},
    )
    assert gaps(ended, TODAY) == ()
    (gap,) = unmet(ended, TODAY)
    assert (gap.kind, gap.reason, gap.days, gap.evidence) == (
        GapKind.CLOSED_UNMET,
        GapReason.NONE_EXISTS,
        35,
        ("m",),
    )

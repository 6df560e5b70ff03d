"""What is suggested of a service: never a guess, and the worst reason first."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.practice.coalition.fit import asked_of, is_old, suggested
from rapport.practice.coalition.rules import rules
from rapport.practice.records.coalition import (
    Access,
    Domain,
    Fits,
    GapReason,
    Known,
    Service,
)
from rapport.practice.records.people import Profile

TODAY = datetime.date(2026, 11, 22)
FIELDS = [field.name for field in msgspec.structs.fields(Access)]
WORSE_TO_BETTER = [Fits.DOES_NOT_FIT, Fits.UNKNOWN, Fits.WITH_CHANGES, Fits.FITS]


def service(pem="yes", checked=TODAY, **access):
    return Service(
        id="s",
        provider="Made up",
        what="help",
        domain=Domain.CARE,
        access=Access(**{name: Known(value) for name, value in access.items()}),
        pem_aware=Known(pem),
        verified_on=checked,
        warnings=("Stairs",),
    )


def patient(*conditions, severe=False):
    return Profile(shown_as="Ada", conditions=conditions, severe=severe)


@pytest.mark.parametrize(
    ("profile", "of_service", "fits", "gap"),
    [
        # Nothing is asked of it but to know PEM.
        (patient(), service(), Fits.FITS, None),
        (patient(), service(pem="unknown"), Fits.UNKNOWN, None),
        (patient(), service(pem="no"), Fits.DOES_NOT_FIT, GapReason.NOT_PEM_SAFE),
        # What is not known is not a yes.
        (patient("home"), service(), Fits.UNKNOWN, None),
        (patient("home"), service(home_visit="yes"), Fits.FITS, None),
        (
            patient("home"),
            service(home_visit="no"),
            Fits.DOES_NOT_FIT,
            GapReason.NOT_ACCESSIBLE,
        ),
        # What can be asked for is a change, not an end.
        (patient("dark"), service(low_light_and_sound="no"), Fits.WITH_CHANGES, None),
        (
            patient("dark", "home"),
            service(low_light_and_sound="no", home_visit="unknown"),
            Fits.UNKNOWN,
            None,
        ),
        # One way of not having to come is enough for somebody severely ill.
        (patient(severe=True), service(home_visit="no", remote="yes"), Fits.FITS, None),
        (
            patient(severe=True),
            service(home_visit="no", remote="no", text_only="no"),
            Fits.DOES_NOT_FIT,
            GapReason.NOT_ACCESSIBLE,
        ),
        (None, service(), Fits.FITS, None),
    ],
)
def test_what_is_suggested(profile, of_service, fits, gap):
    found = suggested(asked_of(profile, rules()), of_service, rules(), TODAY)
    assert (found.fits, found.gap) == (fits, gap)


def test_the_worst_reason_comes_first_and_the_warnings_last():
    found = suggested(
        asked_of(patient("home", "dark", "lie_down"), rules()),
        service(home_visit="yes", lying_down="no"),
        rules(),
        TODAY,
    )
    assert found.reasons == (
        "It cannot offer a place to lie down.",
        "Ask if it can keep light and sound low.",
        "It knows that effort can make people worse later.",
        "It can come to the home.",
        "Stairs",
    )


def test_a_wish_that_no_service_map_knows_is_told_and_not_dropped():
    assert asked_of(patient("no_scent", "home"), rules()).not_in_the_map == ("no_scent",)


def test_every_wish_leads_to_a_field_that_has_words():
    asked = {field for fields in rules().asks_for.values() for field in fields}
    assert asked <= set(rules().words) == set(FIELDS)
    assert rules().can_be_asked_for <= set(FIELDS)
    assert set(rules().severe_needs_one_of) <= set(FIELDS)


@pytest.mark.parametrize(
    ("days", "old"),
    [(0, False), (180, False), (181, True), (None, True)],
)
def test_a_fact_older_than_180_days_is_checked_first(days, old):
    checked = None if days is None else TODAY - datetime.timedelta(days=days)
    assert is_old(checked, rules(), TODAY) is old
    assert (
        suggested(asked_of(None, rules()), service(checked=checked), rules(), TODAY).check_first
        is old
    )


PROFILES = st.builds(
    Profile,
    shown_as=st.just("Ada"),
    severe=st.booleans(),
    conditions=st.lists(st.sampled_from(sorted(rules().asks_for)), unique=True).map(tuple),
)


@given(
    PROFILES,
    st.fixed_dictionaries({name: st.sampled_from(Known) for name in FIELDS}),
    st.sampled_from(FIELDS),
)
def test_a_service_that_offers_more_never_fits_less(profile, access, field):
    rank = [
        WORSE_TO_BETTER.index(
            suggested(
                asked_of(profile, rules()),
                service(**{**access, field: known}),
                rules(),
                TODAY,
            ).fits
        )
        for known in (Known.NO, Known.YES)
    ]
    assert rank[0] <= rank[1]


@given(PROFILES, st.fixed_dictionaries({name: st.sampled_from(Known) for name in FIELDS}))
def test_nothing_fits_that_is_not_known_to(profile, access):
    asked = asked_of(profile, rules())
    found = suggested(asked, service(**access), rules(), TODAY)
    if found.fits is Fits.FITS:
        assert all(any(access[f] is Known.YES for f in group) for group in asked.groups)

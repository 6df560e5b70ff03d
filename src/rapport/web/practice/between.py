"""Who asks about which two people: one patient and one practitioner, as a page needs them."""

import datetime

import msgspec
from django.http import HttpRequest

from rapport.practice.check_in.screens import Names
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Profile, Respondent, Role, Side, Supporter
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records
from rapport.web.clock import now
from rapport.web.errors import not_found
from rapport.web.practice.access import viewer as _viewer
from rapport.web.practice.says import screen_words


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """One pair as whoever asks sees it. `supporter` is theirs, if a supporter asks."""

    viewer: Viewer
    pair: pairs.Pair
    profile: Profile
    supporter: Supporter | None
    at: datetime.datetime

    @property
    def names(self) -> Names:
        """How the two are called."""
        return Names(patient=self.profile.shown_as, practitioner=self.pair.shown_as)

    @property
    def side(self) -> Side:
        """The side that the viewer answers for."""
        is_other = self.viewer.role is Role.PRACTITIONER
        return Side.PRACTITIONER if is_other else Side.PATIENT

    @property
    def respondent(self) -> Respondent:
        """Who answers where this viewer does."""
        if self.side is Side.PRACTITIONER:
            return Respondent.PRACTITIONER
        return self.supporter.respondent if self.supporter else Respondent.SELF

    @property
    def whom(self) -> str:
        """For a supporter: whom they answer for. Empty for the two themselves."""
        if self.supporter is None:
            return ""
        is_proxy = self.respondent is Respondent.PROXY
        told = "answering_for" if is_proxy else "reading_for"
        return screen_words(told, person=self.profile.shown_as)

    @property
    def other(self) -> str:
        """How the other side is called."""
        names = self.names
        return names.patient if self.side is Side.PRACTITIONER else names.practitioner

    def kept(self, kind: type) -> tuple[Kept, ...]:
        """The records of a kind of this pair, as the viewer may see them."""
        return records.kept(self.viewer, kind, patient=self.pair.patient, pair=self.pair.id)


def between(request: HttpRequest, pair: str) -> Between:
    """The pair that a page is about. Raises: NotThereError for one that is not the viewer's."""
    who = _viewer(request)
    return of_pair(who, pairs.one(who, pair))


def of_pair(who: Viewer, pair: pairs.Pair) -> Between:
    """A pair of the viewer's."""
    profile = next(
        (
            each.record
            for each in records.kept(who, Profile, patient=pair.patient)
            if isinstance(each.record, Profile)
        ),
        Profile(shown_as="this person"),
    )
    return Between(viewer=who, pair=pair, profile=profile, supporter=_supporter(who), at=now())


def with_check_in(request: HttpRequest, name: str) -> tuple[Between, Kept, CheckIn]:
    """A check-in and the pair it is of. Raises: NotThereError; PageError (404)."""
    who = _viewer(request)
    entry = records.one(who, name)
    if not isinstance(entry.record, CheckIn) or entry.pair is None:
        raise not_found("There is no such check-in.")
    return of_pair(who, pairs.one(who, entry.pair)), entry, entry.record


def _supporter(who: Viewer) -> Supporter | None:
    if who.role is not Role.SUPPORTER:
        return None
    for each in records.kept(who, Supporter, patient=who.patient):
        if each.id == who.id and isinstance(each.record, Supporter):
            return each.record
    return None

"""One patient's coalition as whoever asks sees it, and how a page of it is kept and shown."""

import datetime
from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse

from rapport.core.dates import in_words
from rapport.practice.coalition.held import Coalition, coalition_of, of_need
from rapport.practice.records.coalition import (
    Action,
    Actor,
    ContactNote,
    DesiredResult,
    Fits,
    Letter,
    Match,
    Need,
    Plan,
    Request,
    Service,
)
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import Profile, Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records, services
from rapport.web.clock import now
from rapport.web.errors import PageError, not_found
from rapport.web.people.forms import form_page
from rapport.web.practice.access import viewer
from rapport.web.practice.coalition import ways

KINDS = (Need, DesiredResult, Match, Actor, Request, Action, ContactNote, Plan, Letter)
_CARE = frozenset({Role.PATIENT, Role.PRACTITIONER})
_FITTING = frozenset({Fits.FITS, Fits.WITH_CHANGES})
WHY = "the coalition"


class Here(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of the coalition needs. `me` is the actor that the viewer is, if any."""

    viewer: Viewer
    patient: str
    profile: Profile
    coalition: Coalition
    services: dict[str, Service]
    at: datetime.datetime

    @property
    def today(self) -> datetime.date:
        """The day of the request."""
        return self.at.date()

    @property
    def is_patient(self) -> bool:
        """Whether the person themselves asks."""
        return self.viewer.role is Role.PATIENT

    @property
    def writes(self) -> bool:
        """Whether the viewer may write needs and plans."""
        return self.viewer.role in _CARE

    @property
    def works(self) -> bool:
        """Whether the viewer may write actions, requests and notes."""
        return self.writes or self.viewer.role is Role.COALITION_MEMBER

    @property
    def me(self) -> str | None:
        """The id of the viewer's own actor; None where they are not in the coalition yet."""
        for key, actor in self.coalition.actors.items():
            if (self.is_patient and actor.is_patient) or actor.account == self.viewer.id:
                return key
        return None

    def fitting(self, need: str) -> tuple[str, ...]:
        """The services that somebody said fit a need, with or without changes."""
        matches = of_need(self.coalition.matches, need).values()
        found = [each.service for each in matches if each.fits in _FITTING]
        return tuple(each for each in found if each in self.services)

    def keep(self, record: Record, once: str | None = None) -> Kept:
        """A new record of this patient."""
        return records.keep(
            self.viewer, record, patient=self.patient, at=self.at, why=WHY, once=once
        )

    def change(self, name: str, **values: object) -> Kept:
        """A record with other values."""

        def how(record: Record) -> Record:
            return msgspec.structs.replace(record, **values)

        return self.change_by(name, how)

    def change_by(self, name: str, how: Callable[[Record], Record]) -> Kept:
        """A record after something was done to it."""
        return records.change(self.viewer, name, how, at=self.at, why=WHY)


def of_patient(request: HttpRequest, patient: str) -> Here:
    """The coalition of a patient. Raises: NotThereError for somebody else's."""
    who = viewer(request)
    kept = records.kept(who, *KINDS, Profile, patient=patient)
    profile = next(
        (each.record for each in kept if isinstance(each.record, Profile)),
        Profile(shown_as="this person"),
    )
    return Here(
        viewer=who,
        patient=patient,
        profile=profile,
        coalition=coalition_of(kept),
        services={each.id: each for each in services.every(who)},
        at=now(),
    )


def of_record(request: HttpRequest, name: str) -> Here:
    """The coalition that a record belongs to. Raises: NotThereError."""
    return of_patient(request, records.one(viewer(request), name).patient)


def with_need(request: HttpRequest, name: str) -> tuple[Here, Need]:
    """A need and its coalition. Raises: NotThereError; PageError (404) for another record."""
    here = of_record(request, name)
    found = here.coalition.needs.get(name)
    if found is None:
        raise not_found("There is no such need.")
    return here, found


def demand_work(here: Here) -> None:
    """Raises: PageError (403) for a viewer who may read here and not write."""
    if not here.works:
        raise PageError(403, "This is not yours to write.")


def with_people(here: Here) -> Here:
    """The same, with the person and their practitioners among those who share the work."""
    known = {actor.account for actor in here.coalition.actors.values()}
    if not any(actor.is_patient for actor in here.coalition.actors.values()):
        me = Actor(shown_as=here.profile.shown_as, role="the person", is_patient=True)
        here.keep(me, once="actor/patient")
    for pair in pairs.of(here.viewer):
        if pair.patient == here.patient and pair.practitioner not in known:
            helper = Actor(
                shown_as=pair.shown_as, role="practitioner", account=pair.practitioner
            )
            here.keep(helper, once=f"actor/{pair.practitioner}")
    kept = records.kept(here.viewer, Actor, patient=here.patient)
    coalition = msgspec.structs.replace(here.coalition, actors=coalition_of(kept).actors)
    return msgspec.structs.replace(here, coalition=coalition)


def show(request: HttpRequest, template: str, here: Here, **values: object) -> HttpResponse:
    """A page of the coalition; it says "Saved" after something was."""
    return form_page(
        request,
        f"practice/coalition/{template}",
        status=400 if values.get("wrong") else 200,
        here_=here,
        coalition=here.coalition,
        ways=ways,
        day=in_words,
        saved=request.GET.get("saved") == "1",
        gone=request.GET.get("gone") == "1",
        **({"wrong": ""} | values),
    )

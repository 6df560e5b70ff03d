"""Where help is for those who are signed in: the country pack of their own clinic, and its words."""

import functools

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.errors import InputError
from rapport.knowledge.load_practice import country
from rapport.knowledge.practice import CountryPack
from rapport.practice.records.people import Role
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.words import holds_a_word
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics
from rapport.web.people.forms import form_page
from rapport.web.practice import held
from rapport.web.safe import moment

_HELPED = (Role.PATIENT, Role.SUPPORTER)


def pack_of(viewer: Viewer) -> CountryPack:
    """The pack of a viewer's clinic; that of the server where it cannot be read any more."""
    return _named(clinics.of(viewer).country)


def go_on(request: HttpRequest, who: Viewer, way: str, *texts: str) -> HttpResponse:
    """The way on after something was saved.

    First the page of help, where the person wrote a word of the clinic's own list. Nothing of
    that is kept, and it stands in no address.
    """
    if who.role not in _HELPED or not any(texts):
        return HttpResponseRedirect(way)
    pack = pack_of(who)
    listed = "yes" if holds_a_word(texts, pack.help_words) else "no"
    told = moment(word_listed=listed).person(Effect.ADD_HELP_PAGE)
    if not told:
        return HttpResponseRedirect(way)
    return form_page(request, "practice/help_first.html", told=told, pack=pack, way=way)


@functools.cache
def _named(name: str) -> CountryPack:
    try:
        return country(name) if name else held.pack()
    except InputError:
        return held.pack()

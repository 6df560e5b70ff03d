"""Where help is for those who are signed in: the country pack of their own clinic."""

import functools

from rapport.core.errors import InputError
from rapport.knowledge.load_practice import country
from rapport.knowledge.practice import CountryPack
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics
from rapport.web.practice import held


def pack_of(viewer: Viewer) -> CountryPack:
    """The pack of a viewer's clinic; that of the server where it cannot be read any more."""
    return _named(clinics.of(viewer).country)


@functools.cache
def _named(name: str) -> CountryPack:
    try:
        return country(name) if name else held.pack()
    except InputError:
        return held.pack()

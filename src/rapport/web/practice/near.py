"""Where help is near somebody of a clinic."""

from rapport.core.errors import InputError
from rapport.knowledge.load_practice import MADE_UP_COUNTRY, country
from rapport.knowledge.practice import CountryPack
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics


def pack_of(viewer: Viewer) -> CountryPack:
    """Where help is for somebody of this clinic; the made-up pack, which says so, without one."""
    try:
        return country(clinics.of(viewer).country)
    except InputError:
        return country(MADE_UP_COUNTRY)

"""The site over a release of made-up cards, in this process."""

import re

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from tests.web.made_up_cards import badge, made_up_card, made_up_cards, write_release

from rapport.cards.facts import Participants
from rapport.cards.study_card import Source
from rapport.core.vocabulary import Badge
from rapport.web.site import site


def text_of(response):
    """The words of a page, as a person reads them."""
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture(scope="session")
def release_folder(tmp_path_factory):
    """A release of thirty made-up cards."""
    return write_release(tmp_path_factory.mktemp("release"), made_up_cards())


@pytest.fixture(scope="session")
def earlier_folder(tmp_path_factory):
    """The release before: one card less, one more, and one that said something else."""
    first, *others = made_up_cards()
    earlier = msgspec.structs.replace(
        first,
        badge=badge(Badge.NOT_STATED),
        participants=Participants(),
        source=Source(file="made-up.jsonl", position=1, format="jsonl"),
    )
    cards = [earlier, *others[1:], made_up_card(200)]
    return write_release(tmp_path_factory.mktemp("earlier"), cards)


@pytest.fixture
def open_site(settings_of):
    """Opens the site over a release folder, in this process."""

    def opened(folder, evaluations="", before=""):
        settings_of(
            RAPPORT_RELEASE=str(folder),
            RAPPORT_EVALUATIONS=str(evaluations),
            RAPPORT_BEFORE=str(before),
        )
        return site()

    return opened


@pytest.fixture
def settings_of(monkeypatch):
    """Changes settings for one test, and opens the site anew before and after."""

    def changed(**values):
        for name, value in values.items():
            monkeypatch.setattr(settings, name, value)
        site.cache_clear()

    yield changed
    site.cache_clear()


@pytest.fixture
def client(open_site, release_folder):
    """Asks the site as a browser would, without a network."""
    open_site(release_folder)
    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


@pytest.fixture
def made_up():
    """A card of a study that does not exist."""
    return made_up_card(1)


@pytest.fixture
def release_of():
    """Writes a release of so many made-up cards."""

    def written(folder, number, *, title=None, **changes):
        cards = [made_up_card(n, **changes) for n in range(1, number + 1)]
        if title is not None:
            cards = [
                msgspec.structs.replace(
                    card, citation=msgspec.structs.replace(card.citation, title=title)
                )
                for card in cards
            ]
        return write_release(folder, cards)

    return written


@pytest.fixture(scope="module")
def site_of_session(release_folder):
    """The site over the made-up release, opened once for many questions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "RAPPORT_RELEASE", str(release_folder))
        site.cache_clear()
        yield Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    site.cache_clear()

"""Consents on pages: the question with names in their places, and the answer that is kept."""

import datetime

import msgspec

from rapport.knowledge.load_practice import own
from rapport.knowledge.practice import Consent as Text
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Consent, ConsentKind, Profile
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import records


def told(kind: ConsentKind, **names: str) -> Text:
    """The text of a consent with names in their places, such as practitioner="Dr Lee"."""
    text = own().consent(kind)

    def filled(line: str) -> str:
        for place, name in names.items():
            line = line.replace(f"{{{place}}}", name)
        return line

    return msgspec.structs.replace(
        text,
        asks=filled(text.asks),
        says=tuple(map(filled, text.says)),
        ends=filled(text.ends),
        stays=tuple(map(filled, text.stays)),
    )


def standing(viewer: Viewer, patient: str | None = None) -> tuple[tuple[Kept, Consent], ...]:
    """The consents that hold now, of those the viewer may see, the oldest first."""
    return tuple(
        (each, each.record)
        for each in records.kept(viewer, Consent, patient=patient)
        if isinstance(each.record, Consent) and each.record.withdrawn_at is None
    )


def has_agreed(viewer: Viewer, patient: str, pair: str) -> bool:
    """Whether the patient lets the practitioner of this pair see what they send."""
    return any(
        entry.consent is ConsentKind.RELATIONSHIP and entry.about == pair
        for _, entry in standing(viewer, patient)
    )


def agree(
    viewer: Viewer,
    kind: ConsentKind,
    *,
    patient: str,
    at: datetime.datetime,
    about: str | None = None,
    need: str | None = None,
) -> None:
    """Keep a yes to the text as it stands today. Raises: as `records.keep`."""
    text = own().consent(kind)
    decided_by, basis = _deciding(viewer, patient)
    entry = Consent(
        consent=kind,
        text=text.id,
        version=text.version,
        given_at=at,
        method="on screen",
        about=about,
        need=need,
        decided_by=decided_by,
        basis=basis,
    )
    records.keep(viewer, entry, patient=patient, at=at, why="consent given")


def _deciding(viewer: Viewer, patient: str) -> tuple[str, str]:
    """Who decides in the patient's place and on what ground; empty where the patient does."""
    for each in records.kept(viewer, Profile, patient=patient):
        if isinstance(each.record, Profile):
            return each.record.decided_by, each.record.basis
    return "", ""


def take_back(viewer: Viewer, consent: str, at: datetime.datetime) -> None:
    """End a consent, and every other that says the same. Raises: as `records.change`."""
    how = records.with_fields(withdrawn_at=at)
    given = {each.id: _says(entry) for each, entry in standing(viewer, viewer.patient)}
    same = [name for name, says in given.items() if says == given.get(consent)]
    for name in same or [consent]:
        records.change(viewer, name, how, at=at, why="consent taken back")


def _says(entry: Consent) -> tuple[ConsentKind, str | None, str | None]:
    return entry.consent, entry.about, entry.need

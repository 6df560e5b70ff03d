"""A patient's records opened for one viewer: the key, and the facts that decide what is seen."""

import datetime
import hmac
from collections.abc import Iterable

import msgspec
from django.conf import settings

from rapport.practice.records.coalition import Actor
from rapport.practice.records.kept import Author, Kept, Record
from rapport.practice.records.people import Consent, ConsentKind, Profile, Role
from rapport.practice.visibility.viewer import FACT_KINDS, Facts, Viewer, facts_of
from rapport.store.practice import models, vault
from rapport.store.practice.keys import store_keys
from rapport.store.practice.scope import not_there, row, rows

RESEARCH = "research"
_KNOWN = (*FACT_KINDS, Profile)
"""What is opened at once: what decides, and how the patient is called, which nearly each page says."""
_DECODER = msgspec.json.Decoder(Record)


class Opened:
    """One patient, for one viewer."""

    def __init__(self, viewer: Viewer, patient: models.Patient, today: datetime.date) -> None:
        self.viewer, self.patient, self._row = viewer, patient.pk, patient
        self._key = vault.unwrapped(patient.wrapped, store_keys(), patient.pk)
        self._known = self._opened(_KNOWN)
        self.facts = self._facts(today)

    def all(self, kinds: Iterable[type] = (), *, pair: str | None = None) -> list[Kept]:
        """The records of these kinds, or of all; of one pair, or of all. The oldest first."""
        wanted = tuple(kinds)
        if wanted and set(wanted) <= set(_KNOWN):
            return [
                each
                for each in self._known
                if isinstance(each.record, wanted) and pair in (None, each.pair)
            ]
        return self._opened(wanted, pair)

    def known(self, record_id: str) -> Kept | None:
        """A record that was opened at once; None for others, which may be there."""
        return next((each for each in self._known if each.id == record_id), None)

    def _opened(self, kinds: tuple[type, ...], pair: str | None = None) -> list[Kept]:
        found = rows(models.Record, self.viewer.clinic).filter(patient_id=self.patient)
        names = [kind.__name__ for kind in kinds]
        found = found.filter(kind__in=names) if names else found
        found = found.filter(pair_id=pair) if pair is not None else found
        return [self.kept(each) for each in found.order_by("made_at", "pk")]

    def kept(self, there: models.Record) -> Kept:
        """A row as a value. Raises: vault.SealError for a row that was tampered with."""
        return Kept(
            id=there.pk,
            clinic=there.clinic_id,
            patient=there.patient_id,
            pair=there.pair_id,
            author=Author(role=Role(there.author_role), id=there.author_id),
            made_at=there.made_at,
            changed_at=there.changed_at,
            record=_DECODER.decode(vault.opened(self._key, there.sealed, _place(there))),
        )

    def sealed(self, there: models.Record, record: Record) -> bytes:
        """A record as it stands in its row."""
        return vault.sealed(self._key, msgspec.json.encode(record), _place(there))

    def counted(self) -> bytes:
        """What the patient was counted in when gaps were last counted; empty for nothing."""
        kept = bytes(self._row.counted)
        return vault.opened(self._key, kept, self._counted_at()) if kept else b""

    def count(self, content: bytes) -> None:
        """Keep what the patient is counted in, sealed. It is erased with them."""
        self._row.counted = vault.sealed(self._key, content, self._counted_at())
        self._row.save(update_fields=["counted"])

    def _counted_at(self) -> tuple[str, str, str, str]:
        return (self.viewer.clinic, self.patient, self.patient, "counted")

    def _facts(self, today: datetime.date) -> Facts:
        pairs = rows(models.Pair, self.viewer.clinic).filter(
            patient_id=self.patient, ended_at=None
        )
        own, given = frozenset[str](), frozenset[str]()
        if self.viewer.role is Role.PRACTITIONER:
            found = pairs.filter(practitioner_id=self.viewer.id, practitioner__is_open=True)
            own = frozenset(found.values_list("pk", flat=True))
        if self.viewer.role is Role.RESEARCHER:
            found = pairs.filter(practitioner__gives_to_research=True)
            given = frozenset(found.values_list("pk", flat=True))
        return facts_of(self._known, self.viewer, today, pairs=own, research_pairs=given)


def opened(viewer: Viewer, patient: str, today: datetime.date) -> Opened:
    """A patient's records. Raises: NotThereError for another clinic's, or somebody else's own."""
    if viewer.patient is not None and viewer.patient != patient:
        raise not_there()
    return Opened(viewer, row(models.Patient, viewer.clinic, patient), today)


def patients_of(viewer: Viewer) -> list[str]:
    """The patients of whom a viewer may see something, in a steady order."""
    if viewer.patient is not None:
        return [viewer.patient]
    if viewer.role is Role.PRACTITIONER:
        own = rows(models.Pair, viewer.clinic).filter(
            practitioner_id=viewer.id, ended_at=None, practitioner__is_open=True
        )
        return sorted(set(own.values_list("patient_id", flat=True)))
    name = {Role.COALITION_MEMBER: viewer.id, Role.RESEARCHER: RESEARCH}.get(viewer.role)
    if name is None:
        return []
    found = rows(models.Record, viewer.clinic).filter(found_by=name)
    return sorted(set(found.values_list("patient_id", flat=True)))


_LEADING = frozenset({"visit", "about", "result"})
"""Fields of what a researcher is given that hold the id of another record."""


def found_by(record: Record) -> str:
    """How a record is found across patients; empty for nearly all."""
    if isinstance(record, Actor):
        return record.account or ""
    if isinstance(record, Consent) and record.consent is ConsentKind.RESEARCH:
        return RESEARCH if record.withdrawn_at is None else ""
    return ""


def pseudonymous(entry: Kept, viewer: Viewer) -> Kept:
    """The same under made-up names if a researcher asks: always the same one for the same."""
    if viewer.role is not Role.RESEARCHER:
        return entry
    return msgspec.structs.replace(
        entry,
        id=_made_up(viewer, entry.id),
        patient=_made_up(viewer, entry.patient),
        pair=None if entry.pair is None else _made_up(viewer, entry.pair),
        author=Author(role=entry.author.role, id=_made_up(viewer, entry.author.id)),
        record=msgspec.structs.replace(
            entry.record,
            **{
                name: _made_up(viewer, leads_to)
                for name in _LEADING & set(entry.record.__struct_fields__)
                if (leads_to := getattr(entry.record, name)) is not None
            },
        ),
    )


def therapists(viewer: Viewer) -> dict[str, str]:
    """Pair to practitioner, both under the made-up names that a researcher sees."""
    if viewer.role is not Role.RESEARCHER:
        return {}
    found = rows(models.Pair, viewer.clinic).values_list("pk", "practitioner_id")
    return {_made_up(viewer, pair): _made_up(viewer, other) for pair, other in found}


def _made_up(viewer: Viewer, name: str) -> str:
    key = f"research/{viewer.clinic}/{settings.SECRET_KEY}".encode()
    return hmac.new(key, name.encode(), "sha256").hexdigest()[:16]


def _place(there: models.Record) -> tuple[str, str, str, str]:
    return (there.clinic_id, there.patient_id, there.pk, there.kind)

"""The person's own export: everything that is kept of them, to read and to take elsewhere."""

import datetime
import io
import zipfile
from collections.abc import Iterable

import msgspec

from rapport.core.encoding import to_pretty_json
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.bundle import bundle
from rapport.practice.exchange.fhir.trail import Access
from rapport.practice.exchange.person.page import page
from rapport.practice.exchange.person.tables import tables
from rapport.practice.records.coalition import Service
from rapport.practice.records.kept import Kept

_PACKED_AT = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the archive: the earliest that its format has, the same for all."""


def export(
    kept: Iterable[Kept],
    trail: Iterable[Access] = (),
    *,
    patient: str,
    at: datetime.datetime,
    services: Iterable[Service] = (),
) -> bytes:
    """A zip with a page to read, JSON, a table for each kind, and a FHIR bundle (R4B).

    `kept` are the patient's records as they may see them; `trail` is who opened or changed them;
    `services` the clinic's map, of which the bundle tells what the records name.
    The same values give the same bytes.
    """
    records, lines = list(kept), list(trail)
    made = bundle(records, lines, patient=patient, at=at, services=services)
    return zipped(files(records, lines, made, at=at))


def files(
    kept: list[Kept], trail: list[Access], made_bundle: Json, *, at: datetime.datetime
) -> dict[str, bytes]:
    """The files of the export by name. A name says nothing about the person."""
    made = {
        "read-me-first.html": page(kept, trail, at.date()).encode(),
        "everything.json": to_pretty_json(
            msgspec.to_builtins(
                {"made_at": at, "records": kept, "who_did_what": trail},
                str_keys=True,
                order="deterministic",
            )
        ),
        "fhir-r4b-bundle.json": to_pretty_json(made_bundle),
    }
    return made | {f"tables/{name}.csv": text.encode() for name, text in tables(kept, trail)}


def zipped(content: dict[str, bytes]) -> bytes:
    """The files in one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, _PACKED_AT), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()

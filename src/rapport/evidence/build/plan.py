"""From gathered records to works with card ids: what is to be read, in the order of the cards."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from rapport.core.encoding import content_hash
from rapport.core.ids import Identifiers
from rapport.evidence.after.listed import Listed
from rapport.evidence.build.spill import Place
from rapport.evidence.build.worker import Job
from rapport.evidence.dedupe.entry import Entry, identifiers
from rapport.evidence.dedupe.relate import Family, families
from rapport.evidence.dedupe.works import Joined, preference, works
from rapport.evidence.publication import Origin
from rapport.evidence.release.card_ids import card_id
from rapport.evidence.release.manifest import Member, Work


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What stays in memory of a record while its publication waits on disk."""

    entry: Entry
    origin: Origin
    identifiers: Identifiers
    given_id: str | None
    topic: str
    place: Place


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The jobs and, in the same order (by card id), the works they are about.

    `duplicates` counts the records that got no card of their own, also a record that came twice
    from one place because its file was named twice.
    """

    jobs: tuple[Job, ...]
    works: tuple[Work, ...]
    duplicates: int


def plan(records: Iterable[Kept], *, maker: str, listed: Iterable[Listed] = ()) -> Plan:
    """The works among the records, each with its card's id; the same for every order of records.

    `maker` is the hash of what reads them: it is part of the key a reading is kept under.
    `listed` is what lists of notices say.
    """
    given = tuple(records)
    kept = {record.entry.key: record for record in given}
    found = works(record.entry for record in kept.values())
    ids = _card_ids(found.works, kept)
    family = families(found, ids, listed)
    ordered = sorted(found.works, key=lambda one: ids[one.entry.key])
    return Plan(
        jobs=tuple(_job(one, ids, kept, family, maker) for one in ordered),
        works=tuple(_work(one, ids, kept, family) for one in ordered),
        duplicates=len(given) - len(ordered),
    )


def _job(
    one: Joined,
    ids: Mapping[str, str],
    kept: Mapping[str, Kept],
    family: Mapping[str, Family],
    maker: str,
) -> Job:
    contents = [key.partition(" ")[0] for key in one.keys]
    return Job(
        card=ids[one.entry.key],
        key=content_hash(maker.encode(), *(content.encode() for content in contents)),
        places=tuple(kept[key].place for key in one.keys),
        topic=kept[one.keys[0]].topic,
        family=family.get(one.entry.key, Family()),
    )


def _work(
    one: Joined, ids: Mapping[str, str], kept: Mapping[str, Kept], family: Mapping[str, Family]
) -> Work:
    return Work(
        id=ids[one.entry.key],
        members=tuple(
            Member(
                origin=kept[key].origin,
                identifiers=kept[key].identifiers,
                given_id=kept[key].given_id,
                used=number == 0,
            )
            for number, key in enumerate(one.keys)
        ),
        titles=tuple(
            sorted({title for key in one.keys if (title := kept[key].entry.title) is not None})
        ),
        relations=family.get(one.entry.key, Family()).related,
    )


def _card_ids(found: Iterable[Joined], kept: Mapping[str, Kept]) -> dict[str, str]:
    """The id of each work's card by the work's key; works that share one are told apart.

    The work that says most keeps the plain id, the others get a hash of their own.
    """
    groups: dict[str, list[Joined]] = defaultdict(list)
    for one in found:
        best = kept[one.keys[0]]
        name = card_id(identifiers(one.entry), title=one.entry.title, given_id=best.given_id)
        groups[name].append(one)
    ids: dict[str, str] = {}
    for name, group in groups.items():
        first, *others = sorted(group, key=lambda one: preference(one.entry))
        ids[first.entry.key] = name
        for one in others:
            digest = hashlib.sha256(one.entry.key.encode()).hexdigest()[:8]
            ids[one.entry.key] = f"{name}-{digest}"
    return ids

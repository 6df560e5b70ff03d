"""What a researcher is given for an export: check-ins under made-up names, and who treats whom."""

from collections.abc import Mapping

import msgspec

from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import models, records
from rapport.store.practice.opened import made_up
from rapport.store.practice.scope import not_there, rows


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Check-ins of those who agreed; pair to practitioner, both under made-up names."""

    check_ins: tuple[Kept, ...]
    therapists: Mapping[str, str]


def given(viewer: Viewer) -> Given:
    """All that a researcher may see of check-ins. Raises: NotThereError for anybody else."""
    if viewer.role is not Role.RESEARCHER:
        raise not_there()
    check_ins = records.kept(viewer, CheckIn)
    named = {each.pair for each in check_ins}
    pairs = rows(models.Pair, viewer.clinic).values_list("pk", "practitioner_id")
    therapists = {
        pair: made_up(viewer, practitioner)
        for name, practitioner in pairs
        if (pair := made_up(viewer, name)) in named
    }
    return Given(check_ins=check_ins, therapists=therapists)

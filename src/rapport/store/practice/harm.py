"""How often something made things worse with those who agreed to research: a number alone."""

import datetime

from rapport.practice.records.people import Role
from rapport.practice.records.visits import Harm
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, record
from rapport.store.practice.opened import opened, patients_of
from rapport.store.practice.scope import RefusedError


def harm_in_study(viewer: Viewer, at: datetime.datetime) -> int:
    """The lines of the harm log of those who agreed: what a rule that halts a study looks at (SR12).

    Raises: RefusedError for anybody but a researcher.
    """
    if viewer.role is not Role.RESEARCHER:
        raise RefusedError(
            "This is for the researcher.", where="the count of harm", fix="ask the researcher"
        )
    found = sum(
        len(opened(viewer, each, at.date()).all((Harm,))) for each in patients_of(viewer)
    )
    record([Act(act="harm counted", about=viewer.clinic, at=at, person=viewer.id)])
    return found

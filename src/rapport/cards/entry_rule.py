"""The badge that follows from a stated entry rule: definitions and how they are combined."""

from collections.abc import Sequence

from rapport.core.vocabulary import Badge, Combination
from rapport.knowledge.model import CaseDefinition, PemStatus


def entry_badge(named: Sequence[CaseDefinition], combination: Combination | None) -> Badge:
    """Whether everyone who entered by these definitions had to have post-exertional malaise.

    With `all` one definition that requires it is enough, with `any` each must. Several
    definitions without a word on how they were combined decide only where both readings agree.
    Not known: `not_stated`, also where it hangs on a definition whose demand is unclear.
    """
    if not named or combination is Combination.NONE:
        return Badge.NOT_STATED
    if len(named) == 1 or combination in (Combination.ALL, Combination.ANY):
        return _decided(named, either=combination is Combination.ANY)
    both = {_decided(named, either=either) for either in (True, False)}
    return both.pop() if len(both) == 1 else Badge.NOT_STATED


def _decided(named: Sequence[CaseDefinition], *, either: bool) -> Badge:
    requiring = [one.pem.status.requires for one in named]
    unclear = [one.pem.status is PemStatus.UNCLEAR for one in named]
    if (either and all(requiring)) or (not either and any(requiring)):
        return Badge.REQUIRED
    waiving = [not yes and not unknown for yes, unknown in zip(requiring, unclear, strict=True)]
    if any(waiving) if either else not any(unclear):
        return Badge.NOT_REQUIRED
    return Badge.NOT_STATED

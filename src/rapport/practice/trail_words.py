"""The audit in plain words: what was done, with what, and what for."""

_OF_SOMETHING = frozenset({"kept", "changed", "removed", "read"})
ACTS = {
    "kept": "wrote",
    "changed": "changed",
    "removed": "deleted",
    "read": "looked at",
    "signed in": "opened a link",
    "signed out": "signed a device out",
    "confirmed": "confirmed with a fresh link",
    "link made": "made a link",
    "links ended": "ended links",
    "patient added": "invited you",
    "pair added": "asked somebody to join",
    "pair ended": "ended the care here",
    "erased": "erased everything",
    "exported": "made a copy",
    "way back asked": "asked for a way back",
    "way back opened": "let your own link work again",
    "way back refused": "turned away who asked for a way back",
    "message to the clinic": "asked for help, and the clinic was to be told",
}
KINDS = {
    "Profile": "your name and contact",
    "Supporter": "who helps you",
    "Consent": "what you agreed to",
    "SafetyMark": "a safety note",
    "CheckIn": "a check-in",
    "Result": "what a check-in came to",
    "HelpSeen": "that help was asked for",
    "Comment": "a comment",
    "Visit": "a visit",
    "AfterVisit": "how a visit was",
    "TwoDaysLater": "how it was two days later",
    "Harm": "what made things worse",
    "Story": "your story",
    "Promise": "what was promised",
    "Need": "a need",
    "DesiredResult": "what would be better",
    "Match": "whether a service fits",
    "Actor": "who helps with the plan",
    "Request": "what was asked of a service",
    "Action": "a task of the plan",
    "ContactNote": "a note on a contact",
    "Plan": "the plan",
    "Letter": "a letter",
    "Draft": "something that is not finished yet",
}


def done(act: str, kinds: tuple[str, ...]) -> str:
    """What was done, in words; an act that has no words of its own is told as it stands."""
    said = ACTS.get(act, act)
    with_what = ", ".join(KINDS.get(kind, kind) for kind in kinds)
    if act in _OF_SOMETHING:
        with_what = with_what or "it"
    return f"{said} {with_what}" if with_what else said

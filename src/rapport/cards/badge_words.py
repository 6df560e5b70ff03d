"""What a badge is called and what it means, in the words of every page and report."""

import msgspec

from rapport.core.vocabulary import Badge


class BadgeWords(msgspec.Struct, frozen=True, kw_only=True):
    """A badge: its label, the sentence under it, and what it means in a list of badges."""

    label: str
    sentence: str
    meaning: str


BADGES: dict[Badge, BadgeWords] = {
    Badge.REQUIRED: BadgeWords(
        label="PEM required",
        sentence="To join this study, people had to have PEM.",
        meaning="People had to have PEM to join. PEM was part of the entry rule.",
    ),
    Badge.NOT_REQUIRED: BadgeWords(
        label="PEM not required",
        sentence="People could join this study without PEM. Some or all may still have had it.",
        meaning="People could join without PEM. It does not mean that nobody had it.",
    ),
    Badge.MIXED: BadgeWords(
        label="PEM required for some",
        sentence="Some people in this study had to have PEM. Others did not.",
        meaning="One group had to have PEM. Another did not.",
    ),
    Badge.NOT_STATED: BadgeWords(
        label="PEM not stated",
        sentence="The text we read does not say if people had to have PEM.",
        meaning="The text we read does not say. We do not guess.",
    ),
    Badge.NOT_APPLICABLE: BadgeWords(
        label="No patients of its own",
        sentence="This work took in no patients of its own. So no one had to have PEM.",
        meaning="The work took in no patients. The question does not arise.",
    ),
}

"""What erasing a patient leaves, in words for the person."""

STAYS = (
    "What your clinic wrote into its own record.",
    "Letters and pages that were printed or sent.",
    "What was given to researchers before, under a made-up name.",
    "Counts of missing services, in which nobody can be found.",
    "The list of who opened what and when. It holds no answers and no name.",
    "Copies kept for safety. They end within 35 days.",
)
"""What cannot be erased here; it is said before consent is given, and before erasing."""

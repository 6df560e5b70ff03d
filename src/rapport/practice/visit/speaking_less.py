"""Questions that a nod can answer, for a visit in which speaking costs too much."""

QUESTIONS = (
    "Can you talk today?",
    "Shall I do the talking?",
    "Is the light too bright?",
    "Is it too loud here?",
    "Do you want to lie down?",
    "Do you want to stop now?",
    "Do you want a short break?",
    "Did I understand you right?",
    "Is this the thing that matters most?",
    "Shall we write it instead?",
    "May I talk with your supporter?",
    "Is there something I have missed?",
    "Shall we go on another day?",
)
"""Each can be answered with yes or no, and each stands by itself."""

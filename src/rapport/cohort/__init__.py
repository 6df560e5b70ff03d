"""The cohort wing: from a clinic's repeated measurements to an honest report.

It asks the question of Heins, Knoop and Bleijenberg 2013 (doi 10.1016/j.brat.2013.02.001): does
the therapeutic relationship go together with the outcome, what is explained uniquely and what
jointly, and through which path. One direction: `plan` and `data` -> `analysis` -> `report`.
"""

LAYERS = ("core", "knowledge", "cards", "scoring", "stats", "cohort")
"""The layers whose code decides about results: a change of it makes kept results stale."""

"""One work, one card: which records are of the same work, and which works belong together.

Pure: records in, works out, whatever their order. See docs/one-work-one-card.md for the policy.
"""

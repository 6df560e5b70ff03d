"""One work, one card: which records are of the same work, and which works belong together.

Pure: records in, works out, whatever their order. See docs/explanation/dedupe.md for the policy.
"""

"""The practice wing: two people find out where their relationship is stuck, and what to do next."""

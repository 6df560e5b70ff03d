"""From a cohort and a plan to results: each analysis a pure function of the same sample."""

"""From results of cohorts, or a table of studies, to one synthesis that keeps their badges in sight."""

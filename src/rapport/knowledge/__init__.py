"""What Rapport holds true, as data files: each with its source, verification and examples."""

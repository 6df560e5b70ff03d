"""The plan of an analysis: a TOML file that can be registered before the data are seen."""

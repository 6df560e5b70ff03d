"""The build: sources in, a release out."""

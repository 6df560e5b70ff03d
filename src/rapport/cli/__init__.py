"""The command line: parses, asks, shows, and turns failures into exit codes."""

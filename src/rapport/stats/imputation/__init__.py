"""Values that are missing: filled in many times, put together, and doubted."""

"""Mixed models of repeated measurements: what differs between people, and within them."""

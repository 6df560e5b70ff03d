"""From a file to its bytes: compression, archives, streams that break off, and encodings."""

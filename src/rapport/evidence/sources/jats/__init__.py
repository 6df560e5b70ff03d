"""JATS full texts: `full_text` is the format; each other module reads one part of an article."""

"""A publication as sentences, and the ways to look for words in them."""

"""Search with facets over the cards of a release."""

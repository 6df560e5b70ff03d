"""What each sentence of a publication does, and what it sets against what."""

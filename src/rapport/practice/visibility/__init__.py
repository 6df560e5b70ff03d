"""Who sees what of what is kept: one table, and one function that obeys it."""

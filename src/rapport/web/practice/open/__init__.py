"""The pages that everybody may open, and that keep nothing."""

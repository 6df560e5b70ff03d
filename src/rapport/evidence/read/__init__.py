"""Reading: one publication's text in, one reading out; pure, rule by rule."""

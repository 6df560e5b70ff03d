"""The pages of the coalition: needs one at a time, who does what, and what it costs."""

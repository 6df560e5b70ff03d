"""Studies put together: their mean effect, how they differ, and their groups."""

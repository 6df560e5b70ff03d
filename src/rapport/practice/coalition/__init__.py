"""The coalition: which services fit, which needs nothing meets, who does what, and what it costs."""

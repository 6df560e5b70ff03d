"""What is kept of two people and their plan: one typed value for each thing.

Everything here is private. A record says what was said, by whom and when; what follows from it
(strain, gaps of service, trends) is computed each time, and only a result that was shown is kept.
"""

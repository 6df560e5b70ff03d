"""Numbers in, estimates out: the statistics that the wings share.

Every function is pure: no file, no clock, no hidden randomness (seeds and resampled rows are
arguments). Results are frozen structs that hold numpy arrays. Where several draws are computed
at once, the draw is the last axis of an array, so that each step is one vector operation.
"""

"""The two check-ins: what is asked in which order, how far one is, what is sent, what follows.

Everything here takes records and gives records or words. Nobody is scored as a whole.
"""

"""The screen: whether a publication is about the atlas's topic at all, and in which class.

Being off-topic is a count in the ledger of a build, never a silent loss.
"""

from rapport.evidence.screen.topic_screen import Screen

__all__ = ["Screen"]

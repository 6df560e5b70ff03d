"""The evidence wing: from a publication to a released study card, in one direction."""

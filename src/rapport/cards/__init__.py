"""The hall all wings share: study cards, the strength of a sentence, limits, and the gate."""

"""Files cut into raw records without understanding them, so that a broken one harms no other."""

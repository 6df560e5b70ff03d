"""People who sign in, their roles, and how often somebody tried a wrong password."""

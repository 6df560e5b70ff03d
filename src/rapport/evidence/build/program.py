"""What the program itself is, as far as cards go."""

from rapport.core.program import code_hash


def program_hash() -> str:
    """The hash over the code of the layers that read and write cards."""
    return code_hash("core", "knowledge", "cards", "evidence")

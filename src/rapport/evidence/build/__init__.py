"""The build: sources in, a release out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapport.evidence.build.pipeline import build
    from rapport.evidence.build.progress import Progress, Stage, Step

__all__ = ["Progress", "Stage", "Step", "build"]


def __getattr__(name: str) -> object:
    """The names of `__all__`, loaded when they are first asked for.

    The site needs only `build.search_index`, and must not wait for reader, gate and pyarrow.
    """
    if name == "build":
        from rapport.evidence.build.pipeline import build

        return build
    if name in __all__:
        from rapport.evidence.build import progress

        return getattr(progress, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

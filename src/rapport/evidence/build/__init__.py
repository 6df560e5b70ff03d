"""The build: sources in, a release out."""

from rapport.evidence.build.pipeline import build
from rapport.evidence.build.progress import Progress, Stage, Step

__all__ = ["Progress", "Stage", "Step", "build"]

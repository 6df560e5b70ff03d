"""What every page is made from: the atlas, the knowledge base, the style sheet, the versions."""

import functools
import os
import re
from pathlib import Path

import msgspec
from django.conf import settings

from rapport import __version__
from rapport.core.encoding import content_hash, to_json
from rapport.evidence.release.opened import Release
from rapport.knowledge.load import load
from rapport.knowledge.model import Knowledge
from rapport.web.accuracy import Accuracy, accuracies
from rapport.web.atlas import Atlas
from rapport.web.palettes import style_of_looks
from rapport.web.since import Since

HERE = Path(__file__).parent


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One release on its way to readers.

    `since` compares it with an earlier release, if there is one.
    `fingerprint` changes whenever any page may: with the release, the knowledge base, the stored
    evaluation or the program. `styles` are the style sheets by their addresses, which hold their
    hashes: one for pages of the practice wing, one for all others.
    """

    atlas: Atlas
    knowledge: Knowledge
    accuracy: tuple[Accuracy, ...]
    fingerprint: str
    since: Since | None
    styles: dict[str, bytes]
    style_address: str
    practice_style_address: str
    software: str

    @property
    def short_hash(self) -> str:
        """The first twelve digits of the release's hash, as shown to people."""
        return self.atlas.hash[:12]


@functools.cache
def site() -> Site:
    """The site of this process, opened once.

    Raises: InputError where the release or the knowledge base cannot be read.
    """
    named = filter(None, settings.RAPPORT_EVALUATIONS.split(os.pathsep))
    before = Path(settings.RAPPORT_BEFORE) if settings.RAPPORT_BEFORE else None
    return opened(Path(settings.RAPPORT_RELEASE), tuple(map(Path, named)), before)


def opened(
    release: Path, evaluations: tuple[Path, ...] = (), before: Path | None = None
) -> Site:
    """The site of the release in a folder, with the evaluations in these files.

    `before` is the folder of an earlier release, to tell what changed.
    """
    atlas, knowledge, accuracy = Atlas(release), load(), accuracies(evaluations)
    earlier = Release(before) if before is not None else None
    style, practice_style = _style("site.css"), _style("site.css", "practice.css")
    return Site(
        atlas=atlas,
        knowledge=knowledge,
        accuracy=accuracy,
        since=Since(earlier, atlas.release) if earlier else None,
        fingerprint=content_hash(
            atlas.hash.encode(),
            earlier.manifest.release.encode() if earlier else b"",
            knowledge.version.encode(),
            to_json([accuracy, settings.HAS_STORE, settings.IS_DEMO, settings.RAPPORT_COHORT]),
            _country(),
            _program(),
        ),
        styles={_address(style): style, _address(practice_style): practice_style},
        style_address=_address(style),
        practice_style_address=_address(practice_style),
        software=__version__,
    )


def _style(*names: str) -> bytes:
    """The colours of the looks and these files as one style sheet."""
    parts = (style_of_looks(), *((HERE / "static" / name).read_text() for name in names))
    return smaller("\n".join(parts)).encode()


def _address(style: bytes) -> str:
    return f"/static/{content_hash(style)[:12]}.css"


def smaller(style: str) -> str:
    """The style sheet without comments and without white space that means nothing."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    plain = re.sub(r"\s*([{};,>])\s*", r"\1", plain)
    return re.sub(r":\s+", ":", plain).replace(";}", "}").strip()


def _country() -> bytes:
    """What the pages of help are made from: the file of the country pack, or its name."""
    named = Path(settings.RAPPORT_COUNTRY)
    return named.read_bytes() if named.is_file() else settings.RAPPORT_COUNTRY.encode()


def _program() -> bytes:
    """A hash over the site's own files, so that a new version is never taken for the old one."""
    files = sorted(p for p in HERE.rglob("*") if p.suffix in (".py", ".html", ".css"))
    return content_hash(*(file.read_bytes() for file in files)).encode()

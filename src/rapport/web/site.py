"""What every page is made from: the atlas, the knowledge base, the style sheet, the versions."""

import functools
import os
import re
from pathlib import Path

import msgspec
from django.conf import settings

from rapport import __version__
from rapport.core.encoding import content_hash, to_json
from rapport.knowledge.load import load
from rapport.knowledge.model import Knowledge
from rapport.web.accuracy import Accuracy, accuracies
from rapport.web.atlas import Atlas
from rapport.web.palettes import style_of_looks

HERE = Path(__file__).parent


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One release on its way to readers.

    `fingerprint` changes whenever any page may: with the release, the knowledge base, the stored
    evaluation or the program. `style` is the whole style sheet, `style_address` holds its hash.
    """

    atlas: Atlas
    knowledge: Knowledge
    accuracy: tuple[Accuracy, ...]
    fingerprint: str
    style: bytes
    style_address: str
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
    return opened(Path(settings.RAPPORT_RELEASE), tuple(map(Path, named)))


def opened(release: Path, evaluations: tuple[Path, ...] = ()) -> Site:
    """The site of the release in a folder, with the evaluations in these files."""
    atlas, knowledge, accuracy = Atlas(release), load(), accuracies(evaluations)
    style = smaller(
        f"{style_of_looks()}\n{(HERE / 'static' / 'site.css').read_text()}"
    ).encode()
    return Site(
        atlas=atlas,
        knowledge=knowledge,
        accuracy=accuracy,
        fingerprint=content_hash(
            atlas.hash.encode(),
            knowledge.version.encode(),
            to_json([accuracy, settings.HAS_STORE]),
            _program(),
        ),
        style=style,
        style_address=f"/static/{content_hash(style)[:12]}.css",
        software=__version__,
    )


def smaller(style: str) -> str:
    """The style sheet without comments and without white space that means nothing."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    plain = re.sub(r"\s*([{};,>])\s*", r"\1", plain)
    return re.sub(r":\s+", ":", plain).replace(";}", "}").strip()


def _program() -> bytes:
    """A hash over the site's own files, so that a new version is never taken for the old one."""
    files = sorted(p for p in HERE.rglob("*") if p.suffix in (".py", ".html", ".css"))
    return content_hash(*(file.read_bytes() for file in files)).encode()

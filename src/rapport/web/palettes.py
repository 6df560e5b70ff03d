"""The colours of each look, as data: the style sheet is made from them, and so are its tests.

Each pair that carries text has a contrast of at least 7:1 (WCAG 2.2, 1.4.6), in the dim look
4.5:1 (1.4.3): dim means less light, never unreadable. Edges of controls and the focus ring have
3:1 (1.4.11). Nothing is pure white or pure black, which glare.
"""

import msgspec

from rapport.web.looks import Look


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """The colours of one look, as #rrggbb; `scheme` is what CSS calls light or dark."""

    scheme: str
    paper: str
    """Behind everything."""
    raised: str
    """Behind a box."""
    ink: str
    quiet: str
    """Words that matter less."""
    link: str
    edge: str
    """Edges of boxes and controls."""
    rule: str
    """Thin lines that only divide."""
    focus: str
    required: str
    not_required: str
    unknown: str
    alert: str
    """The edge and the mark of a warning."""


PALETTES: dict[Look, Palette] = {
    Look.LIGHT: Palette(
        scheme="light",
        paper="#efe9dc",
        raised="#f6f2e8",
        ink="#2b2a27",
        quiet="#4a463e",
        link="#164a5b",
        edge="#7d7565",
        rule="#d3cab6",
        focus="#9a4300",
        required="#1f5441",
        not_required="#6b3a10",
        unknown="#4a463e",
        alert="#8a1f1a",
    ),
    Look.DARK: Palette(
        scheme="dark",
        paper="#1b1a18",
        raised="#242220",
        ink="#cfc7b8",
        quiet="#b8b0a1",
        link="#9cc3cf",
        edge="#7f7768",
        rule="#3a3732",
        focus="#e0a458",
        required="#9fc9b1",
        not_required="#d8b188",
        unknown="#b8b0a1",
        alert="#e6a79c",
    ),
    Look.DIM: Palette(
        scheme="dark",
        paper="#211f1c",
        raised="#262420",
        ink="#a39b8c",
        quiet="#978f80",
        link="#86a3ab",
        edge="#756d60",
        rule="#38342e",
        focus="#b98a4e",
        required="#86a594",
        not_required="#b0926f",
        unknown="#978f80",
        alert="#bd8d84",
    ),
    Look.CONTRAST: Palette(
        scheme="dark",
        paper="#0a0a09",
        raised="#0a0a09",
        ink="#f7f3e8",
        quiet="#f0ead9",
        link="#ffd97a",
        edge="#f7f3e8",
        rule="#a39b8c",
        focus="#7fe3ff",
        required="#a8f0c6",
        not_required="#ffc58a",
        unknown="#f0ead9",
        alert="#ffb3a8",
    ),
}


def style_of(palette: Palette) -> str:
    """The palette as CSS declarations."""
    colours = {
        name: value
        for name, value in msgspec.structs.asdict(palette).items()
        if name != "scheme"
    }
    declared = [f"color-scheme:{palette.scheme}"]
    declared += [f"--{name.replace('_', '-')}:{value}" for name, value in colours.items()]
    return ";".join(declared)


def style_of_looks() -> str:
    """The CSS of all looks. Without a choice the device decides between light and dark."""
    light, dark = style_of(PALETTES[Look.LIGHT]), style_of(PALETTES[Look.DARK])
    chosen = [f"[data-look={look}]{{{style_of(p)}}}" for look, p in PALETTES.items()]
    device = f"@media (prefers-color-scheme:dark){{[data-look=device]{{{dark}}}}}"
    return "\n".join([f":root{{{light}}}", device, *chosen])

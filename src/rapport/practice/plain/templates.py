"""The words of a Jinja template, block by block, without its marks. Pure.

A template says whom it is for in its first comment: {# for: practitioner #}. Without one it is
for the person, which is stricter.
"""

import re
from html.parser import HTMLParser

from rapport.knowledge.practice import Audience
from rapport.practice.plain.lint import UserText

VALUE = "word"
"""What stands for a value that is filled in."""

_AUDIENCE = re.compile(r"\{#-?\s*for:\s*(\w+)\s*-?#\}")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ONLY_VALUES = re.compile(rf"(?:\W|\d|\b{VALUE}\b)*")
_INLINE = frozenset({"a", "b", "strong", "span", "code", "em", "abbr", "mark", "small", "svg"})
_READ_OUT = frozenset({"aria-label", "title", "alt", "placeholder"})


class _Blocks(HTMLParser):
    """Collects the text between the marks, a new block at each mark that is not inline."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A mark that is not inline begins a block; what is read out is one by itself."""
        self.blocks += [value for name, value in attrs if name in _READ_OUT and value]
        if tag not in _INLINE:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        """The end of a mark that is not inline ends a block."""
        if tag not in _INLINE:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        """Words go to the block at hand."""
        self.blocks[-1] += data


def template_texts(name: str, source: str) -> tuple[UserText, ...]:
    """The words that the template itself says; each filled-in value counts as one word.

    Raises: ValueError for an audience that is none.
    """
    told = _AUDIENCE.search(source)
    audience = Audience(told.group(1)) if told else Audience.PERSON
    bare = _EXPRESSION.sub(VALUE, _TAG.sub("\n", _COMMENT.sub("", source)))
    return tuple(
        UserText(where=name, text=" ".join(part.split()), audience=audience)
        for block in blocks(bare)
        for part in block.split("\n")
        if part.strip() and not _ONLY_VALUES.fullmatch(part)
    )


def blocks(page: str) -> tuple[str, ...]:
    """The words of a piece of HTML, block by block, and what is read out of its marks."""
    parser = _Blocks()
    parser.feed(page)
    parser.close()
    return tuple(parser.blocks)

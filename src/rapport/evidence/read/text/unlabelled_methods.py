"""The methods of an abstract that has no label for them, and tells them below its background."""

import re
from collections.abc import Sequence

import msgspec

from rapport.evidence.read.text.sections import (
    SectionKind,
    is_about_people,
    main_kind,
    sub_kind,
)
from rapport.evidence.read.text.sentence import Sentence

WITH_METHODS = "Background and methods"
_OUTCOME = frozenset({SectionKind.RESULTS, SectionKind.CONCLUSION, SectionKind.DISCUSSION})
_AIM = re.compile(
    r"\b(?:aims?|objectives?|purposes?|goals?) (?:of (?:this|the present|the current|our) |(?:was|were|is) to\b)"
    r"|\b(?:this|the present|the current) (?:[\w-]+ ){0,2}(?:study|trial|analysis|work) (?:aim|examin|investigat|compar|assess|evaluat|explor|test|describe|sought)"
    r"|\bwe (?:aimed|sought|set out|therefore|here|examined|investigated|compared|assessed|evaluated|explored|tested|studied|measured|asked)\b",
    re.I,
)
"""Where the account of what others found ends."""


def with_methods_named(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences; those from the aim on below "Background" under a heading that says methods.

    Only in an abstract with a label for its outcome and none for its methods: there the
    background holds both.
    """
    labelled = [s for s in sentences if s.section is SectionKind.ABSTRACT and s.titles]
    labels = list(dict.fromkeys(s.titles[-1] for s in labelled))
    kinds = {label: main_kind(label) for label in labels}
    if SectionKind.INTRODUCTION not in kinds.values() or not _OUTCOME & set(kinds.values()):
        return tuple(sentences)
    if any(_tells_methods(label) for label in labels):
        return tuple(sentences)
    told = [s for s in labelled if kinds[s.titles[-1]] is SectionKind.INTRODUCTION]
    aim = next((n for n, s in enumerate(told) if _AIM.search(s.text)), len(told))
    ours = {id(s) for s in told[aim:]}
    return tuple(_below_methods(s) if id(s) in ours else s for s in sentences)


def _tells_methods(label: str) -> bool:
    methods = SectionKind.METHODS
    return is_about_people(label) or methods in (main_kind(label), sub_kind(label))


def _below_methods(sentence: Sentence) -> Sentence:
    return msgspec.structs.replace(sentence, titles=(*sentence.titles[:-1], WITH_METHODS))

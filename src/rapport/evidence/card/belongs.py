"""Whether a sentence belongs in the part of the card that its kind would put it in.

The kind of a sentence is weighed from its words and its place; a card asks more. A remaining
question asks for work or names what is not known. A conclusion concludes: a plain result is one
wherever it stands. What stands in one part stands in no other.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapport.cards.facts import ReadStatement
from rapport.core.vocabulary import StatementKind

_WORK = (
    r"(?:stud(?:y|ies)|research\w*|trials?|work|investigations?|experiments?|analys[ei]s|efforts?"
    r"|samples?|cohorts?|explorations?|replications?|evaluations?|validations?|data|evidence)"
)
_TO_COME = (
    r"(?:further|future|more|additional|larger|longer|longitudinal|prospective|controlled"
    r"|randomi[sz]ed|subsequent|other|follow-?up|extended|next|ongoing|upcoming|clinical|well-?\s?designed)"
)
_STUDIED = (
    r"(?:stud(?:y|ied)|research(?:ed)?|investigat(?:e|ed)|explor(?:e|ed)|examin(?:e|ed)|test(?:ed)?"
    r"|confirm(?:ed)?|replicat(?:e|ed)|validat(?:e|ed)|verif(?:y|ied)|elucidat(?:e|ed)|clarif(?:y|ied)"
    r"|determin(?:e|ed)|assess(?:ed)?|evaluat(?:e|ed)|understood|addressed|resolved|established"
    r"|answered|defined|compared|identif(?:y|ied)|disentangled?)"
)
_WANTED = (
    r"(?:should|must|ought\s+to|needs?\s+to|has\s+to|have\s+to|(?:is|are|remains?)\s+to|will)"
)
_ASKS = re.compile(
    r"\?[\"”’')\]]*\s*$"
    # work is asked for
    rf"|\b{_TO_COME}\b.{{0,80}}?\b{_WORK}\b.{{0,160}}?\b(?:{_WANTED}|(?:is|are|be|seems?)\s+(?:\w+ly\s+|also\s+|therefore\s+|thus\s+)*"
    r"(?:needed|required|warranted|necessary|essential|recommended|encouraged|indicated|important|crucial|merited|planned|under\s?way))\b"
    rf"|\b(?:need|call|calls|room|scope|opportunity|planning|plan|required|needed|necessary)\b.{{0,40}}?\b{_TO_COME}\b.{{0,60}}?\b{_WORK}\b"
    rf"|\b{_WORK}\s+(?:\w+\s+){{0,12}}?(?:is|are)\s+(?:\w+ly\s+|still\s+|also\s+)*(?:needed|required|warranted|necessary|lacking)\b"
    # a thing is to be looked into
    rf"|\b{_WANTED}\s+(?:\w+\s+){{0,2}}?be\s+(?:\w+\s+){{0,2}}?{_STUDIED}\b"
    rf"|\b(?:needs?|requires?|warrants?|merits?|deserves?|awaits?|calls?\s+for)\s+(?:\w+\s+){{0,2}}?(?:{_STUDIED}|stud(?:y|ies)|research|investigation|"
    r"confirmation|replication|validation|attention|clarification|examination|exploration|elucidation|verification|testing|analysis)\b"
    # or is not known
    r"|\b(?:is|are|remains?|remained|still)\s+(?:\w+ly\s+|still\s+|yet\s+)*(?:unknown|unclear|unresolved|unanswered|uncertain|undetermined|elusive|open|controversial|debated"
    r"|not\s+(?:\w+\s+)?(?:known|clear|understood|established|resolved|determined)|under-?\s?studied|under-?\s?explored|under-?\s?researched|poorly\s+understood|to\s+be\s+\w+)\b"
    r"|\b(?:open|unanswered|remaining|outstanding|unresolved)\s+questions?\b|\bquestions?\s+(?:is|are|remains?)\b"
    r"|\b(?:lack|lacking|gap|gaps|paucity|scarcity|absence|little|few|limited)\b.{0,40}?\b(?:evidence|data|research|studies|knowledge|information|is\s+known|understanding)\b"
    r"|\bwhether\b.{0,120}?\b(?:is|are|remains?)\s+(?:\w+\s+){0,2}?(?:unknown|unclear|open|uncertain|not\s+known)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"\b{_TO_COME}\s+(?:\w+\s+){{0,2}}?{_WORK}\s+(?:has|have|had)\s+(?:\w+\s+)?\w+ed\b"
    r"|\b(?:data|results?|findings?)\s+(?:\w+ly\s+|also\s+|further\s+|thus\s+)*(?:supports?|confirms?|extends?|corroborates?|agrees?)\b",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"\bp\s*(?:[-\s]?values?\s*)?[=<>≤≥]|\b(?:CI|OR|HR|RR|IQR|SD|AUC|SMD|r|β|t|F|χ2?)\s*[=:(]|±|\b\d+\s*/\s*\d+\b"
    r"|\(\s*n\s*=|\d\s*%|\bmedians?\s+of\b|\bmeans?\s+of\b|\b\d+\s+\(\d",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:was|were)\s+(?:\w+ly\s+)?(?:observed|found|seen|noted|detected|identified|measured|recorded|considered|reported|achieved)\b"
    r"|\b(?:Appendix|Tables?|Figures?|Figs?\.|Supplement\w*)\s*\w{0,3}\s+(?:\w+\s+)?(?:shows?|details?|lists?|presents?|provides?|summari[sz]es?)\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"\b(?:suggest\w*|indicat(?:e|es|ing|ive)|indicated\s+that|impl(?:y|ies|ying|ied|ications?)|conclu\w+|support(?:s|ing)?|highlight\w*|underscor\w*"
    r"|underlin\w*|emphasi[sz]\w*|may|might|could|can|should|must|would|therefore|thus|hence|likely|appears?|seems?|propos\w*|hypothes\w*|speculat\w*"
    r"|explain\w*|reflect\w*|interpret\w*|consistent|demonstrat\w*|confirm\w*|need\w*|recommend\w*|potential\w*|possibl\w*|believe|argue|contribut\w*"
    r"|important|evidence|show(?:s|ing)?|reveal\w*|point(?:s|ing)?\s+to|taken\s+together|in\s+(?:conclusion|summary))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FEWEST_WORDS = 8
_ALIKE = 0.9
"""Share of the words of the shorter sentence that the longer one has too, from which on
they say the same."""


def asks(text: str) -> bool:
    """Whether a sentence asks for work that is to come, or names what is not known."""
    return bool(_ASKS.search(text)) and not _DONE.search(text)


def only_reports(text: str) -> bool:
    """Whether a sentence tells a result, or where results are, and concludes nothing from it."""
    tells = _STATISTIC.search(text) or _REPORTED.search(text)
    return bool(tells) and not _CONCLUDES.search(text)


def belongs(statement: ReadStatement) -> bool:
    """Whether a card has a place for the sentence: as a question that asks, as a conclusion
    that concludes. Findings always have one."""
    if statement.kind is StatementKind.OPEN:
        return asks(statement.quote)
    return statement.kind is not StatementKind.INFERRED or not only_reports(statement.quote)


def each_once(statements: Iterable[ReadStatement]) -> list[ReadStatement]:
    """The sentences without those that say what an earlier one says, whatever their kind.

    Two findings are the same only if their words are: one word may turn the other around.
    """
    kept: list[ReadStatement] = []
    for each in statements:
        if not any(_says_the_same(each, one) for one in kept):
            kept.append(each)
    return kept


def _says_the_same(one: ReadStatement, other: ReadStatement) -> bool:
    some, others = _words(one.quote), _words(other.quote)
    if one.kind is other.kind is StatementKind.OBSERVED:
        return some == others
    fewest = min(len(some), len(others))
    is_long = fewest >= _FEWEST_WORDS
    return some == others or (is_long and len(some & others) >= _ALIKE * fewest)


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))

"""The words that people can read from a Python module, without those that only the program reads. Pure.

What counts: every literal text of two words or more, in whatever place it stands, since a sentence
can reach a page by many ways (an argument, a table of words, an error, a label); and every value of
an enum, since it is shown as it is. What does not: docstrings; what is told to the audit alone
(`why=`, the act of an `act_of` or an `Act`); a pattern (`re.compile`) or a type; what a program's own fault
says (RuntimeError, NotImplementedError); and a literal with a comment `# not shown: reason` on its
line, or a module with such a comment on a line of its own.

A module says whom it speaks to in a comment of its own, `# for: practitioner`; a comment on the
line of a text says it of that text. Without one it is for the person, which is stricter. A
filled-in value counts as one word.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from rapport.knowledge.practice import Audience
from rapport.practice.plain.lint import UserText
from rapport.practice.plain.templates import VALUE, blocks

_FOR = re.compile(r"#\s*for:\s*(\w+)")
_NOT_SHOWN = re.compile(r"#\s*not shown\b")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[^\w\s]*\s+\S*[^\W\d_]")
_MARK = re.compile(r"</?\w")
_PLACE = re.compile(r"\{[^{}]*\}")
_AUDIT_WORDS = frozenset({"why", "act"})
_AUDIT_CALLS = frozenset({"act_of", "Act"})
_FAULTS = frozenset({"RuntimeError", "NotImplementedError"})
_Defined = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def python_texts(name: str, source: str) -> tuple[UserText, ...]:
    """The words of a module that people can read, in their order.

    Raises: SyntaxError for what is no module; ValueError for an audience that is none.
    """
    tree, told = ast.parse(source), _Comments(source)
    silent, values = set(_silent(tree)), set(_enum_values(tree))
    found: list[UserText] = []
    for node in _literals(tree, silent):
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        if told.is_hidden(lines):
            continue
        for text in _texts(_words(node)):
            if node in values or _TWO_WORDS.search(text):
                found.append(UserText(where=name, text=text, audience=told.audience(lines)))
    return tuple(found)


def _texts(words: str) -> list[str]:
    """A text whole; of a piece of HTML what stands between its marks."""
    parts = blocks(words) if _MARK.search(words) else (words,)
    return [" ".join(part.split()) for part in parts]


class _Comments:
    """What the comments of a module say of whom its words are for."""

    def __init__(self, source: str) -> None:
        self._by_line: dict[int, str] = {}
        self._of_module = Audience.PERSON
        self._hides_module = False
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type != tokenize.COMMENT:
                continue
            self._by_line[token.start[0]] = token.string
            if token.line[: token.start[1]].strip():
                continue
            if told := _FOR.search(token.string):
                self._of_module = Audience(told.group(1))
            self._hides_module |= _NOT_SHOWN.search(token.string) is not None

    def audience(self, lines: range) -> Audience:
        """Whom the words on these lines are for."""
        for line in lines:
            if told := _FOR.search(self._by_line.get(line, "")):
                return Audience(told.group(1))
        return self._of_module

    def is_hidden(self, lines: range) -> bool:
        """Whether a comment says that nobody is shown them."""
        on_lines = (self._by_line.get(line, "") for line in lines)
        return self._hides_module or any(map(_NOT_SHOWN.search, on_lines))


def _silent(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes whose words only the program, the audit or a programmer reads."""
    for node in ast.walk(tree):
        if isinstance(node, _Defined):
            yield from _docstrings(node.body)
        if isinstance(node, ast.Call):
            yield from _unseen(node)
        yield from _types(node)


def _enum_values(tree: ast.Module) -> Iterator[ast.AST]:
    """The values of enums, which pages show as they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            _name(b).endswith("Enum") for b in node.bases
        ):
            yield from (each.value for each in node.body if isinstance(each, ast.Assign))


def _docstrings(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """A text that stands alone is a note on what stands around it."""
    for each in body:
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            yield each.value


def _types(node: ast.AST) -> Iterator[ast.AST]:
    """Types that are written as a text."""
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
        if _name(node.annotation) == "TypeAlias" and node.value is not None:
            yield node.value
    if isinstance(node, ast.arg) and node.annotation is not None:
        yield node.annotation
    if isinstance(node, ast.FunctionDef) and node.returns is not None:
        yield node.returns


def _unseen(call: ast.Call) -> Iterator[ast.AST]:
    name = _name(call.func)
    yield from (each.value for each in call.keywords if each.arg in _AUDIT_WORDS)
    if name in _FAULTS or name == "compile" or name in _AUDIT_CALLS:
        yield from call.args


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literals(node: ast.AST, silent: set[ast.AST]) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The literal texts below a node, each whole, in the order of the module."""
    for each in ast.iter_child_nodes(node):
        if each in silent:
            continue
        if isinstance(each, ast.JoinedStr):
            yield each
            for part in each.values:
                yield from _literals(part, silent)
        elif isinstance(each, ast.Constant):
            if isinstance(each.value, str):
                yield each
        else:
            yield from _literals(each, silent)


def _words(node: ast.Constant | ast.JoinedStr) -> str:
    """The text; what is filled in, by an f-string or by name later, is one word."""
    if isinstance(node, ast.Constant):
        return _PLACE.sub(VALUE, str(node.value))
    return "".join(
        str(each.value) if isinstance(each, ast.Constant) else VALUE for each in node.values
    )

"""What of a Python module people can read is read by the lint, and nothing else."""

import pytest

from rapport.cli.wing_sources import modules
from rapport.knowledge.load_practice import own
from rapport.knowledge.practice import Audience
from rapport.practice.plain.lint import lint_of
from rapport.practice.plain.python import python_texts


def said(source):
    return [each.text for each in python_texts("x.py", source)]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('raise PageError(400, "Choose a role.", "Look again.")', ["Choose a role.", "Look again."]),
        ('WORDS = {"rest": ("Rest now.",)}', ["Rest now."]),
        ('form_page(request, "x.html", title="Two days later")', ["Two days later"]),
        ('wrong = f"It is too long by {n - 1} letters."', ["It is too long by word letters."]),
        ('wrong = f"{told(\'Not yet now\')} and more words"', ["word and more words", "Not yet now"]),
        ('told = "The next can begin on {day}."', ["The next can begin on word."]),
        ('text = ("One part "\n        "and another.")', ["One part and another."]),
        ('page = "<p>Rest <b>now</b>.</p><p>Come back</p>"', ["Rest now.", "Come back"]),
        ("class State(StrEnum):\n    OPEN = 'open'\n    NEXT = 'waiting for'", ["open", "waiting for"]),
        ('label("Next", name="note", way="/practice/help")', []),
        ('"""A note on the module."""\nx = 1\n"""A note on x."""', []),
        ('def f():\n    """What comes back."""\n    return "It is saved."', ["It is saved."]),
        ('records.keep(who, why="two days later")', []),
        ('act_of(who, patient, "link made", at)', []),
        ('re.compile("no pattern is read")', []),
        ('raise RuntimeError("a fault of ours")', []),
        ('Text: TypeAlias = "models.CharField[str, str]"', []),
        ('def f(x: "A | B or C") -> "D and E": pass', []),
        ('head = "no one sees"  # not shown: a name in a file', []),
        ('# not shown: names of columns\nhead = "no one sees"', []),
    ],
)  # fmt: skip
def test_what_people_can_read(source, texts):
    assert said(source) == texts


def test_for_whom_it_is_stands_in_a_comment_of_the_module_or_the_line():
    source = '# for: practitioner\na = "For the clinic."\nb = "For the ill."  # for: person\n'
    found = [each.audience for each in python_texts("x.py", source)]
    assert found == [Audience.PRACTITIONER, Audience.PERSON]
    assert python_texts("x.py", 'a = "For whom?"')[0].audience is Audience.PERSON
    with pytest.raises(ValueError, match="nobody"):
        python_texts("x.py", "# for: nobody")


@pytest.mark.parametrize(
    "source",
    [
        'raise PageError(400, "Graded exercise is on offer.")',
        'x = f"{name} is a difficult patient."',
        "class Kind(StrEnum):\n    A = 'inaccurate'",
        'x = "one two three four five six seven eight nine ten six two three."',
    ],
)
def test_the_lint_finds_what_stands_in_a_module(source):
    assert list(lint_of(own().safety_rules).problems(python_texts("x.py", source)))


def test_the_modules_of_the_wing_are_read_and_what_they_say_is_found():
    found = modules()
    for name in (
        "web/practice/own/care.py",
        "web/practice/check_in/send.py",
        "web/people/sign_in.py",
    ):
        assert python_texts(name, found[name]), name
    assert not [name for name in found if "migrations" in name or "demo" in name]
    texts = {each.text for name in found for each in python_texts(name, found[name])}
    assert "This link has ended, or has a slip in it." in texts
    assert len(texts) > 500

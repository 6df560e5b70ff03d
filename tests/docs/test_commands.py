"""Every command says what it does, shows an example, and ends with a code people can rely on."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
import typer.core
import typer.main

from rapport.cli.app import app

CONTRACT = {
    "rapport atlas build",
    "rapport atlas read",
    "rapport atlas card",
    "rapport atlas text",
    "rapport atlas evaluate",
    "rapport atlas fetch",
    "rapport gate",
    "rapport serve",
    "rapport knowledge check",
    "rapport knowledge show",
}


def leaves(command, name):
    """Every runnable command by its full name."""
    if not isinstance(command, typer.core.TyperGroup):
        return {name: command}
    context = typer.Context(command, info_name=name)
    found = {}
    for child in command.list_commands(context):
        found |= leaves(command.get_command(context, child), f"{name} {child}")
    return found


COMMANDS = leaves(typer.main.get_command(app), "rapport")


def test_the_contracts_commands_are_there():
    assert set(COMMANDS) >= CONTRACT


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_help_and_an_example(name):
    text = COMMANDS[name].help or ""
    assert len(text.split("\n")[0]) > 10
    assert f"{name} " in text or f"{name}\n" in text, "no example in the help"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_works_and_a_wrong_option_is_wrong_usage(rapport, name):
    words = name.split()[1:]
    assert rapport(*words, "--help").returncode == 0
    wrong = rapport(*words, "--no-such-option")
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("atlas", "build", "no-such-file.xml", "--out", "never-made"),
        ("atlas", "read", "no-such-file.xml"),
        ("atlas", "card", "no-such-file.xml"),
        ("atlas", "text", "no-such-file.xml"),
        ("atlas", "evaluate", "no-such-file.jsonl", "--texts", "no-such-file.jsonl"),
        ("gate", "--design", "rct", "no-such-file.txt"),
        ("gate", "--design", "no-such-design"),
        ("knowledge", "show", "no-such-id"),
        ("serve", "no-such-folder"),
        ("no-such-command",),
    ],
    ids=lambda words: " ".join(words),
)
def test_input_that_is_not_there_is_one_clear_message_and_exit_2(rapport, words):
    done = rapport(*words)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (["-m", "rapport.cli"], ["gate", "--design", "no-such-design"]),
        ([Path(sys.executable).with_name("rapport")], ["atlas", "--help"]),
    ],
)
def test_a_program_started_anew_ends_as_the_loaded_one_does(rapport, start, words):
    anew = subprocess.run(
        [sys.executable, *start, *words], capture_output=True, text=True, check=False
    )
    done = rapport(*words)
    assert anew.returncode == done.returncode
    # The first lines name the program as it was started.
    assert anew.stdout.splitlines()[3:] == done.stdout.splitlines()[3:]
    assert anew.stderr.splitlines()[3:] == done.stderr.splitlines()[3:]

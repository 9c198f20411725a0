# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Help, version, misspelt commands: fast, short, in sentences."""

import sys
import tomllib
from pathlib import Path

import pytest

from paddock import __version__
from paddock.cli.main import COMMANDS, run_arguments
from tests.cli.process import run_process

NEEDED = [f"paddock.engine.{name}" for name in ("model", "model.errors", "model.on_demand")]
NOT_NEEDED = "print([name for name in sys.modules if name.startswith(('paddock.engine.', 'rich', 'msgspec'))])"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_short_enough_for_a_terminal(arguments, capsys) -> None:
    assert run_arguments(arguments) == 0
    text = capsys.readouterr().out
    assert text.startswith("Usage: paddock ")
    assert max(map(len, text.splitlines())) <= 80


def test_all_commands_are_listed_in_full_sentences(capsys) -> None:
    assert run_arguments(["--help"]) == 0
    text = capsys.readouterr().out
    width = max(map(len, COMMANDS))
    assert all(f"  {name:<{width}}  {line}\n" in text for name, line in COMMANDS.items())


@pytest.mark.parametrize("group", ["check", "show"])
def test_help_of_a_command_in_a_group(group, capsys) -> None:
    assert run_arguments(["policy", group, "--help"]) == 0
    assert f"Usage: paddock policy {group} " in capsys.readouterr().out
    assert run_arguments(["policy", "--help"]) == 0
    assert "..." not in capsys.readouterr().out.split("Commands:")[1]


def test_the_version(capsys) -> None:
    assert run_arguments(["--version"]) == 0
    assert capsys.readouterr().out == f"paddock {__version__}\n"


@pytest.mark.parametrize("arguments", ["['--version']", "['--help']", "['-h']", "['scna']"])
def test_help_and_version_do_not_load_the_engine(arguments) -> None:
    code = f"import sys; from paddock.cli.main import run_arguments; run_arguments({arguments}); {NOT_NEEDED}"
    done = run_process_of(code)
    assert done.splitlines()[-1] == str(NEEDED)


def run_process_of(code: str) -> str:
    """What a fresh interpreter prints."""
    import subprocess

    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_without_arguments_help_is_shown_and_the_usage_is_wrong(capsys) -> None:
    assert run_arguments([]) == 3
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(("word", "meant"), [("scna", "scan"), ("polcy", "policy"), ("validte", "validate")])
def test_a_misspelt_command_is_answered_with_the_nearest(word, meant, capsys) -> None:
    assert run_arguments([word]) == 3
    assert f"There is no command '{word}'. Did you mean '{meant}'?" in capsys.readouterr().err


def test_a_command_like_no_other(capsys) -> None:
    assert run_arguments(["xyzzy"]) == 3
    assert "xyzzy" in capsys.readouterr().err


def test_a_missing_argument(capsys) -> None:
    assert run_arguments(["scan"]) == 3
    assert "Missing argument 'PATH'" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(shell) -> None:
    script = run_process(_PADDOCK_COMPLETE=f"{shell}_source")
    assert b"_PADDOCK_COMPLETE" in script.stdout
    offered = run_process(_PADDOCK_COMPLETE="bash_complete", COMP_WORDS="paddock s", COMP_CWORD="1")
    assert offered.stdout == b"plain,scan\n"


def test_the_script_and_the_module_are_the_same_command() -> None:
    settings = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert settings["project"]["scripts"] == {"paddock": "paddock.cli.main:run"}
    assert run_process("--version").stdout == f"paddock {__version__}\n".encode()

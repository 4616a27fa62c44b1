"""The frame of the command line: commands found by their files, errors as one message, archived text shown safely."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.errors import ArchiveBusy, NotFound
from onrecord.serve.cli import main, options, terminal


def test_help_lists_every_command_that_can_run() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "terminal" not in result.output and "options" not in result.output


def test_an_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["no-such-thing"])
    assert result.exit_code == 2


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_has_an_example_and_json(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output and f"onrecord {name}" in result.output


@pytest.mark.parametrize(("error", "code"), [(NotFound("nothing under a/1"), 1), (ArchiveBusy("wait"), 75)])
def test_known_errors_are_one_message(error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.exceptions.Exit) as ended, terminal.known_errors():
        raise error
    assert ended.value.exit_code == code
    assert capsys.readouterr().err == f"onrecord: {error}\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "onrecord-archive"),
        ([], {"ONRECORD_ARCHIVE": "env"}, "env"),
        (["--archive", "own"], {"ONRECORD_ARCHIVE": "env"}, "own"),
    ],
)
def test_the_place_of_the_archive(
    arguments: list[str], environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    @options.archive
    def command(archive: Path) -> None:
        click.echo(archive)

    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    assert CliRunner().invoke(command, arguments, env=environment).output.strip() == expected
    before = CliRunner().invoke(command, arguments, env=environment, obj=Path("group"))
    assert before.output.strip() == ("own" if arguments else "group")


def test_control_characters_are_shown_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\x1b]0;title\x07\x9b2J\u202eb\r\n\tc\ud800"
    terminal.say(hostile)
    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\x07\x9b\u202e\r\ud800")
    assert shown.endswith("\n\tc<U+D800>\n")
    assert json.loads(terminal.to_json(hostile)) == hostile


def test_a_closed_pipe_ends_quietly() -> None:
    script = (
        "import sys; from onrecord.serve.cli import terminal\n"
        "import click\n"
        "try:\n"
        "    with terminal.known_errors():\n"
        "        for n in range(100000): terminal.say('line')\n"
        "except click.exceptions.Exit as ended: sys.exit(ended.exit_code)\n"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "-c", script], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.returncode == 0 and done.stderr == b""

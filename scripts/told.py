"""What the documentation shows of the program: help texts and sessions over the invented examples, run when made."""

from __future__ import annotations

import atexit
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = "100"


@cache
def archive() -> Path:
    """An archive of the examples, made once for all pages."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _onrecord("add", "examples/captures", place=folder / "archive")
    return folder / "archive"


def _onrecord(*words: str, place: Path) -> str:
    env = os.environ | {
        "ONRECORD_ARCHIVE": str(place),
        "COLUMNS": WIDTH,
        "PYTHONWARNINGS": "error",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def session(*commands: str, lines: int | None = None) -> None:
    """Prints commands with what they answer, as a block of Markdown; ``lines`` cuts long answers, and says so."""
    print("```console")
    for command in commands:
        told = _onrecord(*shlex.split(command)[1:], place=archive()).rstrip().splitlines()
        print(f"$ {command}")
        for line in told[:lines]:
            print(line.rstrip())
        if lines is not None and len(told) > lines:
            print("[…]")
    print("```")


def help_of(command: str = "") -> None:
    """Prints the help of a command as a block of Markdown."""
    words = [word for word in (command, "--help") if word]
    print("```text")
    print(_onrecord(*words, place=Path("onrecord-archive")).rstrip())
    print("```")


def all_help() -> None:
    """Prints the help of every command, a section each."""
    from onrecord.serve.cli import main

    for name in main.list_commands(None):  # type: ignore[arg-type]
        print(f"\n## {name}\n")
        help_of(name)


def python(code: str) -> None:
    """Prints a piece of Python with what it prints, run over the examples."""
    env = os.environ | {"ONRECORD_ARCHIVE": str(archive())}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    print(f"```python\n{code.strip()}\n```\n```text\n{done.stdout.rstrip()}\n```")

"""The documentation is true: what it shows of the program is what the program says now."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import onrecord
from onrecord import errors
from onrecord.serve.cli import main

ROOT = Path(__file__).parents[2]
COMMANDS = main.list_commands(None)  # type: ignore[arg-type]
MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(onrecord.__path__, "onrecord.")
    if not name.endswith(("__main__", "agents_server", "serve.cli.mcp"))
]


def test_help_texts_and_sessions_are_what_the_program_says() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/make_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr + "\nrun: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_documented_with_an_example(name: str) -> None:
    command = main.get_command(None, name)  # type: ignore[arg-type]
    assert isinstance(command, click.Command)
    assert "Example" in (command.epilog or "")
    assert f"onrecord {name}" in (command.epilog or "")
    assert f"## {name}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_each_error_is_documented() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert all(f"`{kind.__name__}`" in page and kind.__name__ in (errors.__doc__ or "") for kind in kinds)


def test_links_between_pages_lead_somewhere() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
        ROOT / "examples" / "README.md",
    ]:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)", prose):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert failed == 0


def test_no_file_speaks_of_the_workplace() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    wrong = re.compile(r"/work/(?:main|shared)|pypi\.org|pythonhosted|registry\.npmjs|files\.python")
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".lock", ".in", ".sql", ".csv", ""} and path != Path(
            __file__
        ):
            assert not wrong.search(path.read_text(encoding="utf-8", errors="replace")), name

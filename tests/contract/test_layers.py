"""The folders are stages, and imports run one way along the flow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "onrecord"
FLOW = ["capture", "post", "reading", "archive", "ask", "keep", "serve"]
ALWAYS = {"model", "errors"}
BEFORE = {stage: {*FLOW[: at + 1]} for at, stage in enumerate(FLOW)}
BEFORE["capture"] = {"capture"}
BEFORE["archive"] |= {"ask"}  # the border that both sides call across


def imported(path: Path) -> set[str]:
    """The stages that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "onrecord":
            names = [f"onrecord.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("onrecord.")}
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    if parts[0] not in FLOW:
        return
    wrong = imported(path) - BEFORE[parts[0]] - ALWAYS
    assert not wrong, f"{parts[0]}/ must not import {', '.join(sorted(wrong))}"


def test_the_words_lie_under_everything() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        assert imported(path) <= {"model"}, f"{path.relative_to(PACKAGE)} must import nothing but the words beside it"
    assert imported(PACKAGE / "errors.py") == set()


def test_only_fetch_opens_connections() -> None:
    openers = {"httpx", "urllib.request", "http.client", "requests", "aiohttp", "socket", "smtplib", "ftplib"}
    for path in PACKAGE.rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
        # The pages' server listens on a socket of its own making; it connects to nothing.
        listens = {"socket"} if path == PACKAGE / "serve" / "cli" / "serve.py" else set()
        if path != PACKAGE / "capture" / "fetch.py":
            assert not (names & openers) - listens, f"{path.relative_to(PACKAGE)} opens connections of its own"

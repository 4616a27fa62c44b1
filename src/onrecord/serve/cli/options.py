"""The options that every command shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

DEFAULT_ARCHIVE = Path("onrecord-archive")


def example(*lines: str) -> str:
    """The closing lines of a command's help: what somebody would type.

    >>> print(example("onrecord coverage --json"))
    \b
    Example:
      onrecord coverage --json
    """
    title = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", title, *(f"  {line}" for line in lines)])


def _place(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """The command's own option, else the one before the command, else the environment, else the folder here."""
    if value is not None and ctx.get_parameter_source("archive") is click.core.ParameterSource.COMMANDLINE:
        return value
    return ctx.find_object(Path) or value or DEFAULT_ARCHIVE


def archive(function: Decorated) -> Decorated:
    """Adds ``--archive``; the function gets ``archive: Path``."""
    return click.option(
        "--archive",
        type=click.Path(path_type=Path),
        envvar="ONRECORD_ARCHIVE",
        callback=_place,
        help="The archive's folder (else $ONRECORD_ARCHIVE, else ./onrecord-archive).",
    )(function)


def as_json(function: Decorated) -> Decorated:
    """Adds ``--json``; the function gets ``as_json: bool``."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line.")(function)


def period(function: Decorated) -> Decorated:
    """Adds ``--from`` and ``--to``; the function gets ``since`` and ``until``: days, months or years in UTC."""
    until = click.option("--to", "until", help="Up to this day, month or year, included.")
    since = click.option("--from", "since", help="From this day, month or year on (UTC): 2031-05-04, 2031-05, 2031.")
    return since(until(function))


def channels(function: Decorated) -> Decorated:
    """Adds ``--channel``, which may be repeated; the function gets ``channels``."""
    return click.option("--channel", "channels", multiple=True, help="Only this channel; may be repeated.")(function)


def cursor(function: Decorated) -> Decorated:
    """Adds ``--cursor``: where a list goes on."""
    return click.option("--cursor", help="Go on where a page ended: the word that it told.")(function)


def page(default: int) -> Callable[[Decorated], Decorated]:
    """Adds ``--limit`` and ``--cursor``."""

    def adding(function: Decorated) -> Decorated:
        limit = click.option(
            "--limit", type=click.IntRange(0, 1_000), default=default, show_default=True, help="At most."
        )
        return limit(cursor(function))

    return adding

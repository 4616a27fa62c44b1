"""What is written to the terminal: cleaned text, JSON lines, errors as one message, progress.

Archived text is written by strangers. A terminal obeys control characters (it can be made to hide, overwrite or send
text), so they are shown, not obeyed; also those that turn the direction of writing (Unicode Technical Report 36).
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import click

from onrecord.errors import OnrecordError

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def clean(text: str) -> str:
    """The text with control characters shown instead of obeyed; line breaks and tabs stay.

    >>> clean("a\\x1b[2Jb\\u202ec")
    'a␛[2Jb<U+202E>c'
    """
    return _OBEYED.sub(_shown, text)


def one_line(text: str, *, width: int = 80) -> str:
    """The beginning of a text on one line, cleaned.

    >>> one_line("Talks\\nwere held.", width=8)
    'Talks w…'
    """
    flat = " ".join(clean(text[: 4 * width]).split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def count(number: int, noun: str) -> str:
    """A number with its noun, in the singular or with an "s".

    >>> count(1, "post"), count(1200, "new post")
    ('1 post', '1,200 new posts')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def to_json(value: Any) -> str:
    """One line of JSON in which no character is left that a terminal would obey; it reads back the same.

    >>> to_json({"text": "é\\x9b"})
    '{"text": "é\\\\u009b"}'
    """
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _OBEYED.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def say(text: str = "", *, err: bool = False) -> None:
    """Writes cleaned text and a line break."""
    _write(clean(text) + "\n", sys.stderr if err else sys.stdout)


def say_json(value: Any) -> None:
    """Writes one JSON value on one line."""
    _write(to_json(value) + "\n", sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


@contextmanager
def known_errors() -> Iterator[None]:
    """Turns the errors of ``errors.py`` into one message and their exit code; a closed pipe ends quietly."""
    try:
        yield
        sys.stdout.flush()
    except OnrecordError as error:
        say(f"onrecord: {error}", err=True)
        raise click.exceptions.Exit(error.exit_code) from error
    except BrokenPipeError as error:
        # What Python still holds for the closed pipe would fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from error


class Progress:
    """One line on standard error that is written over, only where that is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._width = 0

    def __call__(self, text: str) -> None:
        """Shows the text in place of the last one."""
        if self._shown:
            line = one_line(text, width=100)
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)

    def end(self) -> None:
        """Takes the line away."""
        if self._shown and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


def say_more(following: str | None) -> None:
    """Tells how a list goes on, beside what it is written to."""
    if following is not None:
        say(f"… there are more: --cursor {following} shows the next.", err=True)

"""What the platform writes into a page of posts, told from the posts' own words by ``notices.csv``.

Source: pages of t.me as they were served from 2019 to 2026; the platform serves these words in English only.
"""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib.resources import files

LONGEST = 200
"""A longer line is never a notice."""


@cache
def notices(kind: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The exact lines and the pattern of one kind."""
    rows = csv.DictReader(io.StringIO(files("onrecord.capture").joinpath("notices.csv").read_text("utf-8")))
    mine = [row for row in rows if row["kind"] == kind]
    exact = frozenset(row["text"] for row in mine if row["match"] == "exact")
    prefixes = [re.escape(row["text"]) + r"(?:[\s\u00a0]+|\Z)" for row in mine if row["match"] == "prefix"]
    patterns = [rf"(?:{_unnamed(row['text'])})\Z" for row in mine if row["match"] == "regex"]
    return exact, re.compile("|".join(prefixes + patterns) or r"(?!)")


def _unnamed(pattern: str) -> str:
    """A pattern without group names, which alternatives of one kind may share."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def is_notice(line: str, kind: str) -> bool:
    """Whether a line is one of a kind.

    >>> is_notice("VIEW IN TELEGRAM", "button"), is_notice("4.36K views edited 08:21", "footer")
    (True, True)
    """
    if not line or len(line) > LONGEST:
        return False
    exact, pattern = notices(kind)
    return line in exact or pattern.match(line) is not None


@cache
def patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one kind with their named groups, each to be searched for in a line."""
    rows = csv.DictReader(io.StringIO(files("onrecord.capture").joinpath("notices.csv").read_text("utf-8")))
    return tuple(re.compile(row["text"]) for row in rows if row["kind"] == kind and row["match"] == "regex")


def forwarded_from(line: str) -> str | None:
    """The name after "Forwarded from"; empty where it stands on the next line; None where a line is none such.

    >>> forwarded_from("Forwarded from Embassy of Varland")
    'Embassy of Varland'
    """
    if len(line) > LONGEST:
        return None
    match = notices("forward")[1].match(line)
    return line[match.end() :].strip() if match else None

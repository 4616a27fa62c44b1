"""The interface's own words, all in one file, and how it writes dates and numbers."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2.ext import Extension
from markupsafe import escape

from onrecord.serve.web.charts import number

WORDS = "words.en.toml"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Words(dict[str, Any]):
    """A table of words whose names are attributes too: templates ask for attributes first, hundreds a page."""

    def __init__(self, table: dict[str, Any]) -> None:
        super().__init__({name: Words(held) if isinstance(held, dict) else held for name, held in table.items()})
        self.__dict__ = self


@cache
def interface_words() -> Words:
    """The interface's own words, all in one file, ready for translation."""
    return Words(tomllib.loads(files("onrecord.serve.web").joinpath(WORDS).read_text(encoding="utf-8")))


_WORD = re.compile(r"\{\{ w((?:\.\w+)+) \}\}")


class Wording(Extension):
    """Puts the interface's own words into a template when it is compiled: a page has hundreds of them."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with each ``{{ w.some.word }}`` as that word, escaped. Raises ``KeyError`` for one unknown."""
        return _WORD.sub(lambda found: str(escape(self._word(found[1]))), source)

    def _word(self, path: str) -> str:
        held: Any = interface_words()
        for name in path.split(".")[1:]:
            held = held[name]
        return str(held)


def day(value: datetime | str | None) -> str:
    """A date for people: "4 May 2031"; None is an empty text.

    >>> day("2031-05-04T10:20:00+00:00")
    '4 May 2031'
    """
    if value is None:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def minute(value: datetime | str | None) -> str:
    """A moment for people, in UTC.

    >>> minute("2031-05-04T10:20:00+00:00")
    '4 May 2031, 10:20 UTC'
    """
    if value is None:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{day(moment)}, {moment.hour:02}:{moment.minute:02} UTC"


def counted(value: int, forms: tuple[str, str]) -> str:
    """A number with its noun, in the form that fits.

    >>> counted(1, ("post", "posts")), counted(1200, ("post", "posts"))
    ('1 post', '1,200 posts')
    """
    return f"{number(value)} {forms[value != 1]}"

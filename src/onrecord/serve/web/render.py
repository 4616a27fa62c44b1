"""Answers as HTML: templates that escape everything, with a few filters for texts, dates and spans."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import escape
from starlette.requests import Request

from onrecord.ask.citation import FORMATS
from onrecord.serve.web import views
from onrecord.serve.web.charts import columns, number, table_rows, width
from onrecord.serve.web.marked import changed, marked

WORDS = "words.en.toml"


@cache
def environment() -> Environment:
    """The templates' environment; everything is escaped unless it is Markup that we made."""
    env = Environment(
        loader=PackageLoader("onrecord.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Wording],
    )
    env.filters |= {
        "day": day,
        "minute": minute,
        "marked": marked,
        "changed": changed,
        "number": number,
        "key_path": key_path,
    }
    env.filters |= {"counted": counted, "columns": columns, "table_rows": table_rows} | views.FILTERS
    env.globals |= {"w": interface_words(), "styles": tuple(FORMATS), "chart_width": width}
    return env


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


def html(template: str, request: Request, **values: Any) -> str:
    """The page of a template, as text."""
    address = Address(request)
    shown = environment().get_template(template).render(request=request, address=address, **values)
    return shown + "\n"


class Address:
    """The address of this page with some parameters changed: every state of a page is an address."""

    def __init__(self, request: Request) -> None:
        self.path = request.url.path
        self._pairs = request.query_params.multi_items()
        self._kept: dict[str, str] = {}

    def having(self, name: str, value: str | int) -> str:
        """This address with the parameter set to one value; the place in the list is forgotten."""
        if name not in self._kept:
            kept = urlencode([(k, v) for k, v in self._pairs if k not in {name, "cursor"} and v])
            self._kept[name] = f"{self.path}?{kept}{'&' if kept else ''}{quote_plus(name)}="
        return self._kept[name] + quote_plus(str(value))

    def said(self, name: str, value: str) -> str:
        """This address for statements with the parameter set, from a search for posts."""
        kept = [(k, v) for k, v in self._pairs if k not in {name, "cursor", "unit"} and v]
        return f"{self.path}?{urlencode([*kept, ('unit', 'statements'), (name, value)])}"

    def without(self, name: str, value: str | None = None) -> str:
        """This address without a parameter, or without one of its values."""
        kept = [(k, v) for k, v in self._pairs if k != "cursor" and v]
        kept = [(k, v) for k, v in kept if k != name or (value is not None and v != value)]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def at(self, cursor: str) -> str:
        """This address further on in the list."""
        kept = [(k, v) for k, v in self._pairs if k != "cursor" and v]
        return f"{self.path}?{urlencode([*kept, ('cursor', cursor)])}"

    def beginning(self) -> str:
        """This address at the beginning of the list."""
        kept = [(k, v) for k, v in self._pairs if k != "cursor" and v]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def twin(self) -> str:
        """The address of the same answer for programs."""
        path = "/index.json" if self.path == "/" else self.path + ".json"
        kept = [(k, v) for k, v in self._pairs if v]
        return f"{path}?{urlencode(kept)}" if kept else path

    def query(self) -> str:
        """The parameters of this page with their question mark, or nothing."""
        kept = [(k, v) for k, v in self._pairs if v and k not in {"cursor", "limit"}]
        return f"?{urlencode(kept)}" if kept else ""

    def undated(self) -> str:
        """The same question for what has no date."""
        kept = [(k, v) for k, v in self._pairs if v and k not in {"from", "to", "cursor", "undated"}]
        return f"{self.path}?{urlencode([*kept, ('undated', 'true')])}"

    def values(self, name: str) -> list[str]:
        return [v for k, v in self._pairs if k == name and v]

    def pairs_without(self, *names: str) -> list[tuple[str, str]]:
        """The parameters that a form must carry on as hidden fields."""
        return [(k, v) for k, v in self._pairs if k not in names and v]


def key_path(key: str) -> str:
    """A post's key as a path: what is not unreserved is escaped (RFC 3986), the slash between channel and id stays.

    >>> key_path("norland mfa/17")
    'norland%20mfa/17'
    """
    return quote(key, safe="/~-._")


def day(value: datetime | str | None) -> str:
    """A date for people: "4 May 2031"; None is an empty text.

    >>> day("2031-05-04T10:20:00+00:00")
    '4 May 2031'
    """
    if value is None:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.day} {moment:%B %Y}"


def minute(value: datetime | str | None) -> str:
    """A moment for people, in UTC: "4 May 2031, 10:20 UTC"."""
    if value is None:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{day(moment)}, {moment:%H:%M} UTC"


def counted(value: int, forms: tuple[str, str]) -> str:
    """A number with its noun, in the form that fits.

    >>> counted(1, ("post", "posts")), counted(1200, ("post", "posts"))
    ('1 post', '1,200 posts')
    """
    return f"{number(value)} {forms[value != 1]}"

"""The results of a search and its facets, as the templates show them: hundreds of small elements a page, so they are
written without a template (as in ``charts``). What is not our own is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from onrecord.ask.results import Result
from onrecord.ask.search import OF_STATEMENTS
from onrecord.serve.web.address import Address, key_path
from onrecord.serve.web.charts import number
from onrecord.serve.web.marked import marked
from onrecord.serve.web.views import href
from onrecord.serve.web.wording import interface_words, minute

WIDTH = 420
"""Code points of a text that stand in a list."""

FACETS = (*OF_STATEMENTS, "channel", "kind", "language", "hashtag")
MOST_VALUES = 8
NAMED = ("language", "form")
"""Facets whose values have words of the interface."""


def dated(date: datetime | str | None, basis: str | None) -> Markup:
    """When something was posted, and how that is known.

    >>> print(dated(None, None))
    undated
    """
    if not date:
        return _word("undated")
    told = _word("basis", basis or "platform")
    return _ours(f'<time datetime="{escape(date)}">{minute(date)}</time> <span class="soft">({told})</span>')


@lru_cache(maxsize=1_000)
def channel(key: str, title: str | None) -> Markup:
    """The channel of a post, as a way to what it posted last.

    >>> print(channel("norland_mfa", "<Norland>"))
    <a href="/search?channel=norland_mfa&amp;sort=newest"><bdi>&lt;Norland&gt;</bdi></a>
    """
    return _ours(f'<a href="/search?channel={quote(key)}&amp;sort=newest"><bdi>{escape(title or key)}</bdi></a>')


def language(code: str | None) -> Markup:
    """The attribute that tells a browser the language of a text, where it is known.

    >>> print(language("ru"))
     lang="ru"
    """
    return _ours(f' lang="{escape(code)}"') if code else Markup("")


def results(found: Sequence[Result]) -> Markup:
    """The items of a list of results."""
    return _ours("".join(f"<li>\n{_quotation(one)}{_about(one)}</li>\n" for one in found))


def _quotation(one: Result) -> str:
    if one.text is None:
        return f'<p class="soft"><a href="{href(one)}">{_word("post", "no_text")}</a></p>'
    words = marked(one.text, one.highlights, width=WIDTH)
    return (
        f'<blockquote dir="auto"{language(one.language)}><a class="quiet" href="{href(one)}">{words}</a></blockquote>'
    )


def _about(one: Result) -> str:
    """Who said it, when and where, and the way to the whole post."""
    role = f", <bdi>{escape(one.role)}</bdi>" if one.role else ""
    who = f"<span><strong><bdi>{escape(one.speaker)}</bdi></strong>{role}</span>" if one.speaker else ""
    copies = f'<span class="badge">× {one.copies} {_word("search", "copies")}</span>' if one.copies > 1 else ""
    edited = f'<span class="badge">{_word("search", "edited")}</span>' if one.edited else ""
    return (
        f'<p class="meta">\n{who}<span>{dated(one.date, one.date_basis)}</span>\n'
        f"<span>{channel(one.channel, one.channel_title)}</span>\n{copies}{edited}"
        f'<span><a href="/post/{key_path(one.key)}">{_word("search", "whole_post")}</a></span>\n</p>'
    )


def facets(counted: Mapping[str, Mapping[str, int]], address: Address, *, posts: bool) -> Markup:
    """The values of each facet that stand most often, each as a way to what has it; of ``posts``, what is said in them
    leads to the statements."""
    return _ours("".join(_facet(name, counted[name], address, posts) for name in FACETS if counted[name]))


def _facet(name: str, values: Mapping[str, int], address: Address, posts: bool) -> str:
    said = posts and name in OF_STATEMENTS
    note = f' <span class="soft">{_word("facet", "of_statements")}</span>' if said else ""
    lead = address.said if said else address.having
    shown = interface_words()[name] if name in NAMED else {}
    items = (
        f'<li><a href="{escape(lead(name, value))}"><bdi>{escape(shown.get(value, value))}</bdi></a> '
        f'<span class="count">{number(count)}</span></li>'
        for value, count in list(values.items())[:MOST_VALUES]
    )
    return f'<h2>{_word("facet", name)}{note}</h2>\n<ul class="facet">{"".join(items)}</ul>\n'


@cache
def _word(*path: str) -> Markup:
    """One of the interface's own words, escaped."""
    held: Any = interface_words()
    for name in path:
        held = held[name]
    return escape(held)


def _ours(html: str) -> Markup:
    return Markup(html)  # noqa: S704 — made of our own elements and escaped pieces


FILTERS: dict[str, Callable[..., Any]] = {
    "dated": dated,
    "of_channel": channel,
    "in_language": language,
    "results": results,
    "facets": facets,
}

"""Small views of answers for the templates: addresses, excerpts, shares. No logic of the questions is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from onrecord.archive.statements import FigureRow
from onrecord.ask.check_answer import Source
from onrecord.ask.citation import apa
from onrecord.ask.home import strip
from onrecord.ask.people import slug
from onrecord.ask.results import Result
from onrecord.ask.timeline import Period, Series
from onrecord.model import Span
from onrecord.serve.web.binding import FIELDS
from onrecord.serve.web.marked import marked

AROUND = 110
_PARAMETERS = {field: name for name, field in FIELDS.items()}


def href(result: Result) -> str:
    """The page of a result: its statement's, else its post's."""
    from onrecord.serve.web.render import key_path

    return f"/statement/{result.address}" if result.address else f"/post/{key_path(result.key)}"


def parameter(field: str) -> str:
    """The name under which a field of a question stands in addresses.

    >>> parameter("channels"), parameter("media")
    ('channel', 'media')
    """
    return _PARAMETERS.get(field, field)


def around(figure: FigureRow) -> Markup:
    """The words of a figure, marked, with what stands around them."""
    text = figure.place.text
    start, end = max(0, figure.start - AROUND), min(len(text), figure.end + AROUND)
    return marked(text[start:end], [Span(figure.start - start, figure.end - start)])


def in_sentence(source: Source) -> Markup:
    """The whole sentence around the words of a source, with the words marked."""
    first = source.edges.span.start
    return marked(source.edges.sentence, [Span(source.span.start - first, source.span.end - first)])


def top_share(series: Series, periods: Sequence[Period]) -> float:
    """The largest share of a period's posts, for the height of the chart."""
    shares = [count / period.posts for count, period in zip(series.counts, periods, strict=True) if period.posts]
    return max([*shares, 1e-9])


FILTERS: dict[str, Callable[..., Any]] = {
    "href": href,
    "parameter": parameter,
    "around": around,
    "in_sentence": in_sentence,
    "top_share": top_share,
    "strip": strip,
    "slug": slug,
    "apa": apa,
}

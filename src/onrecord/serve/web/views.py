"""Small views of answers for the templates: addresses, excerpts, shares. No logic of the questions is here."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from onrecord.archive.looks import Looks
from onrecord.archive.statements import EventRow, FigureRow
from onrecord.ask.annotation import quotation
from onrecord.ask.check_answer import Source
from onrecord.ask.citation import apa
from onrecord.ask.citing import stretch
from onrecord.ask.copies_graph import Edge
from onrecord.ask.coverage import KINDS
from onrecord.ask.home import strip
from onrecord.ask.people import slug
from onrecord.ask.results import Result
from onrecord.ask.statement import StatementAnswer
from onrecord.ask.timeline import Period, Series
from onrecord.model import Span
from onrecord.post.fold import fold
from onrecord.serve.web.address import key_path
from onrecord.serve.web.binding import FIELDS
from onrecord.serve.web.marked import data_block, marked

AROUND = 110
_PARAMETERS = {field: name for name, field in FIELDS.items()}


def href(result: Result) -> str:
    """The page of a result: its statement's, else its post's."""
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
    if start:
        start = min(text.find(" ", start, figure.start) + 1 or start, figure.start)
    if end < len(text):
        end = max(text.rfind(" ", figure.end, end), figure.end)
    words = marked(text[start:end], [Span(figure.start - start, figure.end - start)])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return Markup("{}{}{}").format(before, words, after)


def in_sentence(source: Source) -> Markup:
    """The whole sentence around the words of a source, with the words marked."""
    first = source.edges.span.start
    return marked(source.edges.sentence, [Span(source.span.start - first, source.span.end - first)])


def as_quotation(answer: StatementAnswer) -> dict[str, Any]:
    """A statement as a schema.org Quotation."""
    return quotation(stretch(answer))


def top_share(series: Series, periods: Sequence[Period]) -> float:
    """The largest share of a period's posts, for the height of the chart."""
    shares = [count / period.posts for count, period in zip(series.counts, periods, strict=True) if period.posts]
    return max([*shares, 1e-9])


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a person took part in with others, on one day, and the posts that tell it."""

    date: str | None
    type: str
    others: tuple[str, ...]
    posts: tuple[str, ...]


def meetings(met: Sequence[EventRow], names: Sequence[str]) -> list[Meeting]:
    """Events of a person, told by several posts mostly, each once: whom they met, called, answered."""
    own = {fold(name) for name in names}
    found: dict[tuple[str | None, str, frozenset[str]], tuple[tuple[str, ...], list[str]]] = {}
    for one in met:
        others = tuple(name for name in one.participants if fold(name) not in own)
        if others:
            told = (one.date, one.type, frozenset(map(fold, others)))
            found.setdefault(told, (others, []))[1].append(one.place.key)
    return [
        Meeting(date, kind, others, tuple(dict.fromkeys(posts))) for (date, kind, _), (others, posts) in found.items()
    ]


def delay(value: timedelta | None) -> str:
    """A delay for people.

    >>> delay(timedelta(hours=1, minutes=20)), delay(None)
    ('1 h 20 min', '')
    """
    if value is None:
        return ""
    minutes = int(value.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        f"{days} d" if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes and not days else "",
    ]
    return " ".join(part for part in parts if part) or "at once"


@dataclass(frozen=True, slots=True)
class Node:
    """A channel of the picture, and where it stands."""

    name: str
    x: float
    y: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two channels; wider for more posts."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


def nodes(edges: Sequence[Edge]) -> list[Node]:
    """The channels on a circle, in order of their names: the same picture for the same record."""
    names = sorted({name for edge in edges for name in (edge.first, edge.copier)})
    found = []
    for at, name in enumerate(names):
        angle = 2 * math.pi * at / len(names) - math.pi / 2
        y = 220 + 170 * math.sin(angle)
        found.append(
            Node(name, round(320 + 220 * math.cos(angle), 1), round(y, 1), round(y + (-14 if y < 220 else 22), 1))
        )
    return found


def lines(edges: Sequence[Edge], placed: Sequence[Node]) -> list[Line]:
    """The lines between the channels."""
    where = {node.name: node for node in placed}
    ends = [(where[edge.first], where[edge.copier], edge.silent + edge.forwards) for edge in edges]
    return [Line(a.x, a.y, b.x, b.y, round(1 + math.log2(count + 1), 1)) for a, b, count in ends]


def kind_of_look(look: Looks) -> str:
    """What kind of page a look at a channel showed, in words."""
    return KINDS[look.kind]


FILTERS: dict[str, Callable[..., Any]] = {
    "href": href,
    "parameter": parameter,
    "around": around,
    "in_sentence": in_sentence,
    "top_share": top_share,
    "as_quotation": as_quotation,
    "data_block": data_block,
    "meetings": meetings,
    "strip": strip,
    "slug": slug,
    "apa": apa,
    "delay": delay,
    "kind_of_look": kind_of_look,
    "nodes": nodes,
    "lines": lines,
}

"""Who copies and forwards whom: the channel graph as a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.ask.copies import Copies
from onrecord.ask.copies_graph import Edge, graph
from onrecord.ask.copies_json import edge_json
from onrecord.ask.opened import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The graph over copies of at least ``min_words`` words, between the days ``since`` and ``until`` (UTC)."""

    min_words: int = 12
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ChannelsAnswer:
    edges: tuple[Edge, ...]


def channels(archive: Archive, question: Channels) -> ChannelsAnswer:
    """The edges, those with the most posts first."""
    asked = Copies(min_words=question.min_words, since=question.since, until=question.until)
    return ChannelsAnswer(tuple(graph(archive, asked)))


def channels_json(answer: ChannelsAnswer) -> dict[str, Any]:
    """The graph as one JSON object."""
    return {"edges": [edge_json(edge) for edge in answer.edges]}

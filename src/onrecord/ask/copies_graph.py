"""Who copies and forwards whom: channels as nodes, "was first" to "came later" as edges, for Gephi and as a table."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from onrecord.archive.copies_pairs import Numbers
from onrecord.archive.copies_rows import UNDATED, forwards_among
from onrecord.ask.copies import Cluster, Copies
from onrecord.ask.copies_groups import Groups, firsts, fitting, groups
from onrecord.ask.opened import Archive


@dataclass(frozen=True, slots=True)
class Edge:
    """``copier`` showed later what ``first`` had shown: how often silently, how often as a forward, how long after.

    ``delay`` is the median, None where no date is known.
    """

    first: str
    copier: str
    silent: int
    forwards: int
    delay: timedelta | None


@dataclass
class _Count:
    silent: int = 0
    forwards: int = 0
    delays: list[float] = field(default_factory=list)


class _Later(NamedTuple):
    """A copy that came later: who was first, who copied, whether as a forward, how many seconds after."""

    first: str
    copier: str
    is_forward: bool
    delay: float | None


def edges(clusters: Iterable[Cluster]) -> list[Edge]:
    """The edges between channels, the most frequent first; copies within one channel are none."""
    return _edges(
        _Later(
            cluster.members[0].channel,
            member.channel,
            member.forward is not None,
            None if member.delay is None else member.delay.total_seconds(),
        )
        for cluster in clusters
        for member in cluster.members[1:]
        if member.channel != cluster.members[0].channel
    )


def graph(archive: Archive, question: Copies) -> list[Edge]:
    """The edges of all clusters that fit, without their words being read."""
    found = groups(archive)
    chosen = fitting(found, replace(question, across_channels=True))
    first = np.array([place for place, _ in firsts(archive, found, chosen)], np.int64)
    size = found.sizes[chosen]
    first = np.repeat(first, size)
    later = np.arange(int(size.sum())) + np.repeat(found.starts[chosen] - (np.cumsum(size) - size), size)
    elsewhere = found.channels[later] != found.channels[first]
    return _edges(_later(archive, found, first[elsewhere], later[elsewhere]))


def _later(archive: Archive, found: Groups, first: Numbers, later: Numbers) -> Iterator[_Later]:
    connection = archive.store.connection
    names = dict(connection.execute("SELECT id, key FROM channel").fetchall())
    rows = found.rows[later].tolist()
    forwards = forwards_among(connection, sorted(set(rows)))
    unknown = (found.dates[first] == UNDATED) | (found.dates[later] == UNDATED)
    delays = (found.dates[later] - found.dates[first]).tolist()
    sides = zip(found.channels[first].tolist(), found.channels[later].tolist(), strict=True)
    for (one, other), row, delay, lacks in zip(sides, rows, delays, unknown.tolist(), strict=True):
        yield _Later(names[one], names[other], row in forwards, None if lacks else float(delay))


def _edges(copies: Iterable[_Later]) -> list[Edge]:
    counts: dict[tuple[str, str], _Count] = defaultdict(_Count)
    for copy in copies:
        count = counts[copy.first, copy.copier]
        count.forwards += copy.is_forward
        count.silent += not copy.is_forward
        if copy.delay is not None:
            count.delays.append(copy.delay)
    found = [
        Edge(first, copier, c.silent, c.forwards, timedelta(seconds=median(c.delays)) if c.delays else None)
        for (first, copier), c in counts.items()
    ]
    return sorted(found, key=lambda e: (-e.silent - e.forwards, e.first, e.copier))


def as_xml(found: Iterable[Edge], *, form: str) -> str:
    """The graph as GEXF 1.2 or GraphML (``form``), as networkx writes it."""
    import networkx as nx

    graph: Any = nx.DiGraph()
    for edge in found:
        told = {"silent": edge.silent, "forwards": edge.forwards, "weight": edge.silent + edge.forwards}
        if edge.delay is not None:
            told["median_delay_s"] = int(edge.delay.total_seconds())
        graph.add_edge(edge.first, edge.copier, **told)
    out = io.BytesIO()
    write = nx.write_gexf if form == "gexf" else nx.write_graphml_xml
    write(graph, out, encoding="utf-8")
    return out.getvalue().decode()

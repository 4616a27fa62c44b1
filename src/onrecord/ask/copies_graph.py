"""Who copies and forwards whom: channels as nodes, "was first" to "came later" as edges, for Gephi and as a table."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from typing import Any

from onrecord.ask.copies import Cluster


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


def edges(clusters: Iterable[Cluster]) -> list[Edge]:
    """The edges between channels, the most frequent first; copies within one channel are none."""
    counts: dict[tuple[str, str], _Count] = defaultdict(_Count)
    for cluster in clusters:
        first = cluster.members[0]
        for member in cluster.members[1:]:
            if member.channel == first.channel:
                continue
            count = counts[first.channel, member.channel]
            count.forwards += member.forward is not None
            count.silent += member.forward is None
            if member.delay is not None:
                count.delays.append(member.delay.total_seconds())
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

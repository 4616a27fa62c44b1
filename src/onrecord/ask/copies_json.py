"""Clusters of copies as plain values for JSON."""

from __future__ import annotations

from typing import Any

from onrecord.ask.copies import Cluster, Member
from onrecord.ask.copies_compare import Compared
from onrecord.ask.copies_graph import Edge


def cluster_json(cluster: Cluster) -> dict[str, Any]:
    """One cluster; ``first_seen`` means first seen in this archive, never the origin."""
    return {
        "kind": cluster.kind,
        "posts": len(cluster.members),
        "channels": cluster.channels,
        "words": cluster.words,
        "first_seen": cluster.members[0].key,
        "text": cluster.beginning,
        "members": [member_json(member) for member in cluster.members],
    }


def member_json(member: Member) -> dict[str, Any]:
    """One post of a cluster; ``delay_s`` are seconds after the first."""
    return {
        "key": member.key,
        "channel": member.channel,
        "channel_title": member.title,
        "date": member.date.isoformat().replace("+00:00", "Z") if member.date else None,
        "delay_s": int(member.delay.total_seconds()) if member.delay is not None else None,
        "how": member.how,
        "forwarded_from": member.forward,
        **_compared(member.compared),
    }


def _compared(one: Compared | None) -> dict[str, Any]:
    if one is None:
        return {"jaccard": None, "share": None, "longest": None, "changes": None}
    changes = None
    if one.changes is not None:
        changes = [{"first": c.first, "copy": c.copy, "deciding": list(c.deciding)} for c in one.changes]
    return {"jaccard": round(one.jaccard, 4), "share": round(one.share, 4), "longest": one.longest, "changes": changes}


def edge_json(edge: Edge) -> dict[str, Any]:
    """One edge of the channel graph."""
    delay = None if edge.delay is None else int(edge.delay.total_seconds())
    return {
        "first": edge.first,
        "copier": edge.copier,
        "silent": edge.silent,
        "forwards": edge.forwards,
        "median_delay_s": delay,
    }

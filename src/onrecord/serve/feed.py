"""Answers as Atom (RFC 4287): what a feed reader shows of a search, a person, a channel, or of changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Tree

ATOM = "http://www.w3.org/2005/Atom"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Atom demands a date of every entry; what has none in the record gets this one, and its summary says "undated"."""

TITLE_LENGTH = 100
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. ``id`` is a permanent URI; ``link`` is the page; ``updated`` is UTC, None where undated."""

    id: str
    title: str
    link: str
    text: str
    author: str | None = None
    updated: datetime | None = None


def atom(title: str, address: str, entries: Sequence[Entry], *, note: str | None = None) -> str:
    """The feed as a document; ``address`` is its own, ``note`` (what the archive covers) its subtitle.

    >>> "<title>A &amp; B</title>" in atom("A & B", "http://localhost/changes.atom", [])
    True
    """
    feed = Tree.Element("feed", {"xmlns": ATOM})
    newest = max((entry.updated for entry in entries if entry.updated), default=EPOCH)
    _add(feed, "title", title)
    if note:
        _add(feed, "subtitle", note)
    _add(feed, "id", address)
    _add(feed, "updated", _moment(newest))
    Tree.SubElement(feed, "link", {"rel": "self", "href": address})
    Tree.SubElement(_new(feed, "author"), "name").text = "onrecord"
    for entry in entries:
        _entry(feed, entry)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(feed, encoding="unicode") + "\n"


def _entry(feed: Tree.Element, entry: Entry) -> None:
    item = _new(feed, "entry")
    _add(item, "title", " ".join(entry.title.split())[:TITLE_LENGTH] or "–")
    _add(item, "id", entry.id)
    _add(item, "updated", _moment(entry.updated or EPOCH))
    if entry.updated:
        _add(item, "published", _moment(entry.updated))
    Tree.SubElement(item, "link", {"href": entry.link})
    if entry.author:
        _add(_new(item, "author"), "name", entry.author)
    undated = "" if entry.updated else "[undated] "
    _add(item, "content", undated + entry.text).set("type", "text")


def _new(parent: Tree.Element, name: str) -> Tree.Element:
    return Tree.SubElement(parent, name)


def _add(parent: Tree.Element, name: str, text: str) -> Tree.Element:
    """An element with text; signs that XML 1.0 forbids become U+FFFD."""
    element = Tree.SubElement(parent, name)
    element.text = _FORBIDDEN.sub("\ufffd", text)
    return element


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")

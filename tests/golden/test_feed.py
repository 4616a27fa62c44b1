"""Feeds are well-formed Atom, whatever the archived text holds."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from onrecord.serve.feed import ATOM, Entry, atom

NAMES = {"a": ATOM}


def test_an_entry_has_what_the_standard_demands() -> None:
    entry = Entry(
        id="urn:x:1",
        title="A\nB",
        link="http://localhost/post/a/1",
        text="<b>",
        updated=datetime(2031, 5, 4, tzinfo=UTC),
    )
    feed = ElementTree.fromstring(atom("T", "http://localhost/changes.atom", [entry], note="covers nothing"))
    assert feed.findtext("a:updated", namespaces=NAMES) == "2031-05-04T00:00:00Z"
    (item,) = feed.findall("a:entry", NAMES)
    assert [item.findtext(f"a:{name}", namespaces=NAMES) for name in ("id", "title", "content")] == [
        "urn:x:1",
        "A B",
        "<b>",
    ]
    assert feed.findtext("a:subtitle", namespaces=NAMES) == "covers nothing"


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_gives_well_formed_xml(title: str, text: str) -> None:
    entry = Entry(id="urn:x", title=title, link="/x", text=text)
    assert len(ElementTree.fromstring(atom(title, "/f", [entry])).findall("a:entry", NAMES)) == 1

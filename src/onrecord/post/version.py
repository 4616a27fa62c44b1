"""Which texts are one version of a post: only white space and the known losses of a shape fall away.

A changed capital or comma is an edit; a space that a scraper put in, even inside a word ("unlawfu l"), is not. What a
shape is known to lose depends on the kind of page that the capture is:

======== ==========================================================================================================
kind     known losses
======== ==========================================================================================================
list     spaces and line breaks, emoji dropped, marks of markdown and HTML left in, ends cut with "…"
scraped  spaces and line breaks, emoji dropped, ends cut; whole lines where the sighting itself is marked as cut
wrapper  the end (a page's description), line breaks
others   nothing but white space
======== ==========================================================================================================
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from onrecord.model import PageKind, TextStatus

LOSSY: frozenset[PageKind] = frozenset({"list", "scraped", "wrapper"})
_SPACE = re.compile(
    r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\u2800\u3164]+"
)
_EMOJI = re.compile(
    r"[0-9#*]\u20e3|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,400})\]\((?:https?|tg|mailto):[^\s()]{1,2000}\)")
_MARKS = re.compile(r"\*\*|__|~~|\|\||`+")
_ENDS = re.compile(r"(?:…|\.\.\.)\Z")


class Text(NamedTuple):
    """A text with the kind of capture that shows it, and whether it is whole there."""

    text: str
    kind: PageKind = "history"
    status: TextStatus = "whole"


def tight(text: str) -> str:
    """A text without white space, invisible characters and variation selectors.

    >>> tight("I zvestia \\n (2026)")
    'Izvestia(2026)'
    """
    return _SPACE.sub("", text)


def same(one: Text, other: Text) -> bool:
    """Whether two texts of one post are one version of it.

    >>> same(Text("The end."), Text("The  end ."))
    True
    >>> same(Text("The end."), Text("The End."))
    False
    >>> same(Text("👉 Watch it live"), Text("Watch it li ve", "list"))
    True
    >>> same(Text("👉 Watch it live"), Text("Watch it live"))
    False
    """
    if one.text == other.text:
        return True
    first, second = tight(one.text), tight(other.text)
    if first == second:
        return True
    if _cut_of(one, first, second) or _cut_of(other, second, first):
        return True
    if one.kind not in LOSSY and other.kind not in LOSSY:
        return False
    return _same_but_for_losses(one, other)


def _same_but_for_losses(one: Text, other: Text) -> bool:
    first, second = _unmarked(one.text), _unmarked(other.text)
    bare_first, bare_second = _EMOJI.sub("", first), _EMOJI.sub("", second)
    if bare_first == bare_second:
        signs, others = _EMOJI.findall(first), _EMOJI.findall(second)
        return _within(signs, others) or _within(others, signs)
    if _cut_of(one, bare_first, bare_second) or _cut_of(other, bare_second, bare_first):
        return True
    return _lines_of(one, bare_first, other) or _lines_of(other, bare_second, one)


def _unmarked(text: str) -> str:
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return _MARKS.sub("", tight(_MARKDOWN_LINK.sub(r"\1", text)))


def _within(few: list[str], many: list[str]) -> bool:
    """Whether the few stand among the many in their order: signs were dropped, none was changed."""
    rest = iter(many)
    return all(sign in rest for sign in few)


def _cut_of(text: Text, form: str, whole: str) -> bool:
    """Whether a text is the beginning of the other, cut where its shape is known to cut."""
    cut = _ENDS.sub("", form)
    is_cut = text.status == "cut" or (text.kind in LOSSY and cut != form)
    return is_cut and bool(cut) and whole.startswith(cut)


def _lines_of(text: Text, form: str, whole: Text) -> bool:
    """Whether a scraped text that is known to lack lines is made of whole lines of the other, in order."""
    if text.kind != "scraped" or text.status != "cut":
        return False
    at = 0
    for line in whole.text.split("\n"):
        piece = _EMOJI.sub("", _unmarked(line))
        if piece and form.startswith(piece, at):
            at += len(piece)
    return 0 < at == len(form)

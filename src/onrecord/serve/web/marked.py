"""Text with marked stretches, escaped: the only place where Markup is made of archived text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from markupsafe import Markup, escape

from onrecord.model import Span


def marked(text: str, spans: Iterable[Span], *, width: int | None = None) -> Markup:
    """The text, escaped, with each span in <mark>; ``width`` code points at most, around the first span.

    >>> marked("a <b> c", [Span(2, 5)])
    Markup('a <mark>&lt;b&gt;</mark> c')
    """
    found = sorted(spans, key=lambda span: span.start)
    start, end = _window(text, found, width)
    out = ["… " if start else ""]
    at = start
    for span in found:
        if span.start < at or span.end > end:
            continue
        out += [escape(text[at : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
        at = span.end
    out += [escape(text[at:end]), " …" if end < len(text) else ""]
    return Markup("".join(out))  # noqa: S704 — every piece of the text is escaped above


class Changed(Protocol):
    """A place where a text was changed (``ask.difference.Difference``)."""

    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def after_span(self) -> Span: ...
    @property
    def rank(self) -> int: ...


DECIDES = 6
"""From this rank on, a change may turn what was said around."""

AROUND = 60


def changed(places: Sequence[Changed], text: str) -> Markup:
    """What was changed, within the words around it in the later ``text``: <del> for what stood there, <ins> for what
    stands there now. ``places`` are in the order of the text.

    >>> from onrecord.ask.difference import differences
    >>> print(changed(differences("Send 36 tons.", "Send 63 tons."), "Send 63 tons."))
    Send <del class="deciding"><bdi>36</bdi></del> <ins class="deciding"><bdi>63</bdi></ins> tons.
    """
    out: list[str] = []
    at = 0
    for number, place in enumerate(places):
        span = place.after_span
        start = max(at, _from(text, span.start))
        out += ["… " if start > at else "", escape(text[start : span.start]), _change(place, text)]
        following = places[number + 1].after_span.start if number + 1 < len(places) else len(text)
        at = min(following, _until(text, span.end))
        out.append(escape(text[span.end : at]))
    return Markup("".join(out) + (" …" if at < len(text) else ""))  # noqa: S704 — every piece of the text is escaped


def _from(text: str, start: int) -> int:
    low = max(0, start - AROUND)
    return low and min(start, text.find(" ", low, start) + 1 or start)


def _until(text: str, end: int) -> int:
    high = end + AROUND
    return len(text) if high >= len(text) else max(end, text.rfind(" ", end, high))


def _change(place: Changed, text: str) -> str:
    sort = ' class="deciding"' if place.rank >= DECIDES else ""
    was = f"<del{sort}><bdi>{escape(place.before)}</bdi></del>" if place.before else ""
    now = f"<ins{sort}><bdi>{escape(place.after)}</bdi></ins>" if place.after else ""
    start = place.after_span.start
    apart = " " if was and not now and start and not text[start - 1].isspace() else ""
    return apart + was + (" " if was and now else "") + now


_CLOSING = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def data_block(value: Any) -> Markup:
    """Data as JSON inside a script element of type ``application/ld+json``: no sign in it can end the element, and a
    browser runs no data block, so that the page's policy needs no exception (HTML, "prepare the script element").

    >>> data_block({"text": "</script><b>"})
    Markup('{"text": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}')
    """
    text = json.dumps(value, ensure_ascii=False)
    for sign, written in _CLOSING.items():
        text = text.replace(sign, written)
    return Markup(text)  # noqa: S704 — no sign that means something to HTML is left


def _window(text: str, spans: Sequence[Span], width: int | None) -> tuple[int, int]:
    if width is None or len(text) <= width:
        return 0, len(text)
    first = spans[0].start if spans else 0
    start = 0 if first < width // 2 else text.rfind(" ", 0, first - width // 3) + 1
    cut = text.rfind(" ", start, start + width)
    return start, cut if cut > start else start + width

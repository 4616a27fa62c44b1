"""Text with marked stretches, escaped: the only place where Markup is made of archived text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

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

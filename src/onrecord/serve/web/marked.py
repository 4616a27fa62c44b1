"""Text with marked stretches, escaped: the only place where Markup is made of archived text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def _window(text: str, spans: Sequence[Span], width: int | None) -> tuple[int, int]:
    if width is None or len(text) <= width:
        return 0, len(text)
    first = spans[0].start if spans else 0
    start = 0 if first < width // 2 else text.rfind(" ", 0, first - width // 3) + 1
    cut = text.rfind(" ", start, start + width)
    return start, cut if cut > start else start + width

"""The quotation check over an opened archive: one quotation, or every quotation of an article."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.archive.quotes import IndexedPassages
from onrecord.ask.check import check, with_speaker
from onrecord.ask.check_answer import Answer, Check
from onrecord.ask.check_passages import EVER, ChannelCover, Cover, Passages, Within
from onrecord.ask.home import Held, whole_coverage
from onrecord.ask.opened import Archive
from onrecord.ask.period import interval
from onrecord.ask.quotation import Quoted, quotations


def passages_of(archive: Archive) -> IndexedPassages:
    """The archive's passages, at the moment at which it was opened; a server remembers what they cover."""
    cover = None if archive.memory is None else lambda: cover_of(whole_coverage(archive, may_lag=True))
    return IndexedPassages(archive.store, archive.index, archive.searcher, cover=cover)


def cover_of(held: Held) -> Cover:
    """What an archive covers, as a verdict tells it."""
    channels = tuple(ChannelCover(c.key, c.posts, c.first, c.last, c.never_seen_count) for c in held.channels)
    languages = tuple(sorted(name for name in held.languages if name != "unknown"))
    return Cover(channels, held.posts, languages, held.undated)


def within(since: str | None, until: str | None) -> Within:
    """From the first moment of ``since`` to the last of ``until``: days, months or years in UTC, both included.

    >>> within("2031", None).start.isoformat()
    '2031-01-01T00:00:00+00:00'
    """
    return Within(interval(since)[0] if since else None, interval(until)[1] if until else None)


def check_text(
    text: str, passages: Passages, *, speaker: str | None = None, during: Within = EVER
) -> Iterator[tuple[Quoted, Answer]]:
    """Every quotation of an article with its answer, in the order of the article.

    The speaker is the one that the article itself names, else ``speaker``.
    """
    for quoted in quotations(text):
        question = Check(quotation=quoted.text, speaker=speaker, within=during)
        yield quoted, check(with_speaker(question, quoted.speaker) if quoted.speaker else question, passages)

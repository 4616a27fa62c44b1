"""What narrows a question, as the index understands it; the same for search, statements and feeds."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tantivy import Occur, Query

from onrecord.archive.index import Index
from onrecord.ask.period import first_second, second_after
from onrecord.post.fold import words

ONE_OF = {
    "channels": "channel",
    "kinds": "kind",
    "hashtags": "hashtag",
    "languages": "language",
    "countries": "country",
    "forms": "form",
}
IN_WORDS = {"speakers": "speaker_words", "offices": "office_words"}
"""A part of a name finds the whole: "Brandt" finds Ana Brandt."""

FLAGS = ("media", "forwarded", "edited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Every field that is None or empty narrows nothing; several values of one field are alternatives.

    ``since`` and ``until`` are days, months or years in UTC, both included; they leave undated posts out, and the
    answer counts those. ``undated`` true keeps only undated posts, false only dated ones.
    """

    channels: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    media: bool | None = None
    forwarded: bool | None = None
    edited: bool | None = None
    undated: bool | None = None

    def active(self) -> tuple[str, ...]:
        """The names of the filters that are set, for the advice which one to drop.

        >>> Filters(since="2031", media=True).active()
        ('since', 'media')
        """
        return tuple(f.name for f in fields(Filters) if getattr(self, f.name) not in (None, ()))


def as_query(index: Index, filters: Filters, *, dates: bool = True) -> list[tuple[Occur, Query]]:
    """The clauses of the filters; without ``dates``, those of time are left out."""
    clauses = [
        (Occur.Must, index.any_of(*(index.term(field, value) for value in _values(field, getattr(filters, name)))))
        for name, field in ONE_OF.items()
        if getattr(filters, name)
    ]
    clauses += [
        (Occur.Must, index.term(flag, getattr(filters, flag))) for flag in FLAGS if getattr(filters, flag) is not None
    ]
    clauses += [
        (Occur.Must, index.any_of(*(_named(index, field, value) for value in getattr(filters, name))))
        for name, field in IN_WORDS.items()
        if getattr(filters, name)
    ]
    return clauses + _times(index, filters) if dates else clauses


def _named(index: Index, field: str, value: str) -> Query:
    folded = [word.text for word in words(value)]
    return index.phrase(field, folded) if folded else Query.empty_query()


def _values(field: str, values: tuple[str, ...]) -> list[str]:
    """Channels are found in any case, and so are hashtags, with or without their sign."""
    if field == "channel":
        return [value.strip().lstrip("@").casefold() for value in values]
    if field == "hashtag":
        return [value.strip().lstrip("#").casefold() for value in values]
    if field == "country":
        return [value.strip().upper() for value in values]
    return list(values)


def _times(index: Index, filters: Filters) -> list[tuple[Occur, Query]]:
    clauses: list[tuple[Occur, Query]] = []
    start, end = first_second(filters.since), second_after(filters.until)
    if start is not None or end is not None:
        clauses.append((Occur.Must, index.between(start, end)))
    if filters.undated is not None:
        dated = Query.exists_query("moment")
        clauses.append((Occur.MustNot if filters.undated else Occur.Must, dated))
    return clauses

"""How often a phrase stands in the record over time, out of how many posts, and with whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from tantivy import Occur, Query, Searcher

from onrecord.archive.index import WORDS, Index
from onrecord.ask.filters import Filters, as_query
from onrecord.ask.query import parse
from onrecord.ask.search import UNITS
from onrecord.ask.within import tick
from onrecord.errors import BadQuestion
from onrecord.post.fold import words

By = Literal["day", "month", "year"]
Per = Literal["channel", "speaker", "country"]
MOST_PHRASES = 6
MOST_PERIODS = 4_000
MOST_VALUES = 50
MOMENT_SECONDS = 1 << 24
"""How many steps of the index's ``moment`` one second takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Filters):
    """Up to six phrases, counted by period (UTC). ``once`` counts copies of one text once, at the earliest.

    ``per`` also counts by channel, or by the speaker or country of the statements.
    """

    phrases: tuple[str, ...] = ()
    by: By = "month"
    once: bool = False
    per: Per | None = None

    def __post_init__(self) -> None:
        if len(self.phrases) > MOST_PHRASES:
            raise BadQuestion(f"At most {MOST_PHRASES} phrases at a time; these are {len(self.phrases)}.")


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year: its name, how many posts it holds, and whether the archive covers all of it."""

    name: str
    posts: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One channel, speaker or country: how many of its posts or statements hold the phrase, out of how many."""

    value: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Series:
    """``counts`` go with the answer's periods, one by one."""

    phrase: str
    total: int
    counts: tuple[int, ...]
    undated: int
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    periods: tuple[Period, ...]
    series: tuple[Series, ...]
    undated: int


def timeline(index: Index, question: Timeline, *, searcher: Searcher | None = None) -> TimelineAnswer:
    """The counts. Undated posts stand in no period; how many hold a phrase is told beside it."""
    view = searcher or index.searcher()
    everything = _matching(index, question, None)
    all_counts = _by_period(view, everything, question)
    names = _names(sorted(all_counts), question.by)
    phrases = [phrase for phrase in question.phrases if words(phrase)]
    series = tuple(_series(index, view, question, phrase, names) for phrase in phrases)
    last = len(names) - 1
    periods = tuple(Period(name, all_counts[name], 0 < at < last) for at, name in enumerate(names))
    return TimelineAnswer(periods, series, _undated(view, everything))


def _series(index: Index, view: Searcher, question: Timeline, phrase: str, names: list[str]) -> Series:
    tick()
    query = _matching(index, question, phrase)
    counts = _by_period(view, query, question)
    undated = _undated(view, query)
    kept = tuple(counts[name] for name in names)
    return Series(phrase, sum(kept) + undated, kept, undated, _rows(index, view, question, phrase))


def _matching(index: Index, question: Timeline, phrase: str | None, unit: str = "posts") -> Query:
    clauses = [(Occur.Must, index.term("unit", UNITS[unit])), *as_query(index, question)]
    if phrase is not None:
        # A phrase typed without marks is a phrase here: that is what the question asks for.
        terms = parse(phrase).terms if '"' in phrase else ()
        asked = [list(term.words) for term in terms] or [[word.text for word in words(phrase)]]
        clauses += [(Occur.Must, index.phrase(WORDS[UNITS[unit]], one)) for one in asked]
    return Query.boolean_query(clauses)


def _undated(view: Searcher, query: Query) -> int:
    return _count(view, query.and_must_not_match(Query.exists_query("moment")))


def _count(view: Searcher, query: Query) -> int:
    answer = view.aggregate(query, {"n": {"value_count": {"field": "id"}}})
    return int(answer["n"]["value"])


def _by_period(view: Searcher, query: Query, question: Timeline) -> Counter[str]:
    if question.once:
        return _once(view, query, question.by)
    if question.by == "day":
        return _days(view, query)
    found = view.aggregate(query, {"m": {"terms": {"field": "month", "size": MOST_PERIODS}}})["m"]["buckets"]
    counts = Counter[str]()
    for bucket in found:
        counts[_shorter(str(bucket["key"]), question.by)] += int(bucket["doc_count"])
    return counts


def _days(view: Searcher, query: Query) -> Counter[str]:
    width = 86_400 * MOMENT_SECONDS
    asked = {"d": {"histogram": {"field": "moment", "interval": width, "min_doc_count": 1}}}
    found = view.aggregate(query, asked)["d"]["buckets"]
    return Counter({_day(int(b["key"]) // MOMENT_SECONDS): int(b["doc_count"]) for b in found})


def _once(view: Searcher, query: Query, by: By) -> Counter[str]:
    """Each text once, in the period of its earliest copy."""
    dated = query.and_must_match(Query.exists_query("moment"))
    addresses = [address for _, address in view.search(dated, max(1, view.num_docs), count=False).hits]
    groups = view.fast_field_values("group", addresses)
    moments = view.fast_field_values("moment", addresses)
    earliest: dict[object, int] = {}
    for group, at in zip(groups, moments, strict=True):
        earliest[group] = min(earliest.get(group, int(at or 0)), int(at or 0))
    return Counter(_shorter(_day(at // MOMENT_SECONDS), by) for at in earliest.values())


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _shorter(name: str, by: By) -> str:
    return name[: {"day": 10, "month": 7, "year": 4}[by]]


def _names(held: list[str], by: By) -> list[str]:
    """Every period from the first to the last, those without a post too."""
    if not held:
        return []
    names, at = [], _start(held[0])
    while (name := _shorter(at.isoformat(), by)) <= held[-1]:
        names.append(name)
        if len(names) > MOST_PERIODS:
            raise BadQuestion(f"That is more than {MOST_PERIODS} periods; ask for longer ones, or for less time.")
        at = _next(at, by)
    return names


def _start(name: str) -> date:
    return date.fromisoformat((name + "-01-01")[:10])


def _next(at: date, by: By) -> date:
    if by == "day":
        return at + timedelta(days=1)
    return (at.replace(day=1) + timedelta(days=32)).replace(day=1) if by == "month" else at.replace(year=at.year + 1)


def _rows(index: Index, view: Searcher, question: Timeline, phrase: str) -> tuple[Row, ...]:
    if question.per is None:
        return ()
    unit = "posts" if question.per == "channel" else "statements"
    asked = {"v": {"terms": {"field": question.per, "size": MOST_VALUES}}}
    found = view.aggregate(_matching(index, question, phrase, unit), asked)["v"]["buckets"]
    everybody = {"v": {"terms": {"field": question.per, "size": 100_000}}}
    whole = view.aggregate(_matching(index, question, None, unit), everybody)["v"]["buckets"]
    of = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in whole}
    return tuple(Row(str(b["key"]), int(b["doc_count"]), of.get(str(b["key"]), 0)) for b in found)

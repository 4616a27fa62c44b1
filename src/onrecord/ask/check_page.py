"""The quotation check as a page and a program ask it: one quotation, or every quotation of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.archive.found import languages_of_keys
from onrecord.archive.statements import address, statements_in
from onrecord.ask.check import check
from onrecord.ask.check_answer import Answer, Check, Source
from onrecord.ask.check_archive import check_text, passages_of, within
from onrecord.ask.check_json import answer_json
from onrecord.ask.home import whole_coverage
from onrecord.ask.opened import Archive
from onrecord.ask.within import tick
from onrecord.errors import BadQuestion

MOST_QUOTATIONS = 200
MOST_SOURCES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked:
    """A quotation, or an article whose quotations are all checked; empty asks nothing yet.

    ``since`` and ``until`` are days, months or years in UTC, both included.
    """

    quotation: str = ""
    article: str = ""
    speaker: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One answer a quotation, in their order. ``more`` tells that an article held more than are checked at once,
    ``problem`` why a quotation cannot be checked (it holds no words)."""

    article: bool
    verdicts: tuple[Answer, ...]
    more: bool
    cover_told: str
    addresses: dict[str, str]
    problem: str | None = None
    languages: dict[str, str] = field(default_factory=dict)

    def language(self, source: Source) -> str | None:
        """The language of a source's post, where it was recognised."""
        return self.languages.get(source.post)

    def address(self, source: Source) -> str | None:
        """The page of a source's words: the statement that holds them, else the stretch itself."""
        return self.addresses.get(_place(source))


def _place(source: Source) -> str:
    return f"{source.post}@{source.version}:{source.span.start}-{source.span.end}"


def _languages(archive: Archive, answers: Iterable[Answer]) -> dict[str, str]:
    """The languages of the sources' posts, by key."""
    shown = [source for answer in answers for source in (*answer.sources[:MOST_SOURCES], answer.nearest) if source]
    return languages_of_keys(archive.store.connection, (source.post for source in shown))


def _addresses(archive: Archive, answers: Iterable[Answer]) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in (source for answer in answers for source in answer.sources[:MOST_SOURCES]):
        row = archive.store.row_of(source.post)
        versions = archive.store.posts_by_row([row])[0].versions
        if not 0 < source.version <= len(versions):
            continue
        text_hash, span = versions[source.version - 1].text_hash, source.span
        inside = [
            one
            for one in statements_in(archive.store.connection, row)
            if one.place.hash == text_hash and one.start <= span.start and span.end <= one.end
        ]
        narrowest = min(inside, key=lambda one: one.end - one.start, default=None)
        found[_place(source)] = narrowest.address if narrowest else address(text_hash, span.start, span.end)
    return found


def check_page(archive: Archive, question: CheckAsked) -> CheckAnswer:
    """The verdicts, always with what the archive covers."""
    during = within(question.since, question.until)
    found: list[Answer] = []
    passages = passages_of(archive)
    problem = None
    if question.quotation.strip():
        try:
            found.append(check(Check(quotation=question.quotation, speaker=question.speaker, within=during), passages))
        except BadQuestion as error:
            problem = str(error)
    more = False
    if question.article.strip():
        for _, answer in check_text(question.article, passages, speaker=question.speaker, during=during):
            tick()
            more = len(found) >= MOST_QUOTATIONS
            if more:
                break
            found.append(answer)
    told, addresses = whole_coverage(archive, may_lag=True).told(), _addresses(archive, found)
    return CheckAnswer(
        bool(question.article.strip()), tuple(found), more, told, addresses, problem, _languages(archive, found)
    )


def check_page_json(answer: CheckAnswer) -> dict[str, Any]:
    """The verdicts as one JSON object."""
    verdicts = [answer_json(one) for one in answer.verdicts]
    return {"verdicts": verdicts, "problem": answer.problem, "more": answer.more, "coverage": answer.cover_told}

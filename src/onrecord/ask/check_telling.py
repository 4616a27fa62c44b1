"""The answer in words and with its evidence: places, speakers, differences, edges, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from onrecord.ask.check_align import Run
from onrecord.ask.check_answer import Answer, Check, Source, Verdict
from onrecord.ask.check_differences import Difference, differences
from onrecord.ask.check_edges import edges, standing
from onrecord.ask.check_finding import SHORT, Finding, Outcome, covers
from onrecord.ask.check_folds import folds
from onrecord.ask.check_passages import Cover, Folded, Passage, Passages, holding
from onrecord.ask.check_quotation import Quotation
from onrecord.ask.check_sentence import notes_on, sentence_for
from onrecord.ask.check_speaker import said_by
from onrecord.model import Span, Statement
from onrecord.post.fold import fingerprint, fold

MOST_PLACES = 200
LONGEST_STRETCH = 300
"""Words of the record that are looked up again for other places with the same words."""

_LAST = datetime.max.replace(tzinfo=UTC)


def statement_of(passage: Passage, span: Span) -> Statement | None:
    """The innermost statement that covers the span, None where none does."""
    covering = [statement for statement in passage.statements if covers(statement, span)]
    return min(covering, key=lambda statement: statement.end - statement.start, default=None)


def told(question: Check, quotation: Quotation, outcome: Outcome, passages: Passages) -> Answer:
    """The outcome of a check as an answer."""
    cover = passages.cover()
    if outcome.pieces:
        return _spliced(question, quotation, outcome, cover)
    if outcome.kind is None:
        return _absent(question, quotation, outcome, cover)
    return _found(question, quotation, outcome, passages)


def _found(question: Check, quotation: Quotation, outcome: Outcome, passages: Passages) -> Answer:
    findings, total = _places(question, outcome, passages)
    main = findings[0]
    by = _by(question, findings, passages)
    if by is True and question.speaker is not None:
        findings = _first_by(question.speaker, findings, passages)
        main = findings[0]
    verdict: Verdict = outcome.kind or "not in this archive"
    if by is False and len(quotation.words) >= SHORT:
        verdict = "different speaker"
    sources = _sources(findings, question.places)
    different = differences(main)
    answer = Answer(
        verdict,
        "",
        question.quotation,
        outcome.kind or "not in this archive",
        passages.cover(),
        different,
        sources,
        _source(outcome.own) if outcome.own else None,
        folds=_folds(quotation, main) if outcome.kind == "verbatim" else _folds_of_runs(main),
        speaker=question.speaker,
        named_by=question.named_by,
        by_speaker=by,
        total=total,
    )
    return _worded(answer, len(quotation.words))


def _worded(answer: Answer, length: int) -> Answer:
    return replace(answer, sentence=sentence_for(answer, length), notes=notes_on(answer))


def _places(question: Check, outcome: Outcome, passages: Passages) -> tuple[list[Finding], int]:
    """All places with the same words of the record, earliest first."""
    findings, total = list(outcome.findings), outcome.total
    if outcome.kind != "verbatim":
        first = findings[0]
        start, end = first.row[0].there, first.row[-1].there + first.row[-1].length
        if end - start <= LONGEST_STRETCH:
            run = first.folded.plain[start:end]
            held, total = holding(run, passages, within=question.within, limit=MOST_PLACES)
            findings += [_shifted(first, passage) for passage in held if passage.key != first.passage.key]
    findings.sort(key=lambda f: (f.passage.date or _LAST, f.passage.version, f.passage.key, f.span.start))
    return findings, max(total, len({f.passage.key for f in findings}))


def _shifted(finding: Finding, passage: Passage) -> Finding:
    """The same runs in another passage that holds the same stretch."""
    folded = Folded(passage)
    start, end = finding.row[0].there, finding.row[-1].there + finding.row[-1].length
    run = f" {' '.join(finding.folded.plain[start:end])} "
    text = f" {' '.join(folded.plain)} "
    by = text.count(" ", 0, text.find(run)) - start
    row = tuple(Run(one.at, one.there + by, one.length) for one in finding.row)
    return Finding(finding.quotation, folded, row)


def _by(question: Check, findings: Sequence[Finding], passages: Passages) -> bool | None:
    """Whether the named speaker said it at one of the places; None where nobody is named or nothing is told."""
    if question.speaker is None:
        return None
    names = passages.names()
    told_ = [said_by(question.speaker, statement_of(f.passage, f.span), f.passage, names) for f in findings]
    if any(told_):
        return True
    return None if None in told_ else False


def _first_by(speaker: str, findings: list[Finding], passages: Passages) -> list[Finding]:
    names = passages.names()

    def is_other(finding: Finding) -> bool:
        return not said_by(speaker, statement_of(finding.passage, finding.span), finding.passage, names)

    return sorted(findings, key=is_other)


def _sources(findings: Sequence[Finding], most: int) -> tuple[Source, ...]:
    """One source for each place, copies folded into the first of them."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.passage.copies or fingerprint(finding.passage.text), []).append(finding)
    out = []
    for group in groups.values():
        own = [finding for finding in group if finding.passage.key == group[0].passage.key]
        copies = len({f.passage.post for f in group} - {group[0].passage.post})
        out += [_source(finding, copies if n == 0 else 0) for n, finding in enumerate(own)]
    return tuple(out[:most])


def _source(finding: Finding, copies: int = 0) -> Source:
    first, last = finding.row[0], finding.row[-1]
    words = finding.quotation.words
    quoted = Span(words[first.at].start, words[last.at + last.length - 1].end)
    return source_at(finding.passage, finding.span, quoted, finding.quotation.text, copies=copies)


def source_at(passage: Passage, span: Span, quoted: Span, quotation: str, *, copies: int = 0) -> Source:
    """A stretch of a passage as a source, with the statement that covers it."""
    statement = statement_of(passage, span)
    return Source(
        key=passage.key,
        post=passage.post,
        channel=passage.channel,
        words=passage.text[span.start : span.end],
        span=span,
        quoted_span=quoted,
        edges=edges(passage, span, quotation),
        date=passage.date,
        date_basis=passage.date_basis,
        title=passage.title,
        author=passage.author,
        speaker=statement.speaker if statement else None,
        role=statement.role if statement else None,
        occasion=statement.occasion if statement else None,
        said_on=statement.said_on if statement else None,
        form=statement.form if statement else None,
        standing=standing(passage, span, statement),
        forward=passage.forward,
        version=passage.version,
        versions=passage.versions,
        later=_later(passage, span),
        copies=copies,
        url=passage.url,
    )


def _later(passage: Passage, span: Span) -> Literal["same words", "changed words"] | None:
    if passage.changed is None:
        return None
    run = f" {fold(passage.text[span.start : span.end])} "
    return "same words" if run in f" {fold(passage.changed)} " else "changed words"


def _folds(quotation: Quotation, finding: Finding) -> tuple[str, ...]:
    span, words = finding.span, quotation.words
    ours = quotation.text[words[0].start : words[-1].end]
    theirs = finding.passage.text[span.start : span.end]
    division = ("word division",) if len(finding.quotation.words) != len(words) else ()
    return folds(ours, theirs) + division


def _folds_of_runs(finding: Finding) -> tuple[str, ...]:
    words, theirs = finding.quotation.words, [finding.span_of(run) for run in finding.row]
    ours = [finding.quotation.text[words[r.at].start : words[r.at + r.length - 1].end] for r in finding.row]
    return folds("\n".join(ours), "\n".join(finding.passage.text[span.start : span.end] for span in theirs))


def _spliced(question: Check, quotation: Quotation, outcome: Outcome, cover: Cover) -> Answer:
    sources = []
    for run, folded in outcome.pieces:
        span = Span(folded.words[run.there].start, folded.words[run.there + run.length - 1].end)
        quoted = Span(quotation.words[run.at].start, quotation.words[run.at + run.length - 1].end)
        sources.append(source_at(folded.passage, span, quoted, question.quotation))
    answer = Answer(
        "spliced",
        "",
        question.quotation,
        "spliced",
        cover,
        sources=tuple(sources),
        speaker=question.speaker,
        named_by=question.named_by,
        total=len(sources),
    )
    return _worded(answer, len(quotation.words))


def _absent(question: Check, quotation: Quotation, outcome: Outcome, cover: Cover) -> Answer:
    nearest = outcome.nearest
    different: tuple[Difference, ...] = differences(nearest) if nearest else ()
    answer = Answer(
        "not in this archive",
        "",
        question.quotation,
        "not in this archive",
        cover,
        different,
        nearest=_source(nearest) if nearest else None,
        speaker=question.speaker,
        named_by=question.named_by,
    )
    return _worded(answer, len(quotation.words))

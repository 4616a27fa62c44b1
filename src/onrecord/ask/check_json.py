"""An answer of the quotation check as plain values for JSON: one object a quotation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onrecord.ask.check_answer import Answer, Source
from onrecord.ask.check_differences import Difference
from onrecord.ask.check_passages import Cover
from onrecord.model import Span


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer with its evidence and coverage; spans are ``[start, end]`` in code points, the end exclusive."""
    return {
        "verdict": answer.verdict,
        "sentence": answer.sentence,
        "quotation": answer.quotation,
        "words": answer.words,
        "speaker": answer.speaker,
        "named_by": answer.named_by if answer.speaker else None,
        "by_speaker": answer.by_speaker,
        "differences": [difference_json(one) for one in answer.differences],
        "sources": [source_json(one) for one in answer.sources],
        "nearest": source_json(answer.nearest) if answer.nearest else None,
        "places": answer.total,
        "folds": list(answer.folds),
        "notes": list(answer.notes),
        "coverage": cover_json(answer.cover),
    }


def difference_json(one: Difference) -> dict[str, Any]:
    """One difference with its place on both sides."""
    return {
        "kind": one.kind,
        "quoted": one.quoted,
        "recorded": one.recorded,
        "quoted_span": _span(one.quoted_span),
        "recorded_span": _span(one.recorded_span),
        "deciding": list(one.deciding),
        "marked": one.marked,
    }


def source_json(one: Source) -> dict[str, Any]:
    """One place with its statement, or its post and channel where no statement covers the words."""
    forward = one.forward
    return {
        "key": one.post,
        "version": one.version,
        "versions": one.versions,
        "later": one.later,
        "channel": one.channel,
        "channel_title": one.title,
        "date": _time(one.date),
        "date_basis": one.date_basis,
        "url": one.url,
        "text": one.words,
        "span": _span(one.span),
        "quoted_span": _span(one.quoted_span),
        "sentence": one.edges.sentence,
        "cut": list(one.edges.cut),
        "recounted": one.edges.recounted,
        "speaker": one.speaker,
        "role": one.role,
        "occasion": one.occasion,
        "said_on": one.said_on,
        "form": one.form,
        "author": one.author,
        "standing": list(one.standing),
        "forwarded_from": (forward.channel or forward.title or forward.author) if forward else None,
        "copies": one.copies,
    }


def cover_json(cover: Cover) -> dict[str, Any]:
    """What the archive covers: channels with first and last date and ids never seen, posts, languages."""
    return {
        "posts": cover.posts,
        "undated": cover.undated,
        "languages": list(cover.languages),
        "channels": [
            {
                "channel": c.channel,
                "posts": c.posts,
                "first": _time(c.first),
                "last": _time(c.last),
                "missing": c.missing,
            }
            for c in cover.channels
        ],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")

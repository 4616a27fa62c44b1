"""Was it ever said? A quotation against everything the archive holds.

The verdict comes from exact runs of words and their order, never from a likeness. The order of work: the words as one
run; else the passages that share the most telling words, laid beside the quotation word by word; else pieces of the
quotation, each exact, from one post or several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.ask.check_answer import Answer, Check
from onrecord.ask.check_finding import SHORT, Finding, Kind, find, judge, occurrences
from onrecord.ask.check_passages import Passage, Passages, Within
from onrecord.ask.check_quotation import Quotation, read
from onrecord.ask.check_speaker import said_by
from onrecord.ask.check_splice import Piece, splice
from onrecord.ask.check_telling import statement_of, told

CANDIDATES = 24
CANDIDATES_A_PART = 8
WORDS_A_PART = 8
MOST_PARTS = 6
MOST_PLACES = 200
PIECE_COST = 3
"""Changed words that weigh as much as one more piece: a splice is believed only where it explains more than that."""


@dataclass(frozen=True)
class Outcome:
    """What was found before it is told: a kind with its findings or pieces, or the nearest wording alone."""

    kind: Kind | None = None
    findings: tuple[Finding, ...] = ()
    pieces: tuple[Piece, ...] = ()
    nearest: Finding | None = None
    total: int = 0


def check(question: Check, passages: Passages) -> Answer:
    """The answer to a quotation check.

    Raises ``BadQuestion`` where the quotation holds no words, or too many.

    >>> from onrecord.ask.check_memory import MemoryPassages
    >>> held = MemoryPassages([Passage("sandvik/7", "sandvik/7", "sandvik", "We will not close the port of Sandvik.")])
    >>> check(Check(quotation="We will close the port of Sandvik now, he said"), held).verdict
    'not in this archive'
    >>> answer = check(Check(quotation="we will close the port of Sandvik"), held)
    >>> answer.verdict, check(Check(quotation="will not close the port"), held).verdict
    ('not in this archive', 'verbatim')
    """
    quotation = read(question.quotation)
    outcome = _outcome(quotation, question, passages)
    return told(question, quotation, outcome, passages)


def _outcome(quotation: Quotation, question: Check, passages: Passages) -> Outcome:
    verbatim, total = _verbatim(quotation, question.within, passages)
    if verbatim and (question.speaker is None or _is_by(question.speaker, verbatim, passages)):
        return Outcome("verbatim", tuple(verbatim), total=total)
    found = _candidates(quotation, question.within, passages)
    other = _judged(quotation, question, found, passages)
    if verbatim:
        by_named = other.kind is not None and question.speaker is not None
        if by_named and _is_by(question.speaker or "", other.findings, passages):
            return other
        return Outcome("verbatim", tuple(verbatim), total=total)
    return other


def _verbatim(quotation: Quotation, within: Within, passages: Passages) -> tuple[list[Finding], int]:
    holding, total = passages.exact(quotation.folded, within=within, limit=MOST_PLACES)
    found = [finding for passage in holding for finding in occurrences(quotation, passage)]
    return [finding for finding in found if len(finding.row) == 1], total


def _is_by(speaker: str, findings: Sequence[Finding], passages: Passages) -> bool:
    """Whether the record gives any of the places as the named speaker's."""
    names = passages.names()
    return any(said_by(speaker, statement_of(f.passage, f.span), f.passage, names) for f in findings)


def _candidates(quotation: Quotation, within: Within, passages: Passages) -> list[Finding]:
    held = passages.like(quotation.folded, within=within, limit=CANDIDATES)
    laid = [find(quotation, passage) for passage in held]
    return [finding for finding in laid if finding is not None]


def _judged(quotation: Quotation, question: Check, found: list[Finding], passages: Passages) -> Outcome:
    def texts_with(run: Sequence[str], most: int) -> int:
        return passages.texts_with(run, most=most)

    nearest = max(found, key=_closeness, default=None)
    judged = [
        (kind, finding) for finding in sorted(found, key=_closeness)[::-1][:6] if (kind := judge(finding, texts_with))
    ]
    best = _chosen(judged, question.speaker, passages)
    if best is not None and best[0] in ("verbatim", "shortened"):
        return Outcome(best[0], (best[1],), nearest=nearest, total=1)
    if len(quotation.words) >= SHORT:
        pieces = _pieces(quotation, question.within, found, passages)
        if pieces and (best is None or best[0] == "spliced" or _explains_more(pieces, best[1])):
            return Outcome("spliced", pieces=tuple(pieces), nearest=nearest)
    if best is None:
        return Outcome(nearest=nearest)
    return Outcome(best[0], (best[1],), nearest=nearest, total=1)


def _closeness(finding: Finding) -> tuple[float, int]:
    return finding.matched - 0.3 * len(finding.row), -finding.span.end + finding.span.start


def _chosen(judged: list[tuple[Kind, Finding]], speaker: str | None, passages: Passages) -> tuple[Kind, Finding] | None:
    """The finding to answer with: the named speaker's where there is one, else the mildest verdict, else the closest."""
    order = ("verbatim", "shortened", "altered", "spliced")
    ranked = sorted(judged, key=lambda pair: order.index(pair[0]))
    if speaker is not None:
        names = passages.names()
        own = [p for p in ranked if said_by(speaker, statement_of(p[1].passage, p[1].span), p[1].passage, names)]
        ranked = own or ranked
    return ranked[0] if ranked else None


def _explains_more(pieces: list[Piece], altered: Finding) -> bool:
    changed = len(altered.quotation.words) - altered.matched
    return changed > PIECE_COST * (len(pieces) - 1)


def _pieces(quotation: Quotation, within: Within, found: list[Finding], passages: Passages) -> list[Piece]:
    folded = quotation.folded
    parts = max(2, min(MOST_PARTS, len(folded) // WORDS_A_PART))
    near: dict[str, Passage] = {finding.passage.key: finding.passage for finding in found}
    for part in range(parts):
        start, end = part * len(folded) // parts, (part + 1) * len(folded) // parts
        held = passages.like(folded[start:end], within=within, limit=CANDIDATES_A_PART)
        near |= {passage.key: passage for passage in held}

    def exact(run: Sequence[str]) -> Passage | None:
        holding, _ = passages.exact(run, within=within, limit=1)
        return holding[0] if holding else None

    return splice(folded, near.values(), exact)


def with_speaker(question: Check, speaker: str) -> Check:
    """The same question with a speaker that an article names."""
    return replace(question, speaker=speaker, named_by="article")

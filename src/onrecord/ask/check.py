"""Was it ever said? A quotation against everything the archive holds.

The verdict comes from exact runs of words and their order, never from a likeness. The order of work: the words as one
run; else the passages that share the most telling words, laid beside the quotation word by word; else pieces of the
quotation, each exact, from one post or several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.ask.check_answer import Answer, Check
from onrecord.ask.check_finding import LONG, SHORT, STOCK, Finding, Kind, Outcome, find, judge, occurrences
from onrecord.ask.check_passages import FEW, WINDOW, Folded, Passage, Passages, holding, parts_of, window
from onrecord.ask.check_quotation import Quotation, read
from onrecord.ask.check_speaker import said_by
from onrecord.ask.check_splice import Piece, marked_pieces, splice
from onrecord.ask.check_telling import statement_of, told

CANDIDATES = 8
CANDIDATES_BY_RUNS = 8
MOST_PLACES = 200
MOST_LAID = 6
MOST_PARTS = 3
CLOSE = 2
BREAK = 0.3
MOST_JUDGED = 6
PROBE = 4
MOST_PROBES = 20
MOST_HOLDING = 8
FORMULA_SHARE = 0.6
FORMULA_TEXTS = 3
NEARLY_ALL = 0.9
"""Where so many texts hold that share of a quotation's words and none holds nearly all of them, they are a formula that
stands everywhere in slightly other words ("Next up, we will go to …")."""

PIECE_COST = 3
"""Changed words (see ``Finding.strain``) that weigh as much as one more piece: a splice must explain more than that."""


def check(question: Check, passages: Passages) -> Answer:
    """The answer to a quotation check.

    Raises ``BadQuestion`` where the quotation holds no words, or too many.

    >>> from onrecord.ask.check_memory import MemoryPassages
    >>> held = MemoryPassages([Passage("sandvik/7", "sandvik/7", "sandvik", "We will not close the port of Sandvik.")])
    >>> check(Check(quotation="We will certainly close the port of Sandvik"), held).verdict
    'altered'
    >>> check(Check(quotation="we will not close the port"), held).verdict
    'verbatim'
    """
    quotation = read(question.quotation)
    unknown = frozenset(word for word in quotation.folded if not passages.frequency(word))
    quotation = replace(quotation, unknown=unknown)
    return told(question, quotation, _Search(question, quotation, passages).outcome(), passages)


def with_speaker(question: Check, speaker: str) -> Check:
    """The same question with a speaker that an article names."""
    return replace(question, speaker=speaker, named_by="article")


class _Search:
    """One quotation on its way through the archive; each passage is folded once."""

    def __init__(self, question: Check, quotation: Quotation, passages: Passages) -> None:
        self._question = question
        self._quotation = quotation
        self._passages = passages
        self._seen: dict[str, Folded] = {}
        self._few: dict[str, int] = {}

    def outcome(self) -> Outcome:
        verbatim, total = self._verbatim()
        if verbatim and self._is_by_named(verbatim):
            return Outcome("verbatim", tuple(verbatim), total=total)
        if not verbatim:
            return self._judged()
        other = self._judged()
        own = other.findings[0] if other.findings and self._is_by_named(other.findings) else None
        return Outcome("verbatim", tuple(verbatim), total=total, own=own)

    def _folded(self, passage: Passage) -> Folded:
        return self._seen.setdefault(passage.key, Folded(passage))

    def _is_by_named(self, findings: Sequence[Finding]) -> bool:
        """Whether nobody was named, or the record gives one of the places as the named speaker's."""
        named = self._question.speaker
        if named is None:
            return True
        names = self._passages.names()
        return any(said_by(named, statement_of(f.passage, f.span), f.passage, names) for f in findings)

    def _verbatim(self) -> tuple[list[Finding], int]:
        run, during = self._quotation.folded, self._question.within
        held, total = holding(run, self._passages, within=during, limit=MOST_PLACES)
        found = [finding for passage in held for finding in occurrences(self._quotation, self._folded(passage))]
        return [finding for finding in found if finding.matched == len(self._quotation.words)], total

    def _exact(self, run: Sequence[str], *, limit: int) -> tuple[list[Folded], int]:
        found, total = self._passages.exact(run, within=self._question.within, limit=limit)
        return [self._folded(passage) for passage in found], total

    def _like(self, run: Sequence[str], *, limit: int) -> list[Folded]:
        return [self._folded(p) for p in self._passages.like(run, within=self._question.within, limit=limit)]

    def _near(self) -> list[Folded]:
        """The few passages that hold a part of the quotation as it stands: mostly the one that it was taken from."""
        for part in parts_of(self._quotation.folded, self._passages)[:MOST_PARTS]:
            held, total = self._exact(part, limit=FEW)
            if 0 < total <= FEW:
                self._few[" ".join(part)] = total
                return held
        return []

    def _laid(self, candidates: Iterable[Folded]) -> list[Finding]:
        """The candidates that share the most words, laid beside the quotation; those that could come no closer are not.

        Where a speaker is named, what comes less close may be the speaker's own words.
        """
        folded = self._quotation.folded
        held = ((candidate, set(candidate.plain)) for candidate in candidates)
        shared = [(sum(word in words for word in folded), n, candidate) for n, (candidate, words) in enumerate(held)]
        shared.sort(key=lambda triple: (-triple[0], triple[1]))
        enough = shared[0][0] - CLOSE if shared else 0
        laid: list[Finding] = []
        best = 0.0
        for n, (most, _, candidate) in enumerate(shared):
            if n >= MOST_LAID and most < enough:
                break
            if self._question.speaker is None and most - BREAK < best and most < FORMULA_SHARE * len(folded):
                break
            finding = find(self._quotation, candidate)
            if finding is not None:
                laid.append(finding)
                best = max(best, _closeness(finding))
        return laid

    def _judged(self) -> Outcome:
        long_enough = len(self._quotation.words) >= SHORT
        found = self._laid(self._near())
        best = self._best(found)
        if best is not None and self._is_settled(best):
            return Outcome(best[0], (best[1],), nearest=best[1], total=1)
        near = {finding.passage.key for finding in found}
        like = self._like(self._quotation.folded, limit=CANDIDATES)
        found = found + self._laid(folded for folded in like if folded.passage.key not in near)
        best = self._best(found)
        if best is None and long_enough:
            found = found + self._laid(self._by_short_runs(found))
            best = self._best(found)
        if best is not None and best[0] == "altered" and self._is_formula(best[1], found):
            best = None
        nearest = max(found, key=_closeness, default=None)
        if best is not None and best[0] in ("verbatim", "shortened"):
            return Outcome(best[0], (best[1],), nearest=nearest, total=1)
        # A splice has two pieces at least, so it cannot explain more than what little such a finding leaves open.
        may_be_spliced = best is None or best[0] == "spliced" or best[1].strain > PIECE_COST
        pieces = self._pieces() if long_enough and may_be_spliced else []
        if pieces and (best is None or best[0] == "spliced" or best[1].strain > PIECE_COST * (len(pieces) - 1)):
            return Outcome("spliced", pieces=tuple(pieces), nearest=nearest)
        if best is None:
            return Outcome(nearest=nearest)
        return Outcome(best[0], (best[1],), nearest=nearest, total=1)

    def _is_settled(self, best: tuple[Kind, Finding]) -> bool:
        """Whether no other passage can hold the words more closely: of those unread each lacks a word at least."""
        return self._question.speaker is None and (best[0] in ("verbatim", "shortened") or best[1].strain <= 1)

    def _best(self, found: list[Finding]) -> tuple[Kind, Finding] | None:
        """The finding to answer with: the named speaker's if any, else the mildest verdict, else the closest."""
        closest = sorted(found, key=_closeness, reverse=True)[:MOST_JUDGED]
        judged = [(kind, finding) for finding in closest if (kind := judge(finding, self._texts_with))]
        order = ("verbatim", "shortened", "altered", "spliced")
        judged.sort(key=lambda pair: order.index(pair[0]))
        own = [pair for pair in judged if self._is_by_named([pair[1]])]
        return next(iter(own or judged), None)

    def _is_formula(self, best: Finding, found: Sequence[Finding]) -> bool:
        length = len(self._quotation.words)
        if length < LONG or best.matched >= NEARLY_ALL * length:
            return False
        alike = [finding for finding in found if finding.matched >= FORMULA_SHARE * length]
        return len({" ".join(finding.folded.plain) for finding in alike}) >= FORMULA_TEXTS

    def _texts_with(self, run: Sequence[str], most: int) -> int:
        """How many texts hold a run, or a number up to ``most`` that it cannot exceed where that is enough to know."""
        known = [total for part, total in self._few.items() if f" {part} " in f" {' '.join(run)} "]
        rarest = min([*map(self._passages.frequency, run), *known])
        if rarest <= most:
            return rarest
        few = self._passages.texts_with(window(run, self._passages), most=most) if len(run) > WINDOW else most + 1
        return few if few <= most else self._passages.texts_with(run, most=most)

    def _by_short_runs(self, known: list[Finding]) -> list[Folded]:
        """Passages that hold short runs of the quotation, the most telling first: it may be all common words."""
        run = self._quotation.folded
        starts = range(0, len(run) - PROBE + 1, 2)
        telling = sorted(starts, key=lambda n: min(map(self._passages.frequency, run[n : n + PROBE])))
        counts: Counter[str] = Counter()
        seen = [f" {' '.join(folded.plain)} " for folded in self._seen.values()]
        for start in telling[:MOST_PROBES]:
            if any(f" {' '.join(run[start : start + PROBE])} " in text for text in seen):
                continue
            held, total = self._exact(run[start : start + PROBE], limit=MOST_HOLDING)
            counts.update(folded.passage.key for folded in held if total <= MOST_HOLDING)
        return self._unseen(known, [key for key, _ in counts.most_common()])[:CANDIDATES_BY_RUNS]

    def _unseen(self, known: list[Finding], keys: list[str]) -> list[Folded]:
        seen = {finding.passage.key for finding in known}
        return [self._seen[key] for key in keys if key not in seen]

    def _pieces(self) -> list[Piece]:
        def exact(wanted: Sequence[str]) -> Folded | None:
            return next(iter(self._exact(wanted, limit=1)[0]), None)

        run, marks = self._quotation.folded, self._quotation.marks
        pieces = splice(run, list(self._seen.values()), exact) or marked_pieces(run, marks, exact)
        parts = [run[piece.run.at : piece.run.at + piece.run.length] for piece in pieces]
        stock = [self._texts_with(part, STOCK) > STOCK for part in parts]
        if all(stock):
            return []
        # Out of one passage chance makes no splice, nor where the quotation marks its joints.
        is_told = len({piece.folded.passage.key for piece in pieces}) == 1 or len(pieces) <= len(marks) + 1
        return pieces if is_told or not any(stock) or len(run) < LONG else []


def _closeness(finding: Finding) -> float:
    return finding.matched - BREAK * len(finding.row)

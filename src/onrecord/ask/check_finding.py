"""A quotation found in a passage: the runs that they share, what stands between, and what the rule says of it.

The shares and lengths are the rule's; no likeness decides. Their numbers come from quotations of official briefings:
absent ones of 8 words find 62 % of their words in a row somewhere, of 12 words 50 %, of 25 words 36 % (median).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from onrecord.ask.check_align import MOST_LEFT_OUT, Run, align, in_place
from onrecord.ask.check_deciding import Deciding, among
from onrecord.ask.check_folds import parted
from onrecord.ask.check_passages import Folded, Passage
from onrecord.ask.check_quotation import Quotation, regrouped
from onrecord.model import Span, Statement
from onrecord.post.fold import Word

Kind = Literal["verbatim", "shortened", "altered", "spliced"]

SHORT = 8
LONG = 16
SHARE_SHORT = 0.85
SHARE_LONG = 0.70
TELLING_RUN = 5
OMISSION_COST = 1.5
SMALL_SURPLUS = 3
STOCK = 20
LONGEST_STRETCH = 1.3
"""Times the quotation's words that the stretch of the record may have, marked omissions apart: "nearly these words"."""

MEAN_RUN = 3
"""Words a run, on average: a subsequence of single words is chance, not a shortened quotation."""


@dataclass(frozen=True)
class Finding:
    """Where a quotation stands in a passage: ``row`` are the runs in order."""

    quotation: Quotation
    folded: Folded
    row: tuple[Run, ...]

    @property
    def passage(self) -> Passage:
        return self.folded.passage

    @property
    def words(self) -> Sequence[Word]:
        """The passage's words."""
        return self.folded.words

    @cached_property
    def matched(self) -> int:
        """Words of the quotation that stand in the passage in this order."""
        return sum(run.length for run in self.row)

    @property
    def span(self) -> Span:
        """From the first to the last shared word, in the passage's text."""
        return self.span_of(Run(0, self.row[0].there, self.row[-1].there + self.row[-1].length - self.row[0].there))

    def span_of(self, run: Run) -> Span:
        """The stretch of the passage's text that a run covers."""
        return Span(self.words[run.there].start, self.words[run.there + run.length - 1].end)

    @property
    def stretch(self) -> int:
        """Words of the passage from the first to the last shared one, without marked omissions."""
        whole = self.row[-1].there + self.row[-1].length - self.row[0].there
        return whole - sum(b.there - a.there - a.length for a, b in self.gaps if b.at in self.quotation.marks)

    @property
    def strain(self) -> float:
        """How much the finding leaves unexplained: changed words, unmarked omissions, lone words amid omissions."""
        cost = float(len(self.quotation.words) - self.matched)
        breaks = [n for n, (a, b) in enumerate(self.gaps) if self._surplus(a, b) > SMALL_SURPLUS]
        stones = sum(self.row[n + 1].length < 3 for n in breaks if n + 1 in breaks)
        return cost + OMISSION_COST * len(breaks) + stones

    def _surplus(self, first: Run, second: Run) -> int:
        """Words left out between two runs beyond those that were put in; 0 where the quotation marks it."""
        if second.at in self.quotation.marks:
            return 0
        return (second.there - first.there - first.length) - (second.at - first.at - first.length)

    @property
    def gaps(self) -> list[tuple[Run, Run]]:
        """The neighbouring runs between which something differs."""
        return list(zip(self.row, self.row[1:], strict=False))

    @property
    def is_one_stretch(self) -> bool:
        """Whether the pieces stand in one statement, or in none and so in the post itself."""
        span = self.span
        if any(covers(statement, span) for statement in self.passage.statements):
            return True
        return not any(covers(s, self.span_of(run)) for s in self.passage.statements for run in self.row)

    def left_out(self, first: Run, second: Run) -> tuple[Deciding, ...]:
        """The deciding classes of the words that stand between two runs."""
        return among(self.words[first.there + first.length : second.there], self.passage.text)


@dataclass(frozen=True)
class Outcome:
    """What a check found before it is told: a kind with its findings or pieces, or the nearest wording alone.

    ``pieces`` are (run, passage) in the order of the quotation; ``total`` counts the passages with the same words.
    ``own`` is where the named speaker said something close, though the words themselves are somebody else's.
    """

    kind: Kind | None = None
    findings: tuple[Finding, ...] = ()
    pieces: tuple[tuple[Run, Folded], ...] = ()
    nearest: Finding | None = None
    total: int = 0
    own: Finding | None = None


def covers(statement: Statement, span: Span) -> bool:
    """Whether the whole span lies in the statement."""
    return statement.start <= span.start and span.end <= statement.end


def find(quotation: Quotation, folded: Folded) -> Finding | None:
    """The quotation laid beside one passage; None where not even two words in a row are shared."""
    found = _laid(quotation, folded)
    if found is None or found.matched == len(quotation.words) or 2 * found.matched < len(quotation.words):
        return found
    there = {number for run in found.row for number in range(run.at, run.at + run.length)}
    other = regrouped(quotation, folded.plain, set(range(len(quotation.words))) - there)
    return found if other is None else _laid(other, folded)


def _laid(quotation: Quotation, folded: Folded) -> Finding | None:
    row = align(quotation.folded, folded.plain, quotation.marks)
    if not row:
        return None
    found = _parted(quotation, folded, row)
    longest = max(row, key=lambda run: run.length)
    if found is None or found.matched == len(quotation.words) or longest.length < MEAN_RUN:
        return found
    # Where many words are replaced, the best chain of runs may go astray among words that stand everywhere.
    other = _parted(quotation, folded, in_place(quotation.folded, folded.plain, longest))
    if other is None or other.matched < SHARE_LONG * len(quotation.words):
        return found
    is_far = found.stretch > LONGEST_STRETCH * len(quotation.words)
    return other if is_far or other.matched > found.matched else found


def _parted(quotation: Quotation, folded: Folded, row: list[Run]) -> Finding | None:
    if not quotation.is_plain and 2 * sum(run.length for run in row) > len(quotation.words):
        row = parted(row, (quotation.words, quotation.text), (folded.words, folded.passage.text))
    return Finding(quotation, folded, tuple(row)) if row else None


def occurrences(quotation: Quotation, folded: Folded, *, most: int = 10) -> list[Finding]:
    """Every place of the passage where the quotation stands as one run, ``most`` of them at the most."""
    text = f" {' '.join(folded.plain)} "
    run = f" {' '.join(quotation.folded)} "
    found: list[Finding] = []
    place = text.find(run)
    while place >= 0 and len(found) < most:
        row = [Run(0, text.count(" ", 0, place), len(quotation.words))]
        if not quotation.is_plain:
            row = parted(row, (quotation.words, quotation.text), (folded.words, folded.passage.text))
        found.append(Finding(quotation, folded, tuple(row)))
        place = text.find(run, place + len(run) - 1)
    return [finding for finding in found if finding.row]


def judge(finding: Finding, texts_with: Callable[[Sequence[str], int], int]) -> Kind | None:
    """What the rule says of a finding; None where it is too far from the record to be called anything.

    ``texts_with`` counts the different texts that hold a run, up to a bound.
    """
    length = len(finding.quotation.words)
    if finding.matched == length and len(finding.row) == 1:
        return "verbatim"
    if length < SHORT:
        return None
    if finding.matched == length:
        return _complete(finding, texts_with)
    share = finding.matched / length
    if finding.stretch > LONGEST_STRETCH * length:
        return None
    if length < LONG:
        return "altered" if share >= SHARE_SHORT and _is_no_chance(finding) else None
    return "altered" if share >= SHARE_LONG and _has_telling_run(finding, texts_with) else None


def _complete(finding: Finding, texts_with: Callable[[Sequence[str], int], int]) -> Kind | None:
    """Every word is there, in order, with omissions."""
    if not _is_no_chance(finding) and not _has_telling_run(finding, texts_with):
        return None
    if not finding.is_one_stretch:
        return "spliced"
    for first, second in finding.gaps:
        unmarked = second.at not in finding.quotation.marks
        if second.there - first.there - first.length > MOST_LEFT_OUT:
            return "spliced"
        if unmarked and finding.left_out(first, second):
            return "altered"
    return "shortened"


def _is_no_chance(finding: Finding) -> bool:
    return finding.matched >= MEAN_RUN * len(finding.row)


def _has_telling_run(finding: Finding, texts_with: Callable[[Sequence[str], int], int]) -> bool:
    folded = finding.quotation.folded
    for run in sorted(finding.row, key=lambda run: -run.length):
        if run.length < TELLING_RUN:
            return False
        if texts_with(folded[run.at : run.at + run.length], STOCK) <= STOCK:
            return True
    return False

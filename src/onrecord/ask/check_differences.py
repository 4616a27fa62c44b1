"""The differences between a quotation and the record, word by word, with the place on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.ask.check_deciding import CLASSES, Deciding, among, between
from onrecord.ask.check_finding import Finding
from onrecord.model import Span
from onrecord.post.fold import Word

DifferenceKind = Literal["replaced", "left out", "put in", "moved"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the quotation and the record differ; a side without words has an empty text and span.

    ``deciding`` are the classes of deciding words in it; ``marked`` tells that the quotation itself says that words
    are left out here.
    """

    kind: DifferenceKind
    quoted: str
    recorded: str
    quoted_span: Span
    recorded_span: Span
    deciding: tuple[Deciding, ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    words: Sequence[Word]
    text: str

    def cut(self, start: int, end: int) -> Span:
        """The stretch of the words from ``start`` to ``end``; empty before word ``start`` where there are none."""
        if start < end:
            return Span(self.words[start].start, self.words[end - 1].end)
        place = self.words[start].start if start < len(self.words) else len(self.text)
        return Span(place, place)


def differences(finding: Finding) -> tuple[Difference, ...]:
    """Every difference, those with deciding words first, then in the order of the quotation."""
    ours = _Side(finding.quotation.words, finding.quotation.text)
    theirs = _Side(finding.words, finding.passage.text)
    found = [
        _difference(ours, theirs, block, marked=block[0] in finding.quotation.marks and block[0] == block[1])
        for block in _blocks(finding)
    ]
    found = _moved(found)
    return tuple(sorted(found, key=lambda d: (_rank(d), d.quoted_span.start)))


def _rank(difference: Difference) -> int:
    return min((CLASSES.index(name) for name in difference.deciding), default=len(CLASSES))


def _blocks(finding: Finding) -> Iterator[tuple[int, int, int, int]]:
    """What stands between the runs, as (from, to) words of the quotation and (from, to) words of the passage."""
    first, last = finding.row[0], finding.row[-1]
    if first.at:
        yield 0, first.at, _head(finding), first.there
    for one, other in finding.gaps:
        yield one.at + one.length, other.at, one.there + one.length, other.there
    rest = len(finding.quotation.words) - last.at - last.length
    if rest:
        end = last.there + last.length
        yield last.at + last.length, len(finding.quotation.words), end, _tail(finding, end, rest)


def _head(finding: Finding) -> int:
    """The words before the first run that the quotation's own first words replace: as many, in the same sentence."""
    first = finding.row[0]
    start = first.there
    while start and first.there - start < first.at and _is_close(finding, start - 1):
        start -= 1
    return start


def _tail(finding: Finding, end: int, rest: int) -> int:
    stop = end
    while stop < len(finding.words) and stop - end < rest and _is_close(finding, stop - 1):
        stop += 1
    return stop


def _is_close(finding: Finding, number: int) -> bool:
    """Whether word ``number`` and the next one stand in one sentence."""
    between_words = finding.passage.text[finding.words[number].end : finding.words[number + 1].start]
    return not any(mark in between_words for mark in ".!?…\n")


def _difference(ours: _Side, theirs: _Side, block: tuple[int, int, int, int], *, marked: bool) -> Difference:
    mine, yours = ours.words[block[0] : block[1]], theirs.words[block[2] : block[3]]
    kind: DifferenceKind = "replaced" if mine and yours else "put in" if mine else "left out"
    here, there = ours.cut(block[0], block[1]), theirs.cut(block[2], block[3])
    if kind == "replaced":
        deciding = between(mine, ours.text, yours, theirs.text)
    else:
        deciding = among(mine, ours.text) if mine else among(yours, theirs.text)
    return Difference(
        kind, ours.text[here.start : here.end], theirs.text[there.start : there.end], here, there, deciding, marked
    )


def _moved(found: list[Difference]) -> list[Difference]:
    """Words put in at one place and left out at another were moved: one difference."""
    left_out = {d.recorded.casefold(): d for d in found if d.kind == "left out"}
    out, gone = [], set()
    for difference in found:
        origin = left_out.get(difference.quoted.casefold()) if difference.kind == "put in" else None
        if origin is not None and id(origin) not in gone:
            gone.add(id(origin))
            out.append(replace(difference, kind="moved", recorded=origin.recorded, recorded_span=origin.recorded_span))
        else:
            out.append(difference)
    return [difference for difference in out if id(difference) not in gone]

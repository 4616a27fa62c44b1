"""Verbs that tell an event together with their object: a bank raises its rate, a mission delivers generators."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.language import language, values
from onrecord.reading.names_tokens import Tokens

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb tells, and the kinds of words of which its clause must hold one; no kinds: it tells it alone."""

    type: str
    form: str
    object: frozenset[str] = NOTHING
    subject: frozenset[str] = NOTHING
    clause: frozenset[str] = NOTHING
    behind: frozenset[str] = NOTHING
    alone: bool = False


@dataclass(frozen=True)
class Frames:
    """The verbs of one language with their frames, and the nouns by their kinds."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str | tuple[str, ...], frozenset[str]]
    lengths: dict[str, tuple[int, ...]]

    def kinds(self, tokens: Tokens, at: int) -> frozenset[str]:
        """The kinds of the longest noun phrase of the table that begins at a word."""
        low = tokens.low
        lengths = self.lengths.get(low[at])
        if lengths is None:
            return NOTHING
        for length in lengths:
            found = self.nouns.get(low[at] if length == 1 else tuple(low[at : at + length]))
            if found:
                return found
        return NOTHING


@lru_cache(maxsize=8)
def event_frames(code: str) -> Frames:
    """The frames of one language, from ``event_verbs`` and ``event_objects``."""
    verbs: dict[str, tuple[Frame, ...]] = {}
    running = tuple(row["word"] for row in language(code).rows("event_grammar", kind="progressive-ending"))
    for row in language(code).rows("event_verbs"):
        needs: dict[str, set[str]] = {}
        for need in values(row["object"]):
            where, dash, kind = need.partition("-")
            needs.setdefault(where if dash else "", set()).add(kind if dash else need)
        sets = {where: frozenset(kinds) for where, kinds in needs.items()}
        for number, form in enumerate(values(row["word"])):
            frame = Frame(
                row["type"],
                "base"
                if number == 0
                else "progressive"
                if form.endswith(running)
                else "present"
                if number == 1
                else "past",
                sets.get("", NOTHING),
                sets.get("by", NOTHING),
                sets.get("any", NOTHING),
                sets.get("at", NOTHING),
                not sets or "alone" in sets.get("", NOTHING),
            )
            verbs[form] = (*verbs.get(form, ()), frame)
    nouns: dict[str | tuple[str, ...], frozenset[str]] = {}
    lengths: dict[str, tuple[int, ...]] = {}
    for row in language(code).rows("event_objects"):
        words = tuple(Tokens(row["word"]).low)
        key = words[0] if len(words) == 1 else words
        nouns[key] = nouns.get(key, NOTHING) | {row["kind"]}
        lengths[words[0]] = tuple(sorted({len(words), *lengths.get(words[0], ())}, reverse=True))
    return Frames(verbs, nouns, lengths)

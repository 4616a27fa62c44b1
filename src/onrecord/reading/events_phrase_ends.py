"""Where the noun phrases of an event's sentence end: before their verb, a comma, a phrase of its own."""

from __future__ import annotations

from onrecord.reading.events_words import Triggers
from onrecord.reading.names_tokens import Tokens

LONGEST = 16
CLOSING = frozenset("'\"“”«»„‘’*#")


class PhraseEnds:
    """Finds the ends of noun phrases in one text."""

    def __init__(self, tokens: Tokens, triggers: Triggers) -> None:
        self.tokens = tokens
        self.triggers = triggers
        self.grammar = triggers.grammar
        self._endings = (*triggers.grammar["verb-ending"], *triggers.grammar["adverb-ending"])

    def end(self, first: int, limit: int, *, through: bool = False) -> int:
        """The index behind the noun phrase that begins at a word: before its verb, a comma, a phrase of its own.

        ``through`` lets a list of names go on behind a comma ("leaders of Fiji, Samoa and Vanuatu").
        """
        tokens, grammar, at = self.tokens, self.grammar, first
        while at < limit and at - first < LONGEST:
            low = tokens.low[at]
            listed = through and "," in tokens.gaps[at] and tokens.capital(at)
            if at > first and not (listed or self._joined(at, limit)):
                break
            if low in grammar["keeps"]:
                of = low in grammar["of"]
                if (through and not of) or not self._runs_on(at, limit, of=of):
                    break
            elif low in grammar["ends-subject"] or low in grammar["ends-phrase"] or self.is_verb(at, first):
                break
            at += 1
        small = grammar["and"] | grammar["auxiliary"] | grammar["tail"]
        while at > first and tokens.low[at - 1] in small:
            at -= 1
        return at

    def _joined(self, at: int, limit: int) -> bool:
        """Whether a word belongs to the phrase before it: nothing but a space, a mark of quotation, a list's comma."""
        if self.tokens.soft(at) or not CLOSING.isdisjoint(self.tokens.gaps[at]):
            return True
        return self._listed(at, limit)

    def _listed(self, at: int, limit: int) -> bool:
        """Whether a comma stands inside a list: a name or an article follows, and "and" before the verb."""
        tokens = self.tokens
        if tokens.gaps[at].strip() == "'":
            return True
        if tokens.gaps[at].strip() != ",":
            return False
        if tokens.gaps[at] == "," and tokens.low[at][0].isdigit() and tokens.low[at - 1][-1].isdigit():
            return True  # "200,000 voters"
        if tokens.low[at] not in self.grammar["article"] and not tokens.capital(at):
            return False
        return not self.grammar["and"].isdisjoint(tokens.low[at : min(limit, at + 8)])

    def _runs_on(self, at: int, limit: int, *, of: bool) -> bool:
        """Whether a noun phrase goes on behind a preposition: "Embassy in Peru", not "team of 26", "in the end"."""
        after = at + 1
        if after >= limit or at in self.triggers.dated or after in self.triggers.dated:
            return False
        if of:
            counted = self.tokens.low[after][0].isdigit() or self.tokens.low[after] in self.triggers.numbers
            return not counted or (after + 1 < limit and self.tokens.capital(after + 1))
        while after < limit and self.tokens.low[after] in self.grammar["article"]:
            after += 1
        return after < limit and self.tokens.capital(after) and after not in self.triggers.dated

    def is_verb(self, at: int, first: int) -> bool:
        """Whether a word inside a sentence is a finite verb, or the adverb before one."""
        tokens, low = self.tokens, self.tokens.low[at]
        if tokens.capital(at) or at == first or low in self.grammar["adjective"]:
            return False
        if low in self.triggers.finite:
            return True
        if low.endswith(self._endings):
            return len(low) > 4 and tokens.low[at - 1] not in self.grammar["article"]
        return low.endswith("s") and tokens.low[at + 1 : at + 2] != [] and tokens.low[at + 1] in self.grammar["article"]

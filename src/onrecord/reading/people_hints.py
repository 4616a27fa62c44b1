"""Which state a bare title most likely stands for, where neither its words nor its sentence say so.

A list goes on with the state of its first official ("the Omani President Salim Al Amri and Prime Minister Ode");
whoever is met on a visit is the host's ("In Chile, she met with President Ode"); a counterpart, and an office that the
channel's own state does not have, are those of the state named last before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.people_apart import Named

_MOST_BETWEEN = 3  # words between two officials of one list: ", and included the"
_REACH = 4  # words between a visit and the state that is visited
_NEAR = 30  # words between a state and an office that can be its
_ENDS = frozenset(".!?\n")


class Hints:
    """What a text tells of states beside its titles; looked for only when a title is bare."""

    def __init__(self, tokens: Tokens, words: Vocabulary, own: str | None) -> None:
        self.tokens = tokens
        self.words = words
        self.own = own
        self._named: list[tuple[int, str]] | None = None
        self._own = False
        self._visited: list[tuple[int, str]] | None = None

    def state(self, named: Named, before: Named | None, known: str | None) -> str | None:
        """The state of an official whose title names none.

        ``before`` is the official named last before, who stands for ``known``.
        """
        if known is not None and before is not None and self._listed(before, named):
            return known
        if self._met(named.first):
            return self._host(named.first)
        return None

    def last_before(self, at: int) -> str | None:
        """The foreign state that is named last before a word, near enough to be the one spoken of."""
        if self._named is None:
            self._named = self._all_states()
        earlier = bisect_left(self._named, (at, ""))
        if not earlier or at - self._named[earlier - 1][0] > _NEAR:
            return None
        return self._named[earlier - 1][1]

    def most_named(self, at: int) -> str | None:
        """The foreign state that is named most often before a word; of equals the first."""
        if self._named is None:
            self._named = self._all_states()
        named = Counter(code for place, code in self._named if place < at)
        return max(named, key=lambda code: named[code], default=None)

    def names_own(self) -> bool:
        """Whether the text names the channel's own state."""
        if self._named is None:
            self._named = self._all_states()
        return self._own

    def _all_states(self) -> list[tuple[int, str]]:
        found = []
        for at in self.tokens.places(self.words.countries.first):
            if (form := self.words.countries.at(self.tokens, at)) is not None:
                found.append((at, form[0].code))
        self._own = any(code == self.own for _, code in found)
        return [(at, code) for at, code in found if code != self.own]

    def _listed(self, one: Named, two: Named) -> bool:
        """Whether two officials stand side by side in a list of one state's, and hold different offices."""
        tokens, words = self.tokens, self.words
        first, last = one.end, two.first
        if not 0 <= last - first <= _MOST_BETWEEN or tokens.low[one.office.head] == tokens.low[two.office.head]:
            return False
        if one.first and tokens.low[one.first - 1] in words.grammar["of-two"]:
            return False  # "between the Chilean Minister Ode and President Brandt"
        between = tokens.low[first:last]
        joined = words.ands | words.articles | words.grammar["among-them"]
        gaps = tokens.gaps[first : last + 1]
        if not set(between) <= joined or any(gap.strip() not in ("", ",") or "\n" in gap for gap in gaps):
            return False
        after = tokens.gaps[two.end] if two.end < len(tokens) else "."
        return bool(between) or after.strip() != "" or tokens.low[two.end] in words.ands  # no subject behind a comma

    def _met(self, at: int) -> bool:
        before = at - 1
        low, grammar = self.tokens.low, self.words.grammar
        if before >= 0 and (low[before] in self.words.articles or low[before] in grammar["his"]):
            before -= 1
        if before < 0:
            return False
        if before and low[before] in grammar["of"] and low[before - 1] in grammar["rite"]:
            return True
        if before and low[before] in grammar["by"]:
            return low[before - 1] in grammar["hosted"]
        if before and low[before] in grammar["with"] and self._companion(before - 1):
            return False
        return low[before] in grammar["meets"]

    def _companion(self, at: int) -> bool:
        """Whether "with" names who comes along: "travelled to Oslo with Minister Ode", "together with"."""
        return self.tokens.capital(at) or self.tokens.low[at] in self.words.grammar["along"]

    def _host(self, at: int) -> str | None:
        """The state visited, as told last before a word; None where that is the channel's own."""
        if self._visited is None:
            self._visited = self._all_visits()
        earlier = bisect_left(self._visited, (at, ""))
        host = self._visited[earlier - 1][1] if earlier else None
        return host if host != self.own else None

    def _all_visits(self) -> list[tuple[int, str]]:
        tokens, grammar = self.tokens, self.words.grammar
        found = [(at, self._to(at)) for at in tokens.places(grammar["visit"])]
        opening = (at for at in tokens.places(grammar["inside"]) if tokens.capital(at) and self._opens(at))
        found += [(at, self._state(at + 1)) for at in opening]
        return sorted((at, code) for at, code in found if code is not None)

    def _opens(self, at: int) -> bool:
        return at == 0 or not _ENDS.isdisjoint(self.tokens.gaps[at])

    def _to(self, at: int) -> str | None:
        """The state behind "a visit to", "visited", "a delegation to Oslo, Norway"."""
        for ahead in range(at + 1, min(at + 1 + _REACH, len(self.tokens))):
            if not _ENDS.isdisjoint(self.tokens.gaps[ahead]):
                return None
            code = self._state(ahead)
            if code is not None:
                to = self.tokens.low[at + 1 : ahead]
                return code if not to or not self.words.grammar["to-place"].isdisjoint(to) else None
        return None

    def _state(self, at: int) -> str | None:
        tokens, words = self.tokens, self.words
        if at < len(tokens) and tokens.low[at] in words.articles:
            at += 1
        found = words.countries.at(tokens, at) if at < len(tokens) else None
        return found[0].code if found is not None and found[0].kind not in ("adjective", "people") else None

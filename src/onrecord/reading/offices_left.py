"""What stands before the head of an office's title: "U.S. Coast Guard Vice", "former", "Russia's First Deputy"."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.names import is_name_word
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_bodies import ends_private, organisation_meant, spelt_out

PLACED = frozenset(("any", "firm", "clergy", "other"))
MOST_WORDS = 14


@dataclass(slots=True)
class Left:
    """Word indices: ``start`` is the first word; ``out`` are stretches that are no part of the role."""

    start: int
    out: list[tuple[int, int]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    country: str | None = None
    organisation: tuple[int, int] | None = None
    body: bool = False
    unknown: list[int] = field(default_factory=list)


def read_left(tokens: Tokens, head: int, kind: str, words: Vocabulary, floor: int) -> Left:
    """Reads leftwards from a head as far as its title goes."""
    left = Left(head)
    reader = _Reader(tokens, head, kind, words, max(floor, head - MOST_WORDS), left)
    while left.start > reader.floor:
        step = reader.step(left.start)
        if step == left.start:
            break
        left.start = step
    reader.finish()
    left.codes.reverse()
    return left


class _Reader:
    def __init__(self, tokens: Tokens, head: int, kind: str, words: Vocabulary, floor: int, left: Left) -> None:
        self.tokens = tokens
        self.head = head
        self.kind = kind
        self.words = words
        self.floor = floor
        self.left = left
        self.capital = tokens.capital(head)
        self.stopped = False

    def step(self, start: int) -> int:
        """The start moved over the word or phrase before it, or ``start`` where the title begins."""
        tokens, words = self.tokens, self.words
        gap, at = tokens.gaps[start], start - 1
        if gap.strip() == ")" and "\n" not in gap:
            return self._acronym(start)
        if self.stopped or not (tokens.soft(start) or gap == "-"):
            return start
        owned = tokens.low[at] == "s" and tokens.gaps[at].strip() == "'"
        end = at if owned else start
        found = words.countries.before(tokens, end)
        if found and found[1] >= self.floor:
            return self._country(found[1], end, start, found[0].code, found[0].kind)
        member = words.organisations.before(tokens, end)
        if member and member[1] >= self.floor:
            return self._member(member[1], end, start)
        if owned:
            return self._owner(end - 1, start)
        return self._address(start) or self._word(at, start)

    def _member(self, first: int, end: int, start: int) -> int:
        self.left.organisation = self.left.organisation or (first, end)
        self.left.out.append((first, start))
        return first

    def _address(self, start: int) -> int | None:
        address = self.words.honorifics.before(self.tokens, start)
        if (
            address is None
            or address[1] < self.floor
            or address[0].kind == "rank"
            or not self.tokens.capital(address[1])
        ):
            return None
        if address[1] == 0 and start == self.head and self.tokens.low[address[1]] in ("mr", "mrs", "ms"):
            return None
        self.left.out.append((address[1], start))
        self.stopped = True
        return address[1]

    def _word(self, at: int, start: int) -> int:
        tokens, words, left = self.tokens, self.words, self.left
        low = tokens.low[at]
        if left.unknown and left.unknown[-1] == start and low in words.place_prefixes and tokens.capital(at):
            left.unknown.append(at)
            return at
        if low in words.dropped and not (low in words.modifiers and tokens.capital(at)):
            if tokens.capital(at) and low in words.stops:
                return start
            left.out.append((at, start))
            return at
        if low in words.ands:
            return self._list(at, start)
        if low in words.prepositions:
            return self._body_of(at, start)
        if not self._fits_case(at) or (self.kind == "rank" and low not in ("former", "retired", "lieutenant", "major")):
            return start
        if low in words.modifiers:
            left.body = left.body or low in words.grammar["of-state"]
            return at
        body = words.bodies.before(tokens, start)
        if body and body[1] >= self.floor and (body[1] < at or tokens.capital(at)):
            left.body = left.body or body[0].kind == "state"
            left.country = left.country or body[0].code
            return body[1]
        if words.is_portfolio(low):
            left.body = left.body or tokens.capital(at)
            return at
        return self._proper(at, start)

    def _fits_case(self, at: int) -> bool:
        """Lower-case words belong to a title in lower case only, but "former" and the like to any."""
        if self.tokens.capital(at):
            return True
        low = self.tokens.low[at]
        return low in self.words.grammar["any-case"] if self.capital else low not in self.words.stops

    def _owner(self, owner: int, start: int) -> int:
        """ "the Foreign Ministry's …", "the UN Secretary-General's …": a body or office that owns the title."""
        tokens, words = self.tokens, self.words
        if owner < self.floor or not tokens.capital(owner):
            return start
        meant = organisation_meant(tokens, owner, words)
        if meant is not None:
            self.left.organisation = self.left.organisation or meant
            self.left.out.append((owner, start))
            return owner
        body = words.bodies.before(tokens, owner + 1)
        if body and body[1] >= self.floor:
            self.left.country = self.left.country or body[0].code
            self.left.body = True
            return body[1]
        head = words.heads.before(tokens, owner + 1)
        if head and head[1] >= self.floor:
            return head[1]
        if tokens.words[owner].isupper() and len(tokens.words[owner]) > 2:
            self.left.body = True  # the short form of a body that no table knows
            return owner
        return owner if words.is_portfolio(tokens.low[owner]) else start

    def _country(self, first: int, end: int, start: int, code: str, kind: str) -> int:
        """The state goes out of the role, unless its adjective opens a proper name ("American Rescue Plan …")."""
        left, words = self.left, self.words
        if kind == "seat" and end == start and not self._town(start):
            return start
        if kind == "seat" and end == start:
            left.country = left.country or code
            return first
        if left.unknown and start == left.unknown[-1] and self.kind in PLACED and end == start:
            left.country = left.country or code
            self.stopped = words.bodies.before(self.tokens, first) is None if first else True
            return first
        if left.country is None or left.country == code or self._joined_states(start):
            left.country = code
            left.codes.append(code)
            left.out.append((first, start))
            return first
        return start

    def _joined_states(self, start: int) -> bool:
        return start < self.head and self.tokens.low[start] in self.words.ands

    def _town(self, at: int) -> bool:
        """Whether a seat of government is only a town here: "Washington State …", "Kyiv Mayor"."""
        low = self.tokens.low
        grammar = self.words.grammar
        return low[at] in grammar["province"] or not grammar["seated-head"].isdisjoint((low[at], low[self.head]))

    def _list(self, at: int, start: int) -> int:
        """ "Trade and Industry Minister": goes over "and" where a field stands before it and no preposition does."""
        tokens, words, first = self.tokens, self.words, at - 1
        if first < self.floor or not tokens.soft(at) or start == self.head:
            return start
        if self.left.codes and (start, start) < (self.head, self.head) and words.countries.before(tokens, at):
            self.left.out.append((at, start))
            return at
        if (
            tokens.low[self.head] in words.grammar["chair-head"]
            and is_name_word(tokens, first, words)
            and first > 0
            and tokens.low[first - 1] in words.articles  # "the Ada and Tom Ode Professor"
        ):
            self.left.unknown.append(first)
            return first
        same = tokens.capital(first) == tokens.capital(start)
        if (
            not self._field(start)
            or not self._field(first)
            or not same
            or tokens.low[first] in words.grammar["body-noun"]
        ):
            return start
        while (
            first > self.floor and (tokens.soft(first) or tokens.gaps[first].strip() == ",") and self._field(first - 1)
        ):
            first -= 1
        if first == 0 or not tokens.soft(first) or not words.is_small(tokens.low[first - 1]):
            return first
        if tokens.low[first - 1] in words.ands and first > 1 and not self._field(first - 2):
            return first  # "met with Ode and National Security and Defence Council Secretary Lind"
        noun = self._body_of(first - 1, first) if tokens.low[first - 1] in words.grammar["of"] else first
        return noun if noun < first else start

    def _field(self, at: int) -> bool:
        low = self.tokens.low[at]
        return self.words.is_portfolio(low) and (
            low not in self.words.heads.first or self.words.heads.at(self.tokens, at) is None
        )

    def _body_of(self, at: int, start: int) -> int:
        """ "Council on Environmental Quality Chair": goes back over a preposition to the noun of a body."""
        tokens, noun = self.tokens, at - 1
        if start == self.head or noun < self.floor or not tokens.soft(at) or not tokens.capital(noun):
            return start
        between = tokens.low[start : self.head]
        fields = all(self.words.is_portfolio(low) or low in self.words.ands for low in between)
        if tokens.low[noun] not in self.words.grammar["body-noun"] or not fields:
            return start
        self.left.body = True
        return noun

    def _proper(self, at: int, start: int) -> int:
        """An unknown proper name before the head: a place, a firm, a programme."""
        tokens, left = self.tokens, self.left
        if not is_name_word(tokens, at, self.words) or len(left.unknown) >= 4:
            return start
        opening = at == 0 or not tokens.soft(at)
        if opening and tokens.low[at].endswith(tuple(self.words.grammar["verb-ending"])):
            return start
        placed = self.kind in PLACED or tokens.low[self.head] in self.words.grammar["local-head"]
        if (
            start == self.head
            and not placed
            and not tokens.low[at].endswith(tuple(self.words.grammar["people-ending"]))
        ):
            return start
        if tokens.words[at].isupper() and 1 < len(tokens.words[at]) <= 6 and self.kind == "any":
            left.body = True
        left.unknown.append(at)
        return at

    def _acronym(self, start: int) -> int:
        """ "Partnership for Central America (PCA)": goes back to the word whose initial the acronym opens with."""
        tokens, words, at = self.tokens, self.words, start - 1
        if not tokens.words[at].isupper() or len(tokens.words[at]) < 2 or tokens.gaps[at].strip() != "(":
            return start
        first = spelt_out(tokens, at, self.floor, words)
        if first == at:
            return start
        joined = any(tokens.low[word] in words.prepositions for word in range(first, at))
        if joined and tokens.low[first] not in words.grammar["body-noun"]:
            self.left.organisation = (first, start)
            self.left.out.append((first, start))
            self.stopped = True
        else:
            self.left.body = True
        return first

    def finish(self) -> None:
        """A firm's or a private body's name before the head is the organisation, and no part of the role."""
        left, tokens, words = self.left, self.tokens, self.words
        if left.start == self.head:
            return
        first, last = self._named_body()
        if tokens.low[self.head] in words.grammar["always-state"]:
            return
        if left.organisation is not None or first == last or tokens.low[self.head] in words.grammar["chair-head"]:
            return
        private = self.kind == "firm" or ends_private(tokens, first, last, words)
        bare = left.unknown and not left.body and self.kind == "any" and left.country is None
        graded = any(low in words.modifiers for low in tokens.low[first:last])
        if private or (bare and not graded):
            left.organisation = (first, last)
            left.out.append((first, last))

    def _named_body(self) -> tuple[int, int]:
        """The words before the head without the modifiers at its side and what is already out."""
        first, last = self.left.start, self.head
        taken = {at for one, two in self.left.out for at in range(one, two)}
        low, modifiers = self.tokens.low, self.words.modifiers
        while first < last and (first in taken or low[first] in modifiers):
            first += 1
        while first < last and (low[last - 1] in modifiers or last - 1 in taken):
            last -= 1
        return first, last

"""What stands before the head of an office's title: "U.S. Coast Guard Vice", "former", "Russia's First Deputy"."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.names import is_name_word
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Entry, Vocabulary

PLACED = frozenset(("any", "firm", "envoy", "clergy"))
SEATED = frozenset(("mayor", "governor", "sheriff", "bishop", "archbishop", "metropolitan"))
PROVINCES = frozenset(
    ("state", "city", "region", "oblast", "province", "district", "county", "metropolitan", "regional")
)
CHAIRS = frozenset(("professor", "fellow", "chair"))
LOCAL = (
    *("mayor", "governor", "senator", "representative", "congressman", "congresswoman", "councillor", "councilman"),
    *(
        "councilwoman",
        "sheriff",
        "lawmaker",
        "premier",
        "mp",
        "mep",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "state",
    ),
)
PLACED_HEADS = frozenset(LOCAL)
OF_A_PEOPLE = ("ian", "ean", "ese", "ish", "ean", "stani", "ven")
MOST_WORDS = 14


@dataclass
class Left:
    """Word indices: ``start`` is the first word; ``out`` are stretches that are no part of the role."""

    start: int
    out: list[tuple[int, int]] = field(default_factory=list)
    country: str | None = None
    organisation: tuple[int, int] | None = None
    body: bool = False
    unknown: list[int] = field(default_factory=list)


def read_left(tokens: Tokens, head: int, entry: Entry, words: Vocabulary, floor: int) -> Left:
    """Reads leftwards from a head as far as its title goes."""
    left = Left(head)
    reader = _Reader(tokens, head, entry, words, max(floor, head - MOST_WORDS), left)
    while left.start > reader.floor:
        step = reader.step(left.start)
        if step == left.start:
            break
        left.start = step
    reader.finish()
    return left


class _Reader:
    def __init__(self, tokens: Tokens, head: int, entry: Entry, words: Vocabulary, floor: int, left: Left) -> None:
        self.tokens = tokens
        self.head = head
        self.entry = entry
        self.words = words
        self.floor = floor
        self.left = left
        self.capital = tokens.capital(head)
        self.stopped = False

    def step(self, start: int) -> int:
        """The start moved over the word or phrase before it, or ``start`` where the title begins."""
        tokens, words = self.tokens, self.words
        gap = tokens.gaps[start]
        at = start - 1
        if gap.strip() == ")" and "\n" not in gap:
            return self._acronym(start)
        if self.stopped or not (tokens.soft(start) or gap == "-"):
            return start
        if tokens.low[at] == "s" and tokens.gaps[at].strip() == "'":
            return self._owner(at)
        found = words.countries.before(tokens, start)
        if found and found[1] >= self.floor:
            if found[0].kind == "seat" and self._place(start):
                self.left.country = self.left.country or found[0].code
                return found[1]
            return self._country(found[1], start, found[0].code)
        address = words.honorifics.before(tokens, start)
        if address and address[1] >= self.floor and tokens.capital(address[1]) and address[0].kind != "rank":
            self.left.out.append((address[1], start))
            self.stopped = True
            return address[1]
        member = words.organisations.before(tokens, start)
        if member and member[1] >= self.floor:
            self.left.organisation = (member[1], start)
            self.left.out.append((member[1], start))
            return member[1]
        return self._word(at, start)

    def _place(self, at: int) -> bool:
        """Whether a seat of government is only a town here: "Washington State …", "Kyiv Mayor"."""
        low = self.tokens.low[at]
        return low in PROVINCES or low in SEATED or self.tokens.low[self.head] in SEATED

    def _word(self, at: int, start: int) -> int:
        tokens, words, left = self.tokens, self.words, self.left
        low = tokens.low[at]
        if low in words.dropped and not (low in words.modifiers and tokens.capital(at)):
            if tokens.capital(at) and low in words.stops and not tokens.soft(at):
                return start
            left.out.append((at, start))
            return at
        if low == "designate" or not self._fits_case(at):
            return start
        if low in words.modifiers:
            return at
        body = words.bodies.before(tokens, start)
        if body and body[1] >= self.floor and body[1] < at:
            left.body = True
            left.country = left.country or body[0].code
            return body[1]
        if words.is_portfolio(low):
            left.body = left.body or tokens.capital(at)
            if body:
                left.country = left.country or body[0].code
            return at
        if body and tokens.capital(at):
            left.body = True
            left.country = left.country or body[0].code
            return at
        if low in ("and", "&"):
            return self._list(at, start)
        return self._proper(at, start)

    def _fits_case(self, at: int) -> bool:
        """Lower-case words belong to a title in lower case only, but "former" and the like to any."""
        if self.tokens.capital(at) or self.tokens.low[at] in ("and", "&"):
            return True
        if not self.capital:
            return self.tokens.low[at] not in self.words.stops
        return self.tokens.low[at] in (
            "former",
            "acting",
            "deputy",
            "ex",
            "interim",
            "outgoing",
            "incoming",
            "first",
            "caretaker",
        )

    def _owner(self, at: int) -> int:
        tokens, words = self.tokens, self.words
        start = at + 1
        found = words.countries.before(tokens, at)
        if found and found[1] >= self.floor:
            if found[0].kind == "seat" and self._place(start):
                self.left.country = self.left.country or found[0].code
                return found[1]
            return self._country(found[1], start, found[0].code)
        address = words.honorifics.before(tokens, start)
        if address and address[1] >= self.floor and tokens.capital(address[1]) and address[0].kind != "rank":
            self.left.out.append((address[1], start))
            self.stopped = True
            return address[1]
        member = words.organisations.before(tokens, at)
        if member and member[1] >= self.floor:
            self.left.organisation = (member[1], at)
            self.left.out.append((member[1], start))
            return member[1]
        owner = at - 1
        if owner >= self.floor and tokens.capital(owner):
            body = words.bodies.before(tokens, at)
            if body:
                self.left.country = self.left.country or body[0].code
            if body or words.is_portfolio(tokens.low[owner]):
                self.left.body = True
                return body[1] if body and body[1] >= self.floor else owner
        return start

    def _country(self, first: int, last: int, code: str) -> int:
        """The state goes out of the role, unless its adjective opens a proper name ("American Rescue Plan …")."""
        left = self.left
        if left.unknown and last == left.unknown[-1] and self.entry.kind in PLACED and not self.tokens.owned(last - 2):
            left.country = left.country or code
            self.stopped = True
            return first
        if left.country is None or left.country == code:
            left.country = code
            left.out.append((first, last))
            return first
        return last

    def _list(self, at: int, start: int) -> int:
        """ "Trade and Industry Minister": goes over "and" where a field stands before it and no preposition does."""
        tokens, words = self.tokens, self.words
        first = at - 1
        if first < self.floor or not tokens.soft(at) or start == self.head:
            return start
        if tokens.low[self.head] in CHAIRS and is_name_word(tokens, first, words) and self._titled(first):
            self.left.unknown.append(first)
            return first
        while (
            first >= self.floor
            and words.is_portfolio(tokens.low[first])
            and tokens.capital(first) == tokens.capital(start)
        ):
            if tokens.gaps[first].strip() == "," and first > self.floor:
                first -= 1
                continue
            break
        if not words.is_portfolio(tokens.low[first]) or tokens.low[first] in words.heads.first:
            return start
        if first > 0 and tokens.soft(first) and tokens.low[first - 1] in ("of", "for", "at", "and", "on"):
            return start
        return first if tokens.capital(first) == tokens.capital(start) else start

    def _proper(self, at: int, start: int) -> int:
        """An unknown proper name before the head: a place, a firm, a programme."""
        tokens, left = self.tokens, self.left
        if not is_name_word(tokens, at, self.words) or len(left.unknown) >= 4:
            return start
        opening = at == 0 or not tokens.soft(at)
        if opening and tokens.low[at].endswith(("ing", "ed")):
            return start
        head = self.tokens.low[self.head]
        adjacent = start == self.head
        if (
            adjacent
            and self.entry.kind not in PLACED
            and head not in PLACED_HEADS
            and not tokens.low[at].endswith(OF_A_PEOPLE)
        ):
            return start
        left.unknown.append(at)
        return at

    def _titled(self, first: int) -> bool:
        """A chair with its founders' names stands behind an article: "the Ada and Tom Ode Professor"."""
        return first > 0 and self.tokens.low[first - 1] in ("the", "a", "an")

    def _acronym(self, start: int) -> int:
        """ "Partnership for Central America (PCA)": goes back to the word whose initial the acronym opens with."""
        tokens = self.tokens
        at = start - 1
        word = tokens.words[at]
        if not word.isupper() or len(word) < 2 or tokens.gaps[at].strip() != "(":
            return start
        letters = list(word)
        first = at
        while letters and first > self.floor:
            first -= 1
            if tokens.capital(first):
                if tokens.words[first][0] == letters[-1]:
                    letters.pop()
                elif tokens.low[first] not in ("the",):
                    return start
            elif tokens.low[first] not in ("for", "of", "and", "the", "on", "in", "to"):
                return start
        if letters:
            return start
        if any(tokens.low[i] in ("for", "of") for i in range(first, at)):
            self.left.organisation = (first, start)
            self.left.out.append((first, start))
        else:
            self.left.body = True
        self.stopped = True
        return first

    def finish(self) -> None:
        """A firm's or a private body's name before the head is the organisation, and no part of the role."""
        left, tokens, words = self.left, self.tokens, self.words
        first, last = self._named_body()
        if left.organisation is not None or first == last:
            return
        if tokens.low[self.head] in CHAIRS:
            return
        if self.entry.kind == "firm" or self._private(first, last):
            left.organisation = (first, last)
            left.out.append((first, last))
        elif left.unknown and not left.body and self.entry.kind == "any" and tokens.low[self.head] not in PLACED_HEADS:
            if any(low in words.modifiers for low in tokens.low[first:last]) or left.country:
                return
            left.organisation = (first, last)
            left.out.append((first, last))

    def _named_body(self) -> tuple[int, int]:
        """The words before the head without the modifiers at its side and what is already out."""
        first, last = self.left.start, self.head
        taken = {at for one, two in self.left.out for at in range(one, two)}
        while first < last and (first in taken or self.tokens.low[first] in self.words.modifiers):
            first += 1
        while first < last and (self.tokens.low[last - 1] in self.words.modifiers or last - 1 in taken):
            last -= 1
        return first, last

    def _private(self, first: int, last: int) -> bool:
        for at in range(first, last):
            body = self.words.bodies.at(self.tokens, at)
            if body and body[1] == last:
                return body[0].kind == "private" and self.tokens.low[first] not in ("central", "national", "reserve")
        return False

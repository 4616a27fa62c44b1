"""The grammar of an office's title: what stands before its head ("Russia's First Deputy Foreign …"), the head, and
what follows it ("… of Foreign Affairs and Trade of Oman", "… to the President on economic issues")."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.names import name_end
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Entry, Vocabulary
from onrecord.reading.offices_left import SEATED, Left, read_left

PREPOSITIONS = frozenset(("of", "for", "to", "at", "in", "on", "with", "from", "under", "against", "between", "within"))
ARTICLES = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "this"))
CLOSERS = frozenset((")", '"', "”", "»", ")”", '")', "*", "**"))
OPENERS = frozenset(('"', "“", "«", "„"))
MOST_WORDS = 40


@dataclass
class Office:
    """A title as word indices: ``start`` to ``end`` all of it, ``head`` its first head word.

    ``out`` are the stretches that are no part of the role (state, organisation, "then"). ``also`` are titles joined to
    it that belong to another body.
    """

    start: int
    head: int
    end: int
    kind: str
    plural: bool
    out: list[tuple[int, int]] = field(default_factory=list)
    country: str | None = None
    codes: list[str] = field(default_factory=list)
    organisation: tuple[int, int] | None = None
    body: bool = False
    also: list[Office] = field(default_factory=list)
    head_end: int = 0


def read_office(tokens: Tokens, at: int, words: Vocabulary, floor: int = 0) -> Office | None:
    """The title whose head begins at a word, or None; nothing before the word ``floor`` belongs to it."""
    found = words.heads.at(tokens, at)
    if found is None:
        return None
    entry, end = found
    if not tokens.capital(at) and (entry.kind == "rank" or (end == at + 1 and words.is_portfolio(tokens.low[at]))):
        return None
    office = Office(at, at, end, entry.kind, entry.plural, country=entry.code, head_end=end)
    left = read_left(tokens, at, entry, words, floor)
    _take_left(office, left)
    _Right(tokens, words, office).read()
    if office.kind == "envoy":
        _bare(tokens, words, office)
    return office


def _take_left(office: Office, left: Left) -> None:
    office.start = left.start
    office.out.extend(left.out)
    office.country = left.country or office.country
    office.organisation = left.organisation
    office.body = left.body
    if left.country:
        office.codes.append(left.country)


def _bare(tokens: Tokens, words: Vocabulary, office: Office) -> None:
    """Envoys have the bare title: whom they are sent by, to and for is left out."""
    before = range(office.start, office.head)
    office.out.extend((at, at + 1) for at in before if tokens.low[at] not in words.modifiers)
    end = office.head_end
    if office.end > end:
        office.out.append((end, office.end))


class _Right:
    """Reads what follows a head, word by word, moving ``office.end``."""

    def __init__(self, tokens: Tokens, words: Vocabulary, office: Office) -> None:
        self.tokens = tokens
        self.words = words
        self.office = office
        self.limit = min(len(tokens), office.end + MOST_WORDS)

    def read(self) -> None:
        office, tokens = self.office, self.tokens
        at = office.end
        while at < self.limit:
            if self._acronym(at):
                at += 1
            elif not self.near(at):
                break
            elif (after := self.words.after.at(tokens, at)) and self._belongs(after):
                at = after[1]
                office.head_end = at if office.head_end == office.end else office.head_end
            elif tokens.low[at] in PREPOSITIONS:
                end = self._noun_phrase(at)
                if end == at:
                    break
                at = end
            elif tokens.low[at] in ("and", "cum") or tokens.gaps[at].strip() in ("-", "–", "/"):
                end = self._second(at)
                if end == at:
                    break
                at = end
            else:
                break
            office.end = at
        self._dash(at)

    def near(self, at: int) -> bool:
        """Whether a word stands right behind the last one, or behind a closing bracket or quotation mark."""
        if self.tokens.soft(at):
            return True
        gap = self.tokens.gaps[at]
        return gap.endswith(" ") and gap.strip() in CLOSERS and "\n" not in gap

    def _belongs(self, after: tuple[Entry, int]) -> bool:
        return True

    def _acronym(self, at: int) -> bool:
        tokens = self.tokens
        return (
            tokens.gaps[at] == " ("
            and tokens.words[at].isupper()
            and tokens.gaps[at + 1].startswith(")")
            and not self.words.countries.at(tokens, at)
        )

    def _second(self, at: int) -> int:
        """A second office behind "and": one role with the first, or its own where another body's."""
        start = at + 1 if self.tokens.low[at] in ("and", "cum") else at
        second = self._office_from(start)
        if second is None or self._two_persons(start):
            return at
        first = self.office
        if self._apart(second):
            first.also.append(second)
            first.out.append((at, second.end))
        else:
            first.out.extend(second.out)
            first.country = first.country or second.country
            first.codes.extend(second.codes)
            first.body = first.body or second.body
        return second.end

    def _apart(self, second: Office) -> bool:
        """Whether one of two joined offices is a state's and the other an organisation's."""
        first = self.office
        if second.organisation is not None and first.organisation is None:
            if first.country is None and first.kind in ("any", "firm"):
                first.organisation = second.organisation
                return False
            return True
        return first.organisation is not None and second.organisation is None

    def _office_from(self, start: int) -> Office | None:
        """The title that begins exactly at a word, its modifiers included."""
        tokens, words = self.tokens, self.words
        for head in range(start, min(start + 5, len(tokens))):
            if tokens.low[head] in words.heads.first:
                office = read_office(tokens, head, words, floor=start)
                if office is not None and office.start == start and office.kind != "rank":
                    return office
            if head > start and not tokens.soft(head):
                return None
        return None

    def _two_persons(self, start: int) -> bool:
        """Whether "the President and the Foreign Minister" are two: a holder of the first rank is no minister."""
        office, low = self.office, self.tokens.low
        first = " ".join(low[office.head : office.head_end])
        if self.office.plural or low[start] in ARTICLES:
            return True
        return first in ("president", "king", "pope", "emir", "chancellor") and low[start] not in (
            "ceo", "chairman", "chair", "chief", "supreme", "commander-in-chief", "founder", "director",
        )  # fmt: skip

    def _dash(self, at: int) -> None:
        """ "Deputy Prime Minister - Minister of Economy": one role."""
        while at < self.limit and self.tokens.gaps[at].strip() in ("-", "–", "/") and "\n" not in self.tokens.gaps[at]:
            end = self._second(at)
            if end == at:
                return
            self.office.end = at = end

    def _noun_phrase(self, preposition: int) -> int:
        """The index behind the noun phrase that a preposition opens, or the preposition's own where none does."""
        tokens = self.tokens
        at = preposition + 1
        if at >= self.limit or not (tokens.soft(at) or tokens.gaps[at].strip() in OPENERS):
            return preposition
        article = tokens.low[at] in ARTICLES
        if article:
            at += 1
        start, taken = at, False
        while at < self.limit:
            if taken and not self.near(at):
                step = self._over_gap(at)
            else:
                step = self._part(at, start, preposition, article, taken)
            if step == at:
                break
            at, taken = step, True
        if not taken:
            return preposition
        self._organisation(preposition, start, at)
        return at

    def _over_gap(self, at: int) -> int:
        """Goes on over a bracketed acronym, a quoted name or the comma of a list."""
        tokens, gap = self.tokens, self.tokens.gaps[at]
        if self._acronym(at):
            return at + 1
        if gap.strip() in OPENERS and "\n" not in gap:
            for end in range(at + 1, min(at + 9, len(tokens.gaps))):
                if any(mark in tokens.gaps[end] for mark in ('"', "”", "»")):
                    return end
            return at
        if gap.strip() == "," and "\n" not in gap and self._list_goes_on(at):
            return at + 1
        return at

    def _list_goes_on(self, at: int) -> bool:
        tokens, words = self.tokens, self.words
        end = at
        while end < min(at + 9, len(tokens)):
            low = tokens.low[end]
            if low in ("and", "&"):
                following = end + 1
                return following < len(tokens) and self._institutional(following)
            if not (words.is_portfolio(low) or low in words.modifiers) or low in words.heads.first:
                return False
            end += 1
            if end < len(tokens) and not tokens.soft(end) and tokens.gaps[end].strip() != ",":
                return False
        return False

    def _institutional(self, at: int) -> bool:
        tokens, words = self.tokens, self.words
        low = tokens.low[at]
        if not tokens.soft(at):
            return False
        if low in words.heads.first and not words.is_portfolio(low):
            return False
        return bool(
            words.is_portfolio(low)
            or low in words.modifiers
            or words.countries.at(tokens, at)
            or words.organisations.at(tokens, at)
        )

    def _part(self, at: int, start: int, preposition: int, article: bool, taken: bool) -> int:
        """The index behind the next part of a noun phrase, or ``at`` where the phrase is over."""
        tokens, words = self.tokens, self.words
        low = tokens.low[at]
        if low == "s" and tokens.gaps[at].strip() == "'":
            return at + 1
        country = words.countries.at(tokens, at)
        if country and not (at == start and self._opens_person(at, country[1], preposition)):
            return self._country(at, country[0].code, country[0].kind, country[1], start, preposition)
        found = words.organisations.at(tokens, at)
        if found:
            return self._member(at, found[1], preposition, found[0].kind)
        body = words.bodies.at(tokens, at)
        if body and (tokens.capital(at) or words.is_portfolio(low)):
            self.office.body = self.office.body or body[0].kind == "state"
            self.office.country = self.office.country or body[0].code
            return body[1]
        if (
            low in words.heads.first
            and (head := words.heads.at(tokens, at))
            and self._head_fits(at, head[1], start, article)
        ):
            return head[1]
        if low in ("and", "&"):
            following = at + 1
            if taken and following < self.limit and not self._office_ahead(following):
                return following if self._institutional(following) or self._of_a_body(following) else at
            return at
        if low in PREPOSITIONS:
            return self._noun_phrase(at) if taken else at
        if words.is_portfolio(low) or (low in words.modifiers and low not in ("minister",)):
            self.office.body = True
            return at + 1
        if tokens.capital(at) and low not in words.stops:
            return self._proper(at, start, taken)
        return at

    def _of_a_body(self, at: int) -> bool:
        """Whether an unknown word stands before the noun of a body ("Oceanic and Spheric Administration")."""
        tokens, after = self.tokens, at + 1
        return (
            after < self.limit
            and tokens.capital(at)
            and tokens.soft(at)
            and tokens.soft(after)
            and tokens.capital(after)
            and tokens.low[after] not in self.words.heads.first
            and self.words.is_portfolio(tokens.low[after])
        )

    def _opens_person(self, at: int, end: int, preposition: int) -> bool:
        return False

    def _office_ahead(self, at: int) -> bool:
        """Whether a title begins here: "and Foreign Minister …" is a second office, no part of the first."""
        tokens, words = self.tokens, self.words
        for ahead in range(at, min(at + 4, len(tokens))):
            if tokens.low[ahead] in words.heads.first and (head := words.heads.at(tokens, ahead)):
                return head[0].kind != "rank" and tokens.low[ahead] not in ("general", "justice", "home", "state")
            if not tokens.soft(ahead) or not words.is_portfolio(tokens.low[ahead]):
                return False
        return False

    def _head_fits(self, at: int, end: int, start: int, article: bool) -> bool:
        """A title inside a title: "of the President", "to the Vice President"; bare only before "of"."""
        if self.words.heads.at(self.tokens, at)[0].kind == "rank":  # type: ignore[index]
            return self.tokens.low[at] == "general" and at == start
        before_of = end < len(self.tokens) and self.tokens.low[end] == "of" and self.tokens.soft(end)
        opens = at == start or all(low in self.words.modifiers for low in self.tokens.low[start:at])
        return opens and (article or before_of)

    def _country(self, at: int, code: str, kind: str, end: int, start: int, preposition: int) -> int:
        tokens, office = self.tokens, self.office
        owned = tokens.owned(end - 1)
        last = end + 1 if owned else end
        word = tokens.low[preposition]
        whole = not owned and kind not in ("adjective",)
        if kind == "seat" and self.words.heads.at(tokens, office.head)[0].words[-1] in SEATED:  # type: ignore[index]
            office.country = office.country or code
            return last
        if whole and word != "of" and not (last < self.limit and tokens.soft(last) and self._institutional(last)):
            return last
        if office.country is None or office.country == code or office.plural:
            office.country = office.country or code
            office.codes.append(code)
            first = preposition if at == start and self._ends_phrase(last) else at
            office.out.append((first, last))
            self._join_of_list(at, code)
        return last

    def _ends_phrase(self, at: int) -> bool:
        """Whether a country was all of its phrase ("of Oman"), so that the preposition goes with it."""
        return at >= self.limit or not self.near(at) or not self._institutional(at)

    def _join_of_list(self, at: int, code: str) -> None:
        before = at - 1
        while before > 0 and self.tokens.low[before] in ("the", "and"):
            before -= 1
        if self.office.out and before < at - 1:
            self.office.out.append((before + 1, at))

    def _member(self, at: int, end: int, preposition: int, kind: str) -> int:
        office, tokens = self.office, self.tokens
        word = tokens.low[preposition]
        if word in ("of", "at", "for", "in", "within") and office.organisation is None and office.country is None:
            office.organisation = (at, end)
            office.out.append((preposition, end))
        return end + 1 if tokens.owned(end - 1) else end

    def _proper(self, at: int, start: int, taken: bool) -> int:
        """An unknown proper name inside a title: a place or body, or already the person's name."""
        tokens, words = self.tokens, self.words
        run = name_end(tokens, at, words)
        if run == at:
            return at
        if run < self.limit and tokens.soft(run) and tokens.capital(run):
            low = tokens.low[run]
            if words.is_portfolio(low) and low not in words.heads.first:
                return run
        if taken:
            return at
        place = at + 1
        if tokens.low[at] in words.place_prefixes and run > place:
            place += 1
            while place < run and not tokens.capital(place - 1):
                place += 1
        return place if run - place >= 2 else run

    def _organisation(self, preposition: int, start: int, end: int) -> None:
        """Notes a body that is not a state's ("at Harvard University"); its words are no part of the role."""
        office, tokens = self.office, self.tokens
        if office.organisation is not None or tokens.low[preposition] not in ("of", "at", "for"):
            return
        head = self._private_head(start, end)
        if head is None:
            return
        if preposition != office.head_end and tokens.low[preposition] != "at":
            return
        office.organisation = (start, end)
        office.out.append((preposition, end))
        office.country = office.country if self._named_before(preposition) else None

    def _named_before(self, preposition: int) -> bool:
        return any(first < preposition for first, _ in self.office.out if first < self.office.head)

    def _private_head(self, start: int, end: int) -> int | None:
        """The index of the word that makes a body private: its own head noun, not one of a later phrase."""
        tokens, words = self.tokens, self.words
        at = start - 1
        while at + 1 < end:
            at += 1
            if at > start and tokens.low[at] in PREPOSITIONS:
                return None
            country = words.countries.at(tokens, at)
            if country:
                at = country[1] - 1
                continue
            body = words.bodies.at(tokens, at)
            if body is None:
                continue
            if body[0].kind == "private" and not self._state_bank(start, end):
                return at
            if body[1] == end or tokens.low[body[1]] in PREPOSITIONS:
                return None
        return None

    def _state_bank(self, start: int, end: int) -> bool:
        return (
            self.tokens.low[start] in ("central", "national", "bank", "reserve")
            and "bank" in self.tokens.low[start:end]
        )

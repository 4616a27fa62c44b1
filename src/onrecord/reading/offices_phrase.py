"""The grammar of an office's title: what stands before its head ("Russia's First Deputy Foreign …"), the head, and
what follows it ("… of Foreign Affairs and Trade of Oman", "… to the President on economic issues")."""

from __future__ import annotations

from onrecord.reading.names import name_end
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_left import read_left
from onrecord.reading.offices_noun import NounPhrase
from onrecord.reading.offices_title import CLOSERS, Office, is_acronym

MOST_WORDS = 40
JOINS = frozenset(("-", "–", "/", "&"))
_NEAR_DISTRICT = 6
LONGEST_JOIN = 4  # a dash before more space is the bullet of a list that lost its lines


def read_office(tokens: Tokens, at: int, words: Vocabulary, floor: int = 0, *, joins: int = 2) -> Office | None:
    """The title whose head begins at a word, or None; nothing before the word ``floor`` belongs to it.

    At most ``joins`` further titles are joined to it by "and".

    >>> from onrecord.reading.offices import vocabulary
    >>> title = "Oman's Deputy Minister of Trade and Industry Salim"
    >>> office = read_office(Tokens(title), 3, vocabulary())
    >>> (office.start, office.head, office.end, office.country)
    (0, 3, 8, 'OM')
    """
    found = words.heads.at(tokens, at)
    if found is None or not _is_head(tokens, at, found[1], found[0].kind, words):
        return None
    entry, end = found
    office = Office(at, at, end, entry.kind, entry.plural, country=entry.code, head_end=end, fixed=entry.code)
    _take_left(office, tokens, words, floor)
    closed = end < len(tokens) and tokens.gaps[end] == " " and tokens.low[end] not in words.behind_title
    if words.bare or not closed:
        _Behind(tokens, words, office, joins).read()
    if office.kind == "envoy" and _of_a_district(tokens, words, office):
        office.kind = "state"
    elif office.kind == "envoy":
        _bare(tokens, words, office)
    return office


def _is_head(tokens: Tokens, at: int, end: int, kind: str, words: Vocabulary) -> bool:
    low = tokens.low[at]
    if not tokens.capital(at) and (kind == "rank" or (end == at + 1 and words.is_portfolio(low))):
        return False
    if (
        end == at + 1
        and at > 0
        and tokens.soft(at)
        and words.is_portfolio(low)
        and (tokens.low[at - 1] in words.ands or tokens.low[at - 1] in words.prepositions)
    ):
        return False
    if end == at + 1 and at > 0 and tokens.soft(at) and low == "justice" and words.is_portfolio(tokens.low[at - 1]):
        return False
    if end == at + 1 and at > 0 and low in words.also_names and tokens.soft(at):
        before = tokens.low[at - 1]
        known = before in words.common or before in words.countries.last or before in words.honorifics.last
        acronym = tokens.words[at - 1].isupper() and len(before) > 1
        return known or acronym or not tokens.capital(at - 1) or words.bodies.before(tokens, at) is not None
    return True


def _take_left(office: Office, tokens: Tokens, words: Vocabulary, floor: int) -> None:
    if office.head == floor or tokens.low[office.head - 1] in words.before_title:
        return  # nothing of the title stands before its head: most are so
    left = read_left(tokens, office.head, office.kind, words, floor)
    office.start = left.start
    office.out.extend(left.out)
    office.country = office.fixed or left.country
    office.organisation = left.organisation
    office.body = left.body
    office.codes.extend(left.codes)


def _of_a_district(tokens: Tokens, words: Vocabulary, office: Office) -> bool:
    """Whether a representative is a lawmaker: "U.S. Representative of the 12th District of …"."""
    behind = tokens.low[office.head_end : min(office.end, office.head_end + _NEAR_DISTRICT)]
    return not words.grammar["district"].isdisjoint(behind) and any(
        low[0].isdigit() or low in words.modifiers for low in behind
    )


def _bare(tokens: Tokens, words: Vocabulary, office: Office) -> None:
    """Envoys have the bare title: whom they are sent by, to and for is left out."""
    before = range(office.start, office.head)
    office.out.extend((at, at + 1) for at in before if tokens.low[at] not in words.modifiers)
    if office.end > office.head_end:
        office.out.append((office.head_end, office.end))


class _Behind:
    """Reads what follows a head, moving ``office.end``."""

    def __init__(self, tokens: Tokens, words: Vocabulary, office: Office, joins: int) -> None:
        self.tokens = tokens
        self.words = words
        self.office = office
        self.joins = joins
        self.limit = min(len(tokens), office.end + MOST_WORDS)
        self._noun: NounPhrase | None = None

    @property
    def noun(self) -> NounPhrase:
        if self._noun is None:
            self._noun = NounPhrase(self.tokens, self.words, self.office, self.limit)
        return self._noun

    def read(self) -> None:
        office = self.office
        while office.end < self.limit:
            end = self._step(office.end)
            if end == office.end:
                return
            office.end = end

    def _step(self, at: int) -> int:
        tokens, low = self.tokens, self.tokens.low[at]
        if is_acronym(tokens, at, self.words):
            return at + 1
        gap = tokens.gaps[at]
        if gap.strip() in JOINS and len(gap) < LONGEST_JOIN and "\n" not in gap:
            return self._second(at)
        if not (tokens.soft(at) or (gap.endswith(" ") and gap.strip() in CLOSERS and "\n" not in gap)):
            return at
        after = self.words.after.at(tokens, at)
        if after and self._grades(at, after[1]):
            self.office.head_end = after[1] if self.office.head_end == at else self.office.head_end
            return after[1]
        if low in self.words.prepositions and not self._name(at):
            return self.noun.read(at)
        if self.words.bare and (end := self.noun.read(at - 1)) > at - 1:
            return end
        return self._second(at) if low in self.words.ands else at

    def _name(self, at: int) -> bool:
        """Whether what looks like a preposition opens a name ("Prime Minister To Ode")."""
        return self.tokens.capital(at) and name_end(self.tokens, at, self.words) > at + 1

    def _grades(self, at: int, end: int) -> bool:
        """Whether "General", "Elect" … belong to the title, and are not a rank or the beginning of something else."""
        if self.tokens.low[at] != "general" or self.office.head_end != at:
            return self.office.head_end == at
        if at - self.office.head > 1:
            return False  # "Chief of Defence General Ode": a rank
        return self.office.kind != "rank" and self.tokens.low[at - 1] not in ("minister", "commander", "chief", "head")

    def _second(self, at: int) -> int:
        """A second office behind "and" or a dash: one role with the first, or its own where another body's."""
        start = at + 1 if self.tokens.low[at] in self.words.ands else at
        second = self._office_from(start) if self.joins else None
        if second is None or self._two_persons(start, second):
            return at
        first = self.office
        self.joins -= 1
        if self._of_two_bodies(second):
            first.also.append(second)
            first.out.append((at, second.end))
        else:
            first.out.extend(second.out)
            first.country = first.country or second.country
            first.codes.extend(second.codes)
            first.body = first.body or second.body
            first.kind = "firm" if "firm" in (first.kind, second.kind) else first.kind
        return second.end

    def _of_two_bodies(self, second: Office) -> bool:
        first = self.office
        if second.organisation is not None and first.organisation is None:
            if first.country is None and first.kind in ("any", "firm", "other"):
                first.organisation = second.organisation
                return False
            return first.kind != "firm" and second.kind != "firm"
        if first.organisation is None or second.organisation is not None:
            return False
        party = self.words.countries.at(self.tokens, first.organisation[0])
        of_state = second.kind == "state" or (second.kind == "any" and second.body and party is not None)
        if party is not None and of_state:
            second.country = second.country or party[0].code  # "Chilean Labour Party Leader and Minister"
        return second.country is not None or of_state

    def _office_from(self, start: int) -> Office | None:
        """The title that begins exactly at a word, its modifiers included."""
        tokens, words = self.tokens, self.words
        best = None
        for head in range(start, min(start + 8, self.limit)):
            if (head > start and not tokens.soft(head)) or (best is not None and best.end > best.head_end):
                break
            if head > start and tokens.low[head] in words.ands:
                break
            if tokens.low[head] in words.heads.first:
                office = read_office(tokens, head, words, floor=start, joins=self.joins - 1)
                if office is not None and office.start == start and office.kind != "rank":
                    best = office
        return best

    def _two_persons(self, start: int, second: Office) -> bool:
        """Whether "the President and the Foreign Minister" are two: a holder of the first rank is no minister."""
        office, low = self.office, self.tokens.low
        if office.plural or second.plural or low[start] in self.words.articles:
            return True
        grammar = self.words.grammar
        if low[start] in grammar["bare-second"] and second.end == start + 1 and self._led_by_article():
            return True  # "the Vice President and Minister Ode"
        first = " ".join(low[office.head : office.head_end])
        stands_in = office.start < office.head and low[office.head - 1] in grammar["acting"]
        return first in grammar["first-rank"] and not stands_in and low[start] not in grammar["beside-first-rank"]

    def _led_by_article(self) -> bool:
        before = self.office.start - 1
        return before >= 0 and self.tokens.low[before] in self.words.articles and self.tokens.soft(before + 1)

"""The noun phrase behind an office's head: "of Foreign Affairs and Trade of Oman", "at the Institute of Peace".

The hard part is where it ends and the person's name begins, without a list of given names: words of government, states
and organisations belong to the phrase; the first unknown proper name behind them is the person's.
"""

from __future__ import annotations

from onrecord.reading.names import name_end
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_ahead import in_town, in_unit, office_ahead, opens_body, region_end
from onrecord.reading.offices_bodies import is_private
from onrecord.reading.offices_title import (
    CLOSERS,
    OPENERS,
    Office,
    is_acronym,
    is_institutional,
    is_numbered,
    is_rank,
    list_goes_on,
)

LONGEST_ACRONYM = 6


class NounPhrase:
    """Reads noun phrases into one office."""

    def __init__(self, tokens: Tokens, words: Vocabulary, office: Office, limit: int) -> None:
        self.tokens = tokens
        self.words = words
        self.office = office
        self.limit = limit
        self.listed = False  # whether a comma has joined two fields: only then does one stand before "and"

    def read(self, preposition: int) -> int:
        """The index behind the phrase that a preposition opens, or the preposition's own where none does."""
        tokens, word = self.tokens, self._tie(preposition)
        at = preposition + 1
        if at >= self.limit or not (tokens.soft(at) or tokens.gaps[at].strip() in OPENERS):
            return preposition
        placing = word in self.words.grammar["place-preposition"] and self.office.kind in ("state", "monarch", "rank")
        if placing and not in_unit(tokens, at, self.office, self.words):
            return preposition
        article = tokens.low[at] in self.words.articles
        at = start = at + 1 if article else at
        while at < self.limit:
            known = at == start or self._near(at)
            step = self._part(at, start, preposition, article) if known else self._over_gap(at)
            if step == at:
                break
            at = step
        if at == start:
            return preposition
        self._note_organisation(preposition, start, at)
        if in_town(tokens, preposition, start, at, self.words):
            self.office.out.append((preposition, at))
        return at

    def _tie(self, preposition: int) -> str:
        """The preposition of a phrase; where the language needs none, what stands for it."""
        low = self.tokens.low[preposition]
        return "of" if self.words.bare and low not in self.words.prepositions else low

    def _near(self, at: int) -> bool:
        """Whether a word stands right behind the last one, or behind a closing bracket or quotation mark."""
        gap = self.tokens.gaps[at]
        if gap.strip() == "'" and "\n" not in gap:
            return True
        return self.tokens.soft(at) or gap == "/" or (gap.endswith(" ") and gap.strip() in CLOSERS and "\n" not in gap)

    def _over_gap(self, at: int) -> int:
        """Goes on over a bracketed acronym, a quoted name or the comma of a list."""
        tokens, gap = self.tokens, self.tokens.gaps[at]
        if is_acronym(tokens, at, self.words):
            return at + 1
        if "\n" in gap:
            return at
        if gap.strip() in OPENERS:
            ends = range(at + 1, min(at + 9, len(tokens.gaps)))
            return next((end for end in ends if any(mark in tokens.gaps[end] for mark in '"”»')), at)
        if gap == ", " and (region := region_end(tokens, at, self.office, self.words)) > at:
            self.office.region = True
            return region
        if (
            gap.strip() != ","
            or (tokens.low[at] in self.words.ands and not self.listed)
            or not list_goes_on(tokens, at, self.words)
        ):
            return at
        self.listed = True
        return at + 1

    def _part(self, at: int, start: int, preposition: int, article: bool) -> int:
        """The index behind the next part of the phrase, or ``at`` where the phrase is over."""
        tokens, words, low = self.tokens, self.words, self.tokens.low[at]
        if low == "s" and tokens.gaps[at].strip() == "'":
            return at + 1
        if low in words.honorifics.first and at > start and is_rank(tokens, at, words):
            return at
        if low in words.prepositions:
            name = tokens.capital(at) and name_end(tokens, at, words) > at + 1
            return self.read(at) if at > start and not name else at
        if low in words.ands:
            return self._and(at) if at > start else at
        if low in words.countries.first and (country := words.countries.at(tokens, at)):
            return self._country(at, country[0].code, country[0].kind, country[1], start, preposition)
        if low in words.organisations.first and (member := words.organisations.at(tokens, at)):
            return self._member(at, member[1], start, preposition)
        if low in words.bodies.first and (step := self._body(at, start, preposition)) > at:
            return step
        if low in words.heads.first and (step := self._title(at, start, article)) > at:
            return step
        if words.is_portfolio(low) or low in words.modifiers or is_numbered(tokens, at, words):
            self.office.body = self.office.body or tokens.capital(at)
            return at + 1
        if low in words.articles and at > start and at + 1 < self.limit and self._gerund(at - 1):
            return at + 1 if is_institutional(tokens, at + 1, words) else at
        if self._gerund(at) or (low in words.grammar["talks"] and at > start and tokens.capital(at)):
            return at + 1
        if words.bare and self._tie(preposition) == "of":
            return at
        return self._proper(at, start) if tokens.capital(at) and low not in words.stops else at

    def _gerund(self, at: int) -> bool:
        """Whether a word is what an office does ("for Ensuring the Right …", "on preventing …")."""
        low = self.tokens.low[at]
        before = self.tokens.low[at - 1]
        return (
            len(low) > 5
            and low.endswith(tuple(self.words.grammar["gerund"]))
            and before in self.words.prepositions
            and low not in self.words.stops
        )

    def _and(self, at: int) -> int:
        tokens, following = self.tokens, at + 1
        if following >= self.limit or office_ahead(tokens, following, self.limit, self.words):
            return at
        if is_institutional(tokens, following, self.words) or opens_body(tokens, following, self.limit, self.words):
            return following
        behind = following + 1
        article = tokens.low[following] == "the" and behind < self.limit and tokens.soft(behind)
        return behind if article and self.words.countries.at(tokens, behind) else at

    def _title(self, at: int, start: int, article: bool) -> int:
        """A title inside a title: "of the President", "to the Vice President"; bare only before "of"."""
        tokens, words = self.tokens, self.words
        head = words.heads.at(tokens, at)
        if head is None:
            return at
        end = head[1]
        if head[0].kind == "rank":
            return end if words.is_portfolio(tokens.low[at]) and at == start else at
        if end == at + 1 and words.is_portfolio(tokens.low[at]):
            return end
        before_of = end < len(tokens) and tokens.low[end] == "of" and tokens.soft(end)
        first = self.office.organisation[1] if self.office.organisation else start  # "of the UN Secretary-General"
        graded = all(low in words.modifiers or words.is_portfolio(low) for low in tokens.low[max(start, first) : at])
        if graded and (article or before_of or head[0].plural or tokens.owned(end - 1)):
            self.office.body = True
            self.office.vanished |= " ".join(head[0].words) in words.grammar["international-head"]
            return end
        return at

    def _body(self, at: int, start: int, preposition: int) -> int:
        tokens, office = self.tokens, self.office
        found = self.words.bodies.at(tokens, at)
        if found is None or not (tokens.capital(at) or self.words.is_portfolio(tokens.low[at])):
            return at
        entry, end = found
        if entry.kind == "vanished":
            office.vanished = True
            office.out.append((preposition, end) if at == start else (at, end))
        else:
            office.body = office.body or entry.kind == "state"
            office.country = office.country or entry.code
        return end

    def _country(self, at: int, code: str, kind: str, end: int, start: int, preposition: int) -> int:
        tokens, office, word = self.tokens, self.office, self._tie(preposition)
        owned = tokens.owned(end - 1)
        last = end + 1 if owned else end
        if (
            at > start
            and (tokens.low[at - 1] in self.words.ands or tokens.low[at - 1] in self.words.prepositions)
            and last < self.limit
            and tokens.low[last] in self.words.grammar["abroad"]
            and tokens.soft(last)
        ):
            office.country = office.country or code
            return last
        if kind == "people" and at > start:
            return last
        title = tokens.low[office.head_end - 1]
        goes_on = last < self.limit and (
            is_institutional(tokens, last, self.words)
            or (tokens.capital(last) and opens_body(tokens, last, self.limit, self.words))
        )
        if kind == "seat" and (title in self.words.grammar["seated-head"] or not owned):
            office.country = office.country or (code if title in self.words.grammar["seated-head"] else None)
            return last
        if kind != "adjective" and not owned and word != "of" and not goes_on:
            return last
        if office.country is None or office.country == code or office.plural:
            office.country = office.country or code
            office.codes.append(code)
            if not (kind == "adjective" and self._programme(last)):
                office.out.append((self._with_preposition(at, start, preposition, goes_on), last))
        return last

    def _programme(self, at: int) -> bool:
        """Whether a state's adjective opens the name of a programme: "the Chilean Rescue Plan"."""
        after = at + 1
        named = after < self.limit and self.tokens.capital(at) and self.tokens.capital(after)
        return named and self.tokens.low[after] in self.words.grammar["programme"]

    def _with_preposition(self, at: int, start: int, preposition: int, goes_on: bool) -> int:
        """Where a state's stretch begins: with its preposition, unless its phrase goes on ("of the Omani Navy")."""
        before = at - 1
        if self.office.plural and self.tokens.low[before] == "the":
            before -= 1
        if self.office.plural and self.tokens.low[before] == "and":
            return before
        bare = self.words.bare and self.tokens.low[preposition] not in self.words.prepositions
        return preposition if at == start and not goes_on and not bare else at

    def _member(self, at: int, end: int, start: int, preposition: int) -> int:
        """An organisation of states is whose the office is, unless its name only opens that of a state's body."""
        office, tokens, words = self.office, self.tokens, self.words
        word, last = self._tie(preposition), end
        while last < self.limit and tokens.soft(last) and tokens.capital(last) and words.is_portfolio(tokens.low[last]):
            last += 1
        if last > end and tokens.low[last - 1] in words.grammar["field"]:
            office.body = True  # "Agency for European Union Affairs": a field of a state's body
            return last
        behind = last + 1 if tokens.owned(last - 1) else last
        fits = word in words.grammar["of-organisation"] and (at == start or at == preposition + 1)
        if fits and office.organisation is None and office.country is None:
            office.organisation = (at, last)
            owner = behind > last or self._owns(last)  # "Head of the Union's Mission" stays "Head of Mission"
            office.out.append((at if self.words.bare or owner else preposition, behind))
        return behind

    def _owns(self, last: int) -> bool:
        """Whether the word before is owned by an apostrophe alone: "the Institutes' wing"."""
        return last < self.limit and self.tokens.gaps[last] == "' " and self.tokens.low[last - 1].endswith("s")

    def _proper(self, at: int, start: int) -> int:
        """An unknown proper name inside a title: a place or body, or already the person's name."""
        tokens, words = self.tokens, self.words
        run = name_end(tokens, at, words)
        if run == at:
            return at
        if tokens.words[at].isupper() and 1 < len(tokens.words[at]) <= LONGEST_ACRONYM:
            self.office.body = True
        if run < self.limit and tokens.soft(run):
            low = tokens.low[run]
            institutional = words.is_portfolio(low) and low not in words.heads.first
            if tokens.capital(run) and institutional:
                return run
            if run == at + 1 and low in words.ands and self._and(run) > run and tokens.capital(self._and(run)):
                return run
        if at > start:
            return run - 2 if run - at > 2 and self._unfinished(start, at) else at
        place = at + 1
        if tokens.low[at] in words.place_prefixes and run > place:
            place += 1
            while place < run and not tokens.capital(place - 1):
                place += 1
        return place if run - place >= 2 else run

    def _unfinished(self, start: int, at: int) -> bool:
        """Whether the noun of a body must still come: "the World Relief (Pool) Anna Ode", of no state's office."""
        tokens, words, office = self.tokens, self.words, self.office
        known = words.bodies.before(tokens, at) is not None or tokens.low[at - 1] in words.grammar["body-noun"]
        plain = all(tokens.capital(word) and tokens.soft(word) for word in range(start, at))
        if known or not plain or at - start < 2 or office.kind not in ("any", "other", "firm"):
            return False
        office.vanished = tokens.low[start - 1] in words.articles
        return office.vanished

    def _note_organisation(self, preposition: int, start: int, end: int) -> None:
        """Notes a body that is not a state's ("at Harvard University"); its words are no part of the role."""
        office, word = self.office, self._tie(preposition)
        if office.organisation is not None or word not in self.words.grammar["of-body"]:
            return
        if preposition != office.head_end and word not in self.words.grammar["at-body"]:
            return
        title = " ".join(self.tokens.low[office.head : office.head_end])
        firm = title in self.words.grammar["firm-head"] and not office.body and office.country is None
        private = office.kind == "firm" or firm or is_private(self.tokens, start, end, self.words)
        if not private and not (office.vanished and self._unfinished(start, end)):
            return
        office.organisation = (start, end)
        office.out.append((preposition, end))
        before = any(first < office.head for first, _ in office.out)
        office.country = office.country if before else office.fixed

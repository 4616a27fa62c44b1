"""Whose voice a sentence carries: subjects, pronouns, "according to", and who spoke last.

"They" takes over joint speakers; "It was agreed" has the subject of the last sentence with a verb of speech; after a
summons the ministry speaks (the reading guide, `statements`, reported).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from onrecord.model import Span
from onrecord.reading.quotations import Quotation
from onrecord.reading.statements_clauses import Clauses, Found
from onrecord.reading.statements_speaker import Speaker, Speakers
from onrecord.reading.statements_subjects import Phrase
from onrecord.reading.statements_tokens import QUOTE

_MEMORY = 6  # sentences that are looked back on for a pronoun


class Voices:
    """Carries from sentence to sentence of one post who spoke."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers = speakers
        self.words = speakers.words
        self.seen: deque[tuple[Span, Sequence[Quotation]]] = deque(maxlen=_MEMORY)
        self._read: dict[int, Clauses] = {}
        self.last: Speaker | None = None
        self.single: Speaker | None = None
        self.single_in: Span | None = None
        self.joint: Speaker | None = None
        self.summoner: Speaker | None = None

    def clauses(self, span: Span, quotes: Sequence[Quotation]) -> Clauses:
        """The clauses of a sentence, made once."""
        made = self._read.get(span.start)
        if made is None or made.span != span:
            if len(self._read) > _MEMORY * 2:
                self._read.clear()
            made = self._read[span.start] = Clauses(self.speakers.people.tokens, span, quotes, self.words)
        return made

    def _earlier(self, clauses: Clauses) -> Iterator[Clauses]:
        """The sentences before, the nearest first; they are taken apart only when a pronoun asks for them."""
        for span, quotes in reversed(self.seen):
            if span != clauses.span:
                yield self.clauses(span, quotes)

    def of_saying(self, clauses: Clauses, one: Found) -> Speaker | None:
        """The speaker of a verb of saying; a passive without agent has the last one's."""
        if one.subject is None:
            return self.summoner or self.last or self._several(clauses)
        return self.of(clauses, one.subject)

    def unnamed(self, clauses: Clauses, one: Found) -> Speaker | None:
        """ "They" as written, where somebody is known but no words for several stand before."""
        if one.subject is None or not self.speakers.known:
            return None
        plural = clauses.low(one.subject.first) in self.words.pronouns["plural"]
        return Speaker(clauses.phrase_text(one.subject), None, None) if plural else None

    def of(self, clauses: Clauses, phrase: Phrase) -> Speaker | None:
        """The speaker for whom a phrase stands; None for a pronoun that means nobody known."""
        low, pronouns = clauses.low(phrase.first), self.words.pronouns
        if phrase.last - phrase.first == 1:
            if low in pronouns["singular"] or low in pronouns["possessive"]:
                return self._one(clauses, phrase)
            if low in pronouns["plural"] or low in pronouns["plural-object"] or low in pronouns["plural-possessive"]:
                return self._several(clauses)
        return self._named(clauses, phrase)

    def _named(self, clauses: Clauses, phrase: Phrase) -> Speaker:
        return self.speakers.of_phrase(clauses.phrase_text(phrase), clauses.starts[phrase.first])

    def _one(self, clauses: Clauses, phrase: Phrase) -> Speaker | None:
        for earlier in self._earlier(clauses):
            if self.single is not None and earlier.span == self.single_in:
                return self.single
            subject = earlier.first_subject
            if subject is None or earlier.is_plural(subject):
                continue
            if earlier.low(subject.first) not in self.words.pronouns["singular"]:
                named = self._named(earlier, subject)
                if named.role is not None and self.speakers.is_one_person(named):
                    return named
        if self.single is not None:
            return self.single
        return self.speakers.before(clauses.starts[phrase.first])

    def _several(self, clauses: Clauses) -> Speaker | None:
        for earlier in self._earlier(clauses):
            subject = earlier.first_subject
            if subject is None or earlier.low(subject.first) in self.words.pronouns["plural"]:
                continue
            if earlier.is_plural(subject):
                return self._named(earlier, subject)
        return self.joint

    def remember(self, speaker: Speaker, clauses: Clauses, phrase: Phrase | None) -> None:
        """Keeps who spoke for the sentences that follow."""
        self.last = speaker
        if phrase is None:
            return
        if clauses.is_plural(phrase):
            self.joint, self.single = speaker, None
        elif self.speakers.is_one_person(speaker):
            self.single, self.single_in = speaker, clauses.span  # "he" and "she" are never a state or a body

    def source(self, clauses: Clauses) -> Speaker | None:
        """The speaker that "according to X" or "in X's opinion" names."""
        lows = clauses.lows
        present = self.words.source_words.intersection(lows)
        if not present:
            return None
        for opening in self.words.sources["before"]:
            first, *rest = opening.split()
            for at in clauses.places(first) if not present.isdisjoint((first, *rest)) else ():
                if lows[at + 1 : at + 1 + len(rest)] == rest:
                    speaker = self._source_at(clauses, at + 1 + len(rest))
                    if speaker is not None:
                        return speaker
        for noun in present & self.words.sources["owned"]:
            for at in clauses.places(noun):
                speaker = self._owner(clauses, lows, at)
                if speaker is not None:
                    return speaker
        return None

    def teller(self, clauses: Clauses) -> Speaker | None:
        """The speaker whom a noun of saying names: "the statement of Ode that …", "Ode's claim that …"."""
        for noun in self.words.genres["told-in"]:
            for at in clauses.places(noun):
                phrase = clauses.subject_at(at + 2) if clauses.low(at + 1) == "of" else None
                if phrase is not None and clauses.low(phrase.last) == "that":
                    return self.of(clauses, phrase)
                owner = self._owner_before(clauses, at) if clauses.low(at + 1) == "that" else None
                phrase = clauses.subject_before(owner + 1) if owner is not None else None
                if phrase is not None:
                    return self.of(clauses, phrase)
        return None

    def _owner_before(self, clauses: Clauses, at: int) -> int | None:
        """The possessive before a noun and its adjectives: "Ode's (recent) claims"."""
        near = range(at - 1, max(-1, at - 4), -1)
        owner = next((n for n in near if clauses.low(n).endswith(("'s", "s'"))), None)
        return owner if owner is not None and all(not clauses.is_upper(n) for n in range(owner + 1, at)) else None

    def joined(self, clauses: Clauses, quote: int) -> Speaker | None:
        """Who acts in a sentence that goes on with "claiming that “…”"."""
        participles = self.words.sources["participle"]
        said = any(
            clauses.low(at) in participles and clauses.low(at + 1) in ("that", ":", ",", QUOTE) for at in range(quote)
        )
        subject = clauses.first_subject if said else None
        return self.of(clauses, subject) if subject is not None else None

    def _owner(self, clauses: Clauses, lows: list[str], at: int) -> Speaker | None:
        """The owner of an opinion: "in (the Minister's) opinion", "in (his) view"."""
        opening = next((n for n in range(at - 1, max(-1, at - 9), -1) if lows[n] == "in"), None)
        if opening is None or opening + 1 >= at:
            return None
        owned = lows[opening + 1] in self.words.pronouns["possessive"] or lows[at - 1].endswith(("'s", "s'"))
        return self.of(clauses, Phrase(opening + 1, at)) if owned else None

    def _source_at(self, clauses: Clauses, at: int) -> Speaker | None:
        low, pronouns = clauses.low(at), self.words.pronouns
        if (low in pronouns["possessive"] or low in pronouns["plural-object"]) and clauses.low(at + 1) in (",", ""):
            return self.of(clauses, Phrase(at, at + 1))
        phrase = clauses.subject_at(at)
        if phrase is None or not clauses.ends_phrase(phrase.last):
            return None
        speaker = self.of(clauses, phrase)
        if speaker is not None:
            self.remember(speaker, clauses, phrase)
        return speaker

    def summons(self, clauses: Clauses) -> None:
        """Keeps whose protest it is when an envoy is called in: who summons, or to whom he is summoned."""
        for at in sorted(at for word in self.words.grammar["summons"] for at in clauses.places(word)):
            if not clauses.calls_in(at):
                continue
            following = (clauses.low(at + 1), clauses.low(at + 2))
            if clauses.low(at - 1) in self.words.grammar["passive"] or "to" in following or "by" in following:
                to = next((n for n in range(at, at + 4) if clauses.low(n) in ("to", "by")), None)
                phrase = clauses.subject_at(to + 1) if to is not None else None
            else:
                phrase = clauses.subject_of(at)
            if phrase is not None:
                self.summoner = self._named(clauses, phrase)

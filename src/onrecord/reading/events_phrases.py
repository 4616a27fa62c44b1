"""The noun phrases of an event's sentence: its subject, the agent behind "by", what stands behind a preposition."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.reading.events_forces import without_arms
from onrecord.reading.events_phrase_ends import LONGEST, PhraseEnds
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_words import Trigger

LONGEST_ADVERBIAL, FARTHEST_ADVERBIAL = 14, 32
LONGEST_TIME = 6
NEAR = 3
BRACKET = 6
CLAUSE = frozenset(";:–—(")


class NounPhrases(PhraseEnds):
    """Reads the noun phrases of sentences of one text."""

    def agent(self, first: int, end: int) -> str | None:
        """The body behind "by" in a stretch of words: "crimes committed by the armed forces"."""
        for at in range(first, end - 1):
            if self.tokens.low[at] in self.grammar["by"]:
                return self.phrase(at + 1, end)
        return None

    def met(self, trigger: Trigger, end: int) -> str | None:
        """The group of persons that stands as object of a verb, or behind its "with"."""
        tokens, at = self.tokens, trigger.end
        near = range(at, min(end, at + NEAR))
        behind = next((index + 1 for index in near if tokens.low[index] in self.grammar["with"]), None)
        if trigger.first < at - 1 and tokens.low[at - 1] in self.grammar["with"]:
            behind = at
        if behind is None and (trigger.kind == "noun" or trigger.type == "visit"):
            return None
        at = at if behind is None else behind
        while at < end and (tokens.low[at] in self.grammar["article"] or tokens.low[at] in self.grammar["his"]):
            at += 1
        stop = self.end(at, end, through=True)
        if at < stop < end - 1 and tokens.low[stop] in self.grammar["from"] and tokens.capital(stop + 1):
            stop = self.end(stop + 1, end, through=True)  # "his counterparts from Peru and Fiji"
        if at >= stop or tokens.low[at][0].isdigit() or not tokens.soft(at):
            return None
        named = trigger.kind == "noun" and tokens.capital(at)
        return " ".join(tokens.slice(at, stop).split()) if named or any(map(self.is_party, range(at, stop))) else None

    def joined(self, at: int, end: int) -> str | None:
        """The group that "and" joins to somebody: "Ode and his counterparts from Peru and Fiji met"."""
        tokens, grammar = self.tokens, self.grammar
        while at < end and tokens.capital(at) and tokens.soft(at + 1):
            at += 1
        if at + 2 >= end or tokens.low[at] not in grammar["and"] or tokens.low[at + 1] not in grammar["his"]:
            return None
        stop = self.end(at + 2, end)
        if stop + 1 < end and tokens.low[stop] in grammar["from"] and tokens.capital(stop + 1):
            stop = self.end(stop + 1, end)
        return " ".join(tokens.slice(at + 2, stop).split()) if any(map(self.is_party, range(at + 2, stop))) else None

    def capitals(self, at: int) -> int:
        """The index behind the run of capitalised words that begins at a word."""
        while at < len(self.tokens) and self.tokens.capital(at) and self.tokens.soft(at):
            at += 1
        return at

    def place(self, first: int, end: int) -> str | None:
        """The name of a place that begins at a word: capitals, with "of" and articles between; no date."""
        tokens, at = self.tokens, first
        while at < end and tokens.low[at] in self.grammar["article"]:
            at += 1
        first = at
        while at < end and at not in self.triggers.dated and (at == first or tokens.soft(at)):
            joins = at > first and (tokens.low[at] in self.grammar["of"] or tokens.low[at] in self.grammar["article"])
            if not tokens.capital(at) and not joins and not (at > first and tokens.low[at] == "s"):
                break
            at += 1
        while at > first and not tokens.capital(at - 1):
            at -= 1
        return " ".join(tokens.slice(first, at).split()) if at > first else None

    def known_party(self, low: str) -> bool:
        """Whether a word alone is the noun of a body."""
        return "party" in self.triggers.frames.nouns.get(low, ())

    def subject(self, sentence: Sentence, trigger: Trigger) -> str | None:
        """The noun phrase that governs a verb or opens a sentence, without date, place and article."""
        if trigger.first == sentence.first and self._opens_with_participle(sentence):
            return self._behind_comma(sentence, trigger)
        span = self.subject_words(sentence, trigger)
        if span is None:
            return None
        return " ".join(self.tokens.slice(span[0], without_arms(self.triggers, *span)).split())

    def subject_words(self, sentence: Sentence, trigger: Trigger) -> tuple[int, int] | None:
        """The word indices of the noun phrase that governs a verb or opens a sentence."""
        found = self._governing(sentence, trigger)
        if found is None or trigger.kind != "noun" or found[1] < trigger.first:
            return found
        if trigger.type == "statement" and self.is_party(found[1] - 1):
            return found  # "Foreign Ministry statement"
        return found if self.tokens.low[found[1] - 1] == "s" else None  # "Christmas address" is nobody's

    def _governing(self, sentence: Sentence, trigger: Trigger) -> tuple[int, int] | None:
        for first in self._clauses(sentence, trigger):
            end = self.end(first, trigger.first)
            if self._verb_stands(end, trigger.first):
                if self.tokens.low[first] in self.grammar["pronoun"]:
                    break
                return self._group(first, end)
        opening = self.opening(sentence, trigger)
        return self._group(opening, self.end(opening, trigger.first)) if opening is not None else None

    def clause(self, sentence: Sentence, trigger: Trigger) -> int | None:
        """Where the side clause begins that a body governs ("…, which the Senate passed"), None in a main clause."""
        for first in self._clauses(sentence, trigger):
            end = self.end(first, trigger.first)
            if end > first and self._verb_stands(end, trigger.first) and any(map(self.is_party, range(first, end))):
                return first
        return None

    def _clauses(self, sentence: Sentence, trigger: Trigger) -> Iterator[int]:
        """Where clauses inside a sentence begin before a verb, the nearest first."""
        closes = trigger.end >= sentence.last - 3 or trigger.end in self.triggers.dated
        for at in range(trigger.first - 1, max(sentence.first, trigger.first - LONGEST), -1):
            if self._opens_clause(at, trigger.first) or (
                closes and "," in self.tokens.gaps[at] and not self._tail(at, sentence)
            ):
                yield self._past_articles(at, trigger.first)
            if self.tokens.low[at] in self.grammar["clause"]:
                yield self._past_articles(at + 1, trigger.first)

    def _tail(self, at: int, sentence: Sentence) -> bool:
        """Whether words behind a comma only add to the subject: "…, carrying a team, sailed", "…, with the Navy, …"."""
        low, grammar = self.tokens.low[at], self.grammar
        adds = low in grammar["tail"] or low in grammar["with"]
        return at > sentence.opened and (adds or low.endswith(tuple(grammar["progressive-ending"])))

    def _opens_clause(self, at: int, verb: int) -> bool:
        """Whether a mark that opens a clause stands before a word; a bracket that closes before the verb opens none."""
        gap = self.tokens.gaps[at]
        if gap == " " or CLAUSE.isdisjoint(gap):
            return False
        return "(" not in gap or not any(")" in behind for behind in self.tokens.gaps[at + 1 : verb + 1])

    def opening(self, sentence: Sentence, trigger: Trigger) -> int | None:
        """Where the subject begins: behind the date and the phrase of time or place that open a sentence."""
        tokens, end = self.tokens, trigger.first
        first = sentence.opened if sentence.opened <= end else sentence.first
        while first < end and first in self.triggers.dated:
            first += 1
        if first >= end:
            return None
        if tokens.low[first] in self.grammar["title-word"] and end - first > 2:
            first += 2
        first = self._past_time(first, end)
        small = tokens.low[first] in self.grammar["adverbial"] or tokens.low[first] in self.grammar["no-subject"]
        if small or (first == sentence.first and self._opens_with_participle(sentence)):
            ahead = range(first + 1, min(end, first + LONGEST_ADVERBIAL))
            dated = self.triggers.dated
            far = range(first + 1, min(end, first + FARTHEST_ADVERBIAL))
            pauses = (at for at in far if tokens.gaps[at].strip() in (",", "–", "—"))
            paused = [at for at in pauses if at not in dated]
            behind = next((at for at in paused if self._governs(at, trigger.first)), next(iter(paused), None))
            if behind is None:
                behind = next(
                    (at for at in ahead if at > first + 1 and tokens.low[at] in self.grammar["article"]), None
                )
            if behind is None and tokens.low[first] in self.grammar["no-subject"]:
                return None
            first = behind if behind is not None else first
        return self._past_articles(first, end)

    def _governs(self, at: int, verb: int) -> bool:
        """Whether the noun phrase that begins at a word stands right before a verb."""
        first = self._past_articles(at, verb)
        end = self.end(first, verb)
        return end > first and self._verb_stands(end, verb)

    def _past_time(self, first: int, end: int) -> int:
        """Past a phrase of time that a comma closes: "A short while ago, …", "Overnight, in response to …, …"."""
        for at in range(first + 1, min(end, first + LONGEST_TIME)):
            if self.tokens.gaps[at].strip() == ",":
                return at if self.tokens.low[at - 1] in self.grammar["adverbial"] else first
        return first

    def _past_articles(self, first: int, end: int) -> int:
        small = (self.grammar["article"], self.grammar["auxiliary"])
        while first < end and any(self.tokens.low[first] in words for words in small):
            first += 1
        return first

    def _verb_stands(self, end: int, verb: int) -> bool:
        """Whether nothing but auxiliaries and adverbs stands between a noun phrase and its verb."""
        low, grammar = self.tokens.low, self.grammar
        if "(" in self.tokens.gaps[end]:
            ahead = range(end + 1, min(verb + 1, end + BRACKET))
            end = next((at for at in ahead if ")" in self.tokens.gaps[at]), end)
        small = tuple(grammar["adverb-ending"])
        return all(word in grammar["auxiliary"] or (small and word.endswith(small)) for word in low[end:verb])

    def _group(self, first: int, end: int) -> tuple[int, int] | None:
        """A noun phrase where it can be a participant: a name, a body, a group of persons; no pronoun and no thing."""
        tokens = self.tokens
        for at in range(first, min(first + NEAR, end - 1)):
            kept = at > first and tokens.low[at] in self.grammar["keeps"]  # "the Embassy in Oslo"
            if tokens.low[at] in self.grammar["adverbial"] and tokens.capital(at + 1) and not kept:
                first = at + 1  # "a short while ago IDF jets struck"
        if first >= end or end - first > LONGEST:
            return None
        if tokens.low[end - 1] in self.grammar["pronoun"] and end - first < 3:
            return None
        if tokens.low[first] in self.grammar["no-subject"]:
            return None
        if any(tokens.capital(at) for at in range(first, end)) and not tokens.low[first][0].isdigit():
            return first, end
        return (first, end) if any(self.is_party(at) for at in range(first, end)) else None

    def is_party(self, at: int) -> bool:
        """Whether a word is the noun of a body or of a group of persons."""
        return self.tokens.low[at] in self.triggers.persons or "party" in self.triggers.frames.kinds(self.tokens, at)

    def _opens_with_participle(self, sentence: Sentence) -> bool:
        return self.tokens.low[sentence.first].endswith(tuple(self.grammar["participle"]))

    def _behind_comma(self, sentence: Sentence, trigger: Trigger) -> str | None:
        """The subject of a sentence that a participle opens: "Founded in 2005, the Board …"."""
        tokens = self.tokens
        for at in range(trigger.end, sentence.last):
            if tokens.gaps[at].strip() == ",":
                at += tokens.low[at] in self.grammar["article"]
                end = at
                while end < sentence.last and tokens.capital(end) and (end == at or tokens.soft(end)):
                    end += 1
                return tokens.slice(at, end) if end > at else None
        return None

    def phrase(self, first: int, end: int, *, through: frozenset[str] = frozenset()) -> str | None:
        """The noun phrase that begins at a word, without its article; it goes on over the words of ``through``."""
        tokens = self.tokens
        while first < end and tokens.low[first] in self.grammar["article"]:
            first += 1
        stop = first
        while (
            stop < end
            and stop - first < LONGEST
            and (
                tokens.low[stop] not in self.grammar["ends-phrase"]
                or (tokens.low[stop] in through and self._runs_on(stop, end, of=False))
            )
        ):
            if stop > first and not tokens.soft(stop) and tokens.gaps[stop] != "'":
                break
            if stop > first and tokens.low[stop] in self.triggers.finite:
                break
            stop += 1
        while stop > first and tokens.low[stop - 1] in self.grammar["and"]:
            stop -= 1
        return " ".join(tokens.slice(first, stop).split()) if stop > first else None

"""What stands around a verb in its clause, by which it tells an event or none: its subject, its object, its adverbs."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.reading.events_frames import NOTHING, Frame, event_frames
from onrecord.reading.events_tables import event_grammar, persons_nouns, small_words
from onrecord.reading.people import People

REACH = 14
FEW = 4
HARD = frozenset(".;:\n()–—?!")
SUMS = frozenset("$€£¥₽₴₹")


class FrameReader:
    """Reads the clauses around the verbs of one text."""

    def __init__(self, people: People, code: str, dated: frozenset[int]) -> None:
        self.tokens = people.tokens
        self.countries = people.words.countries
        self.dated = dated
        self.persons = persons_nouns(code)
        self.frames = event_frames(code)
        self.grammar = event_grammar(code)
        self.small = small_words(code)

    def type_at(self, at: int, *, among: frozenset[str] = NOTHING) -> str | None:
        """The type of event that the verb at a word tells with its object, None where its clause fits no frame.

        ``among`` are the types of which it must be one; none: any.
        """
        frames = self.frames.verbs[self.tokens.low[at]]
        if frames[0].form == "progressive" and not self.running(at):
            return None
        clause = Clause(self, at)
        for frame in frames:
            if among and (frame.alone or frame.type not in among):
                continue
            told = clause.fits(frame) and (frame.alone or self._fits(frame, clause))
            if told and (frame.type != "visit" or clause.moves):
                return frame.type
        return None

    def running(self, at: int) -> bool:
        """Whether a form in -ing tells what somebody does: behind a form of "be" or a comma."""
        before = self.tokens.low[max(0, at - 3) : at]
        return not self.small.be.isdisjoint(before) or self.tokens.gaps[at].strip() == ","

    def _fits(self, frame: Frame, clause: Clause) -> bool:
        if frame.object and (
            self._object(frame, clause) or (clause.done_by and not frame.object.isdisjoint(clause.left))
        ):
            return True
        if frame.subject and (
            not frame.subject.isdisjoint(clause.left) or ("state" in frame.subject and clause.of_state)
        ):
            return True
        if frame.clause and not frame.clause.isdisjoint(clause.whole):
            return True
        return bool(frame.behind) and clause.behind(frame.behind)

    def _object(self, frame: Frame, clause: Clause) -> bool:
        if not frame.object.isdisjoint(clause.right):
            return True
        return any(NEEDS[need](clause) for need in frame.object if need in NEEDS)


class Clause:
    """What stands around one verb: the kinds of words before and behind it, each found when first asked for."""

    __slots__ = ("_left", "_right", "_whole", "at", "done_by", "passive", "reader", "tokens")

    def __init__(self, reader: FrameReader, at: int) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.at = at
        low = self.tokens.low
        self.passive = not reader.small.be.isdisjoint(low[max(0, at - 3) : at])
        self.done_by = self.passive or not reader.grammar["by"].isdisjoint(low[at + 1 : at + 3])
        self._left: frozenset[str] | None = None
        self._right: frozenset[str] | None = None
        self._whole: frozenset[str] | None = None

    def fits(self, frame: Frame) -> bool:
        """Whether the form of the verb stands as a verb here; a plural noun ("raids") is none."""
        if frame.form == "base":
            return self.finite
        if frame.form != "present":
            return True
        behind = self.tokens.low[self.at + 1 : self.at + 2]
        of = bool(behind) and behind[0] in self.reader.grammar["of"]  # "supplies of grain"
        return not of and (not frame.alone or self.governs)

    @property
    def governs(self) -> bool:
        """Whether an object follows at once: a name, an article, a number."""
        after, tokens = self.at + 1, self.tokens
        if after >= len(tokens) or not tokens.soft(after):
            return False
        return (
            tokens.capital(after)
            or tokens.low[after] in self.reader.grammar["article"]
            or tokens.low[after][0].isdigit()
        )

    @property
    def finite(self) -> bool:
        """Whether a base form is a verb: behind "will", "decided to", a pronoun or a plural noun of persons."""
        before = self.tokens.low[max(0, self.at - 4) : self.at]
        if before and before[-1] in self.reader.small.to:
            return not self.reader.small.decides.isdisjoint(self.tokens.low[max(0, self.at - REACH) : self.at])
        if self.passive or not self.reader.small.before_base.isdisjoint(before):
            return True
        if not before or not before[-1].endswith("s"):
            return False
        return before[-1] in self.reader.persons or "party" in self.reader.frames.nouns.get(before[-1], NOTHING)

    @property
    def right(self) -> frozenset[str]:
        """The kinds of words in the object."""
        if self._right is None:
            self._right = self._kinds(self.behind_words(self.reader.small.ends))
        return self._right

    @property
    def whole(self) -> frozenset[str]:
        """The kinds of words behind the verb, to the end of its clause."""
        if self._whole is None:
            self._whole = self._kinds(self.behind_words(NOTHING))
        return self._whole

    @property
    def left(self) -> frozenset[str]:
        """The kinds of words before the verb."""
        if self._left is None:
            self._left = self._kinds(self.before_words())
        return self._left

    def _kinds(self, places: list[int]) -> frozenset[str]:
        low, lengths = self.tokens.low, self.reader.frames.lengths
        found = NOTHING
        for place in places:
            if low[place] in lengths:
                found |= self.reader.frames.kinds(self.tokens, place)
        return found

    def behind_words(self, ends: frozenset[str]) -> list[int]:
        """The words behind the verb, to the end of its clause or to the first of the words ``ends``."""
        low, gaps, at = self.tokens.low, self.tokens.gaps, self.at
        stop = min(at + 1 + REACH, len(low))
        for index in range(at + 1, stop):
            gap = gaps[index]
            hard = gap != " " and not HARD.isdisjoint(gap) and not (gap == "." and low[index][0].isdigit())
            if hard or (low[index] in ends and index > at + 1):
                stop = index
                break
        return list(range(at + 1, stop))

    def before_words(self) -> list[int]:
        """The words before the verb, back to where its clause begins."""
        low, gaps, clause, found = self.tokens.low, self.tokens.gaps, self.reader.grammar["clause"], []
        for index in range(self.at - 1, max(-1, self.at - 1 - REACH), -1):
            found.append(index)
            gap = gaps[index]
            if (gap != " " and not HARD.isdisjoint(gap)) or low[index] in clause:
                break
        return found

    @property
    def moves(self) -> bool:
        """Whether what arrives is somebody: a person, a delegation, a ship; parcels pay no visit."""
        tokens, grammar = self.tokens, self.reader.grammar
        if "party" in self.left:
            return True
        return any(
            tokens.low[place] in grammar["pronoun"]
            or (tokens.capital(place) and tokens.low[place] not in grammar["article"])
            or tokens.low[place] in self.reader.persons
            for place in self.before_words()
        )

    @property
    def of_state(self) -> bool:
        """Whether the subject is a state by its name, and not "Peru's minister"."""
        names = (self.reader.countries.at(self.tokens, place) for place in self.before_words())
        ends = [name[1] for name in names if name is not None and name[0].kind in ("name", "full", "alias")]
        return any(self.reader.small.aux.issuperset(self.tokens.low[end : self.at]) for end in ends)

    def behind(self, kinds: frozenset[str]) -> bool:
        """Whether a preposition and then the kind of word, or a place, follow the verb."""
        tokens, reader = self.tokens, self.reader
        ties = reader.small.toward
        for index in self.behind_words(NOTHING):
            if tokens.low[index] not in ties:
                continue
            ahead = range(index + 1, min(index + 6, len(tokens)))
            article = tokens.low[index + 1 : index + 2] != [] and tokens.low[index + 1] in reader.grammar["article"]
            named = index + 1 + article
            if "place" in kinds and named < len(tokens) and tokens.capital(named) and tokens.soft(named):
                money = named + 1 < len(tokens) and not SUMS.isdisjoint(tokens.gaps[named + 1])
                if named not in reader.dated and not money:
                    return True
            if any(kinds & reader.frames.kinds(tokens, step) for step in ahead):
                return True
        return False

    def a_person(self) -> bool:
        """Whether a name follows the verb at once."""
        return self.at + 1 < len(self.tokens) and self.tokens.soft(self.at + 1) and self.tokens.capital(self.at + 1)

    def a_sum(self) -> bool:
        """Whether the object holds a sum of money."""
        for index in self.behind_words(self.reader.small.ends):
            if not SUMS.isdisjoint(self.tokens.gaps[index]) and self.tokens.low[index][0].isdigit():
                return True
            if "money" in self.reader.frames.kinds(self.tokens, index) and self.tokens.low[index - 1][0].isdigit():
                return True
        return False

    def a_date(self) -> bool:
        """Whether a date stands right behind the verb: "said on Monday"."""
        return any(index in self.reader.dated for index in self.behind_words(NOTHING)[:FEW])

    def a_colon(self) -> bool:
        """Whether the verb leads in what is written."""
        return self.tokens.gaps[self.at + 1].lstrip().startswith(":")

    def someone(self) -> bool:
        """Whether the object is a person or a group: a name, a noun of persons or bodies."""
        return any(
            self.tokens.capital(index)
            or self.tokens.low[index] in self.reader.persons
            or "party" in self.reader.frames.kinds(self.tokens, index)
            for index in self.behind_words(self.reader.small.far)
        )

    def a_stay(self) -> bool:
        """Whether "will be in Vaduz on May 4" is said of somebody."""
        at, tokens = self.at, self.tokens
        if (
            at + 2 >= len(tokens)
            or tokens.low[at + 1] not in self.reader.grammar["place"]
            or not tokens.capital(at + 2)
        ):
            return False
        dated = any(index in self.reader.dated for index in self.behind_words(NOTHING))
        return dated and any(tokens.capital(index) for index in self.before_words())

    def a_name(self) -> bool:
        """Whether an article and a name in capitals are the object: "addressed the Storting"."""
        at, tokens = self.at, self.tokens
        close = at + 2 < len(tokens) and tokens.soft(at + 1) and tokens.soft(at + 2)
        return close and tokens.low[at + 1] in self.reader.grammar["article"] and tokens.capital(at + 2)

    def a_feast(self) -> bool:
        """Whether the object is a day with a name: "observe World Bridge Day", not "observe the day"."""
        low, feast = self.tokens.low, self.reader.grammar["feast"]
        return any(low[at] in feast and self.tokens.capital(at) for at in self.behind_words(NOTHING))

    def a_courtesy(self) -> bool:
        """Whether somebody pays a call on a person, and does not call on him to do something."""
        at, tokens, grammar = self.at, self.tokens, self.reader.grammar
        if at + 3 >= len(tokens) or tokens.low[at + 1] not in grammar["upon"]:
            return False
        if not (tokens.capital(at + 2) or tokens.capital(at + 3)):
            return False
        return all(tokens.low[index] not in grammar["to"] for index in self.behind_words(NOTHING))


NEEDS: dict[str, Callable[[Clause], bool]] = {
    "person": Clause.a_person,
    "currency": Clause.a_sum,
    "dated": Clause.a_date,
    "colon": Clause.a_colon,
    "someone": Clause.someone,
    "stays": Clause.a_stay,
    "named": Clause.a_name,
    "caller": Clause.a_courtesy,
    "feast": Clause.a_feast,
}

"""What one sentence tells: the type of its event, when, and whether it was held or is planned."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from onrecord.model import DateExpression, Span
from onrecord.reading.events_words import Trigger
from onrecord.reading.names_tokens import Tokens

NEAR_SUPPORT = 16
ASIDE = frozenset(("following", "after", "during", "before", "ahead", "amid", "at", "sidelines"))
ON_THE_LINE = frozenset(("online", "virtual", "video", "videoconference", "during", "by", "via", "over"))
MODAL = frozenset(("should", "must", "would", "could", "cannot", "may", "might", "needs", "need", "ought", "if"))
SAID = frozenset(
    ("said", "stated", "noted", "emphasized", "emphasised", "stressed", "announced", "told", "reported", "added")
)
OCCASION = frozenset(("during", "at", "following", "after", "before", "sidelines", "prior", "ahead"))
FUTURE = frozenset(("will", "shall", "planned", "scheduled", "upcoming", "forthcoming", "plans", "expected", "due"))
UNTOLD = frozenset(("since", "until", "till", "from", "dated", "by", "before", "prior", "as", "after"))


@dataclass(frozen=True, slots=True)
class When:
    """A date where it stands in the text (code points), as an event's date: a day, a month or a year."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as code points and as word indices, with the index of its line."""

    start: int
    end: int
    first: int
    last: int
    line: int
    opened: int = 0  # the word behind the date that opens the sentence


def words_of(tokens: Tokens, span: Span, line: int, ends: dict[int, int]) -> Sentence:
    """A sentence's word indices; ``ends`` are where the dates end, by where they begin."""
    first, last = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
    opened = first
    for at in range(first, min(first + 6, last)):
        end = ends.get(tokens.starts[at])
        if end is not None:
            opened = bisect_left(tokens.starts, end)
    return Sentence(span.start, span.end, first, last, line, opened)


def whens(text: str, dates: list[DateExpression]) -> list[When]:
    """Every place where a date stands, repeated ones too, in order.

    >>> whens("May 4: a strike. May 4: another.", [DateExpression("May 4", "2031-05-04", None, 0, 5)])[1]
    When(start=17, end=22, value='2031-05-04')
    """
    found: dict[int, When] = {}
    for date in dates:
        value = event_date(date.value)
        at = text.find(date.text, date.start)
        while at >= 0 and value:
            end = at + len(date.text)
            known = found.get(at)
            whole = (at == 0 or not text[at - 1].isalnum()) and not text[end : end + 1].isalnum()
            if whole and (known is None or known.end < end):
                found[at] = When(at, end, value)
            at = text.find(date.text, end)
    ordered = sorted(found.values(), key=lambda when: when.start)
    return [w for i, w in enumerate(ordered) if i == 0 or w.start >= ordered[i - 1].end]


def event_date(value: str) -> str | None:
    """The date of an event from a date's value: of a span its first day, of a quarter its first month.

    >>> event_date("2031-05-04T11:00"), event_date("2031-05/2031-07"), event_date("2031-Q2"), event_date("2031-H2")
    ('2031-05-04', '2031-05', '2031-04', '2031-07')
    """
    first = value.split("/")[0].split("T")[0]
    year, _, rest = first.partition("-")
    if len(year) != 4 or not year.isdigit():
        return None
    if rest[:1] in ("Q", "H"):
        step = 3 if rest[0] == "Q" else 6
        return f"{year}-{(int(rest[1:]) - 1) * step + 1:02d}" if rest[1:].isdigit() else None
    return first


def decide(tokens: Tokens, triggers: list[Trigger]) -> Trigger | None:
    """The trigger that tells what the sentence is about: its first verb that tells an event, or the noun of one."""
    said = _said_at(tokens, triggers)
    if said is not None:
        return said
    for number, trigger in enumerate(triggers):
        if not MODAL.isdisjoint(tokens.words[max(0, trigger.first - 4) : trigger.first]):
            continue
        if trigger.kind == "act":
            return _received(tokens, trigger, triggers[number + 1 :])
        if trigger.kind == "support":
            noun = _noun(trigger, triggers[number + 1 :])
            if noun is not None:
                return noun
            continue
        if _by_the_way(tokens, trigger) and any(t.kind != "noun" for t in triggers[number + 1 :]):
            continue
        return _from_noun(tokens, trigger, triggers[number + 1 :])
    return None


def _by_the_way(tokens: Tokens, noun: Trigger) -> bool:
    """Whether a noun stands in a phrase of time or place before the sentence's verb: "Following the talks, …"."""
    before = tokens.low[max(0, noun.first - 4) : noun.first]
    return not ASIDE.isdisjoint(before)


def _said_at(tokens: Tokens, triggers: list[Trigger]) -> Trigger | None:
    """ "… said Ode during an interview": the occasion tells the event, not what was said."""
    for trigger in triggers:
        if trigger.kind != "noun" or trigger.type not in ("briefing", "call", "meeting", "statement"):
            continue
        before = tokens.low[max(0, trigger.first - 24) : trigger.first]
        prepositions = [
            at for at, low in enumerate(before) if low in ("during", "in", "at", "on") and at >= len(before) - 6
        ]
        verbs = [at for at, low in enumerate(before) if low in SAID]
        if verbs and prepositions and verbs[-1] < prepositions[-1]:
            return trigger
    return None


def _received(tokens: Tokens, act: Trigger, rest: list[Trigger]) -> Trigger:
    """ "received a letter" is a letter, "received the minister" a meeting."""
    if tokens.low[act.first] in ("received", "receives") and rest and rest[0].kind == "noun":
        near = rest[0].first - act.end <= 4 and rest[0].type in ("letter", "ceremony", "aid", "call")
        return rest[0] if near else act
    resolved = next((t for t in rest if t.type == "vote" and t.kind == "noun"), None)
    if act.type == "measure" and resolved is not None and "by" in tokens.low[act.end : resolved.first]:
        return Trigger(act.first, act.end, "act", "vote")
    online = next((t for t in rest if t.kind == "noun" and t.type == "call" and act.type == "meeting"), None)
    if online is not None and not ON_THE_LINE.isdisjoint(tokens.low[online.first - 3 : online.end]):
        return online
    return act


def _noun(support: Trigger, rest: list[Trigger]) -> Trigger | None:
    for trigger in rest:
        if trigger.first - support.end > NEAR_SUPPORT or trigger.kind == "act":
            return None
        if trigger.kind == "noun":
            return trigger
    return None


def _from_noun(tokens: Tokens, noun: Trigger, rest: list[Trigger]) -> Trigger:
    """A noun tells the event where it is what is announced, held or done; else the verb behind it does."""
    if noun.type in ("statement", "briefing"):
        return _remarks(tokens, noun, rest)
    if noun.type == "measure" and any(t.type == "vote" for t in rest):
        return next(t for t in rest if t.type == "vote")
    if rest and rest[0].kind == "support" and rest[0].first - noun.end <= 12:
        return noun
    act = next((t for t in rest if t.kind == "act" and tokens.gaps[t.first].strip() != ","), None)
    return act if act is not None and noun.type not in ("letter", "call") else noun


def _remarks(tokens: Tokens, noun: Trigger, rest: list[Trigger]) -> Trigger:
    """Remarks at talks are the talks, remarks to the press a briefing, remarks at a conference a statement."""
    for trigger in rest:
        if trigger.kind != "noun":
            continue
        if trigger.type == "briefing":
            return noun if tokens.low[trigger.first - 1] in _COUNCILS else trigger
        if "between" in tokens.low[trigger.first : trigger.end + 2]:
            return noun
        before = tokens.low[max(noun.end, trigger.first - 5) : trigger.first]
        follows = tokens.low[trigger.end : trigger.end + 1]
        talks = (
            trigger.type in ("meeting", "call") and follows != ["of"] and tokens.low[trigger.first] not in _GATHERINGS
        )
        if talks and not OCCASION.isdisjoint(before) and trigger.first - noun.end < 25:
            return trigger
    return noun


_COUNCILS = frozenset(("unsc", "council", "committee", "commission", "assembly", "board"))
_GATHERINGS = frozenset(
    ("conference", "forum", "summit", "session", "plenary", "congress", "seminar", "reception", "dinner")
)


def is_planned(tokens: Tokens, sentence: Sentence, trigger: Trigger, date: str | None, posted: str | None) -> bool:
    """Whether the event still lies ahead of the post."""
    if date and posted and date[:10] != posted[: len(date)]:
        return date > posted[: len(date)]
    around = tokens.low[max(sentence.first, trigger.first - 4) : trigger.end + 4]
    return not FUTURE.isdisjoint(around)

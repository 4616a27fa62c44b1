"""Whom a further event means by "they", "your visit", "the decree", "we": the participants of the main event."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Event
from onrecord.reading.events_main import Main
from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_setting import Setting
from onrecord.reading.offices import Grammar

MEETINGS = frozenset(("meeting", "visit", "call", "summons"))
SHARED = frozenset(("agreement", "visit", "meeting", "briefing", "call", "summons"))
GATHERED = frozenset(("meeting", "call"))
SITTINGS = frozenset(("meeting", "vote", "measure"))
FEW = 3
PAIR = 2
HEAD = 6  # words within which "he" governs a sentence
LEADERS, TRIO = 2, 3  # of a longer list of those present the leaders come first


def told_before(setting: Setting, sentence: Sentence, event: Event, main: Main | None) -> Event:
    """ "They", "the two leaders", "your visit", "the ship": those of the main event, or the one who is spoken to."""
    if not event.participants and (own := _own(setting, sentence)) is not None:
        event = replace(event, participants=(own,))
    if main is None or not main.event.participants:
        return event
    event = _fuller(event, main)
    low, grammar = setting.people.tokens.low[sentence.first : sentence.last], setting.triggers.grammar
    his = event.type != "attack" and len(main.event.participants) == 1  # "He recalled the battle of 1945"
    if his and not event.participants and not grammar["he"].isdisjoint(low[:HEAD]):
        return replace(event, participants=main.event.participants)
    if (
        not event.participants
        and event.type == "meeting"
        and main.event.type in SITTINGS
        and _is_next(setting, sentence)
    ):
        return replace(event, participants=main.event.participants)
    shared = event.type == "agreement" and main.event.type in SHARED and not event.participants
    if shared and main.event.date and event.date and event.date >= main.event.date:
        return replace(event, participants=main.event.participants)
    if not event.participants and event.type == "agreement" and main.event.type == "ceremony":
        return replace(event, participants=main.event.participants if len(main.event.participants) == PAIR else ())
    if not event.participants and event.type == main.event.type == "measure" and _taken_up(setting, sentence):
        return replace(event, participants=main.event.participants)
    if main.event.type == "visit" and len(event.participants) == 1 and _awaits(setting, sentence, event):
        return replace(event, participants=(*main.event.participants[:1], *event.participants))
    if main.event.type not in SHARED or len(main.event.participants) < 2:
        return event
    if not grammar["your"].isdisjoint(low) and event.type == "visit" and not event.participants:
        speaker = setting.speaker(sentence)
        others = tuple(name for name in main.event.participants if name != speaker)
        return replace(event, participants=others)
    if _named_apart(event, grammar):
        return event
    group = bool(event.participants) and event.participants[0][:1].islower()
    group = group and event.participants[0].split()[-1].lower() not in grammar["both"]
    if (
        len(event.participants) <= 1
        and not group
        and (not grammar["both"].isdisjoint(low[:8]) or _holders(setting, sentence))
    ):
        return replace(
            event,
            participants=main.event.participants[
                : LEADERS if main.event.type in MEETINGS and len(main.event.participants) > TRIO else None
            ],
        )
    return event


def _named_apart(event: Event, grammar: Grammar) -> bool:
    """Whether a gathering is named by its own body behind the subject: "They spoke of the NATO Summit"."""
    name = event.participants[0] if len(event.participants) == 1 and event.type in GATHERED else ""
    title = name.rpartition(" ")[2].lower() in grammar["both"]
    return name[:1].isupper() and not title and event.text.find(name) >= len(" ".join(event.text.split()[:3]))


def _is_next(setting: Setting, sentence: Sentence) -> bool:
    """Whether a sentence tells when a body meets again: "The Committee's next meeting is on May 4"."""
    low, grammar = setting.people.tokens.low[sentence.first : sentence.last], setting.triggers.grammar
    return not grammar["next"].isdisjoint(low) and not grammar["council"].isdisjoint(low)


def _awaits(setting: Setting, sentence: Sentence, event: Event) -> bool:
    """Whether a sentence tells of talks that await a visitor: "Talks with Minister Brandt are set for May 4"."""
    about, low = setting.about(sentence), setting.people.tokens.low
    if about is None or about.kind != "noun" or event.type not in GATHERED or about.end >= sentence.last:
        return False
    return low[about.end] in setting.triggers.grammar["with"] and about.first - sentence.opened <= FEW


def _taken_up(setting: Setting, sentence: Sentence) -> bool:
    """Whether a sentence speaks of what was told before: "The decree takes effect tomorrow"."""
    low, grammar = setting.people.tokens.low[sentence.first : sentence.first + 2], setting.triggers.grammar
    return low[:1] != [] and low[0] in grammar["article"] and not grammar["told-again"].isdisjoint(low[1:])


def _holders(setting: Setting, sentence: Sentence) -> bool:
    """Whether a sentence opens with a title in the plural: "The Speakers signed …"."""
    tokens, heads = setting.people.tokens, setting.people.words.heads
    found = (heads.at(tokens, at) for at in range(sentence.first, min(sentence.first + 4, sentence.last)))
    return any(head is not None and head[0].plural for head in found)


def _own(setting: Setting, sentence: Sentence) -> str | None:
    """The speaker who says "we" or "I" of what he took part in."""
    about, low, grammar = setting.about(sentence), setting.people.tokens.low, setting.triggers.grammar
    if about is None or about.kind != "act":
        return None
    at = about.first - 1
    while at > sentence.first and (low[at] in grammar["auxiliary"] or low[at] in grammar["future"]):
        at -= 1
    near = low[sentence.first] in grammar["we"] and about.first - sentence.first <= FEW
    return setting.speaker(sentence) if near or low[at] in grammar["we"] else None


def _fuller(event: Event, main: Main) -> Event:
    """The event with "ship" as "training ship Shabab", where the main event names it so."""
    known = main.event.participants
    fuller = [
        next((full for full in known if name.islower() and " " not in name and name in full.split()), name)
        for name in event.participants
    ]
    return replace(event, participants=tuple(fuller))

"""The main event of a post: what its headline announces or its first sentence of running text tells."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from onrecord.model import Event
from onrecord.reading.events_forces import named_forces
from onrecord.reading.events_headed import named_behind, told_below
from onrecord.reading.events_present import announced, attending, named_before, signatories, taking_part
from onrecord.reading.events_sentence import Sentence, When
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_when import date_of_main, of_headline, of_labels, of_post, place_of, told_again
from onrecord.reading.events_words import Trigger

LOOKED_AT = 12
TOP = 2
TOPICS = frozenset(("vote", "attack", "agreement", "measure", "aid"))
TALKED = frozenset(("meeting", "call", "visit", "briefing", "statement", "letter"))
QUOTES = '"“”«»„'
TALKS = frozenset(("meeting", "call", "visit"))
DECIDED = frozenset(("vote", "measure"))
BETWEEN = frozenset(("agreement", "meeting", "call"))


@dataclass(frozen=True, slots=True)
class Main:
    """The main event with the sentence and trigger that tell it, and the date taken."""

    event: Event
    sentence: Sentence
    trigger: Trigger
    when: When | None


def find_main(setting: Setting) -> Main | None:
    """The main event, or None where the post tells none."""
    told = _first_told(setting)
    if told is None:
        return None
    headline, sentence, trigger = _addressed(setting, told)
    when = date_of_main(setting, sentence, trigger, headline)
    today = _today(setting, sentence, trigger) if when is None else None
    when = when or _of_the_line(setting, sentence, trigger) or of_labels(setting) or of_headline(setting, trigger)
    when = when or (told_again(setting, sentence, trigger) if today is None else None)
    when = when or (of_post(setting, trigger) if today is None else None)
    date = _live(setting, sentence, trigger) or (when.value if when else None) or today
    if trigger.type == "statement" and trigger.kind == "noun" and setting.answers and _is_remarks(setting, trigger):
        trigger = trigger._replace(type="briefing")
    event = setting.event(sentence, trigger, date, place_of(setting, sentence))
    if trigger.kind == "stance" and (speaker := setting.speaker(sentence)) is not None:
        event = replace(event, participants=(speaker,))
    if headline is not None and headline != sentence and trigger.type in TALKS:
        event = replace(event, participants=announced(setting, headline, event.participants))
    if not event.participants and trigger.type == "agreement":
        event = replace(event, participants=signatories(setting, sentence))
    if not event.participants and trigger.type == "attack" and setting.long_ago(date):
        event = replace(event, participants=named_forces(setting.triggers))
    if not event.participants and trigger.type == "ceremony" and _live(setting, sentence, trigger):
        event = replace(event, participants=named_behind(setting, sentence))
    if not event.participants and trigger.type == "ceremony":
        states = setting.participants.bodies.states(sentence.first, sentence.last)
        event = replace(event, participants=tuple(states) if len(states) > 1 else ())
    if not event.participants and trigger.type in BETWEEN:
        event = replace(event, participants=named_before(setting, sentence))
    if trigger.type == "other" and trigger.kind == "noun":
        event = replace(event, participants=taking_part(setting) or event.participants)
    if trigger.type in TALKS:
        event = replace(event, participants=tuple(dict.fromkeys((*event.participants, *attending(setting)))))
    return Main(listed(setting, sentence, event), sentence, trigger, when)


def _addressed(
    setting: Setting, told: tuple[Sentence | None, Sentence, Trigger]
) -> tuple[Sentence | None, Sentence, Trigger]:
    """Of a letter the sentence that tells to whom: "… learned with sorrow of the floods. Ode wrote to Brandt …"."""
    headline, sentence, trigger = told
    if trigger.type != "letter" or len(setting.participants.of(sentence, trigger)) > 1:
        return told
    at = setting.sentences.index(sentence) + 1
    for later in setting.sentences[at : at + 3]:
        other = setting.about(later)
        if other is not None and other.type == "letter" and len(setting.participants.of(later, other)) > 1:
            return headline, later, other
    return told


def _is_remarks(setting: Setting, trigger: Trigger) -> bool:
    """Whether a headline announces remarks: with questions and answers below they are a briefing."""
    low, grammar = setting.people.tokens.low, setting.triggers.grammar
    by = trigger.end < len(low) and low[trigger.end] in grammar["by"]
    return by and low[trigger.end - 1] in grammar["remarks"]


def _first_told(setting: Setting) -> tuple[Sentence | None, Sentence, Trigger] | None:
    """The headline if any, and the sentence that tells the main event, with its trigger."""
    headline: tuple[Sentence, Trigger] | None = None
    stated = _stated(setting)
    if stated is not None:
        return None, *stated
    for sentence in setting.sentences[:LOOKED_AT]:
        if headline is not None and setting.spoken(sentence) and not _open_day(setting, *headline):
            break
        if setting.text[sentence.start : sentence.end].endswith("?") or setting.shows(sentence):
            continue
        if headline is not None and (below := told_below(setting, headline, sentence)) is not None:
            return headline[0], sentence, below
        trigger = setting.about(sentence)
        if trigger is None or (headline is None and (_demands(setting, sentence) or _bare(setting, sentence, trigger))):
            continue
        if headline is None and not _is_title(setting, sentence):
            return None, sentence, trigger
        if headline is None:
            headline = (sentence, trigger)
            whole = bool(setting.dated(sentence) and setting.participants.of(sentence, trigger))
            if (whole and trigger.type not in TALKS) or (
                trigger.type in ("statement", "briefing") and setting.any_direct
            ):
                break
        elif _topic(setting, *headline) and trigger.kind == "act" and setting.participants.of(sentence, trigger):
            return None, sentence, trigger
        elif (
            _same_event(headline[1], trigger)
            and _same_day(setting, headline[0], sentence)
            and _tells_more(setting, headline, sentence, trigger)
        ):
            return headline[0], sentence, _as_announced(setting, headline[1], trigger)
    return None if headline is None else (headline[0], *headline)


def _as_announced(setting: Setting, headline: Trigger, trigger: Trigger) -> Trigger:
    """ "Spoke with" is a meeting where the headline says so, else a call."""
    low = " ".join(setting.people.tokens.low[trigger.first : trigger.end])
    either = trigger.type == "call" and headline.type == "meeting" and low in setting.triggers.grammar["either"]
    return trigger._replace(type="meeting") if either else trigger


def _bare(setting: Setting, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a line is a bare label ("Press release No. 114") or a verb that nobody governs: it tells no event."""
    tokens, grammar = setting.people.tokens, setting.triggers.grammar
    if tokens.low[sentence.first] in grammar["we"]:
        return not any(True for _ in setting.participants.persons(sentence.first, sentence.last))
    if _quoted(setting, sentence, trigger) or _spoken_of(setting, sentence, trigger):
        return True
    if trigger.kind == "stance" or (setting.dated(sentence) and not setting.spoken(sentence)):
        return False
    if setting.participants.of(sentence, trigger) or _today(setting, sentence, trigger) is not None:
        return False
    if (
        trigger.kind == "act"
        and trigger.type == "attack"
        and not grammar["seen"].isdisjoint(tokens.low[trigger.first : trigger.end])
    ):
        return False
    return trigger.type != "ceremony" or _live(setting, sentence, trigger) is None


def _quoted(setting: Setting, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a trigger stands in the quotation that opens a sentence."""
    if setting.text[sentence.start] not in QUOTES:
        return False
    at = setting.people.tokens.starts[trigger.first]
    return not any(sign in QUOTES for sign in setting.text[sentence.start + 1 : at])


def _spoken_of(setting: Setting, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a noun stands in what somebody says ("Ode said the pact …"): it is spoken of, and not told."""
    if trigger.kind != "noun" or trigger.type in TALKED or sentence.line == setting.layout.headline:
        return False
    before = setting.people.tokens.low[sentence.first : trigger.first]
    return not setting.triggers.grammar["said"].isdisjoint(before)


def _demands(setting: Setting, sentence: Sentence) -> bool:
    """Whether a headline is what somebody says must be done ("Ode: Sanctions must be stronger")."""
    said = setting.people.tokens.words[sentence.first : sentence.last]
    return sentence.line == setting.layout.headline and not setting.triggers.grammar["modal"].isdisjoint(said)


def _is_title(setting: Setting, sentence: Sentence) -> bool:
    """Whether a sentence is a headline: the post's own, or a line near the top that ends like no sentence."""
    if sentence.line == setting.layout.headline:
        return True
    line = setting.layout.lines[sentence.line]
    if sentence.end < line.end or sentence.line > TOP or sentence.line + 1 >= len(setting.layout.lines):
        return False
    verbless = all(trigger.kind == "noun" for trigger in setting.in_sentence(sentence))
    return setting.text[sentence.end - 1] not in ".!?…:" or (verbless and not setting.dated(sentence))


def _topic(setting: Setting, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a headline only names a topic ("Presidential elections in Peru"): no verb, no date, no persons."""
    if trigger.kind != "noun" or trigger.type not in TOPICS or setting.dated(sentence):
        return False
    if any(other.kind != "noun" for other in setting.in_sentence(sentence)):
        return False
    return not setting.participants.persons(sentence.first, sentence.last)


def _open_day(setting: Setting, headline: Sentence, trigger: Trigger) -> bool:
    """Whether a headline leaves the day of talks open, which the words below it may tell."""
    return trigger.type in TALKS and not setting.dated(headline)


def _same_day(setting: Setting, headline: Sentence, sentence: Sentence) -> bool:
    """Whether a headline and a sentence name no different days, as the items of a calendar do."""
    one, other = setting.dated(headline)[:1], setting.dated(sentence)[:1]
    return not one or not other or one[0].value == other[0].value


def _same_event(headline: Trigger, trigger: Trigger) -> bool:
    if headline.kind == "stance":
        return trigger.kind != "stance"
    if trigger.kind == "stance":
        return False
    if headline.type == trigger.type:
        return True
    return any(headline.type in kinds and trigger.type in kinds for kinds in (TALKS, DECIDED))


def _tells_more(setting: Setting, headline: tuple[Sentence, Trigger], sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a sentence names at least as many officials as the headline, or some and a date."""
    known = {person.name for person in setting.people.people}
    told = known.intersection(setting.participants.of(sentence, trigger))
    announced = known.intersection(setting.participants.of(*headline))
    return len(told) >= len(announced) or bool(told and setting.dated(sentence))


def _stated(setting: Setting) -> tuple[Sentence, Trigger] | None:
    """ "This was stated by Ode during an interview": the occasion is the main event."""
    tokens, grammar = setting.people.tokens, setting.triggers.grammar
    for sentence in setting.sentences[:LOOKED_AT]:
        opening = tokens.low[sentence.first : sentence.first + 3]
        if " ".join(opening[:2]) in grammar["stated"]:
            trigger = setting.about(sentence)
            if trigger is not None and not grammar["said"].isdisjoint(opening[2:]):
                return sentence, trigger
    return None


def listed(setting: Setting, sentence: Sentence, event: Event) -> Event:
    """A strike in a list has the attacker that the line over the list names."""
    line = sentence.line
    dated = any(when.start <= setting.people.tokens.starts[sentence.first] for when in setting.dated(sentence)[:1])
    if event.type != "attack" or not dated or not setting.layout.lines[line].bulleted or line == 0:
        return event
    mark = setting.layout.lines[line].mark
    while line > 0 and setting.layout.lines[line].mark == mark:
        line -= 1
    over = setting.layout.lines[line]
    tokens = setting.people.tokens
    first, end = bisect_left(tokens.starts, over.start), bisect_left(tokens.starts, over.end)
    agent = setting.participants.phrases.agent(first, end)
    return replace(
        event,
        participants=(agent,) if agent else tuple(setting.participants.bodies.states(sentence.first, sentence.last)),
    )


def _today(setting: Setting, sentence: Sentence, trigger: Trigger) -> str | None:
    """The post's day where the verb that tells the event has "today" at its side or at the end."""
    tokens = setting.people.tokens
    if trigger.kind == "noun" and trigger.type not in TALKS:
        return None
    today = setting.triggers.grammar["today"]
    if today.isdisjoint(tokens.low[sentence.first : sentence.last]):
        return None
    for at in range(sentence.first, sentence.last):
        if tokens.low[at] in today and not tokens.owned(at):
            aside = setting.triggers.grammar["relative"].isdisjoint(tokens.low[trigger.end : at])
            return setting.posted if aside else None
    return None


def _of_the_line(setting: Setting, sentence: Sentence, trigger: Trigger) -> When | None:
    """The bracketed date that closes the line of an announced speech, where the line holds several sentences."""
    if trigger.kind == "stance" or trigger.type not in ("statement", "briefing", "letter"):
        return None
    line = setting.layout.lines[sentence.line]
    for when in setting.whens:
        if line.start <= when.start < line.end and setting.text[: when.start].rstrip().endswith(("(", ",")):
            return when
    return None


def _live(setting: Setting, sentence: Sentence, trigger: Trigger) -> str | None:
    """The post's day for what is shown live: "#LIVE: …", "Watch LIVE"."""
    live = setting.triggers.grammar["live"]
    if live.isdisjoint(setting.people.tokens.words):
        return None
    tokens, lines = setting.people.tokens, setting.layout.lines
    first = bisect_left(tokens.starts, lines[sentence.line].start)
    if not live.isdisjoint(tokens.words[first : sentence.first + 2]):
        return setting.posted
    watch = any(word in setting.text[line.start : line.end] for word in live for line in lines if line.kind != "text")
    return setting.posted if watch and trigger.type in ("briefing", "statement", "meeting") else None

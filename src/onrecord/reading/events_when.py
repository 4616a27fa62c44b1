"""When and where the main event was: in its sentence, its headline, a line with a label, the sentence below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress, pairwise

from onrecord.reading.events_sentence import Sentence, When
from onrecord.reading.events_setting import Setting
from onrecord.reading.events_words import Trigger
from onrecord.reading.layout import Line

TALKS = frozenset(("meeting", "call", "visit"))
ANNOUNCED = frozenset(("meeting", "call", "visit", "briefing", "statement", "ceremony", "agreement", "vote", "measure"))
NAMED = TALKS | {"attack"}
PINS = ("📍", "🗓", "📅")
SHORT = 80
LONGEST_NAME = 5
OWNED = ("’s ", "'s ", ") ")
POSSESSIVE = ("’s", "'s")
PLACE = 4
NEAR_VERB = 4
DASHES = ("–", "—", "-", ".", ":")
LOOKED_BEHIND = 3
DATELINE = re.compile(r"[^.,:–—]{2,40}[,.]? ")


def date_of_main(setting: Setting, sentence: Sentence, trigger: Trigger, headline: Sentence | None) -> When | None:
    """The date of the main event in its sentence, else in its headline, else in the line below a headline."""
    when = _date(setting, sentence, trigger) or _starts(setting, sentence, trigger)
    if when is None and headline is not None and headline != sentence:
        when = _date(setting, headline, trigger)
    if when is None and sentence == headline:
        when = _below(setting, sentence, trigger)
    return when


def _starts(setting: Setting, sentence: Sentence, trigger: Trigger) -> When | None:
    """The time that the sentence below gives for what is announced: "We start at 11:00 MSK!"."""
    at = setting.sentences.index(sentence) + 1
    if trigger.type not in TALKS and trigger.type != "briefing":
        return None
    for below in setting.sentences[at : at + 1]:
        low = setting.people.tokens.low[below.first : below.first + 4]
        if not setting.triggers.grammar["starts"].isdisjoint(low):
            return next(iter(setting.dated(below)), None)
    return None


def finest(dated: Sequence[When]) -> Sequence[When]:
    """The dates of a sentence without a year or month that a finer one spells out ("46 years ago, on May 4")."""
    if len(dated) < 2:
        return dated
    return [w for w in dated if not any(o.value != w.value and o.value.startswith(w.value) for o in dated)]


def _date(setting: Setting, sentence: Sentence, trigger: Trigger) -> When | None:
    """The date of the event in its sentence: the one that opens it, closes it in brackets, or follows the verb."""
    found = finest(setting.dated(sentence))
    if not found or trigger.kind == "stance":
        return None
    tokens, text = setting.people.tokens, setting.text
    opening = tokens.starts[min(sentence.first + 4, len(tokens) - 1)]
    found = [when for when in found if len(when.value) > 4 or when.start <= opening or _of_verb(setting, trigger, when)]
    found = [when for when in found if not _of_another(setting, trigger, when) and not _as_of(setting, when)]
    if trigger.kind == "act":
        found = [when for when in found if not _owns(setting, sentence, when)]
    if len(found) > 1 and heads_report(setting, sentence, found[0]):
        found = found[1:]
    for when in found:
        if when.start <= opening or text[: when.start].rstrip().endswith("("):
            return when
    found = [when for when in found if not _in_other_clause(setting, trigger, when)]
    if trigger.type == "letter":
        today = setting.triggers.grammar["today"]
        return next((when for when in found if text[when.start : when.end].lower() in today), None)
    behind = [when for when in found if when.start >= tokens.ends[trigger.end - 1]]
    return behind[0] if behind else next(iter(found[-1:]), None)


def _of_verb(setting: Setting, trigger: Trigger, when: When) -> bool:
    """Whether a year says when a verb's act was: "The station was opened in 1956"."""
    tokens, grammar = setting.people.tokens, setting.triggers.grammar
    at = bisect_left(tokens.starts, when.start)
    near = 0 <= at - trigger.end <= NEAR_VERB and tokens.low[at - 1] in grammar["before-year"]
    return trigger.kind == "act" and trigger.type not in TALKS and near and setting.text[when.start].isdigit()


def _owns(setting: Setting, sentence: Sentence, when: When) -> bool:
    """Whether a date in the phrase that opens a sentence is that of its noun: "In response to yesterday's launches"."""
    low, grammar = setting.people.tokens.low[sentence.first], setting.triggers.grammar
    owned = any(mark.strip() in setting.text[when.start : when.end + 2] for mark in POSSESSIVE)
    return owned and (low in grammar["no-subject"] or low in grammar["adverbial"])


def _as_of(setting: Setting, when: When) -> bool:
    """Whether a date only says up to when something is counted: "as of May 4"."""
    before = setting.text[max(0, when.start - 12) : when.start].lower().split()
    return (
        len(before) > 1
        and before[-2] in setting.triggers.grammar["as"]
        and before[-1] in setting.triggers.grammar["of"]
    )


def heads_report(setting: Setting, sentence: Sentence, when: When) -> bool:
    """Whether a date belongs to the place and date that head a report: "VADUZ, 4 May 2031 – …"."""
    before, behind = setting.text[sentence.start : when.start], setting.text[when.end : when.end + 3]
    place = before.rstrip().endswith(",") and before[:1].isupper() and len(before.split()) <= PLACE
    return place and behind.strip()[:1] in DASHES


def beside(setting: Setting, noun: Trigger, when: When) -> bool:
    """Whether a date stands right behind a noun or in its name: "your visit last year", "the May 4 NATO Summit"."""
    tokens = setting.people.tokens
    if 0 <= when.start - tokens.ends[noun.end - 1] <= 1 or setting.text[when.end : tokens.starts[noun.first]] in OWNED:
        return True
    first = bisect_left(tokens.starts, when.end)
    at = bisect_left(tokens.starts, when.start)
    if first == noun.first and tokens.soft(first) and at and tokens.soft(at):
        return tokens.low[at - 1] not in setting.triggers.grammar["adverbial"]  # "the brutal May 4 attack"
    named = range(first, noun.first + 1)
    return 0 < len(named) <= LONGEST_NAME and all(tokens.capital(at) and tokens.soft(at) for at in named)


def _of_another(setting: Setting, trigger: Trigger, when: When) -> bool:
    """Whether a date tells when something else took place: "the election held on 4 May", "the May 4 NATO Summit"."""
    near = bisect_left(setting.people.tokens.starts, when.end)
    for noun in setting.triggers.between(near, near + LONGEST_NAME):
        if noun != trigger and noun.kind == "noun" and noun.type in NAMED and beside(setting, noun, when):
            return True
    between = setting.triggers.between(trigger.end, bisect_left(setting.people.tokens.starts, when.start))
    return any(
        noun.kind == "noun" and verb.kind != "noun" and noun.end == verb.first and verb.end == verb.first + 1
        for noun, verb in pairwise(between)
    )


def _in_other_clause(setting: Setting, trigger: Trigger, when: When) -> bool:
    """Whether a relative clause stands between the verb and a date: "the Congress, which meets today"."""
    tokens = setting.people.tokens
    between = tokens.low[trigger.end : bisect_left(tokens.starts, when.start)]
    return trigger.kind == "act" and not setting.triggers.grammar["relative"].isdisjoint(between)


def in_side_clause(setting: Setting, trigger: Trigger, when: When) -> bool:
    """Whether a date belongs to a clause of its own behind the verb: "buoys, the first of which arrive in May"."""
    tokens = setting.people.tokens
    at = bisect_left(tokens.starts, when.start)
    between = tokens.low[trigger.end : at]
    relative = [index for index, low in enumerate(between) if low in setting.triggers.grammar["relative"]]
    if not relative:
        return False
    return not setting.triggers.between(trigger.end + relative[-1], at)


def of_labels(setting: Setting) -> When | None:
    """The date of a line such as "📍 Vaduz, May 4" or "WHEN: Monday, 4 May"."""
    for line in setting.layout.lines:
        at = _pin(setting, line)
        if at is not None or _labelled(setting, line, "when-label"):
            found = [when for when in setting.whens if (at or line.start) <= when.start < line.end]
            if found:
                return found[0]
    return None


def _pin(setting: Setting, line: Line) -> int | None:
    """Where the pin stands that a place or a date follows: at the head of a short line, or where a line runs on."""
    if any(pin in line.mark for pin in PINS) and line.end - line.start < SHORT:
        return line.start
    found = max(setting.text.rfind(pin, max(line.start, line.end - SHORT), line.end) for pin in PINS)
    return found if found >= 0 else None


def _labelled(setting: Setting, line: Line, kind: str) -> bool:
    """Whether a line opens with a label such as "WHEN:"."""
    label, colon, _ = setting.text[line.body : line.body + SHORT].partition(":")
    return bool(colon) and label.strip("* _").lower() in setting.triggers.grammar[kind]


def of_headline(setting: Setting, trigger: Trigger) -> When | None:
    """The date in the brackets that close the headline, or that the post's first words give as date of the event."""
    if trigger.kind == "stance" or trigger.type not in ANNOUNCED or setting.layout.headline is None:
        return None
    line = setting.layout.lines[setting.layout.headline]
    if (below := setting.datelines.at(setting.layout.headline + 1)) is not None:
        return below
    for when in setting.whens:
        if line.start <= when.start < line.end and setting.text.rfind("(", line.start, when.start) >= 0:
            return when if ")" in setting.text[when.end : line.end] else None
    return None


def of_post(setting: Setting, trigger: Trigger) -> When | None:
    """The date that heads or closes the post, for what is announced or written under it."""
    announced = trigger.type in ANNOUNCED or trigger.type == "letter"
    return setting.datelines.of_post() if announced and trigger.kind != "stance" else None


def _below(setting: Setting, headline: Sentence, trigger: Trigger) -> When | None:
    """The date of a short line under a headline ("Vaduz, 4 May"); of talks the one that opens the sentence below."""
    if trigger.kind != "stance" and (line := setting.datelines.at(headline.line + 1)) is not None:
        return line
    at = setting.sentences.index(headline) + 1
    if at >= len(setting.sentences):
        return None
    below = setting.sentences[at]
    dated = setting.dated(below) if below.line <= headline.line + 1 else []
    today = setting.triggers.grammar["today"]
    for when in dated if trigger.type in TALKS else []:
        near = bisect_left(setting.people.tokens.starts, when.start) - below.first <= 4
        if near or setting.text[when.start : when.end].lower() in today:
            return when
    return None


def told_again(setting: Setting, sentence: Sentence, trigger: Trigger) -> When | None:
    """The date of a sentence that takes the event up again: "The decision was taken on May 4"."""
    if trigger.kind == "stance" or trigger.type in ("letter", "statement"):
        return None
    at = setting.sentences.index(sentence) + 1
    for later in setting.sentences[at : at + LOOKED_BEHIND]:
        low = setting.people.tokens.low[later.first : later.last]
        if not setting.triggers.grammar["force"].isdisjoint(low):
            continue
        if (
            low[1:2]
            and setting.triggers.grammar["follows"].isdisjoint(low[2:4])
            and low[0] in setting.triggers.grammar["article"]
            and low[1] in setting.triggers.grammar["told-again"]
        ):
            return next((when for when in setting.dated(later) if _behind_preposition(setting, when)), None)
    return None


def _behind_preposition(setting: Setting, when: When) -> bool:
    """Whether a date says when something was done ("on May 4"), not which document is meant ("of May 4")."""
    if not any(sign.isdigit() for sign in setting.text[when.start : when.end]):
        return True
    before = setting.text[max(0, when.start - 12) : when.start].lower().split()
    if before and before[-1] in setting.triggers.grammar["adverbial"]:
        return True
    near = (*before[-1:], *setting.text[when.start : when.end].lower().split()[:1])
    return not setting.triggers.grammar["from"].isdisjoint(near)


def place_of(setting: Setting, sentence: Sentence) -> str | None:
    """The place behind "in" or "at", or of a line marked with a pin or a label."""
    for line in setting.layout.lines:
        if "📍" in line.mark and line.end - line.start < SHORT:
            return setting.text[line.body : line.end].split(",")[0].strip() or None
        if _labelled(setting, line, "where-label"):
            return setting.text[line.body : line.end].partition(":")[2].strip(" *_") or None
    tokens, words = setting.people.tokens, setting.triggers.grammar["place"]
    inside = range(sentence.first, sentence.last - 1)
    for at in compress(inside, map(words.__contains__, tokens.low[sentence.first : sentence.last - 1])):
        if tokens.soft(at + 1):
            phrase = setting.participants.phrases.place(at + 1, sentence.last)
            if phrase and phrase.split()[0].lower() not in setting.people.words.stops:
                return phrase
    return None

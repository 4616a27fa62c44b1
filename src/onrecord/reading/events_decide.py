"""What a sentence is about, where several of its words tell an event: the meeting, or the sanctions it discussed?"""

from __future__ import annotations

from onrecord.reading.events_words import Trigger
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Grammar

NEAR_SUPPORT = 16
FAR_OCCASION = 25
NEAR_ASIDE, LONGEST_ASIDE = 4, 10
OCCASIONS = ("briefing", "call", "meeting", "statement")


def decide(
    tokens: Tokens, triggers: list[Trigger], grammar: Grammar, dated: frozenset[int] = frozenset()
) -> Trigger | None:
    """The trigger that tells what a sentence is about: its first verb that tells an event, or the noun of one.

    ``dated`` are the words that stand inside dates.
    """
    if not triggers:
        return None
    said = _said_at(tokens, triggers, grammar)
    if said is not None:
        return said
    for number, trigger in enumerate(triggers):
        rest = triggers[number + 1 :]
        if hypothetical(tokens, trigger, grammar):
            continue
        if trigger.kind == "act" and not (_for_a_purpose(tokens, trigger, grammar) and _verb_follows(rest)):
            if trigger.first - 1 in dated and (begun := _marked(tokens, trigger, rest, grammar)) is not None:
                return begun
            return _within_visit(tokens, _act(tokens, trigger, rest, grammar), rest, grammar)
        if trigger.kind == "support":
            noun = _noun(trigger, rest)
            if noun is not None:
                return _within_visit(tokens, noun, rest, grammar)
        elif trigger.kind in ("noun", "stance") and not (
            _by_the_way(tokens, trigger, grammar) and any(t.kind != "noun" for t in rest)
        ):
            return _from_noun(tokens, trigger, rest, grammar)
    return None


def _marked(tokens: Tokens, act: Trigger, rest: list[Trigger], grammar: Grammar) -> Trigger | None:
    """The noun behind "May 4, 1942, marked the end of": a day that marks tells of what began or ended on it."""
    if tokens.low[act.first - 1] in grammar["today"]:
        return None  # "Today marks 80 years since the battle"
    noun = next((t for t in rest if t.kind == "noun" and t.type != "ceremony"), None)
    if noun is None or tokens.low[act.first] not in grammar["marked"] or noun.first - act.end > LONGEST_ASIDE:
        return None
    years = grammar["jubilee"] | grammar["limit"]
    return noun if years.isdisjoint(tokens.low[act.end : noun.first]) else None


def hypothetical(tokens: Tokens, trigger: Trigger, grammar: Grammar) -> bool:
    """Whether a verb tells what should or could be; "announced that it would give" is a promise."""
    before = tokens.words[max(0, trigger.first - 4) : trigger.first]
    modals = grammar["modal"].intersection(before)
    if not modals:
        return False
    said = not grammar["promised"].isdisjoint(tokens.low[max(0, trigger.first - 10) : trigger.first])
    return not (said and modals <= grammar["promise"])


def _within_visit(tokens: Tokens, told: Trigger, rest: list[Trigger], grammar: Grammar) -> Trigger:
    """ "began his visit with a meeting with …": the meeting is told, not the visit during which it takes place."""
    for trigger in rest if told.type == "visit" else []:
        with_it = not grammar["with"].isdisjoint(tokens.low[max(0, trigger.first - 3) : trigger.first])
        if trigger.kind == "noun" and trigger.type == "meeting" and with_it:
            return trigger
        leads = grammar["and"] | grammar["relative"]
        before = tokens.low[max(told.end, trigger.first - 3) : trigger.first]
        if trigger.kind == "act" and trigger.type == "meeting" and not leads.isdisjoint(before):
            return trigger
    return told


def _for_a_purpose(tokens: Tokens, act: Trigger, grammar: Grammar) -> bool:
    """Whether a verb only says what for: "to mark the anniversary, officials met"."""
    return act.first > 0 and tokens.low[act.first - 1] in grammar["purpose"]


def _verb_follows(rest: list[Trigger]) -> bool:
    return any(trigger.kind in ("act", "support") for trigger in rest)


def _by_the_way(tokens: Tokens, noun: Trigger, grammar: Grammar) -> bool:
    """Whether a noun stands in a phrase of time or place before the sentence's verb: "Following the talks, …"."""
    for at in range(noun.first - 1, max(-1, noun.first - 1 - LONGEST_ASIDE), -1):
        near = noun.first - at <= NEAR_ASIDE
        if tokens.low[at] in grammar["aside"] and (near or tokens.low[at] not in grammar["place"]):
            return True
        if "," in tokens.gaps[at] and not near:
            return False
    return False


def _said_at(tokens: Tokens, triggers: list[Trigger], grammar: Grammar) -> Trigger | None:
    """ "… said Ode during an interview": the occasion tells the event, not what was said."""
    for trigger in triggers:
        if trigger.kind != "noun" or trigger.type not in OCCASIONS:
            continue
        before = tokens.low[max(0, trigger.first - 24) : trigger.first]
        during = trigger.type == "briefing" and not grammar["in-briefing"].isdisjoint(before[-4:])
        if not during and grammar["said"].isdisjoint(before):
            continue
        near = len(before) - 6
        ties = [at for at, low in enumerate(before) if at >= near and low in grammar["said-at"]]
        verbs = [at for at, low in enumerate(before) if low in grammar["said"]]
        if during or (verbs and ties and verbs[-1] < ties[-1]):
            return trigger
    return None


def _act(tokens: Tokens, act: Trigger, rest: list[Trigger], grammar: Grammar) -> Trigger:
    """ "received a letter" is a letter, "received the minister" a meeting, "met online" a call."""
    if tokens.low[act.first] in grammar["received"] and rest and rest[0].kind == "noun":
        near = rest[0].first - act.end <= 4 and rest[0].type in ("letter", "ceremony", "aid", "call")
        return rest[0] if near else act
    resolved = next((t for t in rest if t.type == "vote" and t.kind == "noun"), None)
    if act.type == "measure" and resolved and not grammar["by"].isdisjoint(tokens.low[act.end : resolved.first]):
        return Trigger(act.first, act.end, "act", "vote")
    call = next((t for t in rest if t.kind == "noun" and t.type == "call" and act.type == "meeting"), None)
    if call is not None and not grammar["remote"].isdisjoint(tokens.low[call.first - 3 : call.end]):
        return call
    return act


def _noun(support: Trigger, rest: list[Trigger]) -> Trigger | None:
    for trigger in rest:
        if trigger.first - support.end > NEAR_SUPPORT or trigger.kind == "act":
            return None
        if trigger.kind == "noun":
            return trigger
    return None


def _from_noun(tokens: Tokens, noun: Trigger, rest: list[Trigger], grammar: Grammar) -> Trigger:
    """A noun tells the event where it is what is announced, held or done; else the verb behind it does."""
    if noun.type == "briefing":
        return noun
    linked = next((t for t in rest if t.type == "call" and t.kind == "noun"), None)
    if (
        noun.type == "meeting"
        and linked
        and not grammar["remote"].isdisjoint(tokens.low[linked.first - 1 : linked.end])
    ):
        return linked
    if noun.type == "statement":
        return _remarks(tokens, noun, rest, grammar)
    if noun.type == "measure" and any(t.type == "vote" for t in rest):
        return next(t for t in rest if t.type == "vote")
    if rest and rest[0].kind == "support" and rest[0].first - noun.end <= 12:
        return noun
    for number, verb in enumerate(rest):
        if verb.kind == "support":
            return _noun(verb, rest[number + 1 :]) or noun
        if verb.kind == "act" and tokens.gaps[verb.first].strip() != ",":
            return noun if noun.type in ("letter", "call") else verb
    return noun


def _remarks(tokens: Tokens, noun: Trigger, rest: list[Trigger], grammar: Grammar) -> Trigger:
    """Remarks at talks are the talks, remarks to the press a briefing, remarks at a conference a statement."""
    for trigger in rest:
        if trigger.kind != "noun":
            continue
        if trigger.type == "briefing":
            return noun if tokens.low[trigger.first - 1] in grammar["council"] else trigger
        if not grammar["between"].isdisjoint(tokens.low[trigger.first : trigger.end + 2]):
            return noun
        before = tokens.low[max(noun.end, trigger.first - 5) : trigger.first]
        of = not grammar["of"].isdisjoint(tokens.low[trigger.end : trigger.end + 1])
        about = tokens.low[noun.first] in grammar["dateline"] and noun.end - noun.first > 1  # "Press release on the …"
        if about and trigger.type in ("meeting", "call", "visit") and not grammar["upon"].isdisjoint(before):
            return trigger
        talks = trigger.type in ("meeting", "call") and not of and tokens.low[trigger.first] not in grammar["gathering"]
        if talks and not grammar["occasion"].isdisjoint(before) and trigger.first - noun.end < FAR_OCCASION:
            return trigger
    return noun

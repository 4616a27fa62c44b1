"""Who was there beside those whom the main event's own sentence names: lists of guests, the states of an exercise."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import compress, count

from onrecord.reading.events_sentence import Sentence
from onrecord.reading.events_setting import Setting
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Grammar

LOOKED_AT = 12
BELOW = 6
TALKS = frozenset(("meeting", "call", "visit"))


def taking_part(setting: Setting) -> tuple[str, ...]:
    """The states that a post on an exercise names, each once."""
    own = [
        name
        for sentence in setting.sentences[:LOOKED_AT]
        for name in setting.participants.bodies.states(sentence.first, sentence.last)
    ]
    codes: dict[str, str] = {}
    for name in own:
        codes.setdefault(setting.people.words.countries.code(name) or name, name)
    return tuple(codes.values())


@lru_cache(maxsize=8)
def _opening_words(phrases: frozenset[str]) -> frozenset[str]:
    """The first words of phrases."""
    return frozenset(phrase.split()[0] for phrase in phrases)


def _near(tokens: Tokens, at: int) -> list[str]:
    """A word and the next three, but for those of another sentence."""
    return tokens.low[at : at + 4 if at + 2 < len(tokens) and tokens.soft(at + 2) else at + 2]


def _lists(words: list[str], grammar: Grammar) -> bool:
    if words[0] in grammar["listed"]:
        return True
    there = " ".join(words[:2]) in grammar["attended"]
    apart = words[0] in grammar["also"] and not grammar["article"].isdisjoint(words[2:3])
    # "She also attended a dinner hosted by …" lists nobody
    return there and (not apart or not grammar["told-again"].isdisjoint(words[3:]))


def attending(setting: Setting) -> list[str]:
    """Persons of sentences that list who was there ("Participants included …"), and of the list behind a colon."""
    tokens, grammar, found = setting.people.tokens, setting.triggers.grammar, []
    firsts = _opening_words(grammar["listed"] | grammar["attended"])
    told = list(compress(count(), map(firsts.__contains__, tokens.low)))
    told = [at for at in told if _lists(_near(tokens, at), grammar)]
    for number, sentence in enumerate(setting.sentences if told else ()):
        lists = bisect_left(told, sentence.first) < bisect_left(told, sentence.last)
        if not lists or setting.spoken(sentence):
            continue
        found += [name for _, name in setting.participants.persons(sentence.first, sentence.last)]
        if setting.text[sentence.start : sentence.end].endswith((":", ":**", ":*", ":__")):
            for item in setting.sentences[number + 1 : number + 40]:
                if not setting.layout.lines[item.line].bulleted and item.line != sentence.line:
                    break
                found += [name for _, name in setting.participants.persons(item.first, item.last)]
    return found


def announced(setting: Setting, headline: Sentence, known: tuple[str, ...]) -> tuple[str, ...]:
    """The participants, with those whom a headline names behind "with": "Meeting with Ana and Eva Lind"."""
    grammar, low = setting.triggers.grammar, setting.people.tokens.low
    trigger = next((t for t in setting.in_sentence(headline) if t.type in TALKS), None)
    if trigger is None or trigger.end >= headline.last or low[trigger.end] not in grammar["with"]:
        return known
    named = [
        name for at, name in setting.participants.persons(headline.first, headline.last, trigger) if at > trigger.end
    ]
    lasts = {name.rpartition(" ")[2] for name in known}
    return (*known, *(name for name in named if name not in known and name.rpartition(" ")[2] not in lasts))


def signatories(setting: Setting, sentence: Sentence) -> tuple[str, ...]:
    """The parties that the sentences below tell: "The document was signed by A and B"."""
    at = setting.sentences.index(sentence) + 1
    for later in setting.sentences[at : at + BELOW]:
        low, about = setting.people.tokens.low[later.first : later.first + 2], setting.about(later)
        again = (
            len(low) > 1
            and low[0] in setting.triggers.grammar["article"]
            and low[1] in setting.triggers.grammar["told-again"]
        )
        if again and about is not None and about.type == "agreement":
            return setting.participants.of(later, about)
    return ()


def named_before(setting: Setting, sentence: Sentence) -> tuple[str, ...]:
    """The states of the sentence before: "A and B have ended their dispute. Under an accord …"."""
    at = setting.sentences.index(sentence)
    if at == 0:
        return ()
    before = setting.sentences[at - 1]
    found = setting.participants.bodies.states(before.first, before.last)
    return tuple(found) if len(found) > 1 else ()

"""What a channel is, as far as its title and its posts tell: the state it speaks for, and its body.

"Russian MFA", "Foreign Ministry of …", "The White House", "President of Ukraine": the title first, then the first lines
of the post. What the user stated, or the channel's card told, is never overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from onrecord.model import Profile
from onrecord.reading.vocabulary import Vocabulary, vocabulary

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_POSSESSIVE = ("'s", "’s")
_LAST_CODE = re.compile(r"[^\W\d_](?: ([A-Z]{2})| \(([A-Z]{2})\))\Z")  # "Umweltministerium AT"
_NO_CODES = frozenset(
    ("AD", "AI", "AM", "BE", "CO", "ID", "IN", "IS", "IT", "MD", "ME", "MY", "NO", "PR", "SO", "TM", "TV")
)
"""Codes that mean something else at the end of a title, unless in brackets."""
_LONGEST_NAME = 5
_HEAD = 1_500
_BODIES = frozenset(("ministry", "mfa", "embassy", "government", "president", "presidency", "mod"))


def infer(
    text: str, *, channel: str | None, profile: Profile, language: str = "en", others: Iterable[str] = ()
) -> Profile:
    """The profile with its unknown fields filled from the channel's title, else from its posts' own words.

    ``others`` are further posts of the channel. What is inferred says so in its basis.

    >>> infer("Talks in Oslo", channel="Norwegian MFA", profile=Profile()).country
    'NO'
    """
    words = vocabulary(language)
    known = profile
    if known.country is None:
        country, of_states = told_by_title(channel, language) if channel else (None, False)
        if country is None and not of_states:
            country = _own_words([text, *others], words)
        if country is not None:
            known = replace(known, country=country, country_basis="inferred")
    if known.body is None and channel:
        known = replace(known, body=channel.strip(), body_basis="inferred")
    return known


@lru_cache(maxsize=4096)
def told_by_title(title: str, language: str) -> tuple[str | None, bool]:
    """The state that a channel's title names, and whether it names an organisation of states; kept for each title.

    >>> told_by_title("Norwegian MFA", "en")
    ('NO', False)
    """
    words = vocabulary(language)
    return state_of(title, words), _of_states(title, words)


def state_of(title: str, words: Vocabulary) -> str | None:
    """The first state that a title names, in any form; flags count.

    >>> state_of("The White House", vocabulary("en"))
    'US'
    >>> state_of("U.S. Embassy Nairobi", vocabulary("en")), state_of("Umweltministerium (AT)", vocabulary("en"))
    ('US', 'AT')
    >>> state_of("Web TV", vocabulary("en"))
    """
    tokens = _tokens(title)
    for at in range(len(tokens)):
        for size in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size])
            code = words.countries.get(phrase) or words.bodies.get(phrase) or words.countries.get(phrase + ".")
            if code:
                return code
    last = None if title.isupper() else _LAST_CODE.search(title.rstrip())
    if last is not None and last[1] not in _NO_CODES and (last[1] or last[2]) in words.countries.values():
        return last[1] or last[2]
    flags = re.findall("[\U0001f1e6-\U0001f1ff]{2}", title)
    return "".join(chr(ord(letter) - 0x1F1A5) for letter in flags[0]) if len(flags) == 1 else None


def _of_states(title: str, words: Vocabulary) -> bool:
    """Whether a title names an organisation of states, which speaks for none of those in its posts.

    >>> _of_states("European Commission", vocabulary("en")), _of_states("Spring News", vocabulary("en"))
    (True, False)
    """
    tokens = _tokens(title)
    return any(
        " ".join(tokens[at : at + size]) in words.organisations
        for at in range(len(tokens))
        for size in range(1, _LONGEST_NAME + 1)
    )


def _tokens(text: str) -> list[str]:
    """The words of a text in small letters, without possessive endings."""
    return [word[:-2] if word.endswith(_POSSESSIVE) else word for word in _TOKEN.findall(text.lower())]


def _own_words(posts: Iterable[str], words: Vocabulary) -> str | None:
    """The state whose ministry, embassy or president most posts name first: a channel speaks of its own so."""
    counts: dict[str, int] = {}
    for post in posts:
        head = post[:_HEAD].lower()
        if not any(body in head for body in _BODIES):
            continue
        tokens = _tokens(head)
        for at, token in enumerate(tokens):
            if token not in _BODIES:
                continue
            before = words.countries.get(tokens[at - 1]) if at else None
            before = before or (words.countries.get(tokens[at - 2]) if at > 1 and tokens[at - 1] == "foreign" else None)
            after = (
                state_of(" ".join(tokens[at + 1 : at + 7]), words)
                if tokens[at + 1 : at + 2] in (["of"], ["for"])
                else None
            )
            country = before or after
            if country is not None:
                counts[country] = counts.get(country, 0) + 1
                break
    return max(counts, key=lambda code: counts[code]) if counts else None

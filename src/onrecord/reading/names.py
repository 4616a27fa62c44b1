"""The grammar of personal names in running text: capitals, initials, particles, suffixes; no list of given names."""

from __future__ import annotations

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary

MOST_WORDS = 8


def name_end(tokens: Tokens, start: int, words: Vocabulary) -> int:
    """The index behind the name that begins at a word; ``start`` itself where none does.

    >>> from onrecord.reading.offices import vocabulary
    >>> tokens = Tokens("Salim bin Hamad Al Amri met Joanna R. Ode, Jr. today")
    >>> name_end(tokens, 0, vocabulary()), name_end(tokens, 6, vocabulary())
    (5, 10)
    """
    size = len(tokens)
    if start >= size or not _opens_name(tokens, start, words):
        return start
    end = start + 1
    while end < size and end - start < MOST_WORDS:
        if not _joined(tokens, end, words):
            break
        step = _next_part(tokens, end, start, words)
        if step == end:
            break
        end = step
    return _with_suffix(tokens, end, words)


def _opens_name(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    if is_name_word(tokens, at, words) or _son_of(tokens, at, words):
        return True
    if not tokens.capital(at) or not _followed(tokens, at, words):
        return False
    low = tokens.low[at]
    if low in words.also_names or words.countries.first.get(low):
        return True
    return low in words.particles and not low.islower()


def _son_of(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """A capitalised word before "bin" is a given name whatever it means else ("Sultan bin Ahmed")."""
    after = at + 1
    return (
        after < len(tokens)
        and tokens.capital(at)
        and tokens.soft(after)
        and tokens.words[after] in words.grammar["son-of"]
    )


def _followed(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    after = at + 1
    return after < len(tokens) and tokens.soft(after) and is_name_word(tokens, after, words)


def is_name_word(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a word can be part of a name wherever it stands: capitalised, and no word of offices or states."""
    word = tokens.words[at]
    if not word[0].isupper():
        return False
    low = tokens.low[at]
    if low in words.common:
        return (len(word) == 1 and _is_initial(tokens, at)) or _after_al(tokens, at, words)
    if "#" in tokens.gaps[at] and any(sign.isupper() or sign.isdigit() for sign in word[1:]) and not word.isupper():
        return False
    if low in words.heads.first and words.heads.at(tokens, at):
        return False
    if low in words.countries.first and words.countries.at(tokens, at):
        return False
    if low in words.organisations.first and words.organisations.at(tokens, at):
        return False
    if low in words.bodies.first and words.bodies.at(tokens, at):
        return False
    if low in words.honorifics.first and words.honorifics.at(tokens, at) and low not in words.particles:
        return False
    if len(word) > 2 and word.isupper() and at > 0 and "(" in tokens.gaps[at]:
        return False
    return not words.is_portfolio(low)


def _al(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a word is a part of a name with its particle ("al-Amri")."""
    first, _, rest = tokens.words[at].partition("-")
    return at > 0 and rest[:1].isupper() and first in words.particles


def _after_al(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """The word behind "Al" is a name whatever it means else ("Al Said")."""
    return at > 1 and tokens.low[at - 1] in words.grammar["al"] and tokens.soft(at) and tokens.capital(at - 2)


def _is_initial(tokens: Tokens, at: int) -> bool:
    after = at + 1
    return after < len(tokens.gaps) and tokens.gaps[after].startswith(".")


def _joined(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    if tokens.soft(at):
        return True
    gap, before = tokens.gaps[at], tokens.words[at - 1]
    if gap == "" and before.endswith("."):
        return True
    return gap in (". ", ".", ".-") and (len(before) == 1 or before in words.grammar["initial"])


def _next_part(tokens: Tokens, at: int, start: int, words: Vocabulary) -> int:
    """The index behind the next part of a name, or ``at`` where the name is over."""
    low = tokens.low[at]
    if tokens.capital(at):
        if is_name_word(tokens, at, words):
            return at + 1
        if at == start + 1 and low in words.also_names and not _runs_on(tokens, at, words):
            return at + 1
        if at == start + 1 and low in words.countries.first and not _runs_on(tokens, at, words):
            form = words.countries.at(tokens, at)
            return at + 1 if form and form[0].kind == "name" and len(form[0].words) == 1 else at
        return at
    if _al(tokens, at, words):
        return at + 1
    after = at
    while after < len(tokens) and after - at < 3 and tokens.low[after] in words.particles and tokens.soft(after):
        after += 1
    if after > at and after < len(tokens) and tokens.soft(after):
        son = tokens.low[after - 1] in words.grammar["son-of"] and tokens.capital(after)
        return after + 1 if son or is_name_word(tokens, after, words) else at
    return at


def _runs_on(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether the word opens a phrase of its own ("… Ode Press Service")."""
    after = at + 1
    return after < len(tokens) and tokens.soft(after) and tokens.capital(after) and tokens.low[after] in words.common


def _with_suffix(tokens: Tokens, end: int, words: Vocabulary) -> int:
    while end < len(tokens) and tokens.low[end] in words.suffixes and tokens.gaps[end] in (" ", ", ", ". "):
        word = tokens.words[end]
        if not (word.isupper() or word in ("Jr", "Sr", "Jnr", "Snr", "PhD")) or (len(word) == 1 and word == "I"):
            break
        if tokens.gaps[end] == ", " and word not in ("Jr", "Sr", "Jnr", "Snr"):
            break
        end += 1
    return end


def name_start(tokens: Tokens, end: int, words: Vocabulary) -> int:
    """The index of the first word of the name that ends before ``end``; ``end`` where none does.

    >>> from onrecord.reading.offices import vocabulary
    >>> name_start(Tokens("with Dr. Joanna van der Ode, the Minister"), 6, vocabulary())
    2
    """
    start = end
    while start > 0 and end - start < MOST_WORDS:
        at = start - 1
        if start < end and not _joined(tokens, start, words):
            break
        low = tokens.low[at]
        suffix = start == end and low in words.suffixes and tokens.capital(at)
        particle = start < end and at > 0 and low in words.particles and not tokens.capital(at)
        part = is_name_word(tokens, at, words) or _son_of(tokens, at, words) or _al(tokens, at, words)
        also = start < end and low in words.also_names and low not in words.heads.first and tokens.capital(at)
        part = part or (also and not (at and words.is_small(tokens.low[at - 1])))
        if part or suffix or (particle and _joined(tokens, at, words)):
            start = at
        else:
            break
    while start < end and not tokens.capital(start):
        start += 1
    return start


def name_text(tokens: Tokens, first: int, end: int) -> str:
    """A name as written, without "#", with single spaces, and with the full stop of its suffix."""
    name = tokens.slice(first, end).replace("#", "").replace("*", "")
    if tokens.low[end - 1] in ("jr", "sr") and tokens.gaps[end].startswith("."):
        name += "."
    return " ".join(name.split())

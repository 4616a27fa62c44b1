"""A second family of changed quotations, of what people do to words beyond ``quotes_cases``: tense, contractions,
number words, typos, swapped names, put-in words, clauses in another order, other marks of omission.

    python benchmarks/quotes.py --changes
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from quotes_cases import Made, Maker, World, by_rule, pick

from onrecord.ask.check_deciding import among
from onrecord.post.fold import fold

Tokens = list[str]
Change = Callable[[World, random.Random, Tokens], "Tokens | None"]

TENSES = "will would|is was|are were|has had|have had|do did|does did|can could|continue continued|believe believed"
TENSE = {a: b for pair in TENSES.split("|") for a, b in (pair.split(), pair.split()[::-1])}
NOT = {"is": "isn't", "are": "aren’t", "was": "wasn't", "do": "don't", "does": "doesn’t", "did": "didn't"}
NOT |= {"have": "haven't", "has": "hasn’t", "will": "won't", "would": "wouldn’t", "can": "can't", "could": "couldn't"}
PLAIN = {fold(value): key for key, value in NOT.items()}
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DIGITS = {word: str(n) for n, word in enumerate(NUMBERS, 1)} | {str(n): word for n, word in enumerate(NUMBERS, 1)}
OPPOSITES = "more less|before after|above below|all some|always never|most few|first last|with without|for against"
OPPOSITE = {a: b for pair in OPPOSITES.split("|") for a, b in (pair.split(), pair.split()[::-1])}
PUT_IN = ["very", "reportedly", "perhaps", "never", "no longer", "hardly", "also", "clearly", "two", "[the minister]"]
MARKS = ["…", "...", ". . .", "[…]", "[...]", "(...)", "(…)", "[ … ]", "....", "– … –"]


def _places(tokens: Tokens, table: dict[str, str]) -> list[int]:
    return [n for n, token in enumerate(tokens) if fold(token) in table]


def _by_table(table: dict[str, str]) -> Change:
    def change(world: World, rng: random.Random, tokens: Tokens) -> Tokens | None:
        places = _places(tokens, table)
        if not places:
            return None
        at = rng.choice(places)
        return [*tokens[:at], table[fold(tokens[at])], *tokens[at + 1 :]]

    return change


def _typo(world: World, rng: random.Random, tokens: Tokens) -> Tokens | None:
    places = [n for n, token in enumerate(tokens) if re.fullmatch(r"[a-z]{5,}", token)]
    if not places:
        return None
    at, token = (place := rng.choice(places)), tokens[place]
    cut = rng.randrange(1, len(token) - 2)
    wrong = token[:cut] + token[cut + 1] + token[cut] + token[cut + 2 :]
    return None if wrong == token else [*tokens[:at], wrong, *tokens[at + 1 :]]


def _plural(world: World, rng: random.Random, tokens: Tokens) -> Tokens | None:
    places = [n for n, token in enumerate(tokens) if re.fullmatch(r"[a-z]{4,}[^s]", token)]
    return None if not places else [t + "s" if n == places[0] else t for n, t in enumerate(tokens)]


def _names_swapped(world: World, rng: random.Random, tokens: Tokens) -> Tokens | None:
    places = [n for n, token in enumerate(tokens) if n and re.fullmatch(r"[A-Z][a-z]{3,}", token)]
    if len(places) < 2 or tokens[places[0]] == tokens[places[-1]]:
        return None
    changed = list(tokens)
    changed[places[0]], changed[places[-1]] = tokens[places[-1]], tokens[places[0]]
    return changed


def _put_in(world: World, rng: random.Random, tokens: Tokens) -> Tokens | None:
    at = rng.randrange(1, len(tokens))
    return [*tokens[:at], rng.choice(PUT_IN), *tokens[at:]]


def _neighbours_swapped(world: World, rng: random.Random, tokens: Tokens) -> Tokens | None:
    at = rng.randrange(1, len(tokens) - 2)
    if fold(tokens[at]) == fold(tokens[at + 1]):
        return None
    return [*tokens[:at], tokens[at + 1], tokens[at], *tokens[at + 2 :]]


def altered(change: Change) -> Maker:
    """A change of words that may be anything but ``verbatim``; what the rule gives is right."""

    def make(world: World, rng: random.Random, length: int) -> Made:
        picked = pick(world, rng, length)
        if picked is None:
            return None
        text, start = picked
        tokens = text.tokens(start, start + length)
        changed = change(world, rng, tokens)
        said = " ".join(changed or tokens)
        if changed is None or fold(said) == fold(" ".join(tokens)) or world.texts_with(fold(said).split()):
            return None
        return said, _right(world, fold(" ".join(tokens)).split(), fold(said).split()), (text.passage.key,)

    return make


def _right(world: World, plain: Tokens, said: Tokens) -> str:
    """What the rule gives for words that are changed at some places: by the common runs, longest first."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, said, plain, autojunk=False).get_matching_blocks()
    return by_rule(world, [said[block.a : block.a + block.size] for block in blocks if block.size], len(said))


def left_out(world: World, rng: random.Random, length: int) -> Made:
    picked = pick(world, rng, length + 1)
    if picked is None:
        return None
    text, start = picked
    at = rng.randrange(2, length - 2)
    first, second = text.cut(start, start + at), text.cut(start + at + 1, start + length + 1)
    if world.texts_with(fold(f"{first} {second}").split()):
        return None
    deciding = among(text.words[start + at : start + at + 1], text.passage.text)
    return f"{first} {second}", "altered" if deciding else "shortened", (text.passage.key,)


def marked_so(world: World, rng: random.Random, length: int) -> Made:
    """One or two marked omissions, the marks of every style."""
    out = rng.randint(3, 30)
    picked = pick(world, rng, length + 2 * out)
    if picked is None:
        return None
    text, start = picked
    third = length // 3
    cuts = [start, start + third, start + third + out, start + 2 * third + out, start + 2 * third + 2 * out]
    pieces = [text.cut(cuts[0], cuts[1]), text.cut(cuts[2], cuts[3]), text.cut(cuts[4], start + length + 2 * out)]
    if any(fold(f"{a} {b}") in fold(text.passage.text) for a, b in pairwise(pieces)):
        return None
    return f" {rng.choice(MARKS)} ".join(pieces), "shortened", (text.passage.key,)


def clauses_turned(world: World, rng: random.Random, length: int) -> Made:
    """The second half of a stretch before its first."""
    picked = pick(world, rng, length)
    if picked is None:
        return None
    text, start = picked
    half = length // 2
    said = f"{text.cut(start + half, start + length)}, {text.cut(start, start + half)}"
    return None if world.texts_with(fold(said).split()) else (said, "spliced", (text.passage.key,))


def dressed(world: World, rng: random.Random, length: int) -> Made:
    """The words themselves in other dress: brackets at the first letter, a line broken at a hyphen, other marks."""
    picked = pick(world, rng, length)
    if picked is None:
        return None
    text, start = picked
    said = text.cut(start, start + length)
    dress: list[Callable[[str], str]] = [
        lambda t: f"[{t[0].upper()}]{t[1:]}",
        lambda t: re.sub(r"\b([a-z]{4})([a-z]{4,})", "\\1\u00ad\\2", t, count=1),
        lambda t: f"»{t}«",
        lambda t: f"„{t}“",
        lambda t: f"<<{t}>>",
        lambda t: f"‘{t}’",
        lambda t: t.replace(" ", "\u202f"),
        lambda t: t.replace(", ", " — "),
        lambda t: t.rstrip(".") + "…",
        lambda t: f"... {t} ...",
        lambda t: "".join(c + ("\u200d" if n % 9 == 0 else "") for n, c in enumerate(t)),
        lambda t: t.replace("e", "е"),
        str.title,
        str.swapcase,
    ]
    for change in rng.sample(dress, 2):
        said = change(said)
    return said, "verbatim", (text.passage.key,)


CHANGERS: dict[str, Maker] = {
    "in other dress": dressed,
    "tense": altered(_by_table(TENSE)),
    "negation contracted, put in": altered(_by_table(NOT)),
    "negation contracted, taken out": altered(_by_table(PLAIN)),
    "number words and digits": altered(_by_table(DIGITS)),
    "the opposite": altered(_by_table(OPPOSITE)),
    "a typo": altered(_typo),
    "plural": altered(_plural),
    "names swapped": altered(_names_swapped),
    "neighbours swapped": altered(_neighbours_swapped),
    "words put in": altered(_put_in),
    "a word left out": left_out,
    "omissions marked": marked_so,
    "clauses turned round": clauses_turned,
}

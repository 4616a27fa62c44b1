"""Quotations made from texts, each with the verdict that the rule gives: seeded, from real and from invented prose."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ask.check_deciding import among
from onrecord.ask.check_passages import Passage
from onrecord.post.fold import Word, fold, words

LENGTHS = (8, 12, 16, 25, 40)
LATIN_TO_CYRILLIC = str.maketrans("aeopcx", "аеорсх")
VERBS = "will would is are was were can could should must has have had does did do may might"
AUXILIARY = frozenset(VERBS.split())
CONTRACTED = {"will": "won't", "can": "can't"} | {w: w + "n't" for w in AUXILIARY - {"will", "can", "may", "might"}}


@dataclass(frozen=True)
class Case:
    """``right`` is the verdict of the rule; ``keys`` the passages the words were taken from."""

    kind: str
    length: int
    text: str
    right: str
    keys: tuple[str, ...] = ()
    speaker: str | None = None


@dataclass(frozen=True)
class Text:
    """A passage with its words, read once."""

    passage: Passage
    words: tuple[Word, ...]

    def cut(self, start: int, end: int) -> str:
        """The text as written from one word to another."""
        return self.passage.text[self.words[start].start : self.words[end - 1].end]

    def tokens(self, start: int, end: int) -> list[str]:
        """The words as written."""
        return [self.passage.text[w.start : w.end] for w in self.words[start:end]]


@dataclass(frozen=True)
class World:
    """Texts that the archive holds, texts that it does not hold, and a count of how many texts hold a run."""

    held: Sequence[Text]
    others: Sequence[Text]
    vocabulary: Sequence[str]
    texts_with: Callable[[Sequence[str]], int]
    speakers: Sequence[str]


def texts(passages: Sequence[Passage]) -> list[Text]:
    """Passages with their words."""
    return [Text(passage, tuple(words(passage.text))) for passage in passages]


Made = tuple[str, str] | tuple[str, str, tuple[str, ...]] | tuple[str, str, tuple[str, ...], str] | None
Maker = Callable[["World", random.Random, int], Made]


def cases(world: World, *, seed: int, each: int, makers: dict[str, Maker] | None = None) -> Iterator[Case]:
    """``each`` cases of every kind and length."""
    for kind, make in (makers or MAKERS).items():
        for length in LENGTHS:
            rng = random.Random(f"{seed}-{kind}-{length}")
            made = tries = 0
            while made < each and tries < each * 400:
                tries += 1
                case = make(world, rng, length)
                if case is not None:
                    made += 1
                    yield Case(kind, length, *case)


def pick(world: World, rng: random.Random, length: int) -> tuple[Text, int] | None:
    """A held text and the first word of a stretch in it; None where the text is too short."""
    text = rng.choice(world.held)
    if len(text.words) < length:
        return None
    return text, rng.randrange(len(text.words) - length + 1)


def _noise(rng: random.Random, text: str) -> str:
    changes: list[Callable[[str], str]] = [
        str.upper,
        str.lower,
        lambda t: t.replace(" ", "  ", 3).replace(" ", "\u00a0", 1),
        lambda t: t.replace("'", "’").replace("’", "'", 1),
        lambda t: t.replace(",", "").replace(".", ""),
        lambda t: t[:3] + "\u200b" + t[3:],
        lambda t: " ".join(
            w.translate(LATIN_TO_CYRILLIC) if n % 3 == 0 and len(w) > 4 and not w.isupper() else w
            for n, w in enumerate(t.split(" "))
        ),
        lambda t: t.replace("fi", "ﬁ").replace("fl", "ﬂ"),
        lambda t: t.replace(" - ", " — ").replace("-", "‑"),
        lambda t: "“" + t.replace('"', "»") + "”",
        lambda t: t.replace(" ", "\n", 1),
    ]
    for change in rng.sample(changes, 3):
        text = change(text)
    return text


def verbatim(world: World, rng: random.Random, length: int) -> Made:
    picked = pick(world, rng, length)
    if picked is None:
        return None
    text, start = picked
    said = _noise(rng, text.cut(start, start + length))
    return (said, "verbatim", (text.passage.key,)) if fold(said) == fold(text.cut(start, start + length)) else None


def by_rule(world: World, kept: Sequence[Sequence[str]], length: int) -> str:
    """The verdict for words changed in place: ``kept`` are the runs that stay, ``length`` the quotation's words."""
    share = sum(map(len, kept)) / length
    if length < 8:
        return "not in this archive"
    if length < 16:
        return "altered" if share >= 0.85 else "not in this archive"
    telling = any(len(run) >= 5 and world.texts_with(run) <= 20 for run in kept)
    return "altered" if share >= 0.70 and telling else "not in this archive"


def _changed(count: int) -> Callable[[World, random.Random, int], Made]:
    def make(world: World, rng: random.Random, length: int) -> Made:
        picked = pick(world, rng, length)
        if picked is None:
            return None
        text, start = picked
        tokens = text.tokens(start, start + length)
        at = sorted(rng.sample(range(length), count))
        for place in at:
            other = rng.choice(world.vocabulary)
            if fold(other) == fold(tokens[place]):
                return None
            tokens[place] = other
        edges = [-1, *at, length]
        plain = [word.text for word in text.words[start : start + length]]
        kept = [plain[a + 1 : b] for a, b in pairwise(edges)]
        return " ".join(tokens), by_rule(world, kept, length), (text.passage.key,)

    return make


def negation_in(world: World, rng: random.Random, length: int) -> Made:
    picked = pick(world, rng, length)
    if picked is None:
        return None
    text, start = picked
    tokens = text.tokens(start, start + length)
    places = [n for n, token in enumerate(tokens[:-1]) if token.lower() in AUXILIARY and tokens[n + 1].lower() != "not"]
    if not places:
        return None
    at = rng.choice(places)
    plain = [word.text for word in text.words[start : start + length]]
    if rng.random() < 0.5 and tokens[at].lower() in CONTRACTED:
        tokens[at] = CONTRACTED[tokens[at].lower()]
        return " ".join(tokens), by_rule(world, [plain[:at], plain[at + 1 :]], length), (text.passage.key,)
    tokens.insert(at + 1, rng.choice(["not", "never"]))
    return " ".join(tokens), by_rule(world, [plain[: at + 1], plain[at + 1 :]], length + 1), (text.passage.key,)


def negation_out(world: World, rng: random.Random, length: int) -> Made:
    picked = pick(world, rng, length + 1)
    if picked is None:
        return None
    text, start = picked
    tokens = text.tokens(start, start + length + 1)
    places = [n for n, t in enumerate(tokens) if 0 < n < length and t.lower() in ("not", "no", "never")]
    if not places:
        return None
    del tokens[rng.choice(places)]
    if world.texts_with(fold(" ".join(tokens)).split()):
        return None
    return " ".join(tokens), "altered", (text.passage.key,)


def prefix_out(world: World, rng: random.Random, length: int) -> Made:
    """A word such as "unlawful" or "wouldn't" without what negates it."""
    picked = pick(world, rng, length)
    if picked is None:
        return None
    text, start = picked
    tokens = text.tokens(start, start + length)
    places = [n for n, t in enumerate(tokens) if re.fullmatch(r"(?:un|in|im)[a-z]{5,}|\w+n['’]t", t)]
    if not places:
        return None
    at = rng.choice(places)
    tokens[at] = re.sub(r"n['’]t$|^(?:un|in|im)(?=[a-z]{5})", "", tokens[at])
    plain = [word.text for word in text.words[start : start + length]]
    return " ".join(tokens), by_rule(world, [plain[:at], plain[at + 1 :]], length), (text.passage.key,)


def _swap(pattern: str, other: Callable[[random.Random, str], str]) -> Callable[[World, random.Random, int], Made]:
    def make(world: World, rng: random.Random, length: int) -> Made:
        picked = pick(world, rng, length)
        if picked is None:
            return None
        text, start = picked
        tokens = text.tokens(start, start + length)
        places = [n for n, token in enumerate(tokens) if n and re.fullmatch(pattern, token)]
        if not places:
            return None
        at = rng.choice(places)
        changed = other(rng, tokens[at])
        if fold(changed) == fold(tokens[at]):
            return None
        tokens[at] = changed
        plain = [word.text for word in text.words[start : start + length]]
        return " ".join(tokens), by_rule(world, [plain[:at], plain[at + 1 :]], length), (text.passage.key,)

    return make


NAMES = ["Kovalenko", "Brandt", "Sandvik", "Arvonia", "Marland", "Ode", "Tessaly", "Hallam"]
number_changed = _swap(r"\d[\d.,]*", lambda rng, t: str(rng.randrange(2, 3000)))
name_changed = _swap(r"[A-Z][a-z]{3,}", lambda rng, t: rng.choice(NAMES))


def _shortened(*, marked: bool) -> Callable[[World, random.Random, int], Made]:
    def make(world: World, rng: random.Random, length: int) -> Made:
        out = rng.randint(1, 50 if marked else 6)
        picked = pick(world, rng, length + out)
        if picked is None:
            return None
        text, start = picked
        at = rng.randint(2, length - 2)
        left = text.words[start + at : start + at + out]
        deciding = among(left, text.passage.text)
        first, second = text.cut(start, start + at), text.cut(start + at + out, start + length + out)
        if fold(f"{first} {second}") in f"{fold(text.passage.text)}":
            return None
        if marked:
            return f"{first} {rng.choice(['…', '[…]', '...', '(...)'])} {second}", "shortened", (text.passage.key,)
        return f"{first} {second}", "altered" if deciding else "shortened", (text.passage.key,)

    return make


def spliced_within(world: World, rng: random.Random, length: int) -> Made:
    """Two pieces of one post: in the other order, or in order over more than fifty words."""
    text = rng.choice(world.held)
    half = length // 2
    if len(text.words) < length + 60:
        return None
    first = rng.randrange(len(text.words) - length - 55)
    second = rng.randrange(first + half + 52, len(text.words) - (length - half) + 1)
    pieces = [text.cut(first, first + half), text.cut(second, second + length - half)]
    if rng.random() < 0.5:
        pieces.reverse()
    return " ".join(pieces), "spliced", (text.passage.key,)


def spliced_across(world: World, rng: random.Random, length: int) -> Made:
    half = length // 2
    one, other = pick(world, rng, half), pick(world, rng, length - half)
    if one is None or other is None or one[0] is other[0]:
        return None
    said = f"{one[0].cut(one[1], one[1] + half)} {other[0].cut(other[1], other[1] + length - half)}"
    return said, "spliced", (one[0].passage.key, other[0].passage.key)


def wrong_speaker(world: World, rng: random.Random, length: int) -> Made:
    picked = pick(world, rng, length)
    if picked is None or not picked[0].passage.statements:
        return None
    text, start = picked
    speaker = rng.choice(world.speakers)
    own = text.passage.statements[0].speaker
    if fold(speaker).split()[-1] == fold(own or "").split()[-1]:
        return None
    return text.cut(start, start + length), "different speaker", (text.passage.key,), speaker


def absent(world: World, rng: random.Random, length: int) -> Made:
    text = rng.choice(world.others)
    if len(text.words) < length:
        return None
    start = rng.randrange(len(text.words) - length + 1)
    if world.texts_with([word.text for word in text.words[start : start + length]]):
        return None
    return text.cut(start, start + length), "not in this archive"


MAKERS: dict[str, Maker] = {
    "verbatim with noise": verbatim,
    "1 word changed": _changed(1),
    "3 words changed": _changed(3),
    "6 words changed": _changed(6),
    "negation put in": negation_in,
    "negation taken out": negation_out,
    "negating part taken off": prefix_out,
    "number changed": number_changed,
    "name changed": name_changed,
    "shortened, marked": _shortened(marked=True),
    "shortened, unmarked": _shortened(marked=False),
    "spliced within a post": spliced_within,
    "spliced across posts": spliced_across,
    "wrong speaker": wrong_speaker,
    "absent": absent,
}

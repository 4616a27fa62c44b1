"""Names before their office, or apart from it by a comma, a line or a bracket: "Ana Ode, the Minister of Trade,"."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.names import is_name_word, name_end, name_start, name_text
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_title import Office
from onrecord.reading.people_address import LONGEST_ASIDE, skip_from

APPOSITION = frozenset((",", "–", "—", "-", "("))
_MOST_NOUNS = 5
_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its office, as word indices ``first`` to ``end`` of the words that tie them."""

    name: tuple[int, int]
    office: Office
    first: int
    end: int
    country: str | None


def name_of(tokens: Tokens, named: Named) -> str:
    """The name of a found person as written."""
    return name_text(tokens, *named.name)


def name_before(tokens: Tokens, office: Office, words: Vocabulary, floor: int) -> Named | None:
    """ "Ode, the Minister of Trade,": the name stands before the title."""
    at = office.start
    if at > 0 and tokens.low[at - 1] in words.articles and tokens.soft(at):
        at -= 1
    if at > 1 and {tokens.low[at - 1], tokens.low[at - 2]} <= words.grammar["relative"]:
        at -= 2
    if at == 0:
        return None
    start = name_start(tokens, at, words)
    if start < at - 1 and "\n" in tokens.gaps[at]:
        _take_body(tokens, office, words)
        rank = words.honorifics.before(tokens, start) if start else None
        if _signed(tokens, rank[1] if rank else start, at, office.end):
            return Named((start, at), office, start, office.end, office.country)
    if tokens.gaps[at].strip() not in APPOSITION or "\n" in tokens.gaps[at]:
        return None
    _take_nouns(tokens, office, words)
    if start == at or not _closed(tokens, office, words, tokens.gaps[at].strip() == "("):
        return None
    addressed = start > 0 and words.honorifics.before(tokens, start) is not None
    if at - start < 2 and not addressed and at != floor:
        return None
    if start > 0 and not addressed and tokens.low[start - 1] in words.grammar["before-place"] and tokens.soft(start):
        return None
    return Named((start, at), office, start, office.end, office.country)


def names_before(tokens: Tokens, words: Vocabulary, first: int, floor: int) -> list[tuple[int, int]]:
    """The full names of a list that ends before a name: "Ana Ode, Carl Lind" before "and Eva Brandt, senators".

    >>> from onrecord.reading.offices import vocabulary
    >>> names_before(Tokens("with Ana Ode, Carl Lind and Eva Brandt, senators"), vocabulary(), 6, 0)
    [(1, 3), (3, 5)]
    """
    found: list[tuple[int, int]] = []
    while first > floor + 1 and len(found) < _MOST_LISTED:
        end = first - 1 if tokens.low[first - 1] in words.ands and tokens.soft(first) else first
        gap = tokens.gaps[end]
        if (end == first and gap.strip() != ",") or gap.strip() not in (",", "") or "\n" in gap:
            break
        start = name_start(tokens, end, words)
        if end - start < 2 or start < floor:
            break
        found.insert(0, (start, end))
        first = start
    return found


def _signed(tokens: Tokens, start: int, at: int, end: int) -> bool:
    """Whether a name and a title fill two lines, one below the other: a signature."""
    opens = "\n" in tokens.gaps[start]
    return opens and tokens.gaps[at] in ("\n", ",\n", " \n") and (end == len(tokens) or "\n" in tokens.gaps[end])


def _take_body(tokens: Tokens, office: Office, words: Vocabulary) -> None:
    """Moves the end of a signature's title over its body to the end of the line: "Governor, Central Bank of Chile"."""
    end = office.end
    if end >= len(tokens) or tokens.gaps[end] != ", ":
        return
    while end < len(tokens) and end - office.end < LONGEST_ASIDE and (end == office.end or tokens.soft(end)):
        if not (tokens.capital(end) or words.is_small(tokens.low[end])):
            return
        end += 1
    if end < len(tokens) and "\n" not in tokens.gaps[end]:
        return
    for at in range(office.end, end):
        state = words.countries.at(tokens, at)
        if state is not None and office.country is None:
            office.country = state[0].code
            before = at - 1 if tokens.low[at - 1] in words.grammar["of"] else at
            office.out.append((before, state[1]))
    office.end, office.body = end, True


def _take_nouns(tokens: Tokens, office: Office, words: Vocabulary) -> None:
    """Moves the end of a title in lower case over common nouns to the comma: "commander of the river flotilla,"."""
    if office.end == office.head_end or tokens.capital(office.head):
        return
    end = office.end
    while end < len(tokens) and end - office.end < _MOST_NOUNS and tokens.soft(end):
        low = tokens.low[end]
        if tokens.capital(end) or (low in words.stops and not words.is_small(low)):
            return
        end += 1
    if end == len(tokens) or tokens.gaps[end].lstrip().startswith((",", ".", ";", ")")):
        office.end = end


def _closed(tokens: Tokens, office: Office, words: Vocabulary, bracket: bool) -> bool:
    """Whether the title ends where an apposition may end."""
    if office.end >= len(tokens):
        return True
    gap = tokens.gaps[office.end].lstrip(')"”» ' if not bracket else " ")
    if bracket:
        return gap.startswith((")", ",", ";"))
    if (
        gap.startswith((",", ".", ";", ":", ")", "–", "—", "-", "\n", "("))
        or "\n" in gap
        or ")" in tokens.gaps[office.end]
    ):
        return True
    return tokens.low[office.end] in words.grammar["behind-apposition"]


def name_apart(tokens: Tokens, office: Office, words: Vocabulary) -> Named | None:
    """ "the President of Chile, Ana Ode, said": a comma between title and name, and one behind the name."""
    at = office.end
    if office.kind == "envoy" and at < len(tokens) and tokens.soft(at):
        at = _to_comma(tokens, at)
    if office.kind == "envoy" and at < len(tokens) and tokens.low[at] in words.grammar["resident"]:
        at = _to_comma(tokens, at + 1)  # "…, with residence in Astana, Ana Ode"
    if at >= len(tokens) or tokens.gaps[at].strip() not in (",", "–", "—", "-") or "\n" in tokens.gaps[at]:
        return None
    start = skip_from(tokens, at, words)
    end = name_end(tokens, start, words)
    if end - start < 2 or not is_name_word(tokens, start, words):
        return None
    if office.plural and end < len(tokens) and tokens.low[end] in words.ands:
        state = office.codes[0] if office.codes else office.country
        return Named((start, end), office, office.start, end, state)
    gap = tokens.gaps[end] if end < len(tokens) else "\n"
    if (
        start == at
        and not office.region
        and not gap.lstrip('"”» *').startswith((",", "\n", ")", ":", ";", ".", "–", "("))
        and not tokens.owned(end - 1)
    ):
        return None
    return Named((start, end), office, office.start, end, office.country)


def _to_comma(tokens: Tokens, at: int) -> int:
    """Goes over "… on the crimes committed by the regime" to the comma before a name."""
    for ahead in range(at, min(at + 14, len(tokens))):
        if not tokens.soft(ahead):
            return ahead
    return at

"""Names tied to offices, one by one as they stand in the text: before the name, behind it, or apart by a comma."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.reading.names import is_name_word, name_end, name_start, name_text
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Entry, Vocabulary
from onrecord.reading.offices_phrase import read_office
from onrecord.reading.offices_title import Office
from onrecord.reading.people_country import organisation_behind, state_behind

APPOSITION = frozenset((",", "–", "—", "-", "("))
MOST_NAMES = 12
_MOST_NOUNS = 5
_LONGEST_TITLE = 16  # words before a head, with an article and "who is"
_NEAR_STATE = 6
_LONGEST_ASIDE = 9  # words in brackets between a title and a name


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its office, as word indices ``first`` to ``end`` of the words that tie them."""

    name: tuple[int, int]
    office: Office
    first: int
    end: int
    country: str | None


def find_named(tokens: Tokens, words: Vocabulary, unnamed: list[Office] | None = None) -> Iterator[Named]:
    """All names that stand with an office, in the order of the text; ``unnamed`` takes in the other titles."""
    heads = words.heads.first
    low = tokens.low
    floor = 0
    waiting: Office | None = None
    for at in [index for index, word in enumerate(low) if word in heads]:
        if at < floor or _alone(tokens, at, words) or (at and low[at - 1] in words.grammar["ship"]):
            continue
        office = read_office(tokens, at, words, floor)
        if office is None:
            continue
        found = list(_names(tokens, office, words, floor))
        if found:
            if waiting is not None and _chained(tokens, waiting, office):
                if (waiting.organisation is None) != (office.organisation is None):
                    yield from _again(waiting, found)
                elif waiting.country and office.country is None:
                    found = [replace(named, country=named.country or waiting.country) for named in found]
            yield from found
            for other in office.also:
                yield from _again(other, found)
            floor = max(named.end for named in found)
            waiting = None
        elif office.kind != "rank":
            waiting = office
            if unnamed is not None and office.country is not None:
                unnamed.append(office)


def _alone(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a head ends a title without a name beside it ("the Chief Minister said"): seen at once for most.

    Behind it stands a word in lower case, before it no mark that could part it from a name, and no state.
    """
    found = words.heads.at(tokens, at)
    if found is None:
        return True
    end = found[1]
    if end >= len(tokens.words) or tokens.words[end][0].isupper() or found[0].code:
        return False
    if tokens.gaps[end] != " " and not (tokens.gaps[end] == "'" and tokens.low[end] == "s"):
        return False
    low = tokens.low
    if words.bare or low[end] in words.behind_title or low[end] in words.particles:
        return False
    first = max(0, at - _LONGEST_TITLE)
    if not (APPOSITION.isdisjoint("".join(tokens.gaps[first : at + 1])) and first < at - 1):
        return False
    near = low[first:at]
    return words.grammar["relative"].isdisjoint(near) and words.countries.last.isdisjoint(near[-_NEAR_STATE:])


def _again(office: Office, found: list[Named]) -> Iterator[Named]:
    for named in found:
        yield Named(named.name, office, min(office.start, named.first), named.end, office.country)


def _chained(tokens: Tokens, first: Office, second: Office) -> bool:
    """Whether two titles stand in a row before one name."""
    return not first.plural and first.end == second.start and tokens.gaps[second.start].strip() == ","


def _names(tokens: Tokens, office: Office, words: Vocabulary, floor: int) -> Iterator[Named]:
    start = _skip_address(tokens, _over_aside(tokens, office, words), words)
    end = name_end(tokens, start, words) if start is not None else office.end
    if start is not None and end > start and _is_person(tokens, start, end, office, words):
        yield from _direct(tokens, office, words, (start, end))
        return
    behind = _before(tokens, office, words, floor)
    apart = _apart(tokens, office, words) if behind is None or behind.first < floor else None
    if apart is None and behind is None:
        return
    named = apart or behind  # a name that has its office already leaves the title to the next
    yield named
    if named is apart and office.plural:
        more = [named.name, *_more_names(tokens, words, named.name[1])]
        for number, name in enumerate(more[1:], 1):
            state = office.codes[number] if len(office.codes) == len(more) else None
            yield Named(name, office, office.start, name[1], state)


def _skip_address(tokens: Tokens, at: int, words: Vocabulary) -> int | None:
    """The index behind "H.E. Dr." and ranks; None where a gap parts the title from what follows."""
    for _ in range(5):
        if at >= len(tokens):
            return None
        gap = tokens.gaps[at]
        if not (
            tokens.soft(at)
            or (
                gap.strip() in (".", ")", '"', "”", "»", ")”", ").", "'") and "\n" not in gap and gap[-1:] in (" ", "#")
            )
        ):
            return None
        found = _address(tokens, at, words)
        if found is None or not tokens.capital(at) or found[1] >= len(tokens):
            return at if gap.strip() != "." or at == 0 or _is_address(tokens, at - 1, words) else None
        at = found[1]
    return None


def _over_aside(tokens: Tokens, office: Office, words: Vocabulary) -> int:
    """The index behind a bracket between title and name: "(with the rank of Minister)", "(West)", "(Rtd.)"."""
    at = office.end
    if at >= len(tokens) or tokens.gaps[at].strip() != "(" or "\n" in tokens.gaps[at]:
        return at
    for end in range(at + 1, min(at + _LONGEST_ASIDE, len(tokens))):
        gap = tokens.gaps[end]
        if ")" in gap:
            if gap not in (") ", ".) ") or not tokens.capital(end):
                return at
            state = words.countries.at(tokens, at)
            if state is not None and state[1] == end and office.organisation is None:
                office.country = office.country or state[0].code
            elif end == at + 1 and gap == ") " and len(tokens.words[at]) > 3 and at == office.head_end:
                office.end = end  # "Secretary (West)": a part of the office
            return end
        if not tokens.soft(end) and gap != ". ":
            return at
    return at


def _address(tokens: Tokens, at: int, words: Vocabulary) -> tuple[Entry, int] | None:
    """A form of address, a rank or a throne before a name: "H.E. Dr.", "Admiral", "Sultan"."""
    found = words.honorifics.at(tokens, at) if tokens.low[at] in words.honorifics.first else None
    if found is None and tokens.low[at] in words.heads.first and tokens.low[at] not in words.also_names:
        head = words.heads.at(tokens, at)
        found = head if head and head[0].kind in ("monarch", "clergy", "rank") else None
    return found


def _is_address(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    return tokens.low[at] in words.honorifics.last or tokens.low[at] in words.grammar["short-title"]


def _is_person(tokens: Tokens, start: int, end: int, office: Office, words: Vocabulary) -> bool:
    if tokens.low[end - 1] in tokens.lower_case and not tokens.owned(end - 1):
        return False
    if end - start > 1:
        return True
    word = tokens.words[start]
    if len(word) < 2 or ("#" in tokens.gaps[start] and not word.istitle()):
        return False
    if word.isupper() and len(word) <= 5 and end < len(tokens.gaps) and not tokens.gaps[end].startswith("\n"):
        return False
    return not (office.kind == "any" and office.end > office.head_end and tokens.low[office.end - 1] in words.modifiers)


def _direct(tokens: Tokens, office: Office, words: Vocabulary, name: tuple[int, int]) -> Iterator[Named]:
    names = [name]
    if office.plural:
        names.extend(_more_names(tokens, words, name[1]))
    for number, (start, end) in enumerate(names):
        member = organisation_behind(tokens, words, end) if len(names) == 1 and office.kind != "envoy" else None
        if member is not None and office.country is None and office.organisation is None:
            yield Named((start, end), replace(office, organisation=member), office.start, member[1], None)
            continue
        code, last = state_behind(tokens, words, end)
        country = office.country
        if len(names) > 1 and len(office.codes) == len(names):
            country = office.codes[number]
        yield Named((start, end), office, office.start, last if country is None and code else end, country or code)


def _more_names(tokens: Tokens, words: Vocabulary, end: int) -> Iterator[tuple[int, int]]:
    for _ in range(MOST_NAMES):
        _, end = state_behind(tokens, words, end)
        if end >= len(tokens):
            return
        at = end
        if tokens.gaps[at].strip() not in ("", ",", ")", "),") or "\n" in tokens.gaps[at]:
            return
        if tokens.low[at] in words.ands:
            at += 1
        elif "," not in tokens.gaps[at]:
            return
        start = _skip_address(tokens, at, words) if "," not in tokens.gaps[at] else at
        if start is None:
            return
        end = name_end(tokens, start, words)
        if end == start or (end == start + 1 and "," in tokens.gaps[at]):
            return
        yield start, end


def _before(tokens: Tokens, office: Office, words: Vocabulary, floor: int) -> Named | None:
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
    if start < at - 1 and _signed(tokens, rank[1] if rank else start, at, office.end):
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


def _signed(tokens: Tokens, start: int, at: int, end: int) -> bool:
    """Whether a name and a title fill two lines, one below the other: a signature."""
    opens = "\n" in tokens.gaps[start]
    return opens and tokens.gaps[at] in ("\n", ",\n", " \n") and (end == len(tokens) or "\n" in tokens.gaps[end])


def _take_body(tokens: Tokens, office: Office, words: Vocabulary) -> None:
    """Moves the end of a signature's title over its body to the end of the line: "Governor, Central Bank of Chile"."""
    end = office.end
    if end >= len(tokens) or tokens.gaps[end] != ", ":
        return
    while end < len(tokens) and end - office.end < _LONGEST_ASIDE and (end == office.end or tokens.soft(end)):
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


def _apart(tokens: Tokens, office: Office, words: Vocabulary) -> Named | None:
    """ "the President of Chile, Ana Ode, said": a comma between title and name, and one behind the name."""
    at = office.end
    if office.kind == "envoy" and at < len(tokens) and tokens.soft(at):
        at = _to_comma(tokens, at)
    if office.kind == "envoy" and at < len(tokens) and tokens.low[at] in words.grammar["resident"]:
        at = _to_comma(tokens, at + 1)  # "…, with residence in Astana, Ana Ode"
    if at >= len(tokens) or tokens.gaps[at].strip() not in (",", "–", "—", "-") or "\n" in tokens.gaps[at]:
        return None
    start = _skip_from(tokens, at, words)
    end = name_end(tokens, start, words)
    if end - start < 2 or not is_name_word(tokens, start, words):
        return None
    if office.plural and end < len(tokens) and tokens.low[end] in words.ands:
        state = office.codes[0] if office.codes else office.country
        return Named((start, end), office, office.start, end, state)
    gap = tokens.gaps[end] if end < len(tokens) else "\n"
    if (
        start == at
        and not gap.lstrip('"”» *').startswith((",", "\n", ")", ":", ";", ".", "–", "("))
        and not tokens.owned(end - 1)
    ):
        return None
    return Named((start, end), office, office.start, end, office.country)


def _skip_from(tokens: Tokens, at: int, words: Vocabulary) -> int:
    """The index behind the forms of address that begin at a word."""
    while at < len(tokens) - 1 and tokens.capital(at) and (found := _address(tokens, at, words)):
        if not (tokens.soft(found[1]) or tokens.gaps[found[1]] == ". "):
            break
        at = found[1]
    return at


def _to_comma(tokens: Tokens, at: int) -> int:
    """Goes over "… on the crimes committed by the regime" to the comma before a name."""
    for ahead in range(at, min(at + 14, len(tokens))):
        if not tokens.soft(ahead):
            return ahead
    return at


def name_of(tokens: Tokens, named: Named) -> str:
    """The name of a found person as written."""
    return name_text(tokens, *named.name)

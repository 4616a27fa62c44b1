"""Names tied to offices, one by one as they stand in the text: before the name, behind it, or apart by a comma."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.reading.names import name_end
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_phrase import read_office
from onrecord.reading.offices_title import Office
from onrecord.reading.people_address import over_aside, skip_address
from onrecord.reading.people_apart import APPOSITION, Named, name_apart, name_before, names_before
from onrecord.reading.people_country import organisation_behind, state_behind

MOST_NAMES = 12
_LONGEST_TITLE = 16  # words before a head, with an article and "who is"
_NEAR_STATE = 6


def find_named(tokens: Tokens, words: Vocabulary, unnamed: list[Office] | None = None) -> Iterator[Named]:
    """All names that stand with an office, in the order of the text; ``unnamed`` takes in the other titles."""
    heads = words.heads.first
    low = tokens.low
    floor = 0
    waiting: Office | None = None
    for at in tokens.places(heads):
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
    if first.plural or first.end != second.start:
        return False
    stacked = tokens.soft(second.start) and first.organisation is not None and second.country is not None
    return stacked or tokens.gaps[second.start].strip() == ","  # "Union Chair President of Chile Ana Ode"


def _names(tokens: Tokens, office: Office, words: Vocabulary, floor: int) -> Iterator[Named]:
    start = skip_address(tokens, over_aside(tokens, office, words), words)
    end = name_end(tokens, start, words) if start is not None else office.end
    if start is not None and end > start and _is_person(tokens, start, end, office, words):
        yield from _direct(tokens, office, words, (start, end))
        return
    behind = name_before(tokens, office, words, floor)
    apart = name_apart(tokens, office, words) if behind is None or behind.first < floor else None
    named = apart or behind  # a name that has its office already leaves the title to the next
    if named is None:
        return
    if named is behind and office.plural:
        yield from _listed(tokens, named, words, floor)
        return
    yield named
    if named is apart and office.plural:
        more = [named.name, *_more_names(tokens, words, named.name[1])]
        for number, name in enumerate(more[1:], 1):
            state = office.codes[number] if len(office.codes) == len(more) else None
            yield Named(name, office, office.start, name[1], state)


def _listed(tokens: Tokens, last: Named, words: Vocabulary, floor: int) -> Iterator[Named]:
    """A plural office behind a list of names, the last of which is found: "Ana Ode and Carl Lind, senators"."""
    office, names = last.office, [*names_before(tokens, words, last.name[0], floor), last.name]
    for number, name in enumerate(names):
        state = office.codes[number] if len(office.codes) == len(names) > 1 else last.country
        yield Named(name, office, name[0], last.end, state)


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


def _over_home(tokens: Tokens, words: Vocabulary, end: int) -> int:
    """The index behind a province that one of several is from: "Governors Ana Ode of Vermont, Carl Lind of …"."""
    if end + 1 >= len(tokens) or tokens.low[end] not in words.grammar["of"] or not tokens.soft(end):
        return end
    last = name_end(tokens, end + 1, words)
    last = last if last > end + 1 else end + 3 if tokens.low[end + 1] in words.place_prefixes else end
    listed = last < len(tokens) and (tokens.gaps[last].strip() == "," or tokens.low[last] in words.ands)
    return last if listed else end


def _more_names(tokens: Tokens, words: Vocabulary, end: int) -> Iterator[tuple[int, int]]:
    for _ in range(MOST_NAMES):
        _, end = state_behind(tokens, words, end)
        end = _over_home(tokens, words, end)
        if end >= len(tokens):
            return
        at = end
        if tokens.gaps[at].strip() not in ("", ",", ")", "),") or "\n" in tokens.gaps[at]:
            return
        if tokens.low[at] in words.ands:
            at += 1
        elif "," not in tokens.gaps[at]:
            return
        start = skip_address(tokens, at, words) if "," not in tokens.gaps[at] else at
        if start is None:
            return
        end = name_end(tokens, start, words)
        if end == start or (end == start + 1 and "," in tokens.gaps[at]):
            return
        yield start, end

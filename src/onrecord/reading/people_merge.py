"""One entry a person: mentions of the same person joined, the fullest name, the country from wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Person
from onrecord.reading.names import is_name_word
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_title import Office
from onrecord.reading.people_apart import Named, name_of
from onrecord.reading.people_country import state_around
from onrecord.reading.people_hints import Hints
from onrecord.reading.people_names import asked_keys, held_keys, same_person
from onrecord.reading.people_rivals import part_rivals
from onrecord.reading.people_role import role_text


class Home:
    """The channel's own state, and what the text tells of others.

    ``unnamed`` are the titles of states that the text names without a person; ``stateless``: the channel is that of an
    organisation of states.
    """

    def __init__(self, country: str | None, unnamed: list[Office], *, stateless: bool = False) -> None:
        self.country = country
        self.stateless = stateless
        self.unnamed = unnamed
        self._only: list[str | None] = []
        self._first: dict[str, Office] | None = None

    def only_state(self, tokens: Tokens, words: Vocabulary) -> str | None:
        """The only state that a text names beside the channel's own; looked for once."""
        if not self._only:
            self._only.append(_only_state(tokens, words, self.country))
        return self._only[0]

    def first_titles(self, tokens: Tokens) -> dict[str, Office]:
        """By its last word the first title without a person that says more than this word."""
        if self._first is None:
            self._first = {}
            for office in self.unnamed:
                if office.start < office.head or office.end > office.head_end:
                    self._first.setdefault(tokens.low[office.head_end - 1], office)
        return self._first


OWN = frozenset(("state", "envoy", "rank"))
HINTED = frozenset(("state", "any", "rank"))


@dataclass
class _Mention:
    name: str
    role: str
    country: str | None
    organisation: str | None
    start: int
    end: int
    kind: str
    body: bool
    head: str
    title: str
    vanished: bool
    bare: bool
    plain: bool
    plural: bool
    placed: bool
    first: int
    hint: str | None


def merge(tokens: Tokens, words: Vocabulary, found: list[Named], home: Home) -> list[Person]:
    """The people of a text from the mentions with an office, in the order of their entries."""
    hints = Hints(tokens, words, home.country)
    mentions = [mention for mention in _mentions(tokens, words, found, hints) if mention.role and mention.name]
    if len(mentions) < 2:
        return [_person(tokens, words, [mention], home, hints) for mention in mentions]
    groups: list[list[_Mention]] = []
    by_key: dict[str, list[int]] = {}
    met: set[tuple[object, ...]] = set()
    for mention in mentions:
        told = (mention.name, mention.role, mention.country, mention.organisation)
        if told in met:
            continue  # the same words again tell nothing new
        met.add(told)
        near = sorted({number for key in asked_keys(mention.name) for number in by_key.get(key, ())})
        number = next((number for number in near if _same(groups[number], mention)), len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(mention)
        for key in held_keys(mention.name):
            by_key.setdefault(key, []).append(number)
    people = [_person(tokens, words, group, home, hints) for group in groups]
    return part_rivals(
        tokens,
        words,
        people,
        home.country,
        lambda at: home.only_state(tokens, words) or hints.last_before(at) or hints.most_named(at),
    )


def _mentions(tokens: Tokens, words: Vocabulary, found: list[Named], hints: Hints) -> Iterator[_Mention]:
    before: Named | None = None
    known: str | None = None
    for named in found:
        mention = _mention(tokens, words, named)
        if mention.country is None and mention.organisation is None and mention.kind in HINTED:
            mention.hint = hints.state(named, before, known)
        before, known = named, mention.country or mention.hint
        yield mention


def _mention(tokens: Tokens, words: Vocabulary, named: Named) -> _Mention:
    office = named.office
    organisation = tokens.slice(*office.organisation) if office.organisation else None
    return _Mention(
        name=name_of(tokens, named),
        role=role_text(tokens, office, words),
        country=_country(named, organisation) or _around(tokens, words, named, organisation),
        organisation=None if named.country and office.kind == "envoy" else organisation and _closed(organisation),
        start=tokens.starts[named.first],
        end=tokens.ends[named.end - 1],
        kind=office.kind,
        body=office.body,
        head=tokens.low[office.head],
        title=" ".join(tokens.low[office.head : office.head_end]),
        vanished=office.vanished or _outlaw(tokens, words, named.name[0]),
        bare=office.end == office.head_end and tokens.capital(office.head) and _side_by_side(tokens, named),
        plain=not (office.body or tokens.capital(office.head)),
        plural=office.plural,
        placed=_placed(tokens, words, office),
        first=named.first,
        hint=None,
    )


def _country(named: Named, organisation: str | None) -> str | None:
    """The state of a mention: organisations and churches have none, but an envoy to one has."""
    office = named.office
    if office.kind == "clergy":
        return office.fixed
    return None if organisation and office.kind != "envoy" else named.country


def _around(tokens: Tokens, words: Vocabulary, named: Named, organisation: str | None) -> str | None:
    if organisation or named.office.vanished or named.office.kind in ("clergy", "firm"):
        return None
    return state_around(tokens, words, named.first, named.end)


def _side_by_side(tokens: Tokens, named: Named) -> bool:
    office = named.office
    return named.name[0] >= office.end and office.end < len(tokens) and tokens.soft(office.end)


def _placed(tokens: Tokens, words: Vocabulary, office: Office) -> bool:
    """Whether nothing but a place stands before the head: "Vermont Governor"."""
    before = range(office.start, office.head)
    local = tokens.low[office.head] in words.grammar["local-head"]
    return local and len(before) > 0 and all(is_name_word(tokens, at, words) for at in before)


def _outlaw(tokens: Tokens, words: Vocabulary, name: int) -> bool:
    """Whether a name is that of no state's officer: "the gunman Ode, commander of the sector"."""
    return name > 0 and tokens.low[name - 1] in words.grammar["outlaw"] and tokens.soft(name)


def _closed(text: str) -> str:
    text = " ".join(text.split())
    if text.count('"') % 2:
        text += '"'
    return text + ")" if text.count("(") > text.count(")") else text


def _same(group: list[_Mention], mention: _Mention) -> bool:
    first = group[0]
    if " " not in mention.name and mention.country is None and (first.head == mention.head or mention.kind == "rank"):
        return any(same_person(known.name, mention.name) for known in group)
    if (first.organisation is None) != (mention.organisation is None) and first.role != mention.role:
        return False
    return any(same_person(known.name, mention.name) and _no_clash(known, mention) for known in group)


def _no_clash(one: _Mention, two: _Mention) -> bool:
    if one.country and two.country and one.country != two.country:
        return False
    if len(one.name.split()) > 1 and len(two.name.split()) > 1:
        return True
    return one.head == two.head or one.role.split()[-1] == two.role.split()[-1] or one.kind == two.kind


def _person(tokens: Tokens, words: Vocabulary, group: list[_Mention], home: Home, hints: Hints) -> Person:
    best = _best(group)
    name = max((mention.name for mention in group), key=len)
    country = best.country or next((m.country for m in group if m.country), None)
    assumed = False
    throne = best.kind == "monarch"
    stateless = country is None and best.organisation is None and not best.vanished
    if stateless:
        country = group[0].hint
    if stateless and country is None and best.head in words.grammar["colleague"]:
        country = hints.last_before(best.first)
    elif stateless and country is None and (throne or _of_the_state(best)):
        lacking = _lacks(best, home.country, words) or (best.plain and not hints.names_own())
        own = None if lacking else home.country
        country = _told_before(tokens, best, home)
        assumed = country is None and own is not None
        country = country or own
        if country is None and home.stateless and best.title in words.grammar["no-secretary"]:
            country = home.only_state(tokens, words) or hints.last_before(best.first)
        elif country is None and home.country is None and not home.stateless:
            country = home.only_state(tokens, words)
        elif country is None and lacking:
            others = best.title in words.grammar["never-own"]
            near = hints.last_before(best.first) if others or not best.plain else None
            country = home.only_state(tokens, words) or near
            assumed = country is None and (best.plain or others)
            country = home.country if assumed else country
    if best.organisation and best.kind != "envoy":
        country = None
    text = tokens.text[best.start : best.end]
    basis: Literal["text", "channel"] | None = None if country is None else "channel" if assumed else "text"
    return Person(name, best.role, country, best.organisation, text, best.start, best.end, basis)


def _lacks(mention: _Mention, own: str | None, words: Vocabulary) -> bool:
    """Whether the channel's own state has no such office: a throne no president, secretaries no ministers."""
    if mention.title in words.grammar["never-own"]:
        return True  # nobody writes "the head of state, Ode" of his own
    throneless = mention.title in words.grammar["no-monarchy"] and own in words.monarchies
    throneless = throneless or (mention.kind == "monarch" and own not in words.monarchies)
    return throneless or (mention.title in words.grammar["no-secretary"] and own in words.secretaries)


def _only_state(tokens: Tokens, words: Vocabulary, own: str | None) -> str | None:
    """The only state that a text names beside the channel's own: whose an office is that cannot be the channel's."""
    named: set[str] = set()
    for at in tokens.places(words.countries.first):
        if (found := words.countries.at(tokens, at)) is not None:
            named.add(found[0].code)
    named.discard(own or "")
    return named.pop() if len(named) == 1 else None


def _told_before(tokens: Tokens, mention: _Mention, home: Home) -> str | None:
    """The state of "Minister Ode" where "the Foreign Minister of Chile" stood before without a name."""
    if mention.role.casefold() != mention.head:
        return None
    office = home.first_titles(tokens).get(mention.head)
    return office.country if office is not None and tokens.starts[office.start] < mention.start else None


def _best(group: list[_Mention]) -> _Mention:
    """The mention whose office stands: the first, unless a later one writes the same office out."""
    best = group[0]
    for mention in group[1:]:
        longer = len(mention.role) > len(best.role) and mention.role.casefold().startswith(best.role.casefold())
        singular = best.plural and not mention.plural and mention.organisation == best.organisation
        nearer = best.placed and mention.role.casefold() == best.title  # "Vermont Governor Ode … Governor Ana Ode"
        if longer or singular or nearer or (best.kind == "rank" and mention.kind != "rank"):
            best = mention
    return best


def _of_the_state(mention: _Mention) -> bool:
    return mention.kind in OWN or (mention.kind == "any" and (mention.body or mention.bare))

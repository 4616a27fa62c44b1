"""Who is named with an office in a text, and whom a shorter name or a bare title means.

What counts is defined in the guide to readings: an office before the name, or behind it.
"""

from __future__ import annotations

from onrecord.model import Person
from onrecord.reading.context import Context
from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary, vocabulary
from onrecord.reading.offices_title import Office
from onrecord.reading.people_found import find_named
from onrecord.reading.people_merge import Home, merge
from onrecord.reading.people_resolve import Resolver


class People:
    """The people of one text, with their offices."""

    def __init__(self, tokens: Tokens, words: Vocabulary, people: list[Person], own: str | None) -> None:
        self.tokens = tokens
        self.words = words
        self._resolver = Resolver(tokens, words, people, own)
        self.people = self._resolver.people

    def full(self, name: str, at: int) -> tuple[str, Person | None]:
        """The fullest form of a name that the text gives, and the person where an office is known.

        ``name`` is a name or a title as written ("Kovalenko", "the President", "Ambassador Ode"), ``at`` the offset in
        code points where it stands. What cannot be resolved comes back without its article.

        >>> text = "Foreign Minister of Oman Salim Al Amri met Ana Ode. Al Amri thanked the Ambassador."
        >>> people = find_people(text, Context())
        >>> people.full("Al Amri", 52)[0], people.full("Ode", 43), people.full("the Minister", 60)[0]
        ('Salim Al Amri', ('Ana Ode', None), 'Salim Al Amri')
        """
        return self._resolver.full(name, at)

    def named(self, name: str) -> tuple[str, Person | None]:
        """As ``full``, for what is known to be a person's name and nothing else."""
        return self._resolver.named(name)

    def before(self, at: int) -> str | None:
        """The fullest form of the name that stands last before an offset: whom "he" or "she" most likely means."""
        return self._resolver.before(at)


def find_people(text: str, context: Context) -> People:
    """Every person named with an office in a text.

    Offsets are code points. ``context`` gives the language and, for bare titles, the channel's own country.

    >>> found = find_people("Foreign Minister of Oman Salim Al Amri arrived.", Context()).people
    >>> [(p.name, p.role, p.country, p.text) for p in found]
    [('Salim Al Amri', 'Foreign Minister', 'OM', 'Foreign Minister of Oman Salim Al Amri')]
    """
    tokens = Tokens(text)
    words = vocabulary(context.language)
    own = context.profile.country
    unnamed: list[Office] = []
    found = list(find_named(tokens, words, unnamed))
    home = Home(own, unnamed, stateless=own is None and _is_organisation(context.channel, words))
    return People(
        tokens,
        words,
        merge(tokens, words, found, home),
        own,
    )


def _is_organisation(channel: str | None, words: Vocabulary) -> bool:
    """Whether a channel's title names an organisation of states."""
    tokens = Tokens(channel or "")
    return any(words.organisations.at(tokens, at) is not None for at in range(len(tokens)))

"""One text in, one reading out: the order in which the rules run."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onrecord.model import Forward, Profile, Reading, Reply
from onrecord.reading.context import UNKNOWN, Context
from onrecord.reading.dates import days_of_speaking, find_dates
from onrecord.reading.dates_scan import scan
from onrecord.reading.events import find_events
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language, languages
from onrecord.reading.layout import layout
from onrecord.reading.people import find_people
from onrecord.reading.profile import infer, told_by_title
from onrecord.reading.statements import find_statements

_HASHTAG = re.compile(r"#(?<![\w&#/]#)(\w*[^\W\d]\w*)")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FLAG_LETTERS = b"\xf0\x9f\x87"  # how the letters of flags begin in UTF-8
_OFFSET = re.compile(r"[+-]\d\d:\d\d\Z")
_NO_STATE = frozenset({"EU", "UN"})
_SURE = 3  # function words of one language and none of any other
_SAMPLES = (240, 800)  # code points: the second where the first does not decide


def read(text: str, context: Context) -> Reading:
    """Reads what a text says; every span counts code points of ``text``.

    >>> reading = read("💬 Anna Ode: Peace needs patience.", Context())
    >>> reading.statements[0].speaker, reading.statements[0].text
    ('Anna Ode', 'Peace needs patience.')
    """
    context = of_origin(context)
    people = find_people(text, context)
    scanned = scan(text, context.language)
    dates = find_dates(text, context, scanned=scanned)
    figures = find_figures(text, context, dates, scanned=scanned)
    plan = layout(text, context)
    statements = find_statements(text, context, layout=plan, people=people, dates=dates)
    if anchors := days_of_speaking(statements, context.posted):
        dates = find_dates(text, context, anchors=anchors, scanned=scanned)
    events = find_events(text, context, plan, people, dates, statements)
    return Reading(
        statements=tuple(statements),
        events=tuple(events),
        people=tuple(people.people),
        dates=tuple(dates),
        figures=tuple(figures),
        hashtags=hashtags(text),
        countries=flags(text),
        forwarded_from=context.forward.title if context.forward else None,
        reply_to=context.reply.preview if context.reply else None,
        language=context.language,
        rules=rules(),
    )


def of_origin(context: Context) -> Context:
    """The context in which a forwarded post is read: its words are the origin's, so is the state that speaks.

    >>> of_origin(Context(profile=Profile(country="NO"), forward=Forward(title="Chilean MFA"))).profile.country
    'CL'
    """
    title = context.forward.title if context.forward else None
    country = told_by_title(title, context.language)[0] if title else None
    if country is None:
        return context
    return replace(context, profile=replace(context.profile, country=country, country_basis="inferred"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a post beside its text, date and channel."""

    profile: Profile = UNKNOWN
    forward: Forward | None = None
    reply: Reply | None = None


def read_post(
    text: str, *, date: str | datetime | None = None, channel: str | None = None, known: Known | None = None
) -> Reading:
    """Reads a post that stands alone: its language and what the profile leaves open are inferred.

    ``date`` is ISO with an offset, or an aware datetime; it is shifted to the profile's zone where that is known.

    >>> read_post("🇸🇪 #Talks", channel="Swedish MFA").countries
    ('SE',)
    """
    around = known or Known()
    profile = infer(text, channel=channel, profile=around.profile)
    posted = datetime.fromisoformat(date) if isinstance(date, str) else date
    zone = zone_of(profile.zone)
    if posted is not None and posted.tzinfo is not None and zone is not None:
        posted = posted.astimezone(zone)
    return read(text, Context(posted, channel, profile, around.forward, around.reply, detect(text)))


def detect(text: str) -> str:
    """The language of a text: the one whose function words it holds most of, else the one whose letters; else "en".

    >>> detect("The ministers met in Oslo and agreed"), detect("Король принял посла")
    ('en', 'ru')
    """
    for size in _SAMPLES:
        sample = text[:size].lower()
        words = sample.split()
        hits = {code: len(_function_words(code).intersection(words)) for code in languages()}
        if sum(count > 0 for count in hits.values()) == 1 and max(hits.values()) >= _SURE:
            return max(hits, key=lambda code: hits[code])
    if sum(count > 0 for count in hits.values()) != 1:
        words = re.findall(r"[^\W\d_]+", sample)
        hits = {code: sum(map(_function_words(code).__contains__, words)) for code in hits}
    if not any(hits.values()):
        hits = {code: sum(not _letters(code).isdisjoint(word) for word in words) for code in hits}
    return max(hits, key=lambda code: (hits[code], code == "en"), default="en")


@lru_cache(maxsize=32)
def _letters(code: str) -> frozenset[str]:
    return frozenset("".join(_function_words(code)))


@lru_cache(maxsize=32)
def _function_words(code: str) -> frozenset[str]:
    return frozenset(word.lower() for word in language(code).words("openers"))


def hashtags(text: str) -> tuple[str, ...]:
    """The hashtags, without #, in order, each once.

    >>> hashtags("#Oslo #Talks2031 #3 #Oslo")
    ('Oslo', 'Talks2031')
    """
    return tuple(dict.fromkeys(_HASHTAG.findall(text)))


def flags(text: str) -> tuple[str, ...]:
    """The states whose flags stand in the text, in order, each once; flags of organisations are left out.

    >>> flags("🇸🇪🇪🇺 🇳🇴 🇸🇪")
    ('SE', 'NO')
    """
    if _FLAG_LETTERS not in text.encode("utf-8", "surrogatepass"):
        return ()
    codes = ("".join(chr(ord(letter) - 0x1F1A5) for letter in pair) for pair in _FLAG.findall(text))
    return tuple(dict.fromkeys(code for code in codes if code not in _NO_STATE))


def zone_of(name: str | None) -> Any:
    """The time zone of a profile: an IANA name or an offset such as "+03:00"; None where it is unknown."""
    if name is None:
        return None
    if _OFFSET.match(name):
        return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@lru_cache(maxsize=1)
def rules() -> str:
    """The version of the rules: the package's, and a digest of the rule and data files."""
    digest = hashlib.blake2b(digest_size=6)
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), *here.glob("languages/**/*.csv")]):
        digest.update(file.relative_to(here).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{metadata.version('onrecord')}+{digest.hexdigest()}"

"""Which language a text is in: by its script, and by the small words of the language; None where that decides nothing.

A text of a few words, or of two languages in equal parts, has no language here: unknown is not English.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files

SAMPLE = 4_000
LEAST_LETTERS = 12
LEAST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"(?:https?://|#|@)\S+")
_SCRIPTS = (
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("hebrew", re.compile("[\u05d0-\u05ea]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("armenian", re.compile("[\u0530-\u058f]")),
    ("georgian", re.compile("[\u10a0-\u10ff]")),
    ("devanagari", re.compile("[\u0900-\u097f]")),
    ("thai", re.compile("[\u0e00-\u0e7f]")),
    ("hangul", re.compile("[\uac00-\ud7af]")),
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u4e00-\u9fff]")),
)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, frozenset[str]]]:
    """For each script its languages, with their small words."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    with files("onrecord.reading").joinpath("languages", "identify.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["script"], {})[row["language"]] = frozenset(row["words"].split())
    return found


def identify(text: str) -> str | None:
    """The language of a text (ISO 639-1), None where it cannot be told.

    >>> identify("Le ministre a reçu les ambassadeurs dans la capitale"), identify("Мы не подписали договор, и точка")
    ('fr', 'ru')
    >>> identify("#LIVE: 12"), identify("OK")
    (None, None)
    """
    sample = _NOT_PROSE.sub(" ", text[:SAMPLE])
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    if counts["kana"] > 3:
        return "ja"
    script, letters = max(counts.items(), key=lambda item: item[1])
    spoken = _table().get(script, {})
    if letters < LEAST_LETTERS and script not in ("han", "hangul", "thai"):
        return None
    if len(spoken) == 1:
        return next(iter(spoken)) if letters else None
    return _by_words(sample.lower(), spoken)


def _by_words(sample: str, spoken: dict[str, frozenset[str]]) -> str | None:
    words = Counter(_WORD.findall(sample))
    hits = {code: sum(count for word, count in words.items() if word in small) for code, small in spoken.items()}
    letters = set(sample)
    for code, small in spoken.items():
        hits[code] += 2 * sum(word in letters for word in small if len(word) == 1 and word in "ыэїєґў")
    best, second = sorted(hits.values(), reverse=True)[:2]
    if best < LEAST_WORDS or best == second:
        return None
    return max(hits, key=lambda code: hits[code])

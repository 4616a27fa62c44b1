"""The role of a named person: the title as written, without state, organisation and words of time."""

from __future__ import annotations

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Vocabulary
from onrecord.reading.offices_title import Office

_MARKS = frozenset('*("')


def role_text(tokens: Tokens, office: Office, words: Vocabulary) -> str:
    """The role as written, without state, organisation and words of time."""
    if not office.out:
        return _tidy(tokens.slice(office.start, office.end), words)
    outside = {at for first, last in office.out for at in range(first, last)}
    kept = [at for at in range(office.start, office.end) if at not in outside]
    pieces: list[str] = []
    run: list[int] = []
    for at in [*kept, -1]:
        if run and at != run[-1] + 1:
            pieces.append(tokens.slice(run[0], run[-1] + 1))
            run = []
        run.append(at)
    return _tidy(" ".join(piece for piece in pieces if piece), words)


def _tidy(role: str, words: Vocabulary) -> str:
    if not role.isascii() or not _MARKS.isdisjoint(role):
        role = _closed(role.replace("*", ""))
    parts = role.split()
    while len(parts) > 1 and parts[0].lower() in words.before_role:
        del parts[0]
    if len(parts) > 1 and words.is_small(parts[-1].lower()):
        del parts[-1]
    return " ".join(parts)


def _closed(role: str) -> str:
    """The role with the closing marks that stand behind its last word."""
    for opening, closing in (("(", ")"), ("“", "”"), ("«", "»")):
        if role.count(opening) > role.count(closing):
            role += closing
    return role + '"' if role.count('"') % 2 else role

"""What stands between a title and a name, or before a name: "H.E. Dr.", ranks, a bracket."""

from __future__ import annotations

from onrecord.reading.names_tokens import Tokens
from onrecord.reading.offices import Entry, Vocabulary
from onrecord.reading.offices_title import Office

LONGEST_ASIDE = 9  # words in brackets between a title and a name


def skip_address(tokens: Tokens, at: int, words: Vocabulary) -> int | None:
    """The index behind "H.E. Dr." and ranks; None where a gap parts the title from what follows."""
    for _ in range(5):
        if at >= len(tokens):
            return None
        gap = tokens.gaps[at]
        if not (
            tokens.soft(at)
            or (
                gap.strip() in (".", ")", '"', "”", "»", ")”", ").", ".)", "'")
                and "\n" not in gap
                and gap[-1:] in (" ", "#")
            )
        ):
            return None
        found = _address(tokens, at, words)
        if found is None or not tokens.capital(at) or found[1] >= len(tokens):
            return at if gap.strip() != "." or at == 0 or _is_address(tokens, at - 1, words) else None
        at = found[1]
    return None


def over_aside(tokens: Tokens, office: Office, words: Vocabulary) -> int:
    """The index behind a bracket between title and name: "(with the rank of Minister)", "(West)", "(Rtd.)"."""
    at = office.end
    if at >= len(tokens) or tokens.gaps[at].strip() != "(" or "\n" in tokens.gaps[at]:
        return at
    for end in range(at + 1, min(at + LONGEST_ASIDE, len(tokens))):
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


def skip_from(tokens: Tokens, at: int, words: Vocabulary) -> int:
    """The index behind the forms of address that begin at a word."""
    while at < len(tokens) - 1 and tokens.capital(at) and (found := _address(tokens, at, words)):
        if not (tokens.soft(found[1]) or tokens.gaps[found[1]] == ". "):
            break
        at = found[1]
    return at

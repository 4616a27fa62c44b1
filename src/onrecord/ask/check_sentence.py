"""The first line of an answer, and the notes under it: short sentences for people."""

from __future__ import annotations

from onrecord.ask.check_answer import Answer, Source
from onrecord.ask.check_finding import SHORT
from onrecord.ask.language_names import named

MOST_SHOWN = 240


def sentence_for(answer: Answer, length: int) -> str:
    """The verdict in one sentence; ``length`` is the number of the quotation's words."""
    if answer.verdict == "not in this archive":
        return _absent(answer)
    main = answer.sources[0]
    if answer.verdict == "spliced":
        posts = len({source.post for source in answer.sources})
        where = f"from {posts} posts" if posts > 1 else f"from {main.post}, but not as one stretch"
        return f"spliced: {len(answer.sources)} pieces {where}"
    if answer.verdict == "different speaker":
        return f"different speaker: {answer.words}, but said by {_who(main)}, not by {answer.speaker}{_edge(main)}"
    if length < SHORT:
        return _short(answer)
    who = f", by {_who(main)}" if main.speaker else ""
    decided = ", ".join(dict.fromkeys(name for d in answer.differences for name in d.deciding if not d.marked))
    told = f" ({decided})" if answer.verdict == "altered" and decided else ""
    return f"{answer.verdict}{told}: {main.post}{_when(main)}{who}{_edge(main)}"


def _short(answer: Answer) -> str:
    places = sum(1 + source.copies for source in answer.sources)
    total = max(answer.total, places)
    speakers = {source.speaker for source in answer.sources if source.speaker}
    by = f"by {_many(len(speakers), 'speaker')}" if speakers else "no speaker known"
    other = f", but not by {answer.speaker} in this archive" if answer.by_speaker is False else ""
    return f"verbatim in {_many(total, 'place')}, {by}{other}{_edge(answer.sources[0])}"


def _absent(answer: Answer) -> str:
    near = f"; the nearest wording is in {answer.nearest.post}{_when(answer.nearest)}" if answer.nearest else ""
    return f"not in this archive, which holds {_held(answer)}{near}"


def _held(answer: Answer) -> str:
    cover = answer.cover
    first = min((c.first for c in cover.channels if c.first), default=None)
    last = max((c.last for c in cover.channels if c.last), default=None)
    time = f" from {first:%Y-%m-%d} to {last:%Y-%m-%d}" if first and last else ""
    return f"{_many(cover.posts, 'post')} of {_many(len(cover.channels), 'channel')}{time}"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _when(source: Source) -> str:
    return f" ({source.date:%Y-%m-%d})" if source.date else " (undated)"


def _who(source: Source) -> str:
    if source.speaker is None:
        return f"the channel {source.title or source.channel}"
    return f"{source.speaker} ({source.role})" if source.role and source.role != source.speaker else source.speaker


def _edge(source: Source) -> str:
    edge = source.edges
    if not edge.cut:
        return ""
    told = ["cut from"] if not edge.recounted or set(edge.cut) != {"verb of saying"} else []
    told += ["given as somebody else's words"] if edge.recounted else []
    return f", but {' and '.join(told)}: {shown(edge.sentence)}"


def shown(text: str) -> str:
    """A text on one line, shortened in the middle where it is long.

    >>> shown("Talks\\nwere held.")
    'Talks were held.'
    """
    flat = " ".join(text.split())
    half = MOST_SHOWN // 2
    return flat if len(flat) <= MOST_SHOWN else f"{flat[:half]} … {flat[-half:]}"


def notes_on(answer: Answer) -> tuple[str, ...]:
    """What else a reader must know before using the verdict."""
    notes = []
    for difference in answer.differences:
        if difference.marked and difference.deciding and answer.words in ("shortened", "altered"):
            held = ", ".join(difference.deciding)
            notes.append(f"The marked omission leaves out deciding words ({held}): {shown(difference.recorded)}")
    if answer.speaker and answer.sources and answer.by_speaker is None:
        notes.append(f"The record names no speaker for these words: whether {answer.speaker} said them is not known.")
    if answer.speaker and answer.nearest and answer.verdict == "different speaker":
        notes.append(f"{answer.speaker} said something close in {answer.nearest.post}: {shown(answer.nearest.words)}")
    if answer.speaker and answer.named_by == "article":
        notes.append(f"The article attributes the words to {answer.speaker}.")
    if any(source.later == "changed words" for source in answer.sources):
        notes.append("The post was changed later, and its newest version does not hold these words.")
    languages = ", ".join(map(named, answer.cover.languages)) or "languages that were not recognised"
    notes.append(f"The archive holds {languages}; a translated quotation cannot be found.")
    return tuple(notes)

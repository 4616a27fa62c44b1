"""What the lines of a post are: headings, labels, questions, links … and running text.

Posts are laid out more than they are written: an emoji and a name open a speech, "Read in full" closes it. A line here
is a paragraph; press releases that were broken to a line width are put together again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Span
from onrecord.reading.context import Context
from onrecord.reading.sentences import after_marks, is_wrap, sentences_within, wrap_width
from onrecord.reading.vocabulary import Vocabulary, folded, vocabulary

Kind = Literal["text", "hashtags", "link", "chrome", "heading", "separator"]

_ONLY_MARKS = re.compile(r"[\W_]+")
_CLOCK = re.compile(
    r"\W*(?:END|End)?\W*\d{1,2}[:.]\d\d\s*[AaPp]\.?[Mm]\b\.?\s*(?:\(?[A-Z]{2,5}\)?)?\W*"
)  # of a transcript
_HASHTAGS = re.compile(r"(?:\W*[#＃]\w+)+\W*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\bt\.me/\S+|(?<!\w)@\w{4,}")
_WORD = re.compile(r"\w+")
_LONGEST_CHROME = 90


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a post.

    ``start`` and ``end`` leave out spaces around it; ``body`` is where the words begin, behind emoji and bullets;
    ``mark`` is what stands before them, without spaces.
    """

    kind: Kind
    start: int
    end: int
    body: int
    mark: str

    @property
    def bulleted(self) -> bool:
        """Whether something other than words opens the line."""
        return bool(self.mark)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a post, blank ones left out, and its sentences: found once for all readers."""

    lines: tuple[Line, ...]
    headline: int | None
    """The index of the line that is the post's headline, None where it has none."""

    sentences: tuple[Span, ...] = ()
    """The sentences of the whole text, in order."""

    def line_at(self, at: int) -> int | None:
        """The index of the line that holds an offset."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            if self.lines[middle].end <= at:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.lines) and self.lines[low].start <= at else None


def layout(text: str, context: Context) -> Layout:
    """The lines of a text with their kinds.

    >>> plan = layout("#Oslo\\n🎙 Remarks by Anna Ode\\nPeace needs patience.\\nRead in full", Context())
    >>> [line.kind for line in plan.lines]
    ['hashtags', 'text', 'text', 'chrome']
    """
    words = vocabulary(context.language)
    width = wrap_width(text)
    lines = tuple([_line(text, span, words) for span in paragraphs(text, width)])
    return Layout(lines, _headline(text, lines), tuple(sentences_within(text, width, code=context.language)))


def paragraphs(text: str, width: int | None) -> list[Span]:
    """The stretches between line breaks, trimmed, without blank ones; breaks that the line width made do not count."""
    found: list[Span] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        while width is not None and end >= 0 and is_wrap(text, end, width):
            end = text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        piece = text[start:end]
        if words := piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append(Span(left, left + len(words)))
        start = end + 1
    return found


def _line(text: str, span: Span, words: Vocabulary) -> Line:
    body = min(after_marks(text, span.start, span.end), span.end)
    mark = text[span.start : body].strip()
    return Line(_kind(text[span.start : span.end], text[body : span.end], words), span.start, span.end, body, mark)


def _kind(line: str, body: str, words: Vocabulary) -> Kind:
    if _ONLY_MARKS.fullmatch(line) or (len(line) <= _LONGEST_CHROME and _CLOCK.fullmatch(line)):
        return "separator"
    if "#" in line and _HASHTAGS.fullmatch(line):
        return "hashtags"
    if len(line) > _LONGEST_CHROME * 2:
        return "text"
    bare = _ADDRESS.sub(" ", body) if "/" in body or "@" in body or "www." in body else body
    plain = folded(bare)
    if bare != body and len(_WORD.findall(plain)) <= 3:
        return "link"
    if is_chrome(plain, body, words):
        return "chrome"
    if plain in words.headings["points"]:
        return "heading"
    return "text"


def is_chrome(plain: str, body: str, words: Vocabulary) -> bool:
    """Whether a line (``plain`` is its folded form) belongs to the page rather than to the post."""
    if plain in words.chrome["whole"]:
        return True
    if len(body) > _LONGEST_CHROME:
        return False
    before, colon, _ = body.partition(":")
    if (colon and folded(before) in words.chrome["credit"]) or body.startswith("©"):
        return True
    ends = words.chrome["ends"]
    if plain.count(" ") <= 4 and not body.endswith((".", "!", "?", ":")):
        last = plain.split(" ")[-2:]
        if last[-1] in ends or " ".join(last) in ends:
            return True
    first = plain.split(" ", 4)[:4]
    heads = (" ".join(first[:count]) for count in range(1, len(first) + 1))
    return any(head in words.chrome["start"] for head in heads) and not body.endswith((".", "!", "?", ":"))


def _headline(text: str, lines: tuple[Line, ...]) -> int | None:
    """The first line of words, if it ends like no sentence and words follow."""
    first = next((at for at, line in enumerate(lines) if line.kind == "text"), None)
    if first is None or not any(line.kind in ("text", "heading") for line in lines[first + 1 :]):
        return None
    return first if not text[: lines[first].end].rstrip("*_ ").endswith((".", "!", "?", "…", '."', ".”")) else None

"""Posts out of a text whose extractor kept the foot of each post: "4.36K views edited 08:21".

A block ends with its foot. What stands at the head of most blocks is the channel's title; before the first block stands
the head of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

from onrecord.capture.text_clean import is_foot
from onrecord.capture.text_line import ADDRESS, EMOJI_FIRST, Found, Line
from onrecord.capture.text_notices import forwarded_from, is_notice, notices, patterns
from onrecord.capture.text_reply import CUT, Replies
from onrecord.model import Count

LONGEST_BLOCK = 2_000
BREAKS = "the line breaks may be those of the extractor"
BORDER = "border unknown: no foot of a post follows these lines"
GLUED_NAME = "forwarded: the name of the channel it came from is glued to the text"
_SAMPLE = 12
_GLUED = re.compile(r"[a-zа-яё0-9][.!?:…][A-ZА-ЯЁ#]|\w#\w")
_FRAGMENT = re.compile(r"[,.;:)\]!?»”’a-zа-яё]")
_REACTIONS = re.compile(rf"(?:(?:{EMOJI_FIRST.pattern})[\ufe0f\u200d]?\s?\d[\d.]*[KM]?\s*)+\Z")
_THOUSANDS = {"K": 1_000, "M": 1_000_000}


def block_posts(lines: Iterable[Line]) -> Iterator[Found]:
    """The posts of such a text, in its order."""
    blocks = _blocks(lines)
    sample = list(islice(blocks, _SAMPLE))
    title = _title([block for block, _ in sample])
    prefix = "" if title else _prefix([block for block, _ in sample])
    replies = Replies()
    replies.learn((), [" ".join(title)] if title else ())
    for index, (block, foot) in enumerate(chain(sample, blocks)):
        block = _in_one_line(block, prefix) if prefix else block
        found = _post(_without_head(block, title) if index == 0 else block, foot, title, replies)
        if found:
            yield found


def views(text: str) -> Count:
    """A number of views as the platform writes it.

    >>> views("4.36K"), views("612")
    (Count(value=4360, exact=False), Count(value=612, exact=True))
    """
    number = float(text.rstrip("KM").replace(",", ""))
    return Count(round(number * _THOUSANDS.get(text[-1], 1)), exact=text[-1] not in _THOUSANDS)


def _blocks(lines: Iterable[Line]) -> Iterator[tuple[list[Line], str | None]]:
    """Lines up to each foot, with the foot; None where it is missing."""
    block: list[Line] = []
    for line in lines:
        if is_foot(line.text):
            yield block, line.text
            block = []
        elif line.text and not is_notice(line.text, "image"):
            block.append(line)
            if len(block) >= LONGEST_BLOCK:
                yield block, None
                block = []
    if block:
        yield block, None


def _title(blocks: list[list[Line]]) -> list[str]:
    """The line with which most blocks after the first begin, with emoji that stand after it: the channel's title."""
    rest = blocks[1:]
    title: list[str] = []
    while True:
        heads = [block[len(title)].text for block in rest if len(block) > len(title) and _begins(block, title)]
        line, count = Counter(heads).most_common(1)[0] if heads else ("", 0)
        if count < 2 or count * 10 < 6 * len(rest) or line.startswith("#") or (title and not _is_emoji(line)):
            return title
        title.append(line)


def _prefix(blocks: list[list[Line]]) -> str:
    """The channel's title where each block is one line: the words with which most of them begin."""
    lines = [block[0].text for block in blocks[1:] if len(block) == 1]
    if len(lines) < 3 or len(lines) * 2 < len(blocks):
        return ""
    head, count = Counter(line[:6] for line in lines).most_common(1)[0]
    if count * 10 < 6 * len(lines) or not head.strip() or head.startswith("#"):
        return ""
    alike = [line.split(" ") for line in lines if line.startswith(head)]
    common = takewhile(lambda words: len(set(words)) == 1, zip(*alike, strict=False))
    return " ".join(words[0] for words in common)


def _in_one_line(block: list[Line], prefix: str) -> list[Line]:
    """A block of one line without the title before it, and its notices on lines of their own."""
    if len(block) != 1:
        return block
    number, text = block[0].number, block[0].text.rpartition(f"{prefix} ")[2]
    opening = max((n for n in notices("opens")[0] if text.startswith(f"{n} ")), key=len, default="")
    text = text.removeprefix(opening).strip()
    closing = max((n for n in notices("closes")[0] if text.endswith(f" {n}")), key=len, default="")
    text = text.removesuffix(closing).strip()
    return [Line(number, part) for part in (opening, text, closing) if part]


def _begins(block: list[Line], title: list[str]) -> bool:
    return [line.text for line in block[: len(title)]] == title


def _without_head(block: list[Line], title: list[str]) -> list[Line]:
    """The first block from its title on, or from what follows the last line of the page's head."""
    last = 0
    for index, line in enumerate(block):
        if (title and _begins(block[index:], title)) or is_notice(line.text, "chrome"):
            last = index if title and _begins(block[index:], title) else index + 1
    return block[last:]


def _post(block: list[Line], foot: str | None, title: list[str], replies: Replies) -> Found | None:
    if title and _begins(block, title):
        block = block[len(title) :]
    found = Found(lines=[], raw=block)
    rest = _body(_after_forward(block, found), found)
    rest = _after_reply(rest, found, title, replies)
    replies.learn([line.text for line in rest], ())
    found.lines = _joined(rest)
    text = "\n".join(line.text for line in found.lines)
    if len(_GLUED.findall(text)) > len(found.lines) or len(rest) > len(found.lines):
        found.doubts += (BREAKS,)
    if foot is None:
        found.doubts += (BORDER,)
        return found if rest and not all(is_notice(line.text, "chrome") for line in rest) else None
    _read_foot(foot, found)
    return found if block else None


def _after_forward(block: list[Line], found: Found) -> list[Line]:
    name = forwarded_from(block[0].text) if block else None
    if name is None:
        if block and forwarded_from(block[0].text[:40]) is not None:
            found.doubts += (GLUED_NAME,)
        return block
    if name:
        found.forwarded_from = name
        return block[1:]
    found.forwarded_from = block[1].text if len(block) > 1 else None
    return block[2:]


def _body(block: list[Line], found: Found) -> list[Line]:
    """The lines without notices and reactions."""
    body = []
    for line in block:
        if is_notice(line.text, "opens"):
            found.withheld = is_notice(line.text, "withheld") or bool(found.withheld)
        if any(is_notice(line.text, kind) for kind in ("opens", "closes", "button")):
            found.notices += (line.text,)
        else:
            body.append(line)
    if body and _REACTIONS.match(body[-1].text):
        found.notices += (body.pop().text,)
    return body


def _after_reply(body: list[Line], found: Found, title: list[str], replies: Replies) -> list[Line]:
    if title and _begins(body, title) and len(body) > len(title) + 1:
        found.answered = (" ".join(title), body[len(title)].text)
        return body[len(title) + 1 :]
    costs = replies.headers([line.text for line in body[:3]])
    if costs and costs[0] is not None and costs[0] <= CUT:
        found.answered = (body[0].text, body[1].text)
        return body[2:]
    return body


def _joined(lines: list[Line]) -> list[Line]:
    """Lines with the pieces joined that an extractor made of inline nodes: an emoji alone, a comma, a small letter."""
    out: list[Line] = []
    for line in lines:
        before = out[-1].text if out else ""
        if out and (_FRAGMENT.match(line.text) or _is_emoji(before)):
            glue = "" if line.text[0] in ",.;:)]!?»”’" else " "
            out[-1] = Line(out[-1].number, before + glue + line.text)
        else:
            out.append(line)
    return out


def _is_emoji(text: str) -> bool:
    return len(text) <= 8 and EMOJI_FIRST.match(text) is not None and not any(char.isalnum() for char in text)


def _read_foot(foot: str, found: Found) -> None:
    address = ADDRESS.search(foot)
    if address:
        found.channel, found.id = address[1], int(address[2])
        foot = foot[: address.start()].strip()
    for pattern in patterns("footer"):
        match = pattern.fullmatch(foot)
        if match:
            fields = match.groupdict()
            found.views = views(fields["views"]) if fields.get("views") else None
            found.author = (fields.get("signature") or "").strip() or None
            found.edited = bool(fields.get("edited"))
            return

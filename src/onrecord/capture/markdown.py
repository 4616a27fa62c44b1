"""Markdown as clients of Telegram write it (``**bold**``, ``[text](address)``), as entities of plain text.

Source: Telethon's ``extensions/markdown.py`` and Telegram's own apps: no nesting by kind, no escapes.
"""

from __future__ import annotations

import re

from onrecord.model import Entity

_MARK = re.compile(
    r"(?P<pre>```(?P<pre_in>[^`]{1,4096})```)"
    r"|(?P<code>`(?P<code_in>[^`\n]{1,4096})`)"
    r"|\[(?P<link>[^\[\]]{1,1024})\]\((?P<target>(?:https?://|tg://|mailto:|t\.me/)[^()\s]{1,2048}(?:\([^()\s]{0,200}\)[^()\s]{0,2048})?)\)"
    r"|(?P<sign>\*\*|__|~~|\|\|)"
)
_PLAIN = re.compile(
    r"\*\*(?=[^\s*])[^*\n]{1,1024}?(?<=[^\s*])\*\*|(?<!\w)__(?=[^\s_])[^_\n]{1,1024}?(?<=[^\s_])__(?!\w)"
    r"|\[[^\[\]\n]{1,512}\]\((?:https?://|tg://)[^()\s]{1,1024}\)"
)
_KINDS = {"**": "bold", "__": "italic", "~~": "strike", "||": "spoiler"}


def holds_markdown(texts: list[str]) -> bool:
    """Whether a column of texts is plainly markdown: one text in twenty has it, and not just one of many.

    >>> holds_markdown(["**Statement** by the minister", "[Read](https://press.example)"])
    True
    >>> holds_markdown(["*** see below ***", "a ** b", "snake__case__name"])
    False
    """
    marked = sum(1 for text in texts if _PLAIN.search(text[:8192]))
    return marked >= max(1, len(texts) // 20) and (marked > 1 or len(texts) < 10)


def unmarked(text: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without its marks, and the entities they stood for; a mark without its other half stays.

    >>> unmarked("**Now** [read](https://press.example)")
    ('Now read', (Entity(kind='bold', start=0, end=3, target=None), Entity(kind='link', start=4, end=8, target='https://press.example')))
    """
    out: list[str] = []
    entities: list[Entity] = []
    length = at = 0
    closing = _closings(text)
    opened: dict[str, int] = {}
    for match in _MARK.finditer(text):
        out.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        kept, entity = _piece(match, length)
        if match["sign"]:
            kept = "" if match.start() in closing else match["sign"]
            if not kept and match["sign"] in opened:
                entity = Entity(_KINDS[match["sign"]], opened.pop(match["sign"]), length)
            elif not kept:
                opened[match["sign"]] = length
        if entity is not None:
            entities.append(entity)
        out.append(kept)
        length += len(kept)
    out.append(text[at:])
    return "".join(out), tuple(sorted(entities, key=lambda e: (e.start, -e.end)))


def _piece(match: re.Match[str], start: int) -> tuple[str, Entity | None]:
    """A code, pre or link mark's own text and entity."""
    for name, kind in (("pre", "pre"), ("code", "code")):
        if match[name]:
            inner = match[f"{name}_in"]
            return inner, Entity(kind, start, start + len(inner))
    if match["link"]:
        return match["link"], Entity("link", start, start + len(match["link"]), match["target"])
    return "", None


def _closings(text: str) -> set[int]:
    """Where the signs stand that open or close something: pairs with words between them."""
    paired: set[int] = set()
    waiting: dict[str, int] = {}
    for match in _MARK.finditer(text):
        sign = match["sign"]
        if not sign:
            continue
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if sign in waiting and before.strip():
            paired |= {waiting.pop(sign), match.start()}
        elif after.strip() and not (sign == "__" and before.isalnum()):
            waiting[sign] = match.start()
    return paired

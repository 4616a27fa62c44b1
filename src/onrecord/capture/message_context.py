"""What stands around a message's text: who published, forwarded and is answered; polls, reactions, buttons, footer."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from onrecord.capture.message_count import parse_count
from onrecord.capture.message_parts import Parts, child_with, instant, plain, post_of, words_of
from onrecord.model import Forward, Poll, PollOption, Reaction, Reply

OPEN_TELEGRAM = "Please open Telegram to view this post"
UNSUPPORTED = "This media is not supported in your browser"


def _skip(node: LexborNode, parts: Parts) -> bool:
    return False


def _text(node: LexborNode, parts: Parts) -> bool:
    """The post's own text; a preview of the answered post has the same class and is read with the reply."""
    if "js-message_reply_text" not in (node.attributes.get("class") or ""):
        parts.texts.append(node)
    return False


def _owner(node: LexborNode, parts: Parts) -> bool:
    parts.channel_title = plain(node) or None
    return False


def _commenter(node: LexborNode, parts: Parts) -> bool:
    parts.commenter = parts.commenter or plain(node) or None
    return False


def _via_bot(node: LexborNode, parts: Parts) -> bool:
    parts.via_bot = plain(node).removeprefix("via").strip().lstrip("@") or None
    return False


def _forward(node: LexborNode, parts: Parts) -> bool:
    name = child_with(node, "tgme_widget_message_forwarded_from_name")
    author = words_of(node, "tgme_widget_message_forwarded_from_author")
    bot = child_with(node, "tgme_widget_message_via_bot")
    if bot is not None:
        _via_bot(bot, parts)
    if name is None:
        title = plain(node).removeprefix("Forwarded from").strip() or None
        parts.forward = Forward(title, author=author)
        return False
    channel, number = post_of(name.attributes.get("href"))
    parts.forward = Forward(plain(name) or None, channel, number, author)
    return False


def _reply(node: LexborNode, parts: Parts) -> bool:
    """The answered post: its address, whose it is, at most about 256 characters of it, or a word such as "Photo"."""
    channel, number = post_of(node.attributes.get("href"))
    preview = words_of(node, "js-message_reply_text") or words_of(node, "tgme_widget_message_metatext")
    parts.reply = Reply(number, channel, words_of(node, "tgme_widget_message_author_name"), preview)
    return False


def _poll(node: LexborNode, parts: Parts) -> bool:
    options = []
    for option in node.css(".tgme_widget_message_poll_option"):
        share = words_of(option, "tgme_widget_message_poll_option_percent") or ""
        number = share.removesuffix("%").strip()
        percent = int(number) if number.isascii() and number.isdigit() and len(number) <= 3 else None
        options.append(PollOption(words_of(option, "tgme_widget_message_poll_option_text") or "", percent))
    question = words_of(node, "tgme_widget_message_poll_question") or ""
    parts.poll = Poll(question, words_of(node, "tgme_widget_message_poll_type"), tuple(options))
    return False


def _reaction(node: LexborNode, parts: Parts) -> bool:
    """One reaction; a paid one has no emoji, and a custom one may have an empty name: then its id stands for it."""
    custom = face = None
    for child in node.iter():  # quicker than a selector; a page has a hundred of them
        custom = child if child.tag == "tg-emoji" else custom
        face = face or (child if child.tag in ("tg-emoji", "i") else None)
    words = plain(node)
    emoji = plain(face) if face is not None else ""
    count = parse_count(words.removeprefix(emoji))
    if "tgme_reaction_paid" in (node.attributes.get("class") or "").split():
        parts.reactions.append(Reaction(None, count))
    elif custom is not None and not emoji:
        parts.reactions.append(Reaction(f"custom:{custom.attributes.get('emoji-id') or 'unnamed'}", count))
    else:
        parts.reactions.append(Reaction(emoji or _drawn(face), count))
    return False


def _drawn(face: LexborNode | None) -> str:
    """The emoji that an element draws as an image, whose file is named by the emoji's bytes in UTF-8."""
    style = (face.attributes.get("style") or "") if face is not None else ""
    name = style.rpartition("/")[2].partition(".")[0]
    try:
        return bytes.fromhex(name).decode()
    except ValueError:
        return "unnamed"


def _button(node: LexborNode, parts: Parts) -> bool:
    words = plain(node)
    if words:
        parts.buttons.append(words)
    return False


def _shown(node: LexborNode, parts: Parts) -> bool:
    parts.shown = True
    return True


def _notice(node: LexborNode, parts: Parts) -> bool:
    """A notice in place of a medium, or of the whole post."""
    label = words_of(node, "message_media_not_supported_label")
    if label == OPEN_TELEGRAM:
        parts.hidden = True
    if label is not None and label != UNSUPPORTED and label not in parts.notices:
        parts.notices.append(label)
    return False


def _views(node: LexborNode, parts: Parts) -> bool:
    parts.views = parse_count(plain(node))
    return False


def _voters(node: LexborNode, parts: Parts) -> bool:
    parts.voters = parse_count(plain(node))
    return False


def _meta(node: LexborNode, parts: Parts) -> bool:
    """The line of signature, "edited" and time; the word stands bare in it, so a signature cannot be taken for it."""
    each = node.first_child
    while each is not None:
        if each.tag == "-text" and "edited" in (each.text_content or ""):
            parts.edited = True
        each = each.next
    return True


def _signature(node: LexborNode, parts: Parts) -> bool:
    parts.author = plain(node) or None
    return False


def _date(node: LexborNode, parts: Parts) -> bool:
    href = node.attributes.get("href") or ""
    if "?comment=" in href:
        parts.comment = href.rpartition("?comment=")[2]
    parts.address = post_of(href)
    for child in node.iter():
        parts.date = parts.date or instant(child.attributes.get("datetime"))
    return False


HANDLERS: dict[str, Callable[[LexborNode, Parts], bool]] = {
    "tgme_widget_message_user": _skip,
    "tgme_widget_message_bubble_tail": _skip,
    "tgme_widget_message_reply_template": _skip,
    "js-reply_tpl": _skip,
    "tgme_widget_message_text": _text,
    "tgme_widget_message_owner_name": _owner,
    "tgme_widget_message_author_name": _commenter,
    "tgme_widget_message_via_bot": _via_bot,
    "tgme_widget_message_forwarded_from": _forward,
    "tgme_widget_message_reply": _reply,
    "tgme_widget_message_poll": _poll,
    "tgme_reaction": _reaction,
    "tgme_widget_message_inline_button": _button,
    "media_supported_cont": _shown,
    "media_not_supported_cont": _notice,
    "message_media_not_supported_wrap": _notice,
    "tgme_widget_message_views": _views,
    "tgme_widget_message_voters": _voters,
    "tgme_widget_message_meta": _meta,
    "tgme_widget_message_from_author": _signature,
    "tgme_widget_message_date": _date,
}

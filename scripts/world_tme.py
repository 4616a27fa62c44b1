"""Renders the world as t.me does: history pages, JSON-wrapped paging, embeds, wrappers, cards."""

# ruff: noqa: E501 - lines of markup stay whole, so that they can be compared with what is served

from __future__ import annotations

import base64
import html
import json
from datetime import UTC, datetime

from world import Channel, Part, Post
from world_media import link, media_html

CSS = '<link href="//telegram.org/css/widget-frame.css?73" rel="stylesheet" media="screen">'
TAIL = '<i class="tgme_widget_message_bubble_tail"></i>'
CONFIRM = ' target="_blank" rel="noopener" onclick="return confirm(\'Open this link?\\n\\n\'+this.href);"'
CUSTOM = {"⚡️": "5456140674028019486", "🔴": "5411225014148014586"}


def rounded(number: int) -> str:
    """A count as t.me writes it: 4.36K."""
    if number < 1000:
        return str(number)
    return f"{number / 1000:.3g}".rstrip("0").rstrip(".") + "K" if number < 999_500 else f"{number / 1e6:.3g}M"


def is_custom(post: Post) -> bool:
    """Whether the post opens with a custom emoji: t.me then asks people to open Telegram."""
    return post.channel.name == "varland_mfa" and post.marked.startswith(tuple(CUSTOM))


def text_html(post: Post, when: datetime) -> str:
    """The text with the tags of t.me."""
    out = "".join(_part_html(part) for part in post.parts(when))
    if is_custom(post):
        for sign, number in CUSTOM.items():
            out = out.replace(sign, f'<tg-emoji emoji-id="{number}">{_emoji(sign)}</tg-emoji>')
    return out


def _part_html(part: Part) -> str:
    text = html.escape(part.text, quote=False).replace("\n", "<br/>").replace("'", "&#39;")
    if part.kind == "bold":
        return f"<b>{text}</b>"
    if part.kind == "hashtag":
        return f'<a href="?q=%23{part.text[1:]}">{text}</a>'
    if part.kind == "link":
        return f'<a href="{html.escape(part.target or "")}"{CONFIRM}>{text}</a>'
    for sign in ("💬", "🎙", "📞", "🤝"):
        text = text.replace(sign, _emoji(sign))
    return text


def _emoji(sign: str) -> str:
    code = sign.encode().hex().upper()
    return (
        f'<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/{code}.png\')"><b>{sign}</b></i>'
    )


def block(post: Post, when: datetime) -> str:
    """One message."""
    classes = "service_message " if post.service else "text_not_supported_wrap "
    inner = _service(post) if post.service else _content(post, when)
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message {classes}js-widget_message" data-post="{post.channel.name}/{post.id}" '
        f'data-view="{_view(post, when)}">'
        f'<div class="tgme_widget_message_bubble">{TAIL}{_owner(post.channel)}{inner}{_footer(post, when)}</div>'
        "</div></div>"
    )


def _view(post: Post, when: datetime) -> str:
    number = f"{post.id}g" if len(post.members) > 1 else post.id
    told = {
        "c": -post.channel.number,
        "p": number,
        "t": int(when.timestamp()),
        "h": f"{post.draw('h', 16**17, 16**18 - 1):x}",
    }
    return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode().rstrip("=")


def _owner(channel: Channel) -> str:
    return (
        '<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" '
        f'href="https://t.me/{channel.name}"><span dir="auto">{html.escape(channel.title)}</span></a></div>\n'
    )


def _service(post: Post) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{html.escape(post.service or "")}</div>\n'


def _content(post: Post, when: datetime) -> str:
    text = text_html(post, when)
    words = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>\n' if text else ""
    if words and len(post.members) > 1:
        words = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>'
    inside = media_html(post) + words
    if is_custom(post):
        inside = (
            f'<div class="media_supported_cont">{inside}</div><div class="media_not_supported_cont">'
            '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">'
            '<div class="message_media_not_supported_label">Please open Telegram to view this post</div>'
            f'<a href="{link(post)}" class="message_media_view_in_telegram">VIEW IN TELEGRAM</a></div></div></div>'
        )
    return _forward(post) + _reply(post, when) + inside + _reactions(post)


def _forward(post: Post) -> str:
    if post.origin is None:
        return ""
    return (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;'
        f'<a class="tgme_widget_message_forwarded_from_name" href="{link(post.origin)}">'
        f'<span dir="auto">{html.escape(post.origin.channel.title)}</span></a></div>\n'
    )


def _reply(post: Post, when: datetime) -> str:
    if post.reply is None:
        return ""
    answered = post.channel.post(post.reply)
    preview = preview_of(answered.text(when)) or "Photo"
    return (
        f'<a class="tgme_widget_message_reply" href="{link(answered)}"><div class="tgme_widget_message_author '
        f'accent_color"><span class="tgme_widget_message_author_name" dir="auto">{html.escape(post.channel.title)}</span>'
        '</div><div class="tgme_widget_message_text js-message_reply_text" dir="auto">'
        f"{html.escape(preview, quote=False)}</div></a>\n"
    )


def preview_of(text: str) -> str:
    """The line that t.me shows of an answered post."""
    line = " ".join(text.split())
    return line if len(line) <= 256 else line[:255].rsplit(" ", 1)[0] + "…"


def _reactions(post: Post) -> str:
    if post.draw("reacted", 0, 3) == 0:
        return ""
    shown = "".join(
        f'<span class="tgme_reaction">{_emoji(sign)}{rounded(max(1, post.views // part))}</span>'
        for sign, part in (("👍", 60), ("❤️", 140), ("👏", 300))[: post.draw("kinds", 1, 3)]
    )
    return f'<div class="tgme_widget_message_reactions js-message_reactions">{shown}</div>\n'


def _footer(post: Post, when: datetime) -> str:
    views = (
        ""
        if post.service
        else (
            f'<span class="tgme_widget_message_views">{rounded(post.views)}</span><span class="copyonly"> views</span>'
        )
    )
    voters = f'<span class="tgme_widget_message_voters">{rounded(post.poll["voters"])}</span>' if post.poll else ""
    return (
        '<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short '
        f'js-message_info">{voters}{views}<span class="tgme_widget_message_meta">{"edited &nbsp;" if post.is_edited(when) else ""}'
        f'<a class="tgme_widget_message_date" href="{link(post)}"><time datetime="{post.at:%Y-%m-%dT%H:%M:%S}+00:00" '
        f'class="time">{post.at:%H:%M}</time></a></span></div></div>'
    )


def window(channel: Channel, when: datetime, *, before: int | None = None, size: int = 20) -> list[Post]:
    """The newest posts that one page shows: about twenty messages, where every photo of an album counts."""
    shown: list[Post] = []
    for post in reversed(channel.seen(when)):
        if before is not None and post.id >= before:
            continue
        if sum(len(each.members) for each in shown) >= size:
            break
        shown.append(post)
    return shown[::-1]


def history(channel: Channel, when: datetime, *, before: int | None = None) -> str:
    """A whole t.me/s page as it was served at an instant."""
    shown = window(channel, when, before=before)
    first = shown[0].id
    older = f'<link rel="prev" href="/s/{channel.name}?before={first}">' if channel.posts[0].id < first else ""
    more = f'<a href="/s/{channel.name}?before={first}" class="tme_messages_more js-messages_more" data-before="{first}"></a>'
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{html.escape(channel.title)} – Telegram</title>\n'
        f'<meta property="og:title" content="{html.escape(channel.title)}"><meta property="og:site_name" content="Telegram">\n'
        f'{older}<link rel="canonical" href="/s/{channel.name}?before={shown[-1].id + 1}">{CSS}</head>\n'
        '<body class="widget_frame_base tgme_webpreview emoji_image thin_box_shadow tme_mode no_transitions">\n'
        f'<header class="tgme_header search_collapsed"><section class="tgme_right_column">{_info(channel)}</section></header>\n'
        f'<main class="tgme_main" data-url="/{channel.name}"><section class="tgme_channel_history js-message_history">\n'
        f'<div class="tgme_widget_message_centered js-messages_more_wrap">{more if older else ""}</div>\n'
        + "\n".join(block(post, when) for post in shown)
        + "\n</section></main></body></html>\n"
    )


def _info(channel: Channel) -> str:
    labels = '<i class="verified-icon"> ✔</i>' if channel.verified else ""
    return (
        '<div class="tgme_channel_info"><div class="tgme_channel_info_header"><div class="tgme_channel_info_header_title_wrap">'
        f'<div class="tgme_channel_info_header_title"><span dir="auto">{html.escape(channel.title)}</span></div>'
        f'<div class="tgme_channel_info_header_labels">{labels}</div></div><div class="tgme_channel_info_header_username">'
        f'<a href="https://t.me/{channel.name}">@{channel.name}</a></div></div><div class="tgme_channel_info_counters">'
        f'<div class="tgme_channel_info_counter"><span class="counter_value">{rounded(channel.subscribers)}</span> '
        '<span class="counter_type">subscribers</span></div></div>'
        f'<div class="tgme_channel_info_description">{html.escape(channel.description)}</div></div>'
    )


def wrapped(channel: Channel, when: datetime, *, before: int) -> str:
    """The answer to paging: a JSON string of HTML."""
    return json.dumps("\n".join(block(post, when) for post in window(channel, when, before=before)))


def embed(post: Post, when: datetime) -> str:
    """One post as t.me embeds it elsewhere; "Post not found" once it is deleted."""
    if post.deleted_at is not None and post.deleted_at <= when:
        inner = (
            '<div class="tgme_widget_message_error_wrap"><div class="tgme_widget_message_error">'
            "Post not found</div></div>"
        )
    else:
        inner = block(post, when).replace(
            'js-widget_message" data-post',
            f'js-widget_message" data-peer="c{post.channel.number}_0" data-post-id="{post.id}" data-post',
            1,
        )
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Telegram Widget</title>{CSS}</head>\n'
        f'<body class="widget_frame_base tgme_widget body_widget_post emoji_image no_transitions">\n{inner}\n</body></html>\n'
    )


def wrapper(post: Post, when: datetime) -> str:
    """The page of one post's address: the beginning of its text in the description, nothing else."""
    words = html.escape(post.text(when)[:200])
    return _contact(
        post.channel,
        words,
        f'<script async src="https://telegram.org/js/telegram-widget.js" '
        f'data-telegram-post="{post.channel.name}/{post.id}" data-width="100%"></script>',
        f"&amp;post={post.id}",
    )


def card(channel: Channel) -> str:
    """The channel's card, with its exact number of subscribers."""
    count = f"{channel.subscribers:,}".replace(",", " ")
    return _contact(
        channel,
        html.escape(channel.description),
        f'<div class="tgme_page_title" dir="auto"><span dir="auto">{html.escape(channel.title)}</span></div>'
        f'<div class="tgme_page_extra">{count} subscribers</div>'
        f'<div class="tgme_page_description" dir="auto">{html.escape(channel.description)}</div>',
        "",
    )


def _contact(channel: Channel, description: str, inner: str, query: str) -> str:
    post = "tgme_page_post" if query else "tgme_page"
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Telegram: Contact @{channel.name}</title>\n'
        f'<meta property="og:title" content="{html.escape(channel.title)}"><meta property="og:site_name" content="Telegram">\n'
        f'<meta property="og:description" content="{description}">\n'
        f'<meta property="al:ios:url" content="tg://resolve?domain={channel.name}{query}"></head>\n'
        f'<body><div class="tgme_page_wrap"><div class="tgme_body_wrap"><div class="{post}">{inner}</div></div></div></body></html>\n'
    )


def at(written: str) -> datetime:
    """An instant in UTC.

    >>> at("2031-04-12 09:00").isoformat()
    '2031-04-12T09:00:00+00:00'
    """
    return datetime.fromisoformat(written).replace(tzinfo=UTC)

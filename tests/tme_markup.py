"""Markup as t.me writes it, of an invented ministry: the pieces from which tests build pages."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

CAPTURED = datetime(2031, 2, 3, 9, 0, tzinfo=UTC)
VIEW = {"c": -1001234567, "p": 28, "t": int(CAPTURED.timestamp()), "h": "ab12"}
OWNER = '<a class="tgme_widget_message_owner_name" href="https://t.me/varland_mfa"><span>Varland MFA</span></a>'
NO_FILE = '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported_label">{}</div></div>'


def view(**told: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(VIEW | told).encode()).decode().rstrip("=")


def text(markup: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{markup}</div>'


def block(inside: str, *, post: str = "varland_mfa/28", meta: str = "", classes: str = "", told: str = "") -> str:
    return (
        f'<div class="tgme_widget_message_wrap r4nd0m"><div class="x7 tgme_widget_message {classes}" '
        f'data-post="{post}" data-view="{told or view()}"><div class="tgme_widget_message_bubble">'
        f'<div class="tgme_widget_message_author">{OWNER}</div>{inside}'
        '<div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">4.36K</span>'
        f'<span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date" href="https://t.me/{post}">'
        '<time datetime="2031-02-03T08:21:52+00:00">08:21</time></a></span></div></div></div></div>'
    )


ALBUM = "".join(
    '<a class="tgme_widget_message_photo_wrap grouped_media_wrap" '
    f"href=\"https://t.me/varland_mfa/{number}?single\" style='background-image:url({quote}https://c.example/{number}{quote})'></a>"
    for number, quote in ((28, ""), (29, '"'), (30, ""))
)
HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Varland MFA – Telegram</title>{}</head><body>'
PREV = '<link rel="prev" href="/s/varland_mfa?before=27"><link rel="canonical" href="/s/varland_mfa?before=40">'
SECTION = '<section class="tgme_channel_history js-message_history">{}</section>'
NO_POSTS = SECTION.format('<div class="tme_no_messages_found">No posts found</div>')
END = "</body></html>"
POSTS = block(text("one"), post="varland_mfa/28") + block(text("two"), post="varland_mfa/31")
CARD = (
    '<div class="tgme_page"><div class="tgme_page_title"><span>Varland MFA</span></div>'
    '<div class="tgme_page_extra">139&nbsp;402 subscribers</div>'
    '<div class="tgme_page_description">Daily<br/>news</div>'
    '<a class="tgme_action_button_new" href="tg://resolve?domain=varland_mfa">View</a>{}</div>'
)
PREVIEW_LINK = '<a href="/s/varland_mfa">Preview channel</a>'
ERROR = (
    "<html><head><title>Telegram Widget</title></head><body>"
    '<div class="tgme_widget_message_error">{}</div></body></html>'
)

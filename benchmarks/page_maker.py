"""Makes pages of t.me/s for measuring: seeded, in the markup that t.me served in 2026, of an invented ministry."""

from __future__ import annotations

import base64
import html
import json
import random

ENGLISH = """the minister of foreign affairs varland received delegation talks treaty on border water joint statement
said that both sides agreed to continue dialogue security council meeting session ambassador northmark republic eastern
cooperation energy trade humanitarian mission visit held press conference spokesperson reaffirmed commitment peace"""
RUSSIAN = "министр встреча переговоры заявление республика посол совет безопасности договор граница сторона"
WORDS, CYRILLIC = ENGLISH.split(), RUSSIAN.split()
EMOJI = ("💬", "🎙", "📞", "🤝", "⚡️", "📌")
TAIL = (
    '<i class="tgme_widget_message_bubble_tail"><svg class="bubble_icon" width="9px" height="20px" viewBox="0 0 9 20">'
    '<g fill="none"><path class="background" fill="#ffffff" d="'
    + "M8,1 L9,1 L9,20 L8,20 L8,18 " * 8
    + '"></path>'
    + "".join(
        f'<path class="border_{n}x" fill="#d7e3ec" d="' + "C7.807,15.161 7.124,12.233 5.950,9.218 " * 7 + '"></path>'
        for n in (1, 2, 3)
    )
    + "</g></svg></i>"
)
CONFIRM = " onclick=\"return confirm('Open this link?\\n\\n'+this.href);\""


def page(seed: int, posts: int = 20) -> bytes:
    """One page of the invented channel; the same for the same seed."""
    rng = random.Random(seed)
    first = 1000 + seed * posts
    blocks = "".join(_block(rng, first + at) for at in range(posts))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Varland MFA – Telegram</title>
<meta property="og:title" content="Varland MFA"><meta property="og:site_name" content="Telegram">
<link rel="prev" href="/s/varland_mfa?before={first}"><link rel="canonical" href="/s/varland_mfa?before={first + 20}">
</head><body class="widget_frame_base tgme_webpreview emoji_image thin_box_shadow tme_mode no_transitions">
<div class="tgme_channel_info"><div class="tgme_channel_info_header">
<div class="tgme_channel_info_header_title"><span dir="auto">Varland MFA</span></div>
<div class="tgme_channel_info_header_username"><a href="https://t.me/varland_mfa">@varland_mfa</a></div></div>
<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">139K</span>
<span class="counter_type">subscribers</span></div></div>
<div class="tgme_channel_info_description">Ministry of Foreign Affairs</div></div>
<main class="tgme_main" data-url="/varland_mfa"><section class="tgme_channel_history js-message_history">
{blocks}</section></main></body></html>
<!-- page generated in 40ms -->""".encode()


def _block(rng: random.Random, number: int) -> str:
    album = rng.random() < 0.15
    told = {"c": -1001234567, "p": f"{number}g" if album else number, "t": 1893492000, "h": "0a1b2c3d4e5f607182"}
    view = base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode().rstrip("=")
    link = f"https://t.me/varland_mfa/{number}"
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message '
        f'text_not_supported_wrap js-widget_message" data-post="varland_mfa/{number}" data-view="{view}">'
        '<div class="tgme_widget_message_user"><a href="https://t.me/varland_mfa">'
        '<i class="tgme_widget_message_user_photo bgcolor4" data-content="V"><img src="https://cdn.example/v.jpg"></i>'
        f'</a></div><div class="tgme_widget_message_bubble">{TAIL}'
        '<div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" '
        'href="https://t.me/varland_mfa"><span dir="auto">Varland MFA</span></a></div>'
        f"{_around(rng, number)}{_media(rng, link, number, album)}"
        f'<div class="tgme_widget_message_text js-message_text" dir="auto">{_text(rng)}</div>'
        f"{_reactions(rng)}"
        '<div class="tgme_widget_message_footer compact js-message_footer">'
        '<div class="tgme_widget_message_info short js-message_info">'
        f'<span class="tgme_widget_message_views">{rng.randint(10, 99) / 10}K</span>'
        '<span class="copyonly"> views</span><span class="tgme_widget_message_meta">'
        f"{'edited &nbsp;' if rng.random() < 0.2 else ''}"
        f'<a class="tgme_widget_message_date" href="{link}">'
        f'<time datetime="2030-01-{number % 27 + 1:02}T08:21:52+00:00" class="time">08:21</time>'
        "</a></span></div></div></div></div></div>\n"
    )


def _around(rng: random.Random, number: int) -> str:
    chance = rng.random()
    if chance < 0.1:
        return (
            '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;'
            '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/varland_un/77">'
            '<span dir="auto">Varland at the UN</span></a></div>'
        )
    if chance < 0.2:
        return (
            f'<a class="tgme_widget_message_reply" href="https://t.me/varland_mfa/{number - 3}">'
            '<div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name" '
            'dir="auto">Varland MFA</span></div><div class="tgme_widget_message_text js-message_reply_text" dir="auto">'
            f"{' '.join(rng.choices(WORDS, k=30))}…</div></a>"
        )
    return ""


def _media(rng: random.Random, link: str, number: int, album: bool) -> str:
    if album:
        members = "".join(
            '<a class="tgme_widget_message_photo_wrap grouped_media_wrap blured js-message_photo" '
            f"style=\"width:288px;background-image:url('https://cdn.example/{number + at}.jpg')\" "
            f'href="https://t.me/varland_mfa/{number + at}?single"><div class="grouped_media_helper"></div></a>'
            for at in range(3)
        )
        return f'<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap">{members}</div>'
    chance = rng.random()
    if chance < 0.4:
        return (
            '<a class="tgme_widget_message_photo_wrap 5037283798650915615 1172834029_460000031" '
            f'href="{link}" style="width:800px;background-image:url(\'https://cdn.example/{number}.jpg\')">'
            '<div class="tgme_widget_message_photo" style="padding-top:66%"></div></a>'
        )
    if chance < 0.7:
        return (
            f'<a class="tgme_widget_message_video_player js-message_video_player" href="{link}">'
            '<i class="tgme_widget_message_video_thumb" style="background-image:url(\'https://cdn.example/t.jpg\')"></i>'
            '<div class="tgme_widget_message_video_wrap"><video src="https://cdn.example/v.mp4" '
            'class="tgme_widget_message_video js-message_video"></video></div>'
            '<time class="message_video_duration js-message_video_duration">0:27</time>'
            '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">'
            '<div class="message_media_not_supported_label">This media is not supported in your browser</div>'
            '<span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span></div></div></a>'
        )
    return ""


def _text(rng: random.Random) -> str:
    lines = []
    for _ in range(rng.randint(2, 6)):
        words = rng.choices(WORDS if rng.random() < 0.8 else CYRILLIC, k=rng.randint(10, 60))
        at = rng.randrange(len(words))
        words[at] = f"<b>{words[at]}</b>"
        if rng.random() < 0.3:
            words[-1] = (
                f'<a href="https://mfa.example/{rng.randint(1, 999)}" target="_blank" rel="noopener"{CONFIRM}>site</a>'
            )
        lines.append(" ".join(words) + "&#33;")
    sign = rng.choice(EMOJI)
    head = f'<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/X.png\')"><b>{sign}</b></i> '
    tag = html.escape(rng.choice(("VarlandNorthmark", "Outcomes2030")))
    return head + "<br/><br/>".join(lines) + f'<br/><br/><a href="?q=%23{tag}">#{tag}</a>'


def _reactions(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return ""
    each = "".join(
        f'<span class="tgme_reaction"><i class="emoji" style="background-image:url(\'x.png\')"><b>{face}</b></i>'
        f"{rng.randint(1, 99)}</span>"
        for face in ("👍", "🔥", "😁")
    )
    return f'<div class="tgme_widget_message_reactions js-message_reactions">{each}</div>'

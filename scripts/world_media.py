"""Renders the media of a post of the world as t.me does: photos, albums, videos, documents, voices, places, polls."""

# ruff: noqa: E501 - lines of markup stay whole, so that they can be compared with what is served

from __future__ import annotations

import html

from world import Post


def link(post: Post) -> str:
    """The post's address."""
    return f"https://t.me/{post.channel.name}/{post.id}"


def media_html(post: Post) -> str:
    """The medium of a post as t.me shows it; nothing for a text."""
    if post.kind == "photo":
        return _photo(post, f"{link(post)}", "tgme_widget_message_photo_wrap")
    if post.kind == "album":
        wrap = "tgme_widget_message_photo_wrap grouped_media_wrap blured js-message_photo"
        return (
            '<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap"><div class="tgme_widget_message_grouped '
            'js-message_grouped"><div class="tgme_widget_message_grouped_layer js-message_grouped_layer">'
            + "".join(_photo(post, f"https://t.me/{post.channel.name}/{n}?single", wrap) for n in post.members)
            + "</div></div></div>\n"
        )
    if post.kind in ("video", "video-too-big"):
        return _video(post)
    if post.kind == "document":
        name, _, size = post.detail.partition(":")
        return (
            f'<a class="tgme_widget_message_document_wrap" href="{link(post)}"><div class="tgme_widget_message_document">'
            f'<div class="tgme_widget_message_document_title accent_color" dir="auto">{name}</div>'
            f'<div class="tgme_widget_message_document_extra" dir="auto">{size}</div></div></a>\n'
        )
    if post.kind == "voice":
        clock = f"{int(post.detail) // 60}:{int(post.detail) % 60:02}"
        return (
            f'<a class="tgme_widget_message_voice_player js-message_voice_player" href="{link(post)}">'
            f'<audio class="tgme_widget_message_voice js-message_voice" src="https://cdn.example/{post.id}.ogg"></audio>'
            '<div class="tgme_widget_message_voice_wrap"><time class="tgme_widget_message_voice_duration '
            f'js-message_voice_duration">{clock}</time></div></a>\n'
        )
    if post.kind == "location":
        return (
            '<a class="tgme_widget_message_location_wrap" href="https://maps.example/maps?q=61.204,-8.31&ll=61.204,-8.31&z=16">'
            '<div class="tgme_widget_message_location"></div></a>\n'
        )
    return _poll(post) if post.poll else ""


def _photo(post: Post, href: str, classes: str) -> str:
    number = href.rsplit("/", 1)[-1].partition("?")[0]
    return (
        f'<a class="{classes}" href="{href}" '
        f"style=\"width:800px;background-image:url('https://cdn.example/{post.channel.name}/{number}.jpg')\">"
        '<div class="tgme_widget_message_photo" style="padding-top:66%"></div></a>\n'
    )


def _video(post: Post) -> str:
    too_big = post.kind == "video-too-big"
    label = "Media is too big" if too_big else "This media is not supported in your browser"
    player = (
        "" if too_big else f'<video src="https://cdn.example/{post.id}.mp4" class="tgme_widget_message_video"></video>'
    )
    return (
        f'<a class="tgme_widget_message_video_player {"not_supported " if too_big else ""}js-message_video_player" '
        f'href="{link(post)}"><i class="tgme_widget_message_video_thumb"></i>'
        f'<div class="tgme_widget_message_video_wrap">{player}</div>'
        '<time class="message_video_duration js-message_video_duration">1:52</time>'
        '<div class="message_media_not_supported_wrap"><div class="message_media_not_supported">'
        f'<div class="message_media_not_supported_label">{label}</div>'
        '<span class="message_media_view_in_telegram">VIEW IN TELEGRAM</span></div></div></a>\n'
    )


def _poll(post: Post) -> str:
    assert post.poll
    shares = [40, 35, 15, 10]
    options = "".join(
        '<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">'
        f'{share}%</div><div class="tgme_widget_message_poll_option_value"><div class="tgme_widget_message_poll_option_text">'
        f"{html.escape(option)}</div></div></div>"
        for share, option in zip(shares, post.poll["options"], strict=True)
    )
    return (
        '<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">'
        f'{html.escape(post.poll["question"])}</div><div class="tgme_widget_message_poll_type">Anonymous Poll</div>'
        f'<a class="tgme_widget_message_poll_options" href="{link(post)}">{options}</a></div>\n'
    )

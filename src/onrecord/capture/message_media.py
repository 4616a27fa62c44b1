"""The media of a message block: photos, videos, voice, documents, stickers, places, contacts, previews of links."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from onrecord.capture.message_count import parse_duration
from onrecord.capture.message_parts import Parts, background, child_with, plain, post_of, words_of
from onrecord.capture.message_text import clean_href
from onrecord.model import Media

TOO_BIG = "Media is too big"
_PLACE = re.compile(r"[?&]q=(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)")


def _address(place: str | None) -> str | None:
    """The place of a file where it is an address."""
    return place if place and "://" in place else None


def _beside(place: str | None) -> str | None:
    """The place of a file where it is a path: a browser that saves a page puts its pictures beside it."""
    return place if place and ":" not in place and not place.startswith(("/", "..")) else None


def _member(node: LexborNode, parts: Parts) -> int | None:
    """The post id of an album's member, which stands only in its link; every other medium has none of its own."""
    attributes = node.attributes
    href = attributes.get("href") or ""
    if "grouped_media_wrap" not in (attributes.get("class") or "") and "?single" not in href:
        return None
    member = post_of(href)[1]
    if member is not None and member not in parts.album_ids:
        parts.album_ids.append(member)
    return member


def _photo(node: LexborNode, parts: Parts) -> bool:
    place = background(node.attributes.get("style"))
    parts.media.append(Media("photo", id=_member(node, parts), url=_address(place), file=_beside(place)))
    return False


def _video(node: LexborNode, parts: Parts) -> bool:
    withheld = _withheld(node, parts)
    players = node.css("video[src]")
    source = players[-1].attributes if players else {}
    place = clean_href(source.get("src"))
    length = child_with(node, "message_video_duration")
    moves = bool(players) and length is None and child_with(node, "message_video_play") is None
    parts.media.append(
        Media(
            "animation" if moves else "video",  # it has neither a length nor a button to play it
            id=_member(node, parts),
            url=_address(place),
            file=_beside(place),
            duration_s=parse_duration(plain(length)) if length is not None else None,
            withheld=withheld,
        )
    )
    return False


def _round_video(node: LexborNode, parts: Parts) -> bool:
    source = node.css_first("video[src]")
    parts.media.append(
        Media(
            "round-video",
            url=clean_href(source.attributes.get("src")) if source is not None else None,
            duration_s=parse_duration(words_of(node, "tgme_widget_message_roundvideo_duration") or ""),
            withheld=_withheld(node, parts),
        )
    )
    return False


def _voice(node: LexborNode, parts: Parts) -> bool:
    source = node.css_first("audio[src]")
    parts.media.append(
        Media(
            "voice",
            url=clean_href(source.attributes.get("src")) if source is not None else None,
            duration_s=parse_duration(words_of(node, "tgme_widget_message_voice_duration") or ""),
        )
    )
    return False


def _document(node: LexborNode, parts: Parts) -> bool:
    title = words_of(node, "tgme_widget_message_document_title")
    extra = words_of(node, "tgme_widget_message_document_extra")
    icon = child_with(node, "tgme_widget_message_document_icon")
    member = _member(node, parts)
    if icon is not None and "audio" in (icon.attributes.get("class") or "").split():
        parts.media.append(Media("audio", id=member, title=title, description=extra))
    else:
        parts.media.append(Media("document", id=member, name=title, size=extra))
    return False


def _sticker(node: LexborNode, parts: Parts) -> bool:
    image = node.css_first("[data-webp], source, video[src], .tgme_widget_message_sticker")
    url = None
    if image is not None:
        values = image.attributes
        url = clean_href(values.get("data-webp") or values.get("srcset") or values.get("src"))
        url = url or background(values.get("style"))
    parts.media.append(Media("sticker", url=url))
    return False


def _location(node: LexborNode, parts: Parts) -> bool:
    link = node if node.tag == "a" else node.css_first("a[href]")
    href = clean_href(link.attributes.get("href")) if link is not None else None
    place = _PLACE.search(href or "")
    parts.media.append(
        Media(
            "location",
            url=href,
            title=words_of(node, "tgme_widget_message_location_title"),
            description=words_of(node, "tgme_widget_message_location_address"),
            latitude=float(place[1]) if place else None,
            longitude=float(place[2]) if place else None,
        )
    )
    return False


def _contact(node: LexborNode, parts: Parts) -> bool:
    name = words_of(node, "tgme_widget_message_contact_name")
    phone = words_of(node, "tgme_widget_message_contact_phone")
    parts.media.append(Media("contact", name=name or plain(node) or None, description=phone))
    return False


def _link_preview(node: LexborNode, parts: Parts) -> bool:
    parts.media.append(
        Media(
            "link-preview",
            url=clean_href(node.attributes.get("href")),
            name=words_of(node, "link_preview_site_name"),
            title=words_of(node, "link_preview_title"),
            description=words_of(node, "link_preview_description"),
        )
    )
    return False


def _invoice(node: LexborNode, parts: Parts) -> bool:
    parts.media.append(Media("invoice", title=plain(node) or None))
    return False


def _service_photo(node: LexborNode, parts: Parts) -> bool:
    image = node.css_first("img[src]")
    parts.media.append(Media("photo", url=clean_href(image.attributes.get("src")) if image is not None else None))
    return False


def _withheld(node: LexborNode, parts: Parts) -> bool:
    """Whether the file is kept back. "This media is not supported in your browser" stands beside every video."""
    label = words_of(node, "message_media_not_supported_label")
    if label != TOO_BIG:
        return False
    parts.notices.append(TOO_BIG)
    return True


HANDLERS: dict[str, Callable[[LexborNode, Parts], bool]] = {
    "tgme_widget_message_photo_wrap": _photo,
    "tgme_widget_message_video_player": _video,
    "tgme_widget_message_roundvideo_player": _round_video,
    "tgme_widget_message_voice_player": _voice,
    "tgme_widget_message_audio_player": _voice,
    "tgme_widget_message_document_wrap": _document,
    "tgme_widget_message_sticker_wrap": _sticker,
    "tgme_widget_message_location_wrap": _location,
    "tgme_widget_message_venue_wrap": _location,
    "tgme_widget_message_contact_wrap": _contact,
    "tgme_widget_message_contact": _contact,
    "tgme_widget_message_link_preview": _link_preview,
    "tgme_widget_message_invoice": _invoice,
    "tgme_widget_message_service_photo": _service_photo,
}

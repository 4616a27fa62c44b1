"""Small captures of every shape that is read, invented, to be damaged by tests."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tme_markup import ALBUM, CARD, END, ERROR, HEAD, NO_POSTS, POSTS, PREV, SECTION, block, text

MESSAGE = {
    "id": 7,
    "type": "message",
    "date": "2031-02-03T13:05:06",
    "date_unixtime": "1927883106",
    "from": "Varland MFA",
    "text": ["Good ", {"type": "bold", "text": "morning"}],
    "text_entities": [{"type": "plain", "text": "Good "}, {"type": "bold", "text": "morning"}],
    "photo": "photos/a.jpg",
    "reactions": [{"type": "emoji", "count": 3, "emoji": "👍"}],
}
CHAT = {"name": "Varland MFA", "type": "public_channel", "id": 1777000111, "messages": [MESSAGE, MESSAGE | {"id": 8}]}
EXPORT = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="history">
<div class="message default clearfix" id="message7"><div class="body">
<div class="pull_right date details" title="03.02.2031 13:05:06 UTC+03:00">13:05</div>
<div class="from_name">Varland MFA</div><div class="text">Good <strong>morning</strong>.</div></div></div>
</div></div></body></html>"""
TELETHON = {
    "_": "Message",
    "id": 7,
    "peer_id": {"_": "PeerChannel", "channel_id": 1777000111},
    "date": "2031-02-03T13:05:06+00:00",
    "message": "Good morning 👍",
    "entities": [{"_": "MessageEntityBold", "offset": 0, "length": 4}],
}
PYROGRAM = {
    "_": "Message",
    "id": 7,
    "chat": {"_": "Chat", "id": -1001777000111, "title": "Varland MFA", "username": "varland_mfa"},
    "date": "2031-02-03 13:05:06",
    "text": "Good morning",
}
TABLE = "message_id,date,text,views\n" + "".join(
    f'{number},2031-02-03 10:00,"Statement {number}, in full",12\n' for number in range(9)
)
SCRAPED = (
    "Forwarded from Varland at the UN\nGood morning.\nTalks begin at ten.\nTalks begin at ten.\nVIEW IN TELEGRAM\n" * 3
)
PAGE = HEAD.format(PREV) + CARD.format("") + SECTION.format(POSTS + block(ALBUM + text("<b>x</b>"))) + END

DISCUSSION = (
    '<html><body class="widget_frame_base"><div class="tgme_post_discussion"><div class="tgme_widget_message" '
    'data-post="varland_talk/5"><div class="tgme_widget_message_text js-message_text">A remark</div></div></div>'
    "</body></html>"
)
WRAPPER = (
    '<html><head><meta property="og:title" content="Varland MFA"><meta property="og:description" content="Good '
    'morning"><script>window.x</script></head><body><div class="tgme_page_post">'
    '<script async src="https://telegram.org/js/w.js" data-telegram-post="varland_mfa/28" data-width="100%">'
    "</script></div></body></html>"
)
FULL_MESSAGE = MESSAGE | {
    "id": 9,
    "edited": "2031-02-03T14:00:00",
    "edited_unixtime": "1927886400",
    "forwarded_from": "Varland at the UN",
    "forwarded_from_id": "channel1777000222",
    "reply_to_message_id": 7,
    "poll": {"question": "Yes?", "closed": False, "total_voters": 3, "answers": [{"text": "Yes", "voters": 2}]},
    "media_type": "video_file",
    "file": "video_files/a.mp4",
    "duration_seconds": 12,
    "location_information": {"latitude": 1.5, "longitude": 2.5},
}
FULL_TELETHON = TELETHON | {
    "id": 8,
    "media": {"_": "MessageMediaPhoto", "photo": {"_": "Photo", "id": 5}},
    "fwd_from": {"from_id": {"_": "PeerChannel", "channel_id": 1777000222}, "channel_post": 5, "date": "2031-02-03"},
    "reply_to": {"reply_to_msg_id": 7},
    "reactions": {"results": [{"reaction": {"_": "ReactionEmoji", "emoticon": "👍"}, "count": 3}]},
    "grouped_id": 13,
    "edit_date": "2031-02-03T14:00:00+00:00",
    "views": 12,
}
FOURCAT = [
    {key: value for key, value in FULL_TELETHON.items() if key != "_"}
    | {
        "_chat": {"id": 1777000111, "username": "varland_mfa", "title": "Varland MFA"},
        "peer_id": {"_type": "PeerChannel", "channel_id": 1777000111},
        "id": number,
    }
    for number in (7, 8)
]
FOURCAT_CELLS = {
    "id": "7",
    "thread_id": "1777000111",
    "chat": "varland_mfa",
    "body": "Good morning, all",
    "reply_to": "6",
    "views": "12",
    "timestamp": "2031-02-03 13:05:06",
    "unix_timestamp": "1927883106",
    "unix_timestamp_edited": "",
    "author_forwarded_from_name": "Varland at the UN",
    "author_forwarded_from_username": "varland_un",
    "attachment_type": "photo",
    "attachment_filename": "a.jpg",
    "grouped_id": "",
    "reactions": "👍3",
}


def fourcat_csv() -> str:
    out = io.StringIO()
    rows = csv.DictWriter(out, FOURCAT_CELLS)
    rows.writeheader()
    rows.writerows([FOURCAT_CELLS, FOURCAT_CELLS | {"id": "8", "body": "Talks begin\nat ten"}])
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def warc(*, packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, data in enumerate((PAGE.encode(), json.dumps(POSTS).encode()), 1):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://t.me/s/varland_mfa?before={number}",
            "response",
            payload=io.BytesIO(data),
            http_headers=http,
            warc_headers_dict={
                "WARC-Date": "2031-02-03T10:00:00Z",
                "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-00000000000{number}>",
            },
        )
        writer.write_record(record)
        digest = record.rec_headers.get_header("WARC-Payload-Digest")
        record.raw_stream.close()
    again = {"WARC-Date": "2031-02-04T10:00:00Z"}
    url = "https://t.me/s/varland_mfa?before=2"
    writer.write_record(writer.create_revisit_record(url, digest, url, "2031-02-03T10:00:00Z", warc_headers_dict=again))
    return out.getvalue()


SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://t.me/s/varland_mfa\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n--xx\r\nContent-Type: text/html\r\n'
    "Content-Transfer-Encoding: 8bit\r\nContent-Location: https://t.me/s/varland_mfa\r\n\r\n" + PAGE + "\r\n--xx--\r\n"
)


SEEDS = {
    "page": PAGE.encode(),
    "wrapped": json.dumps(POSTS).encode(),
    "embed": ERROR.format("Post not found").encode(),
    "empty": (HEAD.format("") + NO_POSTS + END).encode(),
    "desktop-json": json.dumps(CHAT, indent=1).encode(),
    "desktop-chats": json.dumps({"chats": {"list": [CHAT, CHAT]}}).encode(),
    "desktop-html": EXPORT.encode(),
    "telethon": json.dumps([TELETHON, TELETHON], indent=2).encode(),
    "pyrogram": json.dumps(PYROGRAM, indent=4).encode(),
    "csv": TABLE.encode(),
    "jsonl": b"".join(
        json.dumps({"id": n, "date": "2031-02-03", "text": f"No {n}"}).encode() + b"\n" for n in range(9)
    ),
    "scraped": SCRAPED.encode(),
    "gzip": gzip.compress(TABLE.encode()),
    "discussion": DISCUSSION.encode(),
    "wrapper": WRAPPER.encode(),
    "card": (HEAD.format("") + CARD.format("") + END).encode(),
    "desktop-full": json.dumps(CHAT | {"messages": [MESSAGE, FULL_MESSAGE]}, ensure_ascii=False, indent=1).encode(),
    "telethon-lines": b"".join(json.dumps(each).encode() + b"\n" for each in (TELETHON, FULL_TELETHON)),
    "fourcat-json": b"".join(json.dumps(each).encode() + b"\n" for each in FOURCAT),
    "fourcat-csv": fourcat_csv().encode(),
    "json-list": json.dumps([{"id": n, "date": "2031-02-03", "text": f"No {n}"} for n in range(9)]).encode(),
    "utf-16": TABLE.encode("utf-16"),
    "cp1251": TABLE.replace("Statement", "Заявление министра").encode("cp1251"),
    "warc": warc(packed=False),
    "warc-gz": warc(packed=True),
    "zip": zipped({"a.html": PAGE.encode(), "b.csv": TABLE.encode(), "photos/a.jpg": b"\xff\xd8\xff"}),
    "wacz": zipped({"datapackage.json": b"{}", "archive/a.warc.gz": warc(packed=True)}),
    "mhtml": SAVED.encode(),
}

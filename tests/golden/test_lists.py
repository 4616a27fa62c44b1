"""Home-made lists: columns by meaning, dates and counts as people write them, damage that costs only its row."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord.capture.lists import READER
from onrecord.capture.shape import Hints, of_bytes, of_file
from onrecord.errors import BadQuestion, BrokenCapture, UnsafeCapture
from onrecord.model import Count, Entity, Fault, Forward, Item, Media, Page, Reply, Sighting


def items(data: str | bytes, **hints: Any) -> list[Item]:
    content = data.encode() if isinstance(data, str) else data
    return list(READER.read(of_bytes(content, name="list.csv"), Hints(**hints)))


def sightings(data: str | bytes, **hints: Any) -> list[Sighting]:
    return [item for item in items(data, **hints) if isinstance(item, Sighting)]


def faults(data: str | bytes) -> list[Fault]:
    return [item for item in items(data) if isinstance(item, Fault)]


def recognised(data: str | bytes) -> bool:
    source = of_bytes(data.encode() if isinstance(data, str) else data)
    return READER.recognises(source.head(), source)


PLAIN = """message_id,date,text,urls,has_photo,views
12,2031-02-03T09:00:00+00:00,"Two lines
#Harbour and more",https://a.example/x|?q=%23Harbour,True,6.68K
11,2031-02-03T08:00:00+00:00,Ministry pinned a video,https://t.me/quiet,False,
"""


def test_a_plain_csv() -> None:
    first, second = sightings(PLAIN)
    assert recognised(PLAIN)
    assert (first.id, first.text, first.kind, first.locator) == (12, "Two lines\n#Harbour and more", "photo", "line 2")
    assert (first.date, first.date_basis) == (datetime(2031, 2, 3, 9, tzinfo=UTC), "caption")
    assert (first.views, first.media) == (Count(6680, exact=False), (Media("photo"),))
    assert (first.hashtags, first.links, first.channel) == (("Harbour",), ("https://a.example/x",), None)
    assert (second.kind, second.service, second.views) == ("service", "Ministry pinned a video", None)


def test_the_matched_columns_are_shown_and_can_be_overruled() -> None:
    data = "nr,when,Body,other text\n5,2031-02-03,Short,Another column with words\n"
    page = items(data)[0]
    assert isinstance(page, Page) and page.columns == (("date", "when"), ("text", "Body"))
    page = items(data, columns=(("text", "other text"), ("id", "nr")))[0]
    assert isinstance(page, Page) and page.columns == (("id", "nr"), ("date", "when"), ("text", "other text"))
    for wrong in (("text", "missing"), ("wording", "Body")):
        with pytest.raises(BadQuestion, match=r"missing|wording"):
            items(data, columns=(wrong,))


@pytest.mark.parametrize(
    "heading",
    [
        "номер;дата;текст;просмотры",
        "ID;Date de publication;Texte;Vues",
        "المعرف;التاريخ;النص;المشاهدات",
        "id;fecha;mensaje;vistas",
    ],
)
def test_headings_in_several_languages(heading: str) -> None:
    (post,) = sightings(f"{heading}\n7;3 марта 2031 10:15 UTC;Bonjour à tous;1 204\n")
    assert (post.id, post.text, post.views) == (7, "Bonjour à tous", Count(1204))
    assert post.date == datetime(2031, 3, 3, 10, 15, tzinfo=UTC) and post.date_precision == "minute"


@pytest.mark.parametrize(
    ("written", "instant", "precision"),
    [
        ("29/02/2032", "2032-02-29T00:00:00+00:00", "day"),
        ("29/10/31", "2031-10-29T00:00:00+00:00", "day"),
        ("9/12/2031", "2031-12-09T00:00:00+00:00", "day"),
        ("01.03.2031 01:09:17 UTC+03:00", "2031-02-28T22:09:17+00:00", "second"),
        ("2031-03-01 10:00:00Z", "2031-03-01T10:00:00+00:00", "second"),
        ("Sat, 01 Mar 2031 10:00:00 +0200", "2031-03-01T08:00:00+00:00", "second"),
        ("March 1, 2031 at 3:05 PM GMT", "2031-03-01T15:05:00+00:00", "minute"),
        ("1 mars 2031", "2031-03-01T00:00:00+00:00", "day"),
        ("1930128000", "2031-03-01T10:40:00+00:00", "second"),
        ("1930128000123", "2031-03-01T10:40:00+00:00", "second"),
    ],
)
def test_dates_in_many_forms(written: str, instant: str, precision: str) -> None:
    data = f'id,date,text\n1,"{written}",Words\n2,30/10/2031,More words\n'
    post = sightings(data)[0]
    assert post.date is not None and post.date.isoformat() == instant
    assert post.date_precision == precision


def test_day_and_month_that_cannot_be_told_apart_are_not_guessed() -> None:
    (post,) = sightings("id,date,text\n1,05/04/2031,Words\n")
    assert post.date is None and post.doubts == ("the date '05/04/2031' can be read in two ways",)
    assert sightings("id,date,text\n1,05/04/2031,Words\n2,04/25/2031,More\n")[0].date == datetime(
        2031, 5, 4, tzinfo=UTC
    )


def test_local_times_wait_for_a_zone() -> None:
    data = "id,date,text\n1,2031-07-01 12:00:00,Words\n"
    assert (sightings(data)[0].date, sightings(data)[0].local_date) == (None, "2031-07-01T12:00:00")
    assert sightings(data, zone="Europe/Paris")[0].date == datetime(2031, 7, 1, 10, tzinfo=UTC)


def test_times_glued_to_the_text() -> None:
    data = "Date,Text\n29/02/2032,18:31Following the storm\n29/02/2032,18:05Sirens sounded\n28/02/2032,No time here\n"
    first, _, third = sightings(data)
    assert (first.text, first.text_source) == ("Following the storm", "18:31Following the storm")
    assert (first.local_date, first.date_precision) == ("2032-02-29T18:31", "day")
    assert sightings(data, zone="+02:00")[0].date == datetime(2032, 2, 29, 16, 31, tzinfo=UTC)
    assert (third.text, third.text_source) == ("No time here", None)


def test_markdown_only_where_the_column_plainly_is() -> None:
    marked = [{"id": 1, "text": "**Now** read [this](https://a.example/1)"}, {"id": 2, "text": "__So__ **it is**"}]
    first = sightings(json.dumps(marked))[0]
    assert (first.text, first.text_source) == ("Now read this", "**Now** read [this](https://a.example/1)")
    assert first.entities == (Entity("bold", 0, 3), Entity("link", 9, 13, "https://a.example/1"))
    plain = [{"id": 1, "text": "*** 2 ** 3 = 8 snake__case"}, {"id": 2, "text": " spaces stay \n"}]
    assert [post.text for post in sightings(json.dumps(plain))] == ["*** 2 ** 3 = 8 snake__case", " spaces stay \n"]


@pytest.mark.parametrize("layout", ["array", "pretty", "lines", "concatenated", "wrapped"])
def test_json_in_every_layout(layout: str) -> None:
    posts = [
        {"id": n, "channel": "Quiet Waters", "date": "2031-01-01T00:00:00Z", "post_text": f"Text {n}"} for n in (1, 2)
    ]
    data = {
        "array": json.dumps(posts),
        "pretty": json.dumps(posts, indent=4),
        "lines": "\n".join(map(json.dumps, posts)),
        "concatenated": "\n".join(json.dumps(post, indent=2) for post in posts),
        "wrapped": json.dumps({"messages": posts, "count": 2}),
    }[layout]
    assert recognised(data)
    first, second = sightings(data)
    assert (first.id, first.text, second.id, second.text) == (1, "Text 1", 2, "Text 2")
    assert (first.channel, first.channel_title) == (None, "Quiet Waters")


def test_ids_that_are_not_telegrams_and_channels_of_many_kinds() -> None:
    posts = [
        {"id": "note:1", "channel": "@quiet_waters", "text": "a b"},
        {"id": "note:2", "channel": "https://t.me/harbour", "text": "b c"},
        {"id": "note:3", "channel": "Office of Tides", "text": "c d"},
    ]
    seen = sightings("\n".join(map(json.dumps, posts)))
    assert [post.list_id for post in seen] == ["note:1", "note:2", "note:3"] and seen[0].id is None
    assert [post.channel for post in seen] == ["quiet_waters", "harbour", "Office of Tides"]


def test_replies_forwards_albums_and_addresses() -> None:
    data = """url,text,reply_to,forwarded_from,grouped_id
https://t.me/quiet/10,First of two,,,77
https://t.me/quiet/11,,,,77
https://t.me/quiet/12,An answer,10,,
https://t.me/quiet/13,Copied,,https://t.me/harbour/4,
https://t.me/quiet/14,Copied too,0,Office of Tides,
"""
    a, b, c, d, e = sightings(data)
    assert (a.channel, a.id, a.album_ids, b.album_ids) == ("quiet", 10, (10, 11), (10, 11))
    assert (c.reply, c.album_ids) == (Reply(id=10), ())
    assert (d.forward, e.forward) == (Forward(channel="harbour", id=4), Forward(title="Office of Tides"))
    assert e.reply is None


def test_nested_objects_of_programs_that_dump_all_they_have() -> None:
    posts = [
        {
            "url": "https://t.me/quiet/10",
            "content": "Copied words",
            "outlinks": ["https://a.example/1"],
            "forwarded": {"username": "harbour", "title": "Harbour Office"},
            "reply_to": {"reply_to_msg_id": 4},
            "peer_id": {"channel_id": 1777000111},
        }
    ]
    (post,) = sightings(json.dumps(posts))
    assert (post.channel, post.channel_id, post.id, post.reply) == ("quiet", 1777000111, 10, Reply(id=4))
    assert (post.forward, post.links) == (Forward("Harbour Office", "harbour"), ("https://a.example/1",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings_are_recognised(encoding: str) -> None:
    text = "Министерство спокойных вод сообщает об открытии гавани и приглашает всех жителей"
    data = f"id,date,text\n1,2031-01-01,{text}\n2,2031-01-02,{text.lower()}\n".encode(encoding)
    assert recognised(data)
    assert [post.text for post in sightings(data)] == [text, text.lower()]


def test_unknown_encoding_is_refused() -> None:
    noise = b"id,date,text\n" + b"".join(b"1,2031-01-01,%c%c%c%c\n" % (n, 129, 255 - n, 141) for n in range(128, 250))
    with pytest.raises(BrokenCapture, match="UTF-8"):
        items(noise)


def test_a_row_of_damaged_bytes_costs_only_itself() -> None:
    good = "1,2031-01-01,Добрый день, коллеги\n".replace(", к", " к").encode()
    data = b"id,date,text\n" + good * 5 + b"2,2031-01-01,caf\xe9\n" + good
    assert len(sightings(data)) == 6
    assert [fault.where for fault in faults(data)] == ["line 7"]


def test_an_unclosed_quote_costs_only_its_row() -> None:
    data = 'id,date,text\n1,2031-01-01,"fine"\n2,2031-01-01,"never closed\n3,2031-01-01,fine\n4,2031-01-01,fine\n'
    assert [post.id for post in sightings(data)] == [1, 3, 4]
    assert [fault.where for fault in faults(data)] == ["line 3"]


@pytest.mark.parametrize("cut", ['3,2031-01-01,"begins\nand goes on', "3,2031-0"])
def test_a_truncated_csv_says_what_was_cut(cut: str) -> None:
    data = "id,date,text\n1,2031-01-01,one\n2,2031-01-01,two\n" + cut
    assert [post.id for post in sightings(data)] == [1, 2]
    assert [(fault.where, "cut off" in fault.what) for fault in faults(data)] == [("line 4", True)]


def test_truncated_json_says_what_was_cut() -> None:
    posts = json.dumps([{"id": n, "date": "2031-01-01", "text": "words " * 5} for n in (1, 2, 3)], indent=1)
    for data in (posts[:-40], posts.replace("\n", "")[:-30]):
        assert [post.id for post in sightings(data)] == [1, 2]
        assert "cut off" in faults(data)[0].what


def test_nul_bytes_and_long_fields_do_no_harm() -> None:
    data = "id,date,text\n1,2031-01-01,a\x00b\n2,2031-01-01,{}\n3,2031-01-01,c\n".format("long " * 100_000)
    assert [post.id for post in sightings(data)] == [1, 2, 3]
    many = 'id,date,text\n1,2031-01-01,"' + "x\n" * 200_000
    with pytest.raises(BrokenCapture):
        items(many)


@pytest.mark.parametrize("bomb", ['[{"id": 1, "text": "a"},' + "[" * 300_000, '[{"id": 1, "text": "' + "y" * 9_000_000])
def test_bombs_in_json_are_refused(bomb: str) -> None:
    with pytest.raises(UnsafeCapture):
        items(bomb)


def test_bombs_in_lines_cost_their_line() -> None:
    lines = ['{"id": 1, "text": "a"}', '{"id": 2, "text": ' + "[" * 200_000, '{"id": 3, "text": "c"}']
    assert [post.id for post in sightings("\n".join(lines))] == [1, 3]
    assert [fault.where for fault in faults("\n".join(lines))] == ["line 2"]


def test_without_a_text_column_the_message_names_the_columns() -> None:
    with pytest.raises(BrokenCapture, match=r"a, b, c.*--map"):
        items("a,b,c\n1,2,3\n4,5,6\n")


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\nthank you, and goodbye,\nyours",
        "# Title\n\n- a\n- b\n",
        "",
        "<html><p>a, b</p>",
        "\x00\x01\x02" * 50,
    ],
)
def test_other_text_is_not_recognised(text: str) -> None:
    assert not recognised(text)


@pytest.mark.shared
def test_real_csv_of_a_ministry(shared: Path) -> None:
    found = list(READER.read(of_file(shared / "captures/mfa-russia.csv"), Hints()))
    posts = {post.id: post for post in found if isinstance(post, Sighting)}
    assert len(posts) == 265 and not [item for item in found if isinstance(item, Fault)]
    assert posts[28070].kind == "service" and posts[27793].kind == "service"
    assert sum(post.kind == "service" for post in posts.values()) == 2


@pytest.mark.shared
def test_real_messy_csv_has_all_its_dates(shared: Path) -> None:
    found = list(READER.read(of_file(shared / "captures/dumps/idf-messy.csv"), Hints()))
    posts = [item for item in found if isinstance(item, Sighting)]
    assert len(posts) == 1667 and sum(post.date is None for post in posts) == 1
    assert sum(post.local_date is not None for post in posts) > 600

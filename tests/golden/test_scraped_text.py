"""Texts scraped off pages in, sightings out: the oddities of extractors, one by one."""

from __future__ import annotations

from onrecord.capture.shape import Hints, of_bytes
from onrecord.capture.text import READER
from onrecord.model import Count, Media, Sighting
from scraping import Draft, custom, page, scraped

LONG = "which stands here with many further words, so that no extractor takes this line for navigation"


def seen(text: str) -> list[Sighting]:
    return [item for item in READER.read(of_bytes(text.encode()), Hints()) if isinstance(item, Sighting)]


def texts(text: str) -> list[str | None]:
    return [sighting.text for sighting in seen(text)]


def around(*drafts: Draft) -> str:
    """The drafts between two posts whose borders are plain."""
    first = Draft(f"First words of the page {LONG}.<br/>Their second line.")
    last = Draft(f"Last words of the page {LONG}.<br/>Their last line.")
    return scraped(page([first, *drafts, last]))


def test_a_quotation_stands_only_in_the_second_copy() -> None:
    body = f"Before it {LONG}.<br/><br/><blockquote>Quoted words {LONG}.</blockquote><br/>After it {LONG}."
    found = seen(around(Draft(body)))
    assert found[1].text == f"Before it {LONG}.\nQuoted words {LONG}.\nAfter it {LONG}."
    assert any("quotation" in doubt for doubt in found[1].doubts)


def test_a_post_that_begins_with_a_custom_emoji_has_only_a_second_copy() -> None:
    body = f"{custom('🔹')} Lost line {LONG}.<br/>Second line {LONG}.<br/>Third line {LONG}."
    found = seen(around(Draft(body)))
    assert [s.text for s in found][1] == f"Second line {LONG}.\nThird line {LONG}."
    assert found[1].text_status == "cut"
    assert any("first line" in doubt for doubt in found[1].doubts)


def test_notices_belong_to_their_posts() -> None:
    closing = Draft(f"A post {LONG}.<br/>{custom('🔹')} Marked line.<br/>Its end.")
    opening = Draft(f"Another {LONG}.<br/>Its end, too.", too_big=True)
    found = seen(around(closing, opening))
    assert found[1].notices == ("Please open Telegram to view this post", "VIEW IN TELEGRAM")
    assert found[2].notices == ("Media is too big", "VIEW IN TELEGRAM")
    assert (found[2].kind, found[2].media) == ("video", (Media("video", withheld=True),))
    assert all("TELEGRAM" not in (s.text or "") for s in found)


def test_a_forwarded_post_of_one_line() -> None:
    found = seen(around(Draft(f"Only line {LONG}.", forwarded_from="Embassy of Norland")))
    assert found[1].forward is not None
    assert (found[1].forward.title, found[1].text) == ("Embassy of Norland", f"Only line {LONG}.")


def test_posts_of_one_line_stay_apart_and_doubted() -> None:
    found = seen(around(Draft(f"One {LONG}."), Draft(f"Two {LONG}.")))
    assert [s.text for s in found][1:3] == [f"One {LONG}.", f"Two {LONG}."]
    assert all(any("border unknown" in doubt for doubt in s.doubts) for s in found[1:3])


def test_the_lines_before_the_repair_are_kept() -> None:
    found = seen(around())
    assert found[0].text_source == f"{found[0].text}\nTheir second line."
    assert found[0].locator == "lines 1–3"


def test_feet_of_posts_are_borders() -> None:
    found = seen(
        f"Ministry of Varland\n@varland_mfa\n1.2K subscribers\nMinistry of Varland\nFirst {LONG}.\nIts second line.\n"
        f"4.36K views edited 08:21\nMinistry of Varland\nMedia is too big\nVIEW IN TELEGRAM\nSecond {LONG}.\n"
        f"612 views 09:00\nMinistry of Varland\nForwarded from Embassy of Norland\nThird {LONG}.\n1M views 10:00\n"
    )
    assert [s.text for s in found] == [f"First {LONG}.\nIts second line.", f"Second {LONG}.", f"Third {LONG}."]
    assert [s.views for s in found] == [Count(4360, exact=False), Count(612), Count(1_000_000, exact=False)]
    assert [s.edited for s in found] == [True, False, False]
    assert found[1].kind == "video"
    assert found[2].forward is not None


def test_every_inline_node_on_its_own_line() -> None:
    title, foot = "Ministry of Varland\n🏳️\n", "4.36K\nviews\nedited\n08:21\n"
    posts = [f"{title}Day {n}: the Minister\n, Ilse Brandt,\nspoke.\n🔴\nWatch it\n{foot}" for n in range(4)]
    assert texts("".join(posts)) == [f"Day {n}: the Minister, Ilse Brandt, spoke.\n🔴 Watch it" for n in range(4)]


def test_lynx_leaves_images_numbers_and_a_list_of_addresses() -> None:
    block = """   [{a}][u.jpg]
   [{b}]Ministry of Varland

   The Minister of Foreign Affairs of Varland received the envoy of Norland
   in Varhaven and spoke with him about ferries number {n}.
   #Varland
   4.36K views  [{c}]08:2{n}
"""
    blocks = "".join(block.format(a=3 * n + 1, b=3 * n + 2, c=3 * n + 3, n=n) for n in range(6))
    addresses = "".join(f"   {3 * n + 3}. https://t.me/varland_mfa/{100 + n}\n" for n in range(6))
    found = seen(f"{blocks}\nReferences\n\n   Visible links:\n{addresses}")
    assert [(s.id, s.channel) for s in found] == [(100 + n, "varland_mfa") for n in range(6)]
    assert found[5].text == (
        "The Minister of Foreign Affairs of Varland received the envoy of Norland in Varhaven and spoke with him about "
        "ferries number 5.\n#Varland"
    )


def test_glued_lines_are_a_post_each_and_say_so() -> None:
    glued = [f"First line {n} of it.Second line {LONG}.#Varland" for n in range(4)]
    found = seen("\n".join(glued))
    assert [s.text for s in found] == glued
    assert all("line breaks" in s.doubts[0] for s in found)


def test_borders_that_nothing_shows_are_not_guessed() -> None:
    found = seen("\n".join(f"Line {n} {LONG}." for n in range(5)))
    assert len(found) == 1
    assert found[0].doubts == ("borders unknown: these lines may be several posts",)


def test_what_is_not_such_a_text() -> None:
    for content in (
        b"<html><body>x</body></html>",
        b'{"a": 1}',
        b'[{"id": 1}]',
        b"a,b\n1,2\n",
        b"\x00\x01",
        b"plain words",
    ):
        assert not READER.recognises(content, of_bytes(content))


def test_a_whole_page_in_one_line() -> None:
    posts = [
        f"Ministry of Varland First {LONG}. 4.36K views edited 08:21",
        f"Ministry of Varland Media is too big VIEW IN TELEGRAM Second {LONG}. 612 views 09:00",
        f"Ministry of Varland Third {LONG}. 99 views 10:00",
        f"Ministry of Varland Fourth {LONG}. 98 views 11:00",
    ]
    found = seen("Ministry of Varland 1.2K subscribers " + " ".join(posts))
    assert [s.text for s in found] == [f"{word} {LONG}." for word in ("First", "Second", "Third", "Fourth")]
    assert found[1].notices == ("Media is too big VIEW IN TELEGRAM",)


def test_a_long_text_without_borders_is_read_in_windows() -> None:
    drafts = [Draft(f"Post {n} begins {LONG}.<br/>Its second line, number {n}.<br/>Its end {n}.") for n in range(700)]
    found = texts(scraped(page(drafts)))
    assert len(found) == 700
    assert found[431] == f"Post 431 begins {LONG}.\nIts second line, number 431.\nIts end 431."


def test_emoji_lines_that_repeat_without_end_are_read_in_steps_that_their_number_bounds() -> None:
    from onrecord.capture.text_split import MOST_STEPS, MOST_TRIES, _Splitter

    for lines in (["🔴 See 🔴 here 👉 now 🙂"] * 900, [f"🔴 line {n * n % 30} 🙂 more" for n in range(900)]):
        splitter = _Splitter(lines, False, [None] * len(lines))
        assert splitter.best()[-1].end == len(lines)
        assert splitter.tries <= MOST_TRIES * len(lines) + 1
        assert splitter.steps <= (MOST_STEPS + MOST_TRIES) * len(lines) + 1

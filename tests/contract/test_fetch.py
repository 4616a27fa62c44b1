"""The rules of outgoing connections; everything asked here stays on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from local_telegram import LocalTelegram, Told
from onrecord.capture import fetch
from onrecord.capture.fetch import Answer, Fetcher, Rules, _is_public
from onrecord.errors import FetchError, NotAllowed


@pytest.fixture
def server() -> Iterator[LocalTelegram]:
    channel = Told("varland_mfa")
    channel.add(*range(1, 6))
    with LocalTelegram(channel) as server:
        yield server


def rules(server: LocalTelegram, **more: object) -> Rules:
    return Rules(("t.me", ".telesco.pe"), through=server.url, **more)  # type: ignore[arg-type]


def test_a_page_comes_unpacked_and_as_it_was_sent(server: LocalTelegram) -> None:
    with Fetcher(rules(server, contact="desk@paper.example")) as fetcher:
        answer = fetcher.get("https://t.me/s/varland_mfa")
    assert (answer.status, answer.url, answer.hops) == (200, "https://t.me/s/varland_mfa", ())
    assert b"Statement number 5." in answer.body
    assert answer.raw.startswith(b"\x1f\x8b") and answer.header("content-encoding") == "gzip"
    (agent,) = server.agents
    assert agent.startswith("onrecord/") and "desk@paper.example" in agent


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/",
        "https://t.me.news.example/",
        "https://t.me@news.example/",
        "https://user:pass@t.me/",
        "https://evil-telesco.pe/",
        "file:///etc/passwd",
        "ftp://t.me/",
        "//t.me/",
        "https://",
    ],
)
def test_only_hosts_that_were_named(server: LocalTelegram, url: str) -> None:
    with Fetcher(rules(server)) as fetcher, pytest.raises(NotAllowed):
        fetcher.get(url)
    assert server.asked == []


def test_names_under_a_named_one(server: LocalTelegram) -> None:
    with Fetcher(rules(server)) as fetcher:
        assert fetcher.get("https://cdn4.telesco.pe/file/1.jpg").status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "192.168.1.1"])
def test_private_addresses_are_refused(host: str) -> None:
    with Fetcher(Rules((host.strip("[]"),))) as fetcher, pytest.raises(NotAllowed, match="not public"):
        fetcher.get(f"https://{host}/")


def test_plain_http_is_refused() -> None:
    with Fetcher(Rules(("t.me",))) as fetcher, pytest.raises(NotAllowed, match="https"):
        fetcher.get("http://t.me/")


def test_private_addresses_by_an_explicit_option(server: LocalTelegram) -> None:
    with Fetcher(Rules(("127.0.0.1",), private=True)) as fetcher:
        assert fetcher.get(server.url + "/varland_mfa").status == 200


def test_a_name_that_resolves_to_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.1.2.3", 443))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *args, **options: found)
    with Fetcher(Rules(("hook.example",))) as fetcher, pytest.raises(NotAllowed, match=r"10\.1\.2\.3"):
        fetcher.get("https://hook.example/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_anybody_can_reach(address: str, public: bool) -> None:
    assert _is_public(address) is public


def test_redirects_are_followed_to_allowed_hosts(server: LocalTelegram) -> None:
    server.quirks.append("to /varland_mfa")
    with Fetcher(rules(server)) as fetcher:
        answer = fetcher.get("https://t.me/old")
    assert (answer.url, answer.hops, answer.asked) == (
        "https://t.me/varland_mfa",
        ("https://t.me/old",),
        "https://t.me/old",
    )


@pytest.mark.parametrize(
    "target", ["https://news.example/", "http://169.254.169.254/latest", "https://[bad", "javascript:1"]
)
def test_redirects_to_others_are_not(server: LocalTelegram, target: str) -> None:
    server.quirks.append("to " + target)
    with Fetcher(rules(server)) as fetcher, pytest.raises(FetchError):
        fetcher.get("https://t.me/x")
    assert len(server.asked) == 1


def test_endless_redirects_end(server: LocalTelegram) -> None:
    server.quirks.extend(["endless"] * 20)
    with Fetcher(rules(server)) as fetcher, pytest.raises(NotAllowed, match="redirects"):
        fetcher.get("https://t.me/x")
    assert len(server.asked) == 6


def test_no_redirect_where_none_is_wanted(server: LocalTelegram) -> None:
    server.quirks.append("to /y")
    with Fetcher(rules(server)) as fetcher:
        assert fetcher.get("https://t.me/x", redirects=0).status == 302


def test_a_post_follows_no_redirect(server: LocalTelegram) -> None:
    server.quirks.append("to /y")
    with Fetcher(rules(server)) as fetcher:
        answer = fetcher.post("https://t.me/hook", b'{"a":1}', "application/json", headers={"X-Signed": "1"})
    assert (answer.status, server.posted, server.asked) == (302, [b'{"a":1}'], [])


def test_sending_to_the_one_address_that_was_set_up(server: LocalTelegram) -> None:
    assert fetch.send(server.url + "/hook", b"x", "text/plain", private=True) == b"stamped"
    server.quirks.append("to /y")
    with pytest.raises(FetchError, match="302"):
        fetch.send(server.url + "/hook", b"x", "text/plain", private=True)
    with pytest.raises(NotAllowed):
        fetch.send(server.url + "/hook", b"x", "text/plain")


@pytest.mark.parametrize("quirk", ["reset", "half"])
def test_broken_connections(server: LocalTelegram, quirk: str) -> None:
    server.quirks.append(quirk)
    with Fetcher(rules(server)) as fetcher, pytest.raises(FetchError):
        fetcher.get("https://t.me/x")


def test_slow_bodies_end(server: LocalTelegram) -> None:
    server.quirks.append("slow")
    with Fetcher(rules(server, seconds=0.3)) as fetcher, pytest.raises(FetchError):
        fetcher.get("https://t.me/x")


def test_endless_bodies_end(server: LocalTelegram) -> None:
    server.quirks.append("endless-body")
    with Fetcher(rules(server, packed_bytes=1 << 20)) as fetcher, pytest.raises(NotAllowed, match="bytes"):
        fetcher.get("https://t.me/x")


def test_bombs_are_not_unpacked(server: LocalTelegram) -> None:
    server.quirks.append("bomb")
    with Fetcher(rules(server)) as fetcher, pytest.raises(NotAllowed, match="unpacks"):
        fetcher.get("https://t.me/x")


def test_nobody_there() -> None:
    with (
        Fetcher(Rules(("t.me",), through="http://127.0.0.1:9")) as fetcher,
        pytest.raises(FetchError, match="connection"),
    ):
        fetcher.get("https://t.me/x")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 03 Feb 2031 12:00:30 GMT", 30.0),
        ("soon", None),
        ("-5", None),
        ("9" * 30, None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    headers = (("Retry-After", value),) if value else ()
    at = datetime(2031, 2, 3, 12, 0, tzinfo=UTC)
    assert Answer("", 429, "", headers, b"", b"", "", at).retry_after() == seconds

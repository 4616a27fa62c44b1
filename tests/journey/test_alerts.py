"""Alerts: what is new is told once, signed, tried again, and stays due where it cannot be delivered."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from onrecord.ask.opened import Archive
from onrecord.errors import BadQuestion, NotFound
from onrecord.keep import alerts
from onrecord.keep.add import add
from onrecord.keep.alert_delivery import SIGNATURE, run, signature
from onrecord.keep.alerts import Alert


class Hook(BaseHTTPRequestHandler):
    """Refuses as often as it is told to, then takes what is posted."""

    received: list[tuple[str, bytes]] = []
    refusals = 0
    redirect: str | None = None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if Hook.redirect is not None:
            self.send_response(302)
            self.send_header("location", Hook.redirect)
        elif Hook.refusals > 0:
            Hook.refusals -= 1
            self.send_response(503)
        else:
            Hook.received.append((self.headers.get(SIGNATURE, ""), body))
            self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def hook() -> Iterator[str]:
    Hook.received, Hook.refusals, Hook.redirect = [], 0, None
    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()
    thread.join()


def put_in(archive: Path, tmp_path: Path, number: int, text: str) -> None:
    path = tmp_path / f"posts-{number}.json"
    path.write_text(json.dumps([{"id": number, "date": "2031-05-04T00:00:00Z", "channel": "norland", "text": text}]))
    assert add(archive, [path], processes=1).ok


def test_a_webhook_is_signed_tried_again_and_told_once(hook: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    put_in(archive, tmp_path, 1, "The treaty stands.")
    alerts.put(archive, Alert(name="treaty", query="treaty", webhook=hook, secret="seal"))
    assert run(archive, loopback=True) == [("treaty", 0, None)]
    put_in(archive, tmp_path, 2, "A new treaty is signed.")
    put_in(archive, tmp_path, 3, "Nothing of note.")
    Hook.refusals = 2
    assert run(archive, loopback=True, pause=0.01) == [("treaty", 1, None)]
    ((signed, body),) = Hook.received
    assert signed == signature("seal", body)
    assert json.loads(body)["items"][0]["key"] == "norland/2"
    assert run(archive, loopback=True) == [("treaty", 0, None)]


def test_what_cannot_be_delivered_stays_due(hook: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    put_in(archive, tmp_path, 1, "Calm.")
    alerts.put(archive, Alert(name="a", query="storm", webhook=hook))
    put_in(archive, tmp_path, 2, "A storm.")
    Hook.redirect = "http://127.0.0.1:9/elsewhere"
    ((_, count, wrong),) = run(archive, loopback=True, pause=0.01)
    assert (count, Hook.received) == (1, [])
    assert wrong is not None
    Hook.redirect = None
    assert run(archive, loopback=True) == [("a", 1, None)]


def test_a_webhook_on_this_machine_is_refused_unless_allowed(hook: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    put_in(archive, tmp_path, 1, "Calm.")
    alerts.put(archive, Alert(name="a", query="storm", webhook=hook))
    put_in(archive, tmp_path, 2, "A storm.")
    ((_, _, wrong),) = run(archive, pause=0.01)
    assert wrong is not None
    assert Hook.received == []


def test_a_command_gets_the_words_on_its_standard_input(tmp_path: Path) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out.json"
    put_in(archive, tmp_path, 1, "Calm.")
    alerts.put(archive, Alert(name="a", query="storm", command=f"tee {out}"))
    put_in(archive, tmp_path, 2, "A storm; $(touch /tmp/never) `id`")
    assert run(archive) == [("a", 1, None)]
    assert json.loads(out.read_text())["items"][0]["text"].startswith("A storm; $(touch")
    alerts.put(archive, replace(alerts.load(archive)[0], command="false"))
    put_in(archive, tmp_path, 3, "Another storm.")
    assert "ended with 1" in str(run(archive)[0][2])


def test_changes_by_a_channel_are_told(world: Path, tmp_path: Path) -> None:
    with Archive(world) as opened:
        alert = Alert(name="x", changes=True, channels=("halvern_fo",), substance=True, command="true")
        found = alerts.due(opened, alert)
        assert {item["kind"] for item in found.items} == {"edited", "deleted"}
        assert alerts.due(opened, found.after).total == 0
        assert alerts.lately(opened, alert, now=datetime(2031, 4, 25, tzinfo=UTC)) == 2
        assert "anything changed by halvern_fo" in alerts.in_words(opened, alert)


def test_an_alert_must_ask_something_and_tell_somebody(world: Path, tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="--search"):
        alerts.put(world, Alert(name="a", command="true"))
    with pytest.raises(BadQuestion, match="--webhook"):
        alerts.put(world, Alert(name="a", query="x"))
    with pytest.raises(NotFound):
        alerts.remove(world, "nobody")

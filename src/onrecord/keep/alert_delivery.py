"""How an alert goes out: a command, a signed webhook that is tried again and never follows a redirect, or Apprise."""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
import json
import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.ask.opened import Archive
from onrecord.capture.fetch import send
from onrecord.errors import FetchError, MissingExtra, OnrecordError
from onrecord.keep.alerts import Alert, Due, due, load, save, told

TRIES = 3
PAUSE_SECONDS = 2.0
COMMAND_SECONDS = 60
SIGNATURE = "X-Onrecord-Signature"


def run(archive: Path, *, loopback: bool = False, pause: float = PAUSE_SECONDS) -> list[tuple[str, int, str | None]]:
    """Asks every alert and delivers what is new: (name, how many, what went wrong or None).

    What could not be delivered stays due. ``loopback`` allows webhooks on this machine.
    """
    done: list[tuple[str, int, str | None]] = []
    alerts = load(archive)
    if alerts:
        save(archive, alerts)  # where nothing can be remembered, nothing is told twice
    for alert in alerts:
        with Archive(archive) as opened:
            found = due(opened, alert)
        wrong = None
        if found.total:
            try:
                deliver(found, loopback=loopback, pause=pause)
            except OnrecordError as error:
                wrong = str(error)
        if wrong is None:
            told(archive, found.after)
        done.append((alert.name, found.total, wrong))
    return done


def deliver(found: Due, *, loopback: bool = False, pause: float = PAUSE_SECONDS) -> None:
    """Sends what is new on every way that the alert names. Raises ``FetchError`` where one fails for good."""
    alert = found.alert
    body = json.dumps({"alert": alert.name, "total": found.total, "items": found.items}, ensure_ascii=False).encode()
    if alert.command:
        _command(alert.command, body)
    if alert.webhook:
        _again(lambda: _webhook(alert, body, loopback=loopback), pause=pause)
    if alert.apprise:
        _apprise(alert.apprise, f"onrecord: {alert.name}", f"{found.total} new: {_keys(found.items)}")


def _keys(items: tuple[dict[str, Any], ...]) -> str:
    return ", ".join(str(item.get("key")) for item in items[:10])


def _command(command: str, body: bytes) -> None:
    """Runs the user's own command; the archived words come on standard input, never as arguments."""
    try:
        done = subprocess.run(
            shlex.split(command), input=body, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise FetchError(f"The command “{command}” did not run: {error}.") from error
    if done.returncode:
        raise FetchError(
            f"The command “{command}” ended with {done.returncode}: {done.stderr[:200].decode(errors='replace')}"
        )


def signature(secret: str, body: bytes) -> str:
    """The signature of a webhook's body: HMAC-SHA-256 in hexadecimal.

    >>> signature("s", b"{}")[:15]
    'sha256=143ca8d5'
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _webhook(alert: Alert, body: bytes, *, loopback: bool) -> None:
    headers = {SIGNATURE: signature(alert.secret, body)} if alert.secret else None
    send(alert.webhook or "", body, "application/json", private=loopback, headers=headers)


def _again(act: Callable[[], None], *, pause: float) -> None:
    """Tries three times, with growing pauses."""
    for attempt in range(1, TRIES + 1):
        try:
            act()
        except FetchError:
            if attempt == TRIES:
                raise
            time.sleep(pause * attempt)
        else:
            return


def _apprise(address: str, title: str, text: str) -> None:
    if importlib.util.find_spec("apprise") is None:
        raise MissingExtra("Apprise needs an extra: pip install 'onrecord[alerts]'.")
    import apprise

    service = apprise.Apprise()
    if not service.add(address) or not service.notify(title=title, body=text):
        raise FetchError("Apprise could not deliver the alert; see its address.")

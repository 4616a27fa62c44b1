"""Uploads that wait for a yes: their bytes in a private temporary folder, under names that this program made.

A name from outside is a label and never a path. What waits is bounded in number, in bytes and in time.
"""

from __future__ import annotations

import hmac
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import BadQuestion

LARGEST = 50_000_000
LARGEST_PASTE = 5_000_000
WAITING_S = 3_600
MOST_WAITING = 16
MOST_BYTES = 400_000_000
LONGEST_NAME = 120
_TICKET = re.compile(r"[0-9a-f]{32}\Z")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Uploads:
    """The folder of one server, and the secret that its own forms carry; all its processes share both."""

    folder: Path
    secret: str

    def knows(self, secret: str) -> bool:
        """Whether a form is one of ours: a page elsewhere cannot read the secret."""
        return hmac.compare_digest(secret.encode("utf-8", "replace"), self.secret.encode())

    def stage(self, stream: BinaryIO) -> str:
        """Keeps the bytes for a while; gives the ticket under which they wait."""
        self._make_room()
        ticket = secrets.token_hex(16)
        with (self.folder / ticket).open("xb") as out:
            shutil.copyfileobj(stream, out)
        return ticket

    def place(self, ticket: str) -> Path:
        """The file of a ticket. Raises BadQuestion where none waits under it."""
        path = self.folder / ticket if _TICKET.match(ticket) else None
        if path is None or not path.is_file() or time.time() - path.stat().st_mtime > WAITING_S:
            raise BadQuestion("This upload is not waiting any more: it was added, or an hour went by. Choose it again.")
        return path

    def discard(self, ticket: str) -> None:
        """Lets an upload go."""
        self.place(ticket).unlink(missing_ok=True)

    def _make_room(self) -> None:
        """The oldest uploads go where too many wait, or too large ones, or for too long."""
        found = sorted(((p.stat().st_mtime, p.stat().st_size, p) for p in self.folder.iterdir()), reverse=True)
        held = 0
        for number, (since, size, path) in enumerate(found, start=2):
            held += size
            if number > MOST_WAITING or held + LARGEST > MOST_BYTES or time.time() - since > WAITING_S:
                path.unlink(missing_ok=True)


@contextmanager
def uploads() -> Iterator[Uploads]:
    """A folder that only this user can read, for as long as a server runs."""
    with tempfile.TemporaryDirectory(prefix="onrecord-uploads-") as folder:
        yield Uploads(Path(folder), secrets.token_urlsafe(24))


def label(name: str | None) -> str:
    """What an upload is called: the last part of the name it came with, without what cannot be seen.

    >>> label("../../etc/pass\\x00wd"), label(None)
    ('passwd', 'pasted text')
    """
    last = re.split(r"[/\\]", name or "")[-1]
    return _HIDDEN.sub("", last).strip()[:LONGEST_NAME] or "pasted text"

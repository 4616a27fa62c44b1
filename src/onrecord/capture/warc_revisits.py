"""Revisits of a web archive: a page was there again, unchanged, and its payload lies in another record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.capture.inflate import Budget
from onrecord.capture.shape import Source
from onrecord.capture.spool import spooled
from onrecord.capture.warc_record import is_decoded, is_success, is_telegram, moment_of, url_of
from onrecord.model import Fault


@dataclass(frozen=True, slots=True)
class Revisit:
    """A record that holds no payload of its own and says which record has the same.

    ``source`` is the file that it stands in as record ``number`` (from 1), ``at`` its time (UTC).
    """

    source: Source
    number: int
    url: str
    at: datetime | None
    record_id: str | None
    digest: str | None
    referred: str
    sent_from: str | None

    def is_of(self, record: Any) -> bool:
        """By the record's id where it is named; else by the digest of the payload."""
        headers = record.rec_headers
        if self.record_id is not None and headers.get_header("WARC-Record-ID") == self.record_id:
            return True
        return self.digest is not None and headers.get_header("WARC-Payload-Digest") == self.digest


def revisit(record: Any, number: int, source: Source, sent_from: str | None) -> Revisit | None:
    """A revisit of a page of t.me; other sites' are left."""
    headers = record.rec_headers
    url = url_of(record)
    if record.rec_type != "revisit" or url is None or not is_telegram(url):
        return None
    referred = headers.get_header("WARC-Refers-To-Date") or headers.get_header("WARC-Refers-To") or "at another time"
    return Revisit(
        source,
        number,
        url,
        moment_of(headers.get_header("WARC-Date")),
        headers.get_header("WARC-Refers-To"),
        headers.get_header("WARC-Payload-Digest"),
        " ".join(str(referred).split())[:80],
        sent_from,
    )


def resolved(waiting: list[Revisit], records: Iterable[Any], budget: Budget) -> Iterator[Source]:
    """The pages of the revisits whose payload is in one of these records; they wait no longer."""
    for record in records:
        mine = [one for one in waiting if record.rec_type == "response" and one.is_of(record)]
        if not mine or not is_success(record) or not is_decoded(record):
            continue
        waiting[:] = [one for one in waiting if one not in mine]
        with spooled(record.content_stream().read, budget) as held:
            for one in mine:
                name = f"{one.source.name}!{one.url}"
                yield Source(name, held.open, held.size, one.source.modified, one.url, one.at, one.sent_from)
        if not waiting:
            return


def unresolved(waiting: Iterable[Revisit]) -> Iterator[Fault]:
    """Says of each page that its payload is not here."""
    for one in waiting:
        yield Fault(
            f"{one.source.name}, record {one.number}",
            f"says that {one.url} was there again, unchanged, as captured {one.referred}; that record is not in this "
            "file. Add the file that holds it.",
        )

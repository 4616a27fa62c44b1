"""One look at t.me: asks politely, keeps the answer in the round's file, and says what kind of page came."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from onrecord.capture.fetch import Answer, Fetcher
from onrecord.capture.preview import READER
from onrecord.capture.preview_kind import address_of
from onrecord.capture.shape import Hints, of_bytes
from onrecord.errors import CaptureError, FetchError, NotAllowed
from onrecord.keep.watch_pace import Pace
from onrecord.keep.watch_spool import RoundFile
from onrecord.model import Page, PageKind, Sighting

ORIGIN = "https://t.me"
HOSTS = ("t.me", "telegram.me")


@dataclass(frozen=True, slots=True)
class Visit:
    """What one address showed. ``page`` is None where it could not be read as a page of t.me."""

    url: str
    kind: PageKind
    page: Page | None = None
    sightings: tuple[Sighting, ...] = ()
    note: str | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """Every id that the page lists, members of albums included, ascending."""
        return self.page.listed_ids if self.page is not None else ()


class Visitor:
    """Asks for pages one after the other."""

    def __init__(self, fetcher: Fetcher, pace: Pace, file: RoundFile) -> None:
        self._fetcher = fetcher
        self._pace = pace
        self._file = file
        self.requests = 0

    def visit(self, path: str) -> Visit:
        """The page at a path of t.me. Broken connections and refusals are tried again, ever later.

        Raises ``Stopped`` where the server keeps refusing, ``NotAllowed`` where it sends something that is not read on.
        """
        url = ORIGIN + path
        while True:
            self._pace.wait()
            self.requests += 1
            try:
                answer = self._fetcher.get(url, redirects=0)
            except NotAllowed:
                raise
            except FetchError as error:
                self._pace.failed(str(error))
                continue
            if answer.status == 429 or answer.status >= 500:
                self._pace.failed(f"{url}: HTTP {answer.status}", retry_after=answer.retry_after())
                continue
            self._file.write(answer)
            return self._looked_at(url, answer)

    def _looked_at(self, url: str, answer: Answer) -> Visit:
        target = answer.header("location")
        if 300 <= answer.status < 400 and target:
            return self._sent_on(url, urljoin(url, target))
        if answer.status != 200:
            self._pace.failed(f"{url}: HTTP {answer.status}")
            return Visit(url, "refused", note=f"HTTP {answer.status}")
        visit = read_page(url, answer.body)
        if visit.kind in ("refused", "no-posts"):
            self._pace.failed(f"{url}: {visit.note or 'the page holds nothing'}")
        else:
            self._pace.went_well()
        return visit

    def _sent_on(self, url: str, target: str) -> Visit:
        """A history that is sent on to the channel's own page has no preview, or no such channel is there."""
        asked, sent = address_of(url), address_of(target)
        if not asked.history or sent.history or sent.channel is None:
            return Visit(url, "refused", note=f"sent on to {target[:200]}")
        found = self.visit(f"/{sent.channel}")
        kind: PageKind = "no-preview" if found.kind == "card" else found.kind
        return Visit(url, kind, found.page, note=f"sent on to {target[:200]}")


def read_page(url: str, body: bytes) -> Visit:
    """A page's bytes as what they show."""
    source = of_bytes(body, name=url, url=url)
    try:
        if not READER.recognises(source.head(), source):
            return Visit(url, "refused", note="not a page of t.me")
        items = list(READER.read(source, Hints()))
    except CaptureError as error:
        return Visit(url, "refused", note=str(error))
    page = next((item for item in items if isinstance(item, Page)), None)
    posts = tuple(item for item in items if isinstance(item, Sighting))
    return Visit(url, page.kind if page is not None else "refused", page, posts)

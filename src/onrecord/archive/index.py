"""The search index: folded words in Tantivy, derived from the record and made again whenever it is behind.

A document is a post (``unit`` p), a statement (s) or a former version of a post (v); the words of each kind have a
field of their own (``WORDS``), so that a search for posts never looks at the others. Words are folded by ``post.fold``
before they come here, so that search, quotation check and copies see the same words; Tantivy only splits at spaces.
(Its own default analyzer drops words of more than 40 bytes and folds no accents.)
"""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import tantivy
from tantivy import FieldType, Occur, Query, Searcher

from onrecord.archive.unit import WORDS, Unit, document, moment
from onrecord.errors import ArchiveVersion

__all__ = ["WORDS", "Index", "Position", "Unit", "document", "moment"]

VERSION = 2
HEAP_BYTES = 200_000_000
SMALL_HEAP_BYTES = 20_000_000
LOCK_S = 30.0
COMMIT_POSTS = 100_000
"""A commit writes a segment, and segments are merged: many small ones cost twice the time of a few."""

_READ_ONLY = re.compile(rf"code: (?:{errno.EROFS}|{errno.EACCES}|{errno.EPERM})\b")

TEXT_FIELDS = ("channel", "kind", "hashtag", "language", "month", "speaker", "office", "country", "form")
FLAG_FIELDS = ("media", "forwarded", "edited")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("unit", tokenizer_name="raw", index_option="basic")
    for name in ("id", "post", "order"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("group", indexed=True, fast=True)
    builder.add_integer_field("moment", indexed=True, fast=True)
    # Filters of time go by this one: ranges of numbers of 32 bits are found several times as fast as those of more.
    builder.add_integer_field("date", fast=True)
    for name in (*WORDS.values(), "speaker_words", "office_words"):
        builder.add_text_field(name, tokenizer_name="folded", index_option="position")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    for name in FLAG_FIELDS:
        builder.add_boolean_field(name, indexed=True, fast=True)
    return builder.build()


class Position(msgspec.Struct):
    """How far the index has read the record's queue of changes; ``pending`` names a batch that may be half in.

    ``rows`` is the highest row of a post that has been in the index: later ones have no documents to replace.
    """

    version: int = VERSION
    done: int = 0
    pending: int | None = None
    rows: int | None = None


class Index:
    """The index of one archive, in the folder ``path``.

    Opening an index that another version of onrecord made raises ``ArchiveVersion``; ``Index.fresh`` starts anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = path / "position.json"
        self.position = self.position_at(path)
        self.schema = _schema()
        self._index = self._opened(path)
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("folded", analyzer)
        self._writer: tantivy.IndexWriter | None = None
        self._waiting = 0
        self._upto: int | None = None
        self._rows = 0
        self._torn = self.position.pending is not None

    def _opened(self, path: Path) -> tantivy.Index:
        """Tantivy wants to write a lock beside the files even to read them: where nothing can be written, the files are
        read through links in a folder of their own."""
        try:
            return tantivy.Index(self.schema, str(path))
        except ValueError as error:
            if not _READ_ONLY.search(str(error)):
                raise
        links = Path(tempfile.mkdtemp(prefix="onrecord-index-"))
        weakref.finalize(self, shutil.rmtree, links, ignore_errors=True)
        for item in path.iterdir():
            if item.suffix != ".lock":
                (links / item.name).symlink_to(item.absolute())
        return tantivy.Index(self.schema, str(links))

    @classmethod
    def exists(cls, path: Path) -> bool:
        return (path / "position.json").is_file()

    @classmethod
    def fresh(cls, path: Path) -> Index:
        """An empty index at ``path``, whatever stood there."""
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        (path / "position.json").write_bytes(msgspec.json.encode(Position(rows=0)))
        return cls(path)

    def begin_anew(self) -> None:
        """Empties the index: the record has numbered its changes anew."""
        writer = self._open_writer(bulk=True)
        self._mark(Position(VERSION, 0, 1, 0))
        writer.delete_all_documents()
        writer.commit()
        self._mark(Position(VERSION, 0, None, 0))

    @staticmethod
    def position_at(path: Path) -> Position:
        """How far the index at ``path`` is, without opening it. Raises ArchiveVersion."""
        position = msgspec.json.decode((path / "position.json").read_bytes(), type=Position)
        if position.version != VERSION:
            raise ArchiveVersion(
                f"The search index at {path} is of another version of onrecord; 'onrecord rebuild' makes it again."
            )
        return position

    def _mark(self, position: Position) -> None:
        half = self._place.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(position))
        half.replace(self._place)
        self.position = position

    def add(
        self, documents: Iterable[str], *, replaced: Sequence[int], upto: int, rows: int = 0, bulk: bool = False
    ) -> None:
        """Takes in a batch of documents as ``document`` made them, and remembers that changes up to ``upto`` are in.

        ``replaced`` are the posts whose earlier documents fall away, ``rows`` is the highest row of a post in it. In
        bulk it commits once in a while: call ``commit`` at the end. If the process dies in between, the next call finds
        the batch marked as pending, and the caller passes all its posts as replaced (see ``is_new``).
        """
        writer = self._open_writer(bulk=bulk)
        was = self.position
        if was.pending is None or not bulk:
            self._mark(Position(VERSION, was.done, upto, was.rows))
        for post in replaced:
            # Deleting by a term on a number deletes nothing and says nothing (tantivy-py 0.27); by a query it works.
            writer.delete_documents_by_query(self.term("post", post))
        count = 0
        for text in documents:
            writer.add_json(text)
            count += 1
        self._waiting, self._upto, self._rows = self._waiting + count, upto, max(self._rows, rows)
        if not bulk or self._waiting >= COMMIT_POSTS:
            self.commit()

    def commit(self) -> None:
        """Puts on the disk what was added in bulk; others see it from then on."""
        if self._writer is not None and self._upto is not None:
            self._writer.commit()
            known = self.position.rows
            self._mark(Position(VERSION, self._upto, None, None if known is None else max(known, self._rows)))
        self._waiting, self._upto = 0, None

    def fill(self, documents: Iterable[str]) -> int:
        """Takes in documents of posts that were never in, for ``filled`` to put on the disk; gives how many."""
        writer = self._open_writer(bulk=True)
        count = 0
        for text in documents:
            writer.add_json(text)
            count += 1
        return count

    def filled(self, upto: int, rows: int) -> None:
        """Puts on the disk what was taken in by ``fill``: changes up to ``upto`` are in, posts up to that row."""
        self._mark(Position(VERSION, self.position.done, upto, self.position.rows))
        self._waiting, self._upto, self._rows = 0, upto, rows
        self.commit()

    def is_new(self, post: int) -> bool:
        """Whether a post (its row) has no documents here: it came after all that were ever in, and none is half in."""
        known = self.position.rows
        return known is not None and post > known and not self._torn

    def _open_writer(self, *, bulk: bool) -> tantivy.IndexWriter:
        until = time.monotonic() + LOCK_S
        while self._writer is None:
            try:
                self._writer = self._index.writer(HEAP_BYTES, 2) if bulk else self._index.writer(SMALL_HEAP_BYTES, 1)
            except ValueError as error:
                if "LockBusy" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.05)  # a process that filled it is about to end, now that its add was killed
            else:
                self.position = self.position_at(self.path)
                self._torn = self.position.pending is not None
        return self._writer

    def hold(self, *, bulk: bool) -> None:
        """Takes the index for this process alone; where another one that filled it has just ended, ``position`` is what
        that one reached. ``bulk`` where much is to come."""
        self._open_writer(bulk=bulk)

    def close(self) -> None:
        """Ends writing; waits for merges of segments. What was not committed is taken in again next time."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def searcher(self) -> Searcher:
        """A view of the index as it is now; it does not change while others write."""
        self._index.reload()
        return self._index.searcher()

    def term(self, field: str, value: str | int | bool) -> Query:
        return Query.term_query(self.schema, field, value)

    def all_of(self, *queries: Query) -> Query:
        return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])

    def phrase(self, field: str, words: Sequence[str]) -> Query:
        """The folded words in a row; one word is a plain term."""
        if len(words) == 1:
            return self.term(field, words[0])
        return Query.phrase_query(self.schema, field, list(words))

    def between(self, start: int | None, end: int | None) -> Query:
        """Dated documents from ``start`` on and before ``end``, in seconds since 1970 UTC; no score."""
        # An open side must be given as inclusive.
        within = Query.range_query(self.schema, "date", FieldType.Integer, start, end, True, end is None)
        return Query.const_score_query(within, 0.0)

    def any_of(self, *queries: Query) -> Query:
        """Any of the queries; a single one stays what it is, since only so the index can skip what cannot win."""
        return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])

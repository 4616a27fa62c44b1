"""The SQLite file of an archive: opened, brought up to its schema, its errors turned into ours."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from onrecord.errors import ArchiveBusy, ArchiveError, ArchiveFull, ArchiveReadOnly, ArchiveVersion, NoArchive

FILE = "onrecord.sqlite"
BUSY_MS = 10_000
WRITE_CACHE_KIB = 400_000
PAGE_BYTES = 16_384
"""Of a new archive. A million posts go in a fifth sooner than with 8 kB: hashes and traces come in no order, and fewer
pages are written back for them."""
CHECKPOINT_PAGES = 25_000
"""Written to the log before they are copied into the file: 400 MB of a new archive."""
_TOLD = re.compile(r"os error (\d+)")
_CUT_SHORT = re.compile(r"requested and \d+ written")


def schema_files() -> list[tuple[int, str]]:
    """The numbered schema files in order: (number, SQL)."""
    found = [item for item in files("onrecord.archive").joinpath("schema").iterdir() if item.name.endswith(".sql")]
    return sorted((int(item.name.split("_")[0]), item.read_text(encoding="utf-8")) for item in found)


def open_to_read(archive: Path) -> sqlite3.Connection:
    """A connection that cannot write; works on a read-only disk.

    Raises NoArchive, ArchiveVersion (newer, or older than this program's schema: one write brings it up).
    """
    path = _existing(archive)
    with storage_errors(archive):
        connection = _read_connection(path)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA mmap_size = 1073741824")
        found = _version(connection)
    newest = schema_files()[-1][0]
    if found != newest:
        connection.close()
        raise _wrong_version(archive, found, newest)
    return connection


def _read_connection(path: Path) -> sqlite3.Connection:
    """WAL wants to write its shared memory; where nothing can be written, the file is read as it stands."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        wal = path.with_name(path.name + "-wal")
        if wal.exists() and wal.stat().st_size:
            raise
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    return connection


def open_to_write(archive: Path) -> sqlite3.Connection:
    """A connection that writes, with the schema brought up to date; the caller holds the writer's lock."""
    path = archive / FILE
    with storage_errors(archive):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a new file; an older one keeps its own
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Hashes and traces come in no order: their trees must stay in memory while many rows are written.
        connection.execute(f"PRAGMA cache_size = -{WRITE_CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        _migrate(connection, archive)
    return connection


def _migrate(connection: sqlite3.Connection, archive: Path) -> None:
    files_ = schema_files()
    found = _version(connection)
    if found > files_[-1][0]:
        connection.close()
        raise _wrong_version(archive, found, files_[-1][0])
    for number, sql in files_:
        if number > found:
            with transaction(connection):
                for statement in statements(sql):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")


def statements(sql: str) -> Iterator[str]:
    """The statements of a script, one by one, so that they run inside a transaction (``executescript`` commits).

    >>> [one.strip() for one in statements("SELECT 1; SELECT ';';")]
    ['SELECT 1;', "SELECT ';';"]
    """
    held = ""
    for piece in sql.split(";")[:-1]:
        held += piece + ";"
        if sqlite3.complete_statement(held):
            yield held
            held = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction, all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def storage_errors(archive: Path) -> Iterator[None]:
    """Turns errors of SQLite and of the disk into the errors of ``errors.py``, with the archive's place."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        raise _ours(archive, error) from error
    except (OSError, ValueError) as error:
        number = _error_number(error)
        if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _full(archive) from error
        if number in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise _read_only(archive) from error
        raise


def _error_number(error: OSError | ValueError) -> int | None:
    """The system's number of an error: Tantivy tells it in the words of a ValueError, and NumPy not at all."""
    if isinstance(error, OSError):
        return errno.ENOSPC if error.errno is None and _CUT_SHORT.search(str(error)) else error.errno
    told = _TOLD.search(str(error))
    return int(told[1]) if told else None


def _ours(archive: Path, error: sqlite3.Error) -> ArchiveError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveBusy(f"{archive}: another process is writing; try again when it is done.")
    extended = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_FULL or extended == sqlite3.SQLITE_IOERR_WRITE:
        return _full(archive)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return _read_only(archive)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return ArchiveError(
            f"{archive / FILE} is damaged ({error}). The captured bytes are beside it in captures/: "
            "add that folder to a new archive."
        )
    if code == sqlite3.SQLITE_IOERR:
        return ArchiveError(
            f"{archive / FILE}: the disk did not do its work ({error}): it may be full or failing. "
            "What was reported as kept is kept; make room, or copy the archive to another disk, and try again."
        )
    return ArchiveError(f"{archive / FILE}: {error}")


def _full(archive: Path) -> ArchiveFull:
    return ArchiveFull(
        f"{archive}: the disk is full, or takes no file of this size. What was reported as kept is kept; make room and "
        "add again."
    )


def _read_only(archive: Path) -> ArchiveReadOnly:
    return ArchiveReadOnly(f"{archive}: cannot be written (read-only disk, or no permission).")


def _existing(archive: Path) -> Path:
    path = archive / FILE
    if not path.is_file():
        raise NoArchive(
            f"{archive}: there is no archive here. 'onrecord add' makes one; --archive names another place."
        )
    return path


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _wrong_version(archive: Path, found: int, newest: int) -> ArchiveVersion:
    if found > newest:
        return ArchiveVersion(f"{archive}: written by a newer onrecord (schema {found}; this one knows {newest}).")
    return ArchiveVersion(
        f"{archive}: written by an older onrecord (schema {found}; this one needs {newest}). "
        "'onrecord rebuild' brings it up to date."
    )

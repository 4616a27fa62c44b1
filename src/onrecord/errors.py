"""Every error that onrecord raises on purpose, as one tree.

::

    OnrecordError
    ├── CaptureError         bytes that cannot be read
    │   ├── UnknownShape     no reader knows this content
    │   ├── BrokenCapture    a reader knows it, and it is damaged from here on
    │   └── UnsafeCapture    a bomb, absurd nesting, a path that leads out
    ├── ArchiveError         the archive cannot do it
    │   ├── NoArchive        there is none at this place
    │   ├── ArchiveBusy      somebody else is writing
    │   ├── ArchiveVersion   written by a newer onrecord
    │   ├── ArchiveReadOnly  the disk or folder allows no writing
    │   └── ArchiveFull      no space left on the disk
    ├── NotFound             the archive holds nothing under this key
    ├── Withdrawn            the item is hidden, with the reason
    ├── BadQuestion          a question that cannot be understood
    ├── TooLong              an answer takes longer than a server gives it
    ├── FetchError           an outgoing connection failed
    │   └── NotAllowed       it was not made: another host, a private address, too large
    └── MissingExtra         an optional package is not installed

A message says what is wrong, where (file, line, id), and what to do about it.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class CaptureError(OnrecordError):
    """Bytes that cannot be read as posts."""


class UnknownShape(CaptureError):
    """No reader knows this content."""


class BrokenCapture(CaptureError):
    """A reader knows the shape, and the content is damaged."""


class UnsafeCapture(CaptureError):
    """Content made to exhaust the machine or to reach outside."""


class ArchiveError(OnrecordError):
    """The archive cannot do what was asked."""


class NoArchive(ArchiveError):
    """There is no archive at this place."""


class ArchiveBusy(ArchiveError):
    """Another process is writing; try again when it is done."""

    exit_code = 75  # EX_TEMPFAIL


class ArchiveVersion(ArchiveError):
    """The archive was written by a newer onrecord."""


class ArchiveReadOnly(ArchiveError):
    """The archive stands where nothing can be written."""


class ArchiveFull(ArchiveError):
    """The disk is full; what was reported as kept is kept."""


class NotFound(OnrecordError):
    """The archive holds nothing under this key."""


class Withdrawn(OnrecordError):
    """The item was withdrawn; the message gives the reason and the hash."""


class BadQuestion(OnrecordError):
    """A question that cannot be understood."""

    exit_code = 2


class TooLong(OnrecordError):
    """The answer takes longer than a server gives it; a narrower question does not."""


class FetchError(OnrecordError):
    """An outgoing connection failed."""


class NotAllowed(FetchError):
    """A connection that is not made, or not read on, by the rules for outgoing connections."""


class MissingExtra(OnrecordError):
    """An optional package is not installed; the message names the extra."""

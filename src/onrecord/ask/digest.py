"""One digest of the captures and rules behind an answer, for citations and exports.

It is the SHA-256 of the captures' SHA-256s in order of value, a line each, then the version of the rules: whoever holds
the same captures and the same rules gets the same digest.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

DIGITS = 32


def digest(captures: Iterable[str], rules: str) -> str:
    """The digest, as 32 hexadecimal digits.

    >>> digest(["b", "a"], "r1") == digest(["a", "b", "b"], "r1")
    True
    """
    lines = [*sorted(set(captures)), rules]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()[:DIGITS]


def whole_digest(connection: sqlite3.Connection, rules: str) -> str:
    """The digest of everything that an archive holds."""
    return digest((row[0] for row in connection.execute("SELECT sha256 FROM capture")), rules)

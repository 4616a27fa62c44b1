-- Timestamps of authorities over the ledger's head (RFC 3161). Append-only.

CREATE TABLE stamp (
    id INTEGER PRIMARY KEY,
    ledger_number INTEGER NOT NULL,
    head TEXT NOT NULL,               -- the ledger's hash at that entry: what was stamped
    authority TEXT NOT NULL,
    stamped_at TEXT NOT NULL,         -- as the authority states it, UTC
    response BLOB NOT NULL,           -- its answer, DER
    roots TEXT NOT NULL               -- the certificates that were pinned, PEM
) STRICT;
CREATE TRIGGER stamp_stays BEFORE DELETE ON stamp
BEGIN SELECT RAISE (ABORT, 'a timestamp is never removed'); END;
CREATE TRIGGER stamp_fixed BEFORE UPDATE ON stamp
BEGIN SELECT RAISE (ABORT, 'a timestamp is never changed'); END;

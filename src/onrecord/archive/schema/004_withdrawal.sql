-- What was withdrawn: hidden at every door, with the reason; stands in the ledger, and can be undone. Append-only.

CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                -- of the post
    hash TEXT,                        -- SHA-256 of the text that is hidden; null where it has none
    why TEXT NOT NULL,
    undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX withdrawal_by_key ON withdrawal (key, id);
CREATE TRIGGER withdrawal_stays BEFORE DELETE ON withdrawal
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never removed'); END;
CREATE TRIGGER withdrawal_fixed BEFORE UPDATE ON withdrawal
BEGIN SELECT RAISE (ABORT, 'a withdrawal is never changed'); END;

CREATE TABLE erasure (                -- bytes that were erased on purpose, by whom and why; the hash stays
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE TABLE hidden (                 -- derived: the posts that withdrawals hide now
    post_id INTEGER PRIMARY KEY
) STRICT;

DROP VIEW place;
CREATE VIEW place AS                  -- where a piece of a reading stands; what is withdrawn stands nowhere
    SELECT version.id AS version_id, version.hash, version.text, version.id = post.version_id AS shown,
           channel.key || '/' || coalesce(post.telegram_id, post.content) AS key,
           channel.key AS channel, channel.title AS channel_title,
           post.id AS post_id, post.date, post.date_basis, post.place AS sequence
    FROM version
    JOIN post ON post.id = version.post_id
    JOIN channel ON channel.id = post.channel_id
    WHERE NOT EXISTS (SELECT 1 FROM hidden WHERE hidden.post_id = post.id);

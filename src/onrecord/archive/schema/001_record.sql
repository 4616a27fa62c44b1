-- The record: what came in (append-only), and what follows from it (derived: `onrecord rebuild` makes it again).
-- Instants are ISO 8601 in UTC in what came in, and seconds since 1970 in what is derived; the views show ISO 8601.

-- ---------------------------------------------------------------- what came in

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),   -- of the bytes as they came in; they lie in captures/
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

CREATE TABLE taking_in (
    id INTEGER PRIMARY KEY,
    capture_id INTEGER NOT NULL REFERENCES capture (id),
    taken_at TEXT NOT NULL,
    source TEXT NOT NULL,             -- the file's or address's name as it was given
    file_time TEXT,                   -- the file's time then: proves nothing
    collector TEXT,
    stated_channel TEXT,
    stated_captured_at TEXT,
    stated_zone TEXT,
    stated_columns TEXT,              -- JSON: field of a post -> column of a list
    tool TEXT NOT NULL,
    UNIQUE (capture_id, taken_at, source)
) STRICT;

CREATE TABLE ledger (
    number INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,              -- canonical JSON (RFC 8785)
    hash TEXT NOT NULL UNIQUE         -- SHA-256 of the previous hash, a line break, and the entry
) STRICT;

CREATE TABLE former_key (             -- a key that was printed and whose post became another: it leads on for ever
    key TEXT PRIMARY KEY,             -- in lower case
    sha256 TEXT NOT NULL,             -- of the part, and the place in it, of a sighting that the post had then
    ordinal INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER former_key_stays BEFORE DELETE ON former_key
BEGIN SELECT RAISE (ABORT, 'a printed key leads on for ever'); END;
CREATE TRIGGER former_key_fixed BEFORE UPDATE ON former_key
BEGIN SELECT RAISE (ABORT, 'a printed key leads on for ever'); END;
CREATE TRIGGER capture_stays BEFORE DELETE ON capture
BEGIN SELECT RAISE (ABORT, 'captures are never removed from the record'); END;
CREATE TRIGGER capture_fixed BEFORE UPDATE ON capture
BEGIN SELECT RAISE (ABORT, 'captures are never changed'); END;
CREATE TRIGGER taking_in_stays BEFORE DELETE ON taking_in
BEGIN SELECT RAISE (ABORT, 'a taking-in is never removed'); END;
CREATE TRIGGER taking_in_fixed BEFORE UPDATE ON taking_in
BEGIN SELECT RAISE (ABORT, 'a taking-in is never changed'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_fixed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;

-- ---------------------------------------------------------------- what the captures show (derived)

CREATE TABLE note (                   -- how far the derived part is, one row a fact
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unread (                 -- captures that are kept and not read to their end yet
    capture_id INTEGER PRIMARY KEY REFERENCES capture (id)
) STRICT;

CREATE TABLE part (                   -- a page in a WARC, a file in a ZIP, or the capture itself
    id INTEGER PRIMARY KEY,
    capture_id INTEGER NOT NULL REFERENCES capture (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    sha256 TEXT NOT NULL,             -- of the part's own bytes: the capture's where it is no container
    kind TEXT NOT NULL,               -- what its page is, see page.kind
    shape TEXT NOT NULL,
    fidelity INTEGER NOT NULL,
    captured_at INTEGER NOT NULL,
    time_basis TEXT NOT NULL CHECK (time_basis IN ('warc', 'page', 'stated', 'file', 'added')),
    UNIQUE (capture_id, number)
) STRICT;

CREATE INDEX part_by_hash ON part (sha256);

CREATE TABLE page (                   -- what a part is, as its reader tells; the evidence for what is gone
    id INTEGER PRIMARY KEY,
    part_id INTEGER NOT NULL REFERENCES part (id),
    kind TEXT NOT NULL,
    channel TEXT,
    telegram_channel_id INTEGER,
    telegram_id INTEGER,
    unfiltered INTEGER NOT NULL CHECK (unfiltered IN (0, 1)),
    query TEXT,
    first_listed INTEGER,
    last_listed INTEGER,
    listed TEXT NOT NULL,             -- JSON array of ids
    before INTEGER,
    after INTEGER,
    columns TEXT NOT NULL             -- JSON: field of a post -> column of a list, as matched
) STRICT;
CREATE INDEX page_by_part ON page (part_id);
CREATE INDEX page_by_channel ON page (channel COLLATE NOCASE, telegram_id);

CREATE TABLE card (                   -- what a part tells of a channel
    id INTEGER PRIMARY KEY,
    part_id INTEGER NOT NULL REFERENCES part (id),
    channel TEXT,
    telegram_channel_id INTEGER,
    title TEXT,
    description TEXT,
    verified INTEGER,
    is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)),
    counters TEXT NOT NULL            -- JSON: name -> [value, exact]
) STRICT;
CREATE INDEX card_by_part ON card (part_id);

CREATE TABLE fault (                  -- a place that could not be read; the rest was
    id INTEGER PRIMARY KEY,
    capture_id INTEGER NOT NULL REFERENCES capture (id),
    place TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE INDEX fault_by_capture ON fault (capture_id);

CREATE TABLE channel (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,         -- what its posts are cited by: the last name, else c<number>, else unnamed-<hash>
    telegram_id INTEGER,
    title TEXT
) STRICT;

CREATE TABLE channel_name (           -- every name and key that leads to a channel, in lower case
    name TEXT PRIMARY KEY,
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    shown TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_name_by_channel ON channel_name (channel_id);

CREATE TABLE origin (                 -- whose posts a part shows, as it says: a name, a number, or nothing
    id INTEGER PRIMARY KEY,
    name TEXT,
    telegram_id INTEGER,
    home TEXT UNIQUE,                 -- where it says nothing: the key that its capture has by itself
    channel_id INTEGER REFERENCES channel (id)
) STRICT;
CREATE UNIQUE INDEX origin_named ON origin (name, telegram_id) WHERE home IS NULL;
CREATE INDEX origin_by_channel ON origin (channel_id);

CREATE TABLE observation (            -- the names, numbers and titles of channels that a part shows or was stated to show
    part_id INTEGER NOT NULL REFERENCES part (id),
    name TEXT,
    telegram_id INTEGER,
    title TEXT,
    captured_at INTEGER NOT NULL,
    stated INTEGER NOT NULL CHECK (stated IN (0, 1))
) STRICT;
CREATE INDEX observation_by_name ON observation (name, telegram_id, title, stated, captured_at);
CREATE INDEX observation_by_part ON observation (part_id);

CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    telegram_id INTEGER,
    content TEXT,                     -- the second half of its key where no capture gives the number
    kind TEXT NOT NULL,
    date INTEGER,
    date_precision TEXT NOT NULL,
    date_basis TEXT,
    place INTEGER NOT NULL,           -- order among equal dates, and of the undated
    version_id INTEGER,               -- the version that is shown; null where no capture shows the post's own text
    sighting_id INTEGER,              -- the sighting that the rest is shown from where data is null
    data TEXT,                        -- JSON: the rest, where it is put together from several sightings
    forwarded_from TEXT,
    reply_to INTEGER,
    edited INTEGER,
    versions INTEGER NOT NULL,
    captures INTEGER NOT NULL,
    changed INTEGER NOT NULL          -- the number of its last change; the search index follows it
) STRICT;
CREATE UNIQUE INDEX post_by_telegram_id ON post (channel_id, telegram_id) WHERE telegram_id IS NOT NULL;
CREATE UNIQUE INDEX post_by_content ON post (channel_id, content) WHERE content IS NOT NULL;
CREATE INDEX post_by_date ON post (date, place);
CREATE INDEX post_by_channel ON post (channel_id, date, place);
CREATE UNIQUE INDEX post_by_change ON post (changed);

CREATE TABLE gone_post (              -- posts that a later capture showed to be another: the search index drops them
    changed INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL
) STRICT;

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES post (id),
    number INTEGER NOT NULL,          -- from 1, by first_seen
    text TEXT NOT NULL,
    hash TEXT NOT NULL,               -- of the text, see post/version
    fingerprint INTEGER NOT NULL,     -- of its normal form: equal for copies
    first_seen INTEGER,               -- by captures of proved time; null where there is none
    last_seen INTEGER,
    data TEXT NOT NULL                -- JSON: text_status, entities, edited_at, captures
) STRICT;
CREATE UNIQUE INDEX version_by_post ON version (post_id, number);
CREATE INDEX version_by_fingerprint ON version (fingerprint);

CREATE TABLE sighting (
    id INTEGER PRIMARY KEY,
    part_id INTEGER NOT NULL REFERENCES part (id),
    ordinal INTEGER NOT NULL,
    locator TEXT NOT NULL,
    origin_id INTEGER NOT NULL REFERENCES origin (id),
    telegram_id INTEGER,
    post_id INTEGER REFERENCES post (id),
    version_id INTEGER,               -- the version whose text this is; null where it shows none of its own
    text TEXT,                        -- where it is not word for word the version's
    text_status TEXT NOT NULL,
    title TEXT,
    content TEXT,                     -- the content key of one without an id
    data TEXT NOT NULL                -- JSON: the other fields of a sighting that are not at their default
) STRICT;
CREATE INDEX sighting_by_post ON sighting (post_id);
CREATE INDEX sighting_by_part ON sighting (part_id, ordinal);
CREATE INDEX sighting_by_content ON sighting (content) WHERE content IS NOT NULL;
CREATE INDEX sighting_by_origin ON sighting (origin_id, telegram_id);

CREATE TABLE trace (                  -- by which the text of a sighting with an id is found again, see post/trace
    mark INTEGER NOT NULL,
    sighting_id INTEGER NOT NULL,
    PRIMARY KEY (mark, sighting_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE showing (                -- what a part shows of one origin, as a whole
    part_id INTEGER NOT NULL REFERENCES part (id),
    origin_id INTEGER NOT NULL REFERENCES origin (id),
    keeps_breaks INTEGER NOT NULL CHECK (keeps_breaks IN (0, 1)),   -- whether any text has line breaks
    is_loose INTEGER NOT NULL CHECK (is_loose IN (0, 1)),           -- no channel named, or sightings without ids
    first_place INTEGER,              -- of a loose one: between which ids of its channel it was looked for
    last_place INTEGER,
    PRIMARY KEY (part_id, origin_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX showing_loose ON showing (origin_id) WHERE is_loose = 1;

CREATE TABLE open_trace (             -- traces of sightings that wait for others: loose ones, and possible previews
    mark INTEGER NOT NULL,
    sighting_id INTEGER NOT NULL,
    PRIMARY KEY (mark, sighting_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE placement (              -- the id that a sighting without one was found to have
    sighting_id INTEGER PRIMARY KEY REFERENCES sighting (id),
    telegram_id INTEGER NOT NULL
) STRICT;

CREATE TABLE twin (                   -- two sightings without ids that were found to be one post
    sighting_id INTEGER NOT NULL REFERENCES sighting (id),
    other_id INTEGER NOT NULL REFERENCES sighting (id),
    PRIMARY KEY (sighting_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX twin_by_other ON twin (other_id);

CREATE TABLE album_member (           -- which ids a sighting says belong to its album
    origin_id INTEGER NOT NULL REFERENCES origin (id),
    telegram_id INTEGER NOT NULL,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id),
    PRIMARY KEY (origin_id, telegram_id, sighting_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE alias (                  -- other keys of posts: a printed key resolves for ever
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    content TEXT NOT NULL,            -- the second half of the key
    post_id INTEGER NOT NULL REFERENCES post (id),
    PRIMARY KEY (channel_id, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_by_post ON alias (post_id);

CREATE TABLE report (                 -- what stays ambiguous is reported, not guessed
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    captures TEXT NOT NULL,           -- JSON array of SHA-256
    keys TEXT NOT NULL                -- JSON array
) STRICT;
CREATE INDEX open_trace_by_sighting ON open_trace (sighting_id);
CREATE INDEX placement_by_id ON placement (telegram_id);

-- ---------------------------------------------------------------- views for people and for other programs

CREATE VIEW posts AS
    SELECT channel.key || '/' || coalesce(post.telegram_id, post.content) AS key, channel.key AS channel,
           channel.title AS channel_title, post.telegram_id AS id, strftime('%Y-%m-%dT%H:%M:%SZ', post.date, 'unixepoch') AS date,
           post.date_precision, post.date_basis, post.kind, version.text, post.forwarded_from, post.reply_to, post.edited,
           post.versions, post.captures, coalesce(post.data, sighting.data) AS more
    FROM post
    JOIN channel ON channel.id = post.channel_id
    LEFT JOIN version ON version.id = post.version_id
    LEFT JOIN sighting ON sighting.id = post.sighting_id;

CREATE VIEW versions AS
    SELECT channel.key || '/' || coalesce(post.telegram_id, post.content) AS key, version.number,
           version.id = post.version_id AS is_shown, strftime('%Y-%m-%dT%H:%M:%SZ', version.first_seen, 'unixepoch') AS first_seen,
           strftime('%Y-%m-%dT%H:%M:%SZ', version.last_seen, 'unixepoch') AS last_seen, version.text, version.hash
    FROM version
    JOIN post ON post.id = version.post_id
    JOIN channel ON channel.id = post.channel_id;

CREATE VIEW captures AS
    SELECT capture.sha256, capture.size, part.number AS part, part.name, part.url, part.shape, part.kind,
           strftime('%Y-%m-%dT%H:%M:%SZ', part.captured_at, 'unixepoch') AS captured_at, part.time_basis,
           (SELECT min(taken_at) FROM taking_in WHERE taking_in.capture_id = capture.id) AS first_taken_in,
           (SELECT count(*) FROM sighting WHERE sighting.part_id = part.id) AS sightings
    FROM capture
    LEFT JOIN part ON part.capture_id = capture.id;

CREATE VIEW sightings AS
    SELECT channel.key || '/' || coalesce(post.telegram_id, post.content) AS key, capture.sha256, part.number AS part,
           sighting.ordinal, sighting.locator, sighting.telegram_id AS id, coalesce(sighting.text, version.text) AS text,
           sighting.text_status, sighting.data AS more
    FROM sighting
    JOIN part ON part.id = sighting.part_id
    JOIN capture ON capture.id = part.capture_id
    LEFT JOIN post ON post.id = sighting.post_id
    LEFT JOIN channel ON channel.id = post.channel_id
    LEFT JOIN version ON version.id = sighting.version_id;

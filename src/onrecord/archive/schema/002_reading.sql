-- What the versions say: made by the rules of reading, derived (`onrecord rebuild` makes it again). Every row has its span:
-- begin and end in code points of the version's text, the end exclusive; substr(version.text, begin + 1, end - begin).

CREATE TABLE reading (
    version_id INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
    rules TEXT NOT NULL,              -- the version of the rules and data that made it
    language TEXT,
    countries TEXT NOT NULL,          -- JSON array of ISO 3166-1 codes: the flags in the post
    hashtags TEXT NOT NULL            -- JSON array
) STRICT;

CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    begin INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    speaker TEXT,
    speaker_key TEXT,                 -- folded: equal for equal names
    role TEXT,
    country TEXT,
    form TEXT NOT NULL CHECK (form IN ('direct', 'quoted', 'reported')),
    question TEXT,
    occasion TEXT,
    said_on TEXT
) STRICT;
CREATE INDEX statement_by_version ON statement (version_id, begin);
CREATE INDEX version_by_hash ON version (hash);
CREATE INDEX statement_by_speaker ON statement (speaker_key);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,          -- from 0; the main event is 0
    type TEXT NOT NULL,
    date TEXT,                        -- YYYY-MM-DD, YYYY-MM or YYYY
    place TEXT,
    status TEXT NOT NULL CHECK (status IN ('held', 'planned')),
    begin INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_version ON event (version_id, number);
CREATE INDEX event_by_date ON event (date);

CREATE TABLE participant (
    event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,           -- folded
    PRIMARY KEY (event_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_by_name ON participant (name_key);

CREATE TABLE office (                 -- a person named with an office in a post
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,           -- folded
    role TEXT NOT NULL,
    country TEXT,
    organisation TEXT,
    begin INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX office_by_version ON office (version_id);
CREATE INDEX office_by_name ON office (name_key);

CREATE TABLE date_expression (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    zone TEXT,
    begin INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX date_expression_by_version ON date_expression (version_id);

CREATE TABLE figure (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    "of" TEXT,
    begin INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX figure_by_version ON figure (version_id);
CREATE INDEX figure_by_unit ON figure (unit);

-- ------------------------------------------------ what people say of it: append-only, never derived, kept by a rebuild

CREATE TABLE stated_profile (         -- what a user stated of a channel; the newest row of a field counts
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,            -- folded name
    field TEXT NOT NULL CHECK (field IN ('country', 'body', 'languages', 'zone')),
    value TEXT,
    stated_at TEXT NOT NULL,
    stated_by TEXT
) STRICT;
CREATE INDEX stated_profile_by_channel ON stated_profile (channel, field, id);

CREATE TABLE correction (             -- a person corrects the machine; shown as human, never counted in scores
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('speaker', 'role', 'merge', 'split', 'strike')),
    target TEXT NOT NULL,             -- an address: HASH/BEGIN-END of a statement or event, or a person's name
    value TEXT,
    why TEXT,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;
CREATE INDEX correction_by_target ON correction (target);

CREATE TABLE code (                   -- a user's own coding of a statement
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    coded_at TEXT NOT NULL,
    coded_by TEXT NOT NULL
) STRICT;
CREATE INDEX code_by_target ON code (target);

CREATE TRIGGER stated_profile_stays BEFORE DELETE ON stated_profile
BEGIN SELECT RAISE (ABORT, 'what was stated is never removed'); END;
CREATE TRIGGER stated_profile_fixed BEFORE UPDATE ON stated_profile
BEGIN SELECT RAISE (ABORT, 'what was stated is never changed'); END;
CREATE TRIGGER correction_stays BEFORE DELETE ON correction
BEGIN SELECT RAISE (ABORT, 'corrections are append-only'); END;
CREATE TRIGGER correction_fixed BEFORE UPDATE ON correction
BEGIN SELECT RAISE (ABORT, 'corrections are append-only'); END;
CREATE TRIGGER code_stays BEFORE DELETE ON code
BEGIN SELECT RAISE (ABORT, 'codes are append-only'); END;
CREATE TRIGGER code_fixed BEFORE UPDATE ON code
BEGIN SELECT RAISE (ABORT, 'codes are append-only'); END;

CREATE VIEW place AS                  -- where a piece of a reading stands: its version, with the post and channel
    SELECT version.id AS version_id, version.hash, version.text, version.id = post.version_id AS shown,
           channel.key || '/' || coalesce(post.telegram_id, post.content) AS key,
           channel.key AS channel, channel.title AS channel_title,
           post.id AS post_id, post.date, post.date_basis, post.place AS sequence
    FROM version
    JOIN post ON post.id = version.post_id
    JOIN channel ON channel.id = post.channel_id;

CREATE VIEW statements AS
    SELECT place.hash || '/' || statement.begin || '-' || statement."end" AS address,
           substr(place.text, statement.begin + 1, statement."end" - statement.begin) AS text,
           statement.speaker, statement.role, statement.country, statement.form, statement.question,
           statement.occasion, statement.said_on, place.key, place.channel,
           datetime(place.date, 'unixepoch') AS posted, reading.language, reading.rules
    FROM statement
    JOIN place ON place.version_id = statement.version_id
    JOIN reading ON reading.version_id = statement.version_id;

CREATE VIEW events AS
    SELECT event.type, event.date, event.place, event.status,
           (SELECT group_concat(name, ' | ') FROM (SELECT name FROM participant
             WHERE participant.event_id = event.id ORDER BY number)) AS participants,
           substr(place.text, event.begin + 1, event."end" - event.begin) AS text,
           place.key, place.channel, datetime(place.date, 'unixepoch') AS posted
    FROM event
    JOIN place ON place.version_id = event.version_id;

CREATE VIEW offices AS
    SELECT office.name, office.role, office.country, office.organisation,
           substr(place.text, office.begin + 1, office."end" - office.begin) AS text,
           place.key, place.channel, datetime(place.date, 'unixepoch') AS posted
    FROM office
    JOIN place ON place.version_id = office.version_id;

CREATE VIEW figures AS
    SELECT figure.value, figure.unit, figure."of",
           substr(place.text, figure.begin + 1, figure."end" - figure.begin) AS text,
           place.key, place.channel, datetime(place.date, 'unixepoch') AS posted
    FROM figure
    JOIN place ON place.version_id = figure.version_id;

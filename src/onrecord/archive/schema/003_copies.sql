-- Which texts are copies of one another: derived (`onrecord rebuild` makes it again). A text is named by the fingerprint of
-- its normal form (version.fingerprint), so that exact copies are one text here; signatures lie in copies/ beside this file.

CREATE TABLE copy_pair (
    first INTEGER NOT NULL,           -- the smaller fingerprint
    second INTEGER NOT NULL,
    jaccard REAL NOT NULL,            -- of the word trigrams, exactly
    shared INTEGER,                   -- words of the longest stretch in common; null where the whole texts are near copies
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_pair_by_second ON copy_pair (second);

CREATE TABLE copy_segment (           -- files of signatures in copies/
    number INTEGER PRIMARY KEY,
    texts INTEGER NOT NULL
) STRICT;

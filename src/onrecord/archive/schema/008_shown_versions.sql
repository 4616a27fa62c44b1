-- From a version to the post that shows it, with what lists are ordered and narrowed by, without the rows themselves: lists
-- of events, of figures and of copies looked at each of a million versions, and at the words in it.

CREATE INDEX IF NOT EXISTS post_by_version ON post (version_id, channel_id, date, place);

-- Posts marked as edited of which one text is known.
CREATE INDEX IF NOT EXISTS post_marked ON post (id) WHERE edited = 1 AND versions < 2;

-- Former versions' successors: they are few, and were looked for among all versions, words and all.
CREATE INDEX IF NOT EXISTS version_later ON version (post_id) WHERE number > 1;

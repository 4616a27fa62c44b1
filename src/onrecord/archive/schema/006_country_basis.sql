-- Where the country of a named office comes from: the post's words, or only the channel's own country, which a bare title
-- is given. Null where there is no country, and in readings made before this was noted (`onrecord rebuild` notes it).

ALTER TABLE office ADD COLUMN country_basis TEXT CHECK (country_basis IN ('text', 'channel'));

DROP VIEW offices;
CREATE VIEW offices AS
    SELECT office.name, office.role, office.country, office.organisation,
           substr(place.text, office.begin + 1, office."end" - office.begin) AS text,
           place.key, place.channel, datetime(place.date, 'unixepoch') AS posted, office.country_basis
    FROM office
    JOIN place ON place.version_id = office.version_id;

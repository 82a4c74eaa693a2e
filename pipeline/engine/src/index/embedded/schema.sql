CREATE TABLE IF NOT EXISTS records (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    run      TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    millis   INTEGER NOT NULL,
    source   TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS records_by_time ON records (millis, run, sequence);
CREATE INDEX IF NOT EXISTS records_by_run ON records (run, sequence);
CREATE INDEX IF NOT EXISTS records_by_unit ON records (json_extract(source, '$.wayleave.unit'));
CREATE INDEX IF NOT EXISTS records_by_account ON records (json_extract(source, '$.cloud.account.id'));
CREATE INDEX IF NOT EXISTS records_by_user ON records (json_extract(source, '$.user.name'));
-- The words are told apart before they come here; this only takes them as they are.
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    message, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* S*'"
);

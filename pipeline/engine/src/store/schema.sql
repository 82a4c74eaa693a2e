-- The inbox: what the outside asked for, unique by the delivery's id.
CREATE TABLE IF NOT EXISTS inbox (
    delivery    TEXT PRIMARY KEY,
    received_at TEXT NOT NULL,
    trigger     TEXT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    outcome     TEXT
);
CREATE INDEX IF NOT EXISTS inbox_open ON inbox (received_at) WHERE outcome IS NULL;

-- The events: the truth. A run is the fold of its rows.
CREATE TABLE IF NOT EXISTS events (
    run    TEXT NOT NULL,
    number BIGINT NOT NULL,
    at     TEXT NOT NULL,
    event  TEXT NOT NULL,
    PRIMARY KEY (run, number)
);

-- One row a run, to find it by; everything in it can be made anew from the events, but for the lease.
CREATE TABLE IF NOT EXISTS runs (
    run          TEXT PRIMARY KEY,
    repository   TEXT NOT NULL,
    branch       TEXT NOT NULL,
    commit_hash  TEXT NOT NULL,
    change       BIGINT,
    mode         TEXT NOT NULL,
    state        TEXT NOT NULL,
    ended        BOOLEAN NOT NULL,
    delivery     TEXT UNIQUE,
    holder       TEXT,
    lease_until  TEXT,
    fencing      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS runs_open ON runs (ended) WHERE NOT ended;
CREATE INDEX IF NOT EXISTS runs_branch ON runs (repository, branch);

-- The queue of each target: the run with the lowest place holds it.
CREATE TABLE IF NOT EXISTS targets (
    target TEXT NOT NULL,
    place  BIGINT NOT NULL,
    run    TEXT NOT NULL,
    PRIMARY KEY (target, place)
);
CREATE INDEX IF NOT EXISTS targets_run ON targets (run);

-- What is too large for an event: changes and findings, under the unit's digest.
CREATE TABLE IF NOT EXISTS reports (
    run    TEXT NOT NULL,
    unit   TEXT NOT NULL,
    digest TEXT NOT NULL,
    body   TEXT NOT NULL,
    PRIMARY KEY (run, unit, digest)
);

-- What became of commands that comments on pull requests gave to a run, or to none: `answer` where they were not done.
CREATE TABLE IF NOT EXISTS commands (
    place      INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery   TEXT NOT NULL UNIQUE,
    repository TEXT NOT NULL,
    change     BIGINT NOT NULL,
    run        TEXT NOT NULL,
    login      TEXT NOT NULL,
    said       TEXT NOT NULL,
    answer     TEXT
);
CREATE INDEX IF NOT EXISTS commands_change ON commands (repository, change);

-- API tokens, by the hash of the token.
CREATE TABLE IF NOT EXISTS tokens (
    hash       TEXT PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    person     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
);

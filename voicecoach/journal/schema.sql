-- The journal's tables: the statements that lead from each version to the next. The first make version 1 of an
-- empty file. One that was released is never changed.

-- version 1
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    routine TEXT NOT NULL,
    version TEXT NOT NULL,
    started TEXT NOT NULL,
    day TEXT NOT NULL,
    planned REAL NOT NULL,
    sets_planned INTEGER NOT NULL,
    ended TEXT,
    seconds REAL NOT NULL,
    finished INTEGER NOT NULL,
    as_written INTEGER NOT NULL,
    by_hand INTEGER NOT NULL,
    pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
    leg_before INTEGER CHECK (leg_before BETWEEN 0 AND 5),
    next_morning INTEGER CHECK (next_morning BETWEEN 0 AND 10),
    comment TEXT NOT NULL,
    worst_pain INTEGER CHECK (worst_pain BETWEEN 0 AND 10),
    effort INTEGER CHECK (effort BETWEEN 0 AND 10),
    leg INTEGER CHECK (leg BETWEEN 0 AND 5),
    form_ok INTEGER CHECK (form_ok IN (0, 1)));
CREATE INDEX session_day ON session (day);
CREATE TABLE set_done (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    written TEXT NOT NULL,
    set_number INTEGER NOT NULL,
    sets INTEGER NOT NULL,
    block INTEGER NOT NULL,
    side TEXT NOT NULL,
    reps INTEGER NOT NULL,
    reps_planned INTEGER NOT NULL,
    seconds REAL NOT NULL,
    seconds_planned REAL,
    hold REAL,
    lowering REAL,
    load REAL NOT NULL,
    tempo REAL NOT NULL,
    ending TEXT NOT NULL,
    at TEXT NOT NULL,
    worst_pain INTEGER CHECK (worst_pain BETWEEN 0 AND 10),
    effort INTEGER CHECK (effort BETWEEN 0 AND 10),
    leg INTEGER CHECK (leg BETWEEN 0 AND 5),
    form_ok INTEGER CHECK (form_ok IN (0, 1)));
CREATE INDEX set_done_session ON set_done (session);
CREATE INDEX set_done_written ON set_done (written, session);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    command TEXT NOT NULL,
    why TEXT NOT NULL);
CREATE INDEX event_session ON event (session);
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    written TEXT NOT NULL,
    exercise TEXT NOT NULL,
    dose TEXT,
    level TEXT,
    change TEXT NOT NULL,
    reason TEXT NOT NULL,
    advice TEXT NOT NULL,
    based_on TEXT NOT NULL);
CREATE INDEX decision_session ON decision (session);
CREATE INDEX decision_written ON decision (written, session);
CREATE TABLE choice (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    written TEXT NOT NULL,
    wish TEXT NOT NULL,
    dose TEXT);
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    at TEXT NOT NULL,
    before TEXT);
CREATE INDEX correction_session ON correction (session);

-- version 2
ALTER TABLE session ADD COLUMN asked TEXT;
ALTER TABLE set_done ADD COLUMN sides INTEGER NOT NULL DEFAULT 1;

-- version 3
ALTER TABLE session ADD COLUMN course TEXT;

-- version 4
CREATE TABLE plan (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    at INTEGER NOT NULL,
    steps TEXT NOT NULL);

-- version 5
CREATE TABLE met (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    times INTEGER NOT NULL,
    last TEXT,
    place REAL NOT NULL,
    PRIMARY KEY (kind, name));
CREATE INDEX set_done_met ON set_done (exercise, session, at) WHERE ending = 'done';

-- version 6
ALTER TABLE session ADD COLUMN flare INTEGER CHECK (flare IN (0, 1));
ALTER TABLE session ADD COLUMN weak INTEGER CHECK (weak IN (0, 1));
ALTER TABLE session ADD COLUMN named TEXT;

-- version 7
ALTER TABLE decision ADD COLUMN substitute INTEGER NOT NULL DEFAULT 0;

-- version 8
CREATE TABLE agreement (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    said TEXT NOT NULL);

-- version 9
CREATE TABLE remark (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    about TEXT NOT NULL,
    since TEXT NOT NULL);

-- version 10
CREATE TABLE weakness (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    present INTEGER NOT NULL CHECK (present IN (0, 1)));
INSERT INTO weakness (at, present)
    SELECT at, 1 FROM agreement WHERE said = 'weak'
    UNION ALL SELECT started, weak FROM session WHERE weak IS NOT NULL
    ORDER BY 1;
DELETE FROM agreement WHERE said = 'weak';

-- version 11
ALTER TABLE correction RENAME TO former;
CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL,
    at TEXT NOT NULL,
    before TEXT,
    removed TEXT);
INSERT INTO correction (id, session, at, before) SELECT id, session, at, before FROM former;
DROP TABLE former;

-- version 12
ALTER TABLE session ADD COLUMN utc_offset INTEGER;

-- version 13
ALTER TABLE set_done ADD COLUMN alone TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE choice ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE set_done ADD COLUMN rounds TEXT NOT NULL DEFAULT '[]';
ALTER TABLE set_done ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE decision ADD COLUMN one_round INTEGER NOT NULL DEFAULT 0;

-- version 14
ALTER TABLE set_done ADD COLUMN unit TEXT NOT NULL DEFAULT 'reps';
ALTER TABLE session ADD COLUMN instructions TEXT NOT NULL DEFAULT '{}';
CREATE TABLE precautions_lifted (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    until TEXT NOT NULL,
    lifted INTEGER NOT NULL CHECK (lifted IN (0, 1)));
ALTER TABLE set_done ADD COLUMN level TEXT NOT NULL DEFAULT '';
ALTER TABLE choice ADD COLUMN variation TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN region TEXT NOT NULL DEFAULT 'back';
ALTER TABLE session ADD COLUMN arm_before INTEGER CHECK (arm_before BETWEEN 0 AND 5);
ALTER TABLE session ADD COLUMN sign_before INTEGER CHECK (sign_before IN (0, 1));
ALTER TABLE session ADD COLUMN arm INTEGER CHECK (arm BETWEEN 0 AND 5);
ALTER TABLE session ADD COLUMN sign INTEGER CHECK (sign IN (0, 1));
ALTER TABLE set_done ADD COLUMN arm INTEGER CHECK (arm BETWEEN 0 AND 5);
ALTER TABLE set_done ADD COLUMN sign INTEGER CHECK (sign IN (0, 1));
ALTER TABLE weakness ADD COLUMN region TEXT NOT NULL DEFAULT 'back';

-- version 15
CREATE TABLE IF NOT EXISTS to_answer (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE);

-- version 16
CREATE TABLE returned (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    record TEXT NOT NULL UNIQUE);

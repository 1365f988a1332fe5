/** The record. `seq` numbers frames and the core's own entries in one row; an answer of ours is stored with its question
 * and has the number after it. `text` is TEXT as it came, or BLOB where it was binary or not UTF-8. */
export const first = `
CREATE TABLE stations (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  state TEXT,
  seq INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE frames (
  seq INTEGER PRIMARY KEY,
  station INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  at REAL NOT NULL,
  direction INTEGER NOT NULL,
  text,
  action TEXT,
  question INTEGER,
  station_time TEXT,
  findings TEXT,
  answer_at REAL,
  answer_text TEXT
);
CREATE INDEX frames_by_question ON frames (question) WHERE question IS NOT NULL;
CREATE TABLE events (
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  station INTEGER NOT NULL,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  own INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (seq, n)
) WITHOUT ROWID;
CREATE INDEX events_by_station ON events (station, seq);
CREATE INDEX events_by_kind ON events (kind, seq);
CREATE TABLE tokens (
  value TEXT PRIMARY KEY COLLATE NOCASE,
  status TEXT NOT NULL,
  expiry TEXT,
  group_value TEXT,
  note TEXT
) WITHOUT ROWID;
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
`;

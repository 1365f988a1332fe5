CREATE INDEX attempts_by_time ON attempts (last_at);
CREATE INDEX console_port ON console (port, id);
CREATE INDEX events_by_kind ON events (kind, seq);
CREATE INDEX events_by_station ON events (station, seq);
CREATE INDEX files_by_station ON files (station, id);
CREATE INDEX frames_by_question ON frames (question) WHERE question IS NOT NULL;
CREATE INDEX frames_overheard ON frames (connection) WHERE lane = 2;
CREATE UNIQUE INDEX moments_by_number ON moments (station, seq);
CREATE INDEX procedures_by_identity ON procedures (identity, id);
CREATE TABLE access (
  identity TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  last_at REAL NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE bookmarks (
  seq INTEGER PRIMARY KEY,
  note TEXT
);
CREATE TABLE certificates (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  pem TEXT NOT NULL,
  at REAL NOT NULL,
  station TEXT,
  note TEXT,
  UNIQUE (kind, fingerprint)
);
CREATE TABLE console (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  port TEXT NOT NULL,
  station TEXT,
  at REAL NOT NULL,
  kind INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE TABLE destinations (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL
);
CREATE TABLE diagnostics (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  station TEXT NOT NULL,
  body TEXT NOT NULL
);
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
CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  station TEXT,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT,
  at REAL NOT NULL,
  state TEXT NOT NULL,
  note TEXT
);
CREATE TABLE finding_frames (
  station INTEGER NOT NULL,
  rule TEXT NOT NULL,
  place TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (station, rule, place, seq)
) WITHOUT ROWID;
CREATE TABLE frame_keys (
  kind INTEGER NOT NULL,
  key NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, key, seq)
) WITHOUT ROWID;
CREATE TABLE frame_keys_reach (seq INTEGER NOT NULL);
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
, lane INTEGER, marks TEXT);
CREATE TABLE moments (
  station INTEGER NOT NULL,
  n INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  state BLOB,
  numbers BLOB,
  PRIMARY KEY (station, n)
);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL,
  destination TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (file, destination)
);
CREATE TABLE procedures (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE record (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  folded INTEGER NOT NULL
);
CREATE TABLE saved_calls (
  name TEXT PRIMARY KEY,
  action TEXT NOT NULL,
  payload TEXT NOT NULL
);
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE signing_requests (
  id INTEGER PRIMARY KEY,
  station TEXT NOT NULL,
  at REAL NOT NULL,
  csr TEXT NOT NULL,
  certificate_type TEXT,
  request_id INTEGER,
  state TEXT NOT NULL,
  why TEXT,
  fingerprint TEXT,
  outcome TEXT
);
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE stations (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  state TEXT,
  seq INTEGER NOT NULL DEFAULT 0
, tail BLOB);
CREATE TABLE tokens (
  value TEXT PRIMARY KEY COLLATE NOCASE,
  status TEXT NOT NULL,
  expiry TEXT,
  group_value TEXT,
  note TEXT
) WITHOUT ROWID;

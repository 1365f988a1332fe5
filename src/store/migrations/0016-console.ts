/** What came and went on consoles, piece by piece. `kind`: 0 came, 1 went, 2 what happened to the port, as JSON. */
export const consolePieces = `
CREATE TABLE console (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  port TEXT NOT NULL,
  station TEXT,
  at REAL NOT NULL,
  kind INTEGER NOT NULL,
  data BLOB NOT NULL
);
CREATE INDEX console_port ON console (port, id);`;

/** Files that are kept with the record, in its folder `files/` by their number (files/file-store.ts). `state`: coming, whole, or partial
 * where it broke off. */
export const files = `
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
CREATE INDEX files_by_station ON files (station, id);
`;

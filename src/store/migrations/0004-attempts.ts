/** Tries to connect, each with its latest facts. `body` is JSON; a row that others were counted into has the time of the last. */
export const attempts = `
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  last_at REAL NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX attempts_by_time ON attempts (last_at);
`;

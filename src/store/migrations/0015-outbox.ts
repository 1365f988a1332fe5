/** Where files go onward, and which wait to go there; a file goes to a destination once. */
export const outbox = `
CREATE TABLE destinations (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL
);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL,
  destination TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (file, destination)
);`;

/** Who may come in, and the guarded procedures. Passwords are kept as scrypt hashes alone; `body` is JSON. */
export const access = `
CREATE TABLE access (
  identity TEXT PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE procedures (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX procedures_by_identity ON procedures (identity, id);
`;

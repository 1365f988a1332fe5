/** Requests for logs of stations, open ones with the login that was made for them; `body` is JSON (services/diagnostics). */
export const diagnostics = `
CREATE TABLE diagnostics (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  station TEXT NOT NULL,
  body TEXT NOT NULL
);
`;

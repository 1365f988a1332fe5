/** Calls that somebody keeps to send them again. `payload` may hold variables in double braces. */
export const savedCalls = `
CREATE TABLE saved_calls (
  name TEXT PRIMARY KEY,
  action TEXT NOT NULL,
  payload TEXT NOT NULL
);`;

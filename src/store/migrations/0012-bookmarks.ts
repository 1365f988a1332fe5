/** Frames that somebody wants to come back to. */
export const bookmarks = `
CREATE TABLE bookmarks (
  seq INTEGER PRIMARY KEY,
  note TEXT
);`;

/** One row about the record itself. `name` tells this record from every other. `folded`: what stands at or below this number is in the
 * kept states; it is written with them. States of before were kept station by station: all are folded up to the one that is furthest
 * behind. */
export const folded = `
CREATE TABLE record (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  folded INTEGER NOT NULL
);
INSERT INTO record
  SELECT 1, lower(hex(randomblob(16))), coalesce(min(seq), 0) FROM stations WHERE state IS NOT NULL;
`;

/** States of the past, station by station, and the numbers of the rows that led to each from the one before. `n` counts a station's
 * moments; `state` (deflated JSON) is NULL where it was thinned out; `numbers` (see moments/numbers.ts) is NULL where they are not known.
 * `tail` of a station: the numbers since its last moment, written with its kept state. */
export const moments = `
CREATE TABLE moments (
  station INTEGER NOT NULL,
  n INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  state BLOB,
  numbers BLOB,
  PRIMARY KEY (station, n)
);
CREATE UNIQUE INDEX moments_by_number ON moments (station, seq);
ALTER TABLE stations ADD COLUMN tail BLOB;
`;

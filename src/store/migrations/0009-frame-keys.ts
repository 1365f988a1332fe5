/** What a frame is looked for by: `kind` 0 its station, 1 its action in small letters, 2 whether it tells of a problem (frame-keys.ts).
 * Derived from the frames in quiet moments, up to the number in `frame_keys_reach`; whatever changes what is derived empties both. */
export const frameKeys = `
CREATE TABLE frame_keys (
  kind INTEGER NOT NULL,
  key NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, key, seq)
) WITHOUT ROWID;
CREATE TABLE frame_keys_reach (seq INTEGER NOT NULL);
INSERT INTO frame_keys_reach VALUES (0);
`;

/** Derives the index from what stands beside the frames. */
export const indexFindings = `
INSERT OR IGNORE INTO finding_frames
  SELECT frames.station, json_extract(found.value, '$.rule'), json_extract(found.value, '$.where'), frames.seq
  FROM frames, json_each(frames.findings) AS found
  WHERE frames.findings IS NOT NULL AND json_valid(frames.findings);
`;

/** Which frames a finding rests on, by its rule and place: derived from `frames.findings`, and written with it. Nothing is written
 * for a frame without findings. */
export const findingFrames = `
CREATE TABLE finding_frames (
  station INTEGER NOT NULL,
  rule TEXT NOT NULL,
  place TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (station, rule, place, seq)
) WITHOUT ROWID;
${indexFindings}`;

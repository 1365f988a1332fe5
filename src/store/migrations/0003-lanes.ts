/** Forward mode and faults on purpose: which leg of the wire a frame was on (NULL: between station and laptop; 1: between laptop
 * and the central system above), and what was done to it on the way, as a JSON list of marks. */
export const lanes = `
ALTER TABLE frames ADD COLUMN lane INTEGER;
ALTER TABLE frames ADD COLUMN marks TEXT;
`;

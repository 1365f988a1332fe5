/** Frames that were printed on a console: `lane` 2, with `direction` 2 where the console does not say which way they went. `connection` is the
 * number of the entry that tells of the console, `station` 0 where none is named for it. A Plugside of before would take them for what
 * the station said to it, so it must leave the record alone. */
export const overheard = `
CREATE INDEX frames_overheard ON frames (connection) WHERE lane = 2;
`;

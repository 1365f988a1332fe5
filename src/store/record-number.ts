/** The condition for a number that the record can have given. What a damaged row has in its place is not counted on from, and bounds no
 * search: beyond 2^52 numbers are not told apart for long. */
export const isRecordNumber = `seq BETWEEN 0 AND ${2 ** 52}`;

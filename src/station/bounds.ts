/** Every bound on what comes from outside, each with its reason. A bound that bites is told: by a finding, an attempt or an outcome,
 * with cause and cure, and the bytes (or their head, length and hash) go on record. */

// Connections
/** Connections that may stand at the door at once: a site dials in all together after a power cut, and each costs a file descriptor. */
export const mostHalfOpen = 512;

// The screens' port: other programs of this machine reach it, and a page that hangs must not cost the core its memory
/** The longest message of a client, bytes: a certificate or a raw payload at most. */
export const apiMessageBytes = 4 * 1024 * 1024;
/** Bytes unsent from which on feeds wait and logs begin anew. */
export const apiSlowBytes = 4 * 1024 * 1024;
/** Bytes unsent at which a client that does not read is cut off: more than any answer, less than hurts. */
export const apiUnsentBytes = 64 * 1024 * 1024;
/** Calls of one client that wait for their answer: a command to each of some hundred stations. */
export const mostApiCalls = 500;
/** Feeds of one client: a screen opens a dozen. */
export const mostApiFeeds = 200;
/** Rows of a table in one message: about half a megabyte, made in some milliseconds. */
export const apiRowsAtOnce = 2000;

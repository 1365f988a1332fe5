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

// Frames
/** How deep a message may be nested, and how many values it may hold. No message of OCPP goes beyond 10 levels; the longest reports
 * and session logs have some ten thousand values. What reads a message walks it, and 64 levels are no depth for that. */
export const messageBounds = { depth: 64, values: 200_000 };
/** Characters of a message id that is echoed: 36 by the specification (part 4, 4.1.4), and room for those that do not keep to it. */
export const longestId = 255;
/** Characters of a frame that is remembered as it was, to know it when it comes again; of a longer one the hash is. */
export const longestRemembered = 4096;

// What is kept of a message beside its own bytes, which are kept whole
/** Characters of a finding's place, and of what was said there. */
export const longestSaid = 200;

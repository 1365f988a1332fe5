/** Every bound on what comes from outside, each with its reason. A bound that bites is told: by a finding, an attempt or an outcome,
 * with cause and cure, and the bytes (or their head, length and hash) go on record. */

// Connections
/** Connections that may stand at the door at once: a site dials in all together after a power cut, and each costs a file descriptor. */
export const mostHalfOpen = 512;

/** How far an attempt to connect came; in this order. */
export const attemptStages = [
  "tcp",
  "tls",
  "http",
  "upgrade",
  "identity",
  "credentials",
  "subprotocol",
  "open",
  "first-frame",
  "boot",
] as const;

export type AttemptStage = (typeof attemptStages)[number];

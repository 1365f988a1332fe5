/** Why we close a connection: on the wire in English, as it comes back and is kept. */
export const closings = {
  "close-refused": "refused by the central system",
  "close-come-back": "come back with the new settings",
  "close-shutdown": "the central system is closing",
  "close-too-big": "message too big",
  "close-unfinished": "message not finished in time",
  "close-protocol": "not the WebSocket protocol",
  "close-above-away": "the central system above is away",
  "close-replaced": "replaced by a newer connection",
  "close-no-subprotocol": "no OCPP subprotocol agreed on",
  "close-failed": "the central system failed",
} as const;

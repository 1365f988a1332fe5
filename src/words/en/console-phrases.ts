/** What the core says of consoles, in English; the screens translate it by its key. */
export const consolePhrases = {
  "console-opened": "Opened: {{port}}, {{baud}} baud, {{frame}}.",
  "console-closed": "Closed.",
  "console-signals": "Set by hand: DTR {{dtr}}, RTS {{rts}}.",
  "signal-on": "on",
  "signal-off": "off",
  "console-break": "A break of {{ms}} ms was sent.",
  "console-takes-nothing":
    "{{port}} takes nothing more: flow control holds it back, or nothing reads at the other end.",
  "console-no-signals": "{{port}} has no DTR, RTS and break: it passes bytes alone. rfc2217:// has them.",
  "port-no-signals": "{{port}} does not set DTR, RTS or break: the system says “{{error}}”",
  "console-unrecorded": "The record cannot be written, so nothing is read: {{why}}",
  "console-open": "{{port}} is a console already.",
  "console-too-many": "At most {{most}} consoles at once.",
  "console-unknown": "{{port}} is no console.",
} as const;

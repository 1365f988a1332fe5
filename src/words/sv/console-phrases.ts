import type { consolePhrases as en } from "../en/console-phrases.ts";

/** What the core says of consoles, in Swedish. */
export const consolePhrases: Record<keyof typeof en, string> = {
  "console-opened": "Öppnad: {{port}}, {{baud}} baud, {{frame}}.",
  "console-closed": "Stängd.",
  "console-signals": "Satt för hand: DTR {{dtr}}, RTS {{rts}}.",
  "signal-on": "på",
  "signal-off": "av",
  "console-break": "Ett break på {{ms}} ms skickades.",
  "console-takes-nothing":
    "{{port}} tar inte emot mer: flödeskontrollen håller igen, eller så läser ingen i andra änden.",
  "console-no-signals": "{{port}} har varken DTR, RTS eller break: den för bara byte vidare. rfc2217:// har dem.",
  "port-no-signals": "{{port}} sätter inte DTR, RTS eller break: systemet säger ”{{error}}”",
  "console-unrecorded": "Loggen kan inte skrivas, så inget läses: {{why}}",
  "console-open": "{{port}} är redan en konsol.",
  "console-too-many": "Högst {{most}} konsoler samtidigt.",
  "console-unknown": "{{port}} är ingen konsol.",
};
